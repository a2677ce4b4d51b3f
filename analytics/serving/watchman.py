"""Sees to it that nothing goes on running when whoever has started it is gone without having ended it: killed, or
without memory. A small process of its own reads from a pipe what runs, until nobody holds the pipe's other end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

TO_END = 10.0  # seconds that each has to end by itself
LOOK = 0.1
BEGAN, ENDED = "+", "-"
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows ends a process at once, whatever it is told


class Watchman:
    """The starting process's end of the pipe. What it says is for the case that it cannot say anything more."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
        # No child of ours inherits the pipe: it is closed when we are gone, however we go.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    def began(self, pid: int) -> None:
        self._say(f"{BEGAN}{pid}")

    def ended(self, pid: int) -> None:
        """Its number may be anybody's from now on."""
        self._say(f"{ENDED}{pid}")

    def leave(self) -> None:
        """What it still knows of, it ends."""
        with suppress(OSError):
            assert self._process.stdin
            self._process.stdin.close()
        self._process.wait()

    def _say(self, line: str) -> None:
        with suppress(OSError, ValueError):  # it is gone itself: what is served goes on
            assert self._process.stdin
            print(line, file=self._process.stdin, flush=True)


def end(running: set[int]) -> None:
    """Asks each to end, and has no patience with those that do not."""
    _tell(running, signal.SIGTERM)
    until = time.monotonic() + TO_END
    while time.monotonic() < until and (running := _tell(running, 0)):
        time.sleep(LOOK)
    _tell(running, KILL)


def _tell(running: set[int], told: int) -> set[int]:
    """Those that could be told. On Windows 0 ends one as well: it has been told to by then."""
    there = set()
    for pid in running:
        with suppress(OSError):
            os.kill(pid, told)
            there.add(pid)
    return there


def _watch() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us too: whoever starts us sees to it
    running: set[int] = set()
    for line in sys.stdin:
        (running.add if line.startswith(BEGAN) else running.discard)(int(line[1:]))
    end(running)


if __name__ == "__main__":
    _watch()
