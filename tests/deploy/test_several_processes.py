"""Three processes of the real app on one store behind a real nginx, as `kvalitet serve` starts them: one is killed
while people are at work. By day the parts are tried: test_proxy.py, test_kept_processes.py, test_door.py."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from analytics.serving.processes import STEADY
from analytics.serving.processes import answers as answers_at
from analytics.store.drafts import Drafts
from analytics.store.versions import read_current
from analytics.words.language import words
from tests.deploy.unpacked import program
from tests.pages.serving import ROOT, Answer, Server, free_ports, kvalitet, visiting
from tests.sampling import at_night
from tests.store.making import answers

pytestmark = [
    at_night,
    pytest.mark.skipif(program("nginx") is None or not Path("/proc").exists(), reason="it takes nginx and Linux"),
]
PROCESSES = 3
PATIENCE = 180
TALK = "school=kvartsskolan&framework=vebs-2022&year=2025"


@dataclass(frozen=True)
class Service:
    """What `kvalitet serve` runs: a server is asked through nginx, or a process by itself."""

    store: Path
    through: Server
    each: tuple[Server, ...]
    supervisor: subprocess.Popen

    def pid(self, seat: int) -> int:
        port = str(self.each[seat - 1].port)
        for child in self.children():
            if port in Path(f"/proc/{child}/cmdline").read_text().split("\0"):
                return child
        raise AssertionError(f"process {seat} does not run")

    def children(self) -> list[int]:
        """What it has started: the app's processes, nginx, and who ends them where it cannot."""
        main = f"/proc/{self.supervisor.pid}/task/{self.supervisor.pid}/children"
        return [int(child) for child in Path(main).read_text().split()]


@pytest.fixture
def service(few_copy: Path, tmp_path: Path) -> Iterator[Service]:
    port = free_ports(PROCESSES + 1)
    log = tmp_path / "log"
    command = [sys.executable, "-m", "analytics", "--store", str(few_copy)]
    command += ["serve", "--processes", str(PROCESSES), "--port", str(port)]
    found = Path(str(program("nginx"))).parent  # where it is only unpacked, the command has to be shown the way
    way = {"PATH": f"{found}{os.pathsep}{os.environ['PATH']}"}
    with log.open("wb") as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, env=os.environ | way)
    try:
        until = time.monotonic() + PATIENCE
        while str(few_copy) not in log.read_text("utf-8"):
            assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.1)
        through, *each = (Server(port + n, log) for n in range(PROCESSES + 1))
        yield Service(few_copy, through, tuple(each), process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    assert process.returncode in (0, -signal.SIGKILL)  # a test may have killed it
    with pytest.raises(OSError):
        through.get("/_stcore/health")


@pytest.fixture
def stack(service: Service) -> Iterator[ExitStack]:
    """What is left before the service ends."""
    with ExitStack() as opened:
        yield opened


def wait_until(so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def cookies_of(service: Service, shown: str = "") -> str:
    """As a browser that asks whether the server is well."""
    status, said, _ = service.through.get("/_stcore/health", {"Cookie": shown} if shown else {})
    assert status == 200
    kept = SimpleCookie(shown)
    kept.load(said.get("set-cookie", ""))
    return "; ".join(f"{name}={one.value}" for name, one in kept.items())


def seat(cookies: str) -> int:
    return int(SimpleCookie(cookies)["kd_seat"].value)


def version_said(service: Service, answer: Answer) -> bool:
    """Whether a page says that it is of the version in force."""
    return words("sv")("Version {n} of the data.", n=read_current(service.store).number) in answer.html


def test_one_dies_and_nobody_loses_more_than_a_click(service, stack):
    people = [cookies_of(service, f"kd_seat={n}; a=1") for n in (1, 2, 3)]
    assert [seat(one) for one in people] == [1, 2, 3]

    with visiting(service.through, cookies=people[1]) as visitor:
        drawn = visitor.open("dialog", TALK)
        area = drawn.of("text_area")[0]
        typed = WidgetState(id=area.id, string_value="Att läsa mer högt")
        answer = visitor.open("dialog", TALK, states=[typed])
        draft = parse_qs((answer.query or "").lstrip("?"))["draft"][0]
        held = Drafts(service.store).read(draft)
        assert held is not None and "Att läsa mer högt" in {field.text for field in held.fields.values()}
        died = service.pid(2)
        os.kill(died, signal.SIGKILL)
        with pytest.raises(Exception):  # noqa: B017 - the page's connection is gone, however that is told
            visitor.open("dialog", TALK)

    # What a browser does by itself: it asks whether the server is well, and opens the page that its address names.
    again = cookies_of(service, people[1])
    assert seat(again) != 2
    with visiting(service.through, cookies=again) as visitor:
        answer = visitor.open("dialog", f"{TALK}&draft={draft}")
        assert answer.failures == [] and "Att läsa mer högt" in {
            area.value or area.default for area in answer.of("text_area")
        }
    for other in (people[0], people[2]):
        with visiting(service.through, cookies=other) as visitor:
            assert visitor.open("skola", TALK).failures == []

    wait_until(lambda: answers_at("127.0.0.1", service.each[1].port), "it was not started anew")
    assert service.pid(2) != died

    open_pages = [stack.enter_context(visiting(one)) for one in service.each]
    assert all(version_said(service, at_work.open("metod")) for at_work in open_pages)
    (service.store.parent / "more.csv").write_text(answers("kvartsskolan", 2023), "utf-8")
    kvalitet(service.store, "load", str(service.store.parent / "more.csv"), "--replace", "--i-know")
    for at_work in open_pages:
        assert version_said(service, at_work.open("metod")), "at the next click, with no waiting"
    now = Drafts(service.store).read(draft)
    assert now is not None and now.fields == held.fields

    assert service.through.get("/_stcore/metrics")[0] == 404, "told on the machine alone"
    assert [one.get("/_stcore/metrics")[0] for one in service.each] == [200] * PROCESSES


def test_one_that_hangs_is_started_anew(service):
    hangs = service.pid(1)
    wait_until(lambda: Path(f"/proc/{hangs}").exists() and age(hangs) > STEADY, "it has been running for a while")
    os.kill(hangs, signal.SIGSTOP)
    wait_until(lambda: hangs not in service.children(), "it goes on hanging")
    wait_until(lambda: answers_at("127.0.0.1", service.each[0].port), "it was not started anew")
    assert words("sv")("{name} has not answered for a minute and is ended.", name="Process 1 av appen") in (
        service.through.log.read_text("utf-8")
    )


def age(pid: int) -> float:
    """Seconds since a process was started."""
    began = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began / os.sysconf("SC_CLK_TCK")


def test_where_it_is_killed_nothing_of_it_goes_on(service):
    started = service.children()
    assert len(started) == PROCESSES + 2
    service.supervisor.kill()
    service.supervisor.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in started), "it left some behind")
