"""What docs/deploy/kvalitetsdialog.service promises, as far as it can be tried without systemd as the machine's first
process: the unit itself, and the app where nothing can be written but the store."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.intake.limits import takes_too_much
from analytics.store.versions import read_current
from analytics.words.language import words
from tests.deploy.unpacked import program
from tests.intake.bombs import BOMBS
from tests.pages.serving import ROOT, UNWARMED, Server, start_server, visiting
from tests.sampling import at_night, sample
from tests.store.making import answers

UNIT = ROOT / "docs" / "deploy" / "kvalitetsdialog.service"
SETTINGS = [tuple(line.split("=", 1)) for line in UNIT.read_text("utf-8").splitlines() if re.match(r"\w+=", line)]
KEPT = {
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "MemoryDenyWriteExecute": "yes",
    "OOMPolicy": "continue",  # a reader that is ended takes the service with it else
}
NO_NEW_CODE = 65, 1  # prctl's PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN: as MemoryDenyWriteExecute; Linux 6.3
RUN = f"import ctypes, os, sys; ctypes.CDLL(None).prctl({NO_NEW_CODE[0]}, {NO_NEW_CODE[1]}, 0, 0, 0); "
RUN += "os.execv(sys.argv[1], sys.argv[1:])"


def test_nothing_can_be_written_but_the_store():
    said = dict(SETTINGS)
    assert said.items() >= KEPT.items()
    assert [value for name, value in SETTINGS if name == "ReadWritePaths"] == ["/var/lib/kvalitetsdialog"]
    assert f"KVALITET_STORE={said['ReadWritePaths']}/store" in [
        value for name, value in SETTINGS if name == "Environment"
    ]
    assert "MemoryMax" in said and said["User"] not in ("", "root")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with programs and people that are here."""
    text = UNIT.read_text("utf-8").replace(
        "/opt/kvalitetsdialog/.venv/bin/kvalitet", os.path.realpath(sys.executable)
    )  # no blank in its path
    text = re.sub(r"(?m)^(User|Group)=kvalitet$", r"\1=daemon", text)
    (tmp_path / UNIT.name).write_text(text, "utf-8")
    return tmp_path / UNIT.name


@pytest.mark.skipif(program("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_understands_it_and_rates_it_well(unit):
    """Of 100 that a service without any of it has; 20 is what systemd calls fine."""
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    about_it = [line for line in told.stderr.splitlines() if unit.name in line]
    assert told.returncode == 0 and not about_it, told.stderr
    rated = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", "--no-pager", str(unit)]
    told = subprocess.run(rated, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-300:] + told.stderr


def shut_in(store: Path) -> list[str]:
    """A command that runs another as the unit does: the disk read-only but for the store's folder, a /tmp and processes
    of its own, no capabilities, no new privileges, and no memory that is both written and run."""
    bubblewrap = program("bwrap")
    assert bubblewrap
    read_only = [place for path in (ROOT, Path(sys.prefix).resolve()) for place in ("--ro-bind", str(path), str(path))]
    return [
        bubblewrap, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", *read_only,
        "--bind", str(store.parent), str(store.parent), "--chdir", str(ROOT), "--unshare-pid", "--unshare-ipc",
        "--cap-drop", "ALL", "--die-with-parent", sys.executable, "-c", RUN,
    ]  # fmt: skip


def can_be_shut_in() -> bool:
    here = program("bwrap")
    return (
        here is not None and not subprocess.run([here, "--ro-bind", "/", "/", "true"], capture_output=True).returncode
    )


SHUT_IN = pytest.mark.skipif(not can_be_shut_in(), reason="bubblewrap is not here, or may not do its work")


@pytest.fixture(scope="module")
def store(few_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(few_store, tmp_path_factory.mktemp("state") / "store")


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """With the unit's own options; the file of secrets is not there, as where nobody signs in."""
    said = dict(SETTINGS)["ExecStart"].split()
    assert said[1:-1] == ["serve", "--behind", "--processes", "2", "--port", "8501", "--secrets"]
    options = ["--secrets.files", said[-1]]
    running, process = start_server(store, None, UNWARMED, *options, around=shut_in(store), PYTHONDONTWRITEBYTECODE="1")
    yield running
    process.kill()
    process.wait()


def run(store: Path, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run([*shut_in(store), *command], capture_output=True, text=True)


@SHUT_IN
@pytest.mark.parametrize("path", sample(["skola", "eu-rapport", "dialog"], 3))
def test_pages_are_shown_where_nothing_else_can_be_written(server, path):
    with visiting(server) as visitor:
        answer = visitor.open(path)
    assert answer.failures == [] and answer.elements


@at_night
@SHUT_IN
def test_a_load_and_its_reader_work_and_a_file_that_takes_too_much_is_refused(store):
    kvalitet = (sys.executable, "-m", "analytics", "--store", str(store))
    before = read_current(store).number
    (store.parent / "answers.csv").write_text(answers("kvartsskolan", 2023), "utf-8")
    done = run(store, *kvalitet, "load", str(store.parent / "answers.csv"), "--replace", "--i-know")
    assert done.returncode == 0 and read_current(store).number == before + 1, done.stdout + done.stderr
    (store.parent / "small_letters.xlsx").write_bytes(BOMBS["small_letters.xlsx"]())
    done = run(store, *kvalitet, "check", str(store.parent / "small_letters.xlsx"))
    assert done.returncode == 1 and takes_too_much(words("sv")).problem in done.stdout + done.stderr


@SHUT_IN
def test_it_is_shut_in(store):
    """Or the tests above would show nothing."""
    for place, told in ((ROOT / "x", "Read-only"), ("/var/x", "Read-only"), (store.parent / "x", ""), ("/tmp/x", "")):
        done = run(store, shutil.which("touch") or "touch", str(place))
        assert told in done.stderr and (done.returncode == 0) is not told, place
    assert not Path("/tmp/x").exists()
