"""The wheel: all that the program needs where there is no clone, and nothing of anybody's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.kept_stores import ROOT
from tests.sampling import at_night

pytestmark = pytest.mark.long  # makes the wheel, installs it and starts it

ASIDE = "Min mapp åäö"
ASKS = """
from analytics.model.installed import APP, DATA, IS_INSTALLED, default_store, demo_store
assert IS_INSTALLED and APP.is_file() and (DATA / "frameworks").is_dir()
print(default_store(), demo_store(), sep="\\n")
"""


def ours() -> set[str]:
    """The files that git knows, or a clone without git has, of what a wheel takes."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no clone")
    return {path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a commit has it, with what may lie about in somebody's clone."""
    to = tmp_path_factory.mktemp("tree")
    for path in ours():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, to / path)
    for path in ("data/store/answers-1.duckdb", "data/mitt/answers-1.duckdb", ".streamlit/secrets.toml", "data/a.csv"):
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_text("secret")
    return to


def build(tree: Path, to: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-build-isolation", "-w", str(to), "."]
    subprocess.run(command, cwd=tree, env=os.environ | {"SOURCE_DATE_EPOCH": "1800000000"}, check=True)
    return next(to.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tree, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked, which is all that installing a wheel does but for the command."""
    folder = tmp_path_factory.mktemp("installed") / ASIDE
    ZipFile(wheel).extractall(folder)
    return folder


def test_it_holds_what_is_the_programs_and_nothing_else(wheel):
    held = {path for path in ZipFile(wheel).namelist() if ".dist-info/" not in path}
    beside = {f"kvalitetsdialog/{path}" for path in ours() if path.startswith("data/")}
    beside |= {"kvalitetsdialog/app.py", "kvalitetsdialog/.streamlit/config.toml"}
    assert held == {path for path in ours() if path.startswith(("analytics/", "pages/"))} | beside


def test_its_store_lies_in_the_users_own_place_and_a_store_is_made_of_its_own_files(installed, tmp_path):
    home = tmp_path / "hemma hos Åsa"
    there = {name: said for name, said in os.environ.items() if name != "KVALITET_STORE"}
    there |= {"PYTHONPATH": str(installed), "XDG_DATA_HOME": str(home)}
    asked = subprocess.run([sys.executable, "-P", "-c", ASKS], env=there, cwd=tmp_path, capture_output=True, text=True)
    assert asked.stdout.split("\n")[:2] == [str(home / "kvalitetsdialog" / end) for end in ("store", "demo")], asked
    command = [sys.executable, "-P", "-m", "analytics", "build", "--empty"]
    done = subprocess.run(command, env=there, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and (home / "kvalitetsdialog" / "store" / "CURRENT").exists(), done.stderr


@at_night
def test_the_same_files_make_the_same_wheel(tree, wheel, tmp_path):
    shutil.rmtree(tree / "build")
    assert sha256(build(tree, tmp_path).read_bytes()).digest() == sha256(wheel.read_bytes()).digest()
