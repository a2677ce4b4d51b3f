"""Processes that are kept running: each is started anew when it ends by itself, and all are ended together."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

LOOK = 0.2  # seconds between two looks
STEADY = 60.0  # seconds after which a process has shown that it can run
LONGEST = 30.0  # seconds until one that ends again and again is tried once more
TO_END = 10.0  # seconds that each has to end by itself
HEALTH = "/_stcore/health"


@dataclass
class KeptProcess:
    """A process by its name in what is told of it. `at`: host and port that it answers on."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    at: tuple[str, int]
    running: subprocess.Popen | None = None
    _began: float = 0.0
    _again: float = 0.0
    _failed: int = 0

    def start(self) -> None:
        self._began = time.monotonic()
        # Its faults go where ours go; what Streamlit says of its address is not the address to be opened.
        self.running = subprocess.Popen(self.command, env=dict(self.environment), stdout=subprocess.DEVNULL)

    def look(self, tell: Callable[[str, int], None]) -> None:
        """Starts it anew where it has ended: at once the first time, later the longer it goes on ending."""
        now = time.monotonic()
        if self.running is not None:
            if (code := self.running.poll()) is None:
                return
            tell(self.name, code)
            self.running = None
            self._failed = 0 if now - self._began > STEADY else self._failed + 1
            self._again = now + min(LONGEST, 2.0**self._failed - 1) if self._failed > 1 else now
        if now >= self._again:
            self.start()

    def end(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def wait(self) -> None:
        if self.running is None:
            return
        try:
            self.running.wait(TO_END)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


class EndedAtOnce(Exception):
    """A process ended before it had answered: what it said stands above."""


@contextmanager
def kept_running(processes: Sequence[KeptProcess]) -> Iterator[None]:
    """Starts them; whatever happens then, all are ended."""
    before = {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, _interrupt)  # as a service is told to end
    try:
        for process in processes:
            process.start()
        yield
    finally:
        for told in before:
            signal.signal(told, signal.SIG_IGN)  # whoever presses Ctrl+C twice does not leave them behind
        for process in reversed(processes):
            process.end()
        for process in processes:
            process.wait()
        for told, was in before.items():
            signal.signal(told, was)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def wait_until_they_answer(processes: Sequence[KeptProcess], patience: float) -> None:
    """Until each does; raises EndedAtOnce, TimeoutError."""
    until = time.monotonic() + patience
    for process in processes:
        while not answers(*process.at):
            for one in processes:
                if one.running is not None and one.running.poll() is not None:
                    raise EndedAtOnce(one.name)
            if time.monotonic() > until:
                raise TimeoutError(process.name)
            time.sleep(LOOK)


def answers(host: str, port: int) -> bool:
    """Whatever it answers: by which names it is known is the city's to say. nginx answers 502 before the app does."""
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", HEALTH, headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def keep(processes: Sequence[KeptProcess], tell: Callable[[str, int], None]) -> None:
    """Until it is interrupted. `tell`: which ended, and with what."""
    while True:
        for process in processes:
            process.look(tell)
        time.sleep(LOOK)
