"""That what `kvalitet serve` starts is kept running, and ended with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.serving import processes
from analytics.serving.processes import EndedAtOnce, KeptProcess, keep, kept_running, wait_until_they_answer
from tests.pages.serving import ROOT, free_port

FOR_LONG = "import time; time.sleep(60)"


def process(code: str, port: int = 0) -> KeptProcess:
    return KeptProcess("one", [sys.executable, "-S", "-c", code], os.environ, ("127.0.0.1", port or free_port()))


def test_one_that_dies_is_started_anew_and_all_end_at_ctrl_c():
    one, other, told = process(FOR_LONG), process(FOR_LONG), []
    before = signal.getsignal(signal.SIGINT)  # it is ignored where a shell has put the tests behind

    def kill_then_interrupt():
        one.running.kill()
        until = time.monotonic() + 20
        while not told or one.running is None or one.running.poll() is not None:
            assert time.monotonic() < until
            time.sleep(0.01)
        signal.raise_signal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), kept_running([one, other]):
        first = one.running.pid
        threading.Thread(target=kill_then_interrupt).start()
        keep([one, other], lambda *said: told.append(said))
    assert told == [("one", -signal.SIGKILL)] and one.running.pid != first
    assert one.running.poll() is not None and other.running.poll() is not None
    assert signal.getsignal(signal.SIGINT) is before


def test_one_that_ends_again_and_again_is_tried_less_and_less_often(monkeypatch):
    class Ended:
        def poll(self):
            return 1

    now, started = [0.0], []
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(processes.subprocess, "Popen", lambda *_, **__: started.append(now[0]) or Ended())
    one = process("")
    one.start()
    while now[0] < 120:
        one.look(lambda *_: None)
        now[0] = round(now[0] + 0.2, 1)
    waits = [round(b - a) for a, b in pairwise(started)]
    assert waits[0] == 0 and waits == sorted(waits) and waits[-1] == 30, waits


def test_one_that_ends_before_it_answers_is_told_by_name():
    with kept_running([one := process("raise SystemExit(3)")]), pytest.raises(EndedAtOnce, match="one"):
        wait_until_they_answer([one], 30)


def test_where_whoever_started_it_is_killed_it_is_ended():
    code = """
import os, sys, time
from analytics.serving.processes import KeptProcess, kept_running
one = KeptProcess("one", [sys.executable, "-S", "-c", "import time; time.sleep(60)"], os.environ, ("127.0.0.1", 1))
with kept_running([one]):
    print(one.running.pid, flush=True)
    time.sleep(60)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert supervisor.stdout
    child = int(supervisor.stdout.readline())
    assert is_running(child)
    supervisor.kill()
    supervisor.wait()
    until = time.monotonic() + 30
    while is_running(child):
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Also where nobody asks what it ended with."""
    if Path("/proc/self/stat").exists():
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def test_one_that_hangs_is_told_ended_and_started_anew(monkeypatch):
    told, is_well = [], [True]
    monkeypatch.setattr(processes, "answers", lambda *_: is_well[0])
    monkeypatch.setattr(processes, "STEADY", -1)
    one = process(FOR_LONG)
    with kept_running([one]):
        first = one.running
        for _ in range(processes.HANGS - 1):
            is_well[0] = False
            one.ask()
        one.look(lambda *said: told.append(said))
        assert told == [] and first.poll() is None, "it has a minute"
        is_well[0] = True
        one.ask()
        assert one.unanswered == 0
        is_well[0] = False
        for _ in range(processes.HANGS):
            one.ask()
        one.look(lambda *said: told.append(said))
        first.wait(30)
        one.look(lambda *said: told.append(said))
        assert told == [("one", None), ("one", -signal.SIGKILL)]
        assert one.running is not first and one.unanswered == 0
        monkeypatch.setattr(processes, "STEADY", 60)
        one.ask()
        assert one.unanswered == 0, "it has just been started"


def test_one_that_answers_for_others_is_not_said_to_hang(monkeypatch):
    monkeypatch.setattr(processes, "answers", lambda *_: False)
    monkeypatch.setattr(processes, "STEADY", -1)
    one = process(FOR_LONG)
    one.answers_itself = False
    with kept_running([one]):
        one.ask()
    assert one.unanswered == 0
