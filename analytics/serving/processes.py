"""Processes that are kept running: each is started anew when it ends by itself or hangs, and all are ended together."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

from analytics.serving.watchman import TO_END, Watchman

LOOK = 0.2  # seconds between two looks
STEADY = 60.0  # seconds after which a process has shown that it can run
LONGEST = 30.0  # seconds until one that ends again and again is tried once more
ASK = 10.0  # seconds between two times that a process is asked whether it is well
HANGS = 6  # times in a row without an answer: a minute, longer than anything that it does holds all of it up
HEALTH = "/_stcore/health"
Tell = Callable[[str, int | None], None]
"""Told which process it is about, and with what code it ended; None: it hangs, and is ended."""


@dataclass
class KeptProcess:
    """A process by its name in what is told of it. `at`: host and port that it answers on; `answers_itself`: nobody
    else stands behind its answers, so that it hangs where there are none; `unanswered`: how many times in a row."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    at: tuple[str, int]
    answers_itself: bool = True
    running: subprocess.Popen | None = None
    unanswered: int = 0
    watchman: Watchman | None = None
    _began: float = 0.0
    _again: float = 0.0
    _failed: int = 0

    def start(self) -> None:
        self._began, self.unanswered = time.monotonic(), 0
        # Its faults go where ours go; what Streamlit says of its address is not the address to be opened.
        self.running = subprocess.Popen(self.command, env=dict(self.environment), stdout=subprocess.DEVNULL)
        if self.watchman:
            self.watchman.began(self.running.pid)

    def look(self, tell: Tell) -> None:
        """Starts it anew where it has ended: at once the first time, later the longer it goes on ending. Ends it where
        it hangs."""
        now = time.monotonic()
        if self.running is not None:
            if (code := self.running.poll()) is None:
                if self.unanswered >= HANGS:
                    self.unanswered = 0
                    tell(self.name, None)
                    self.running.kill()  # it would not hear that it is to end
                return
            tell(self.name, code)
            self._say_that_it_is_gone()
            self.running = None
            self._failed = 0 if now - self._began > STEADY else self._failed + 1
            self._again = now + min(LONGEST, 2.0**self._failed - 1) if self._failed > 1 else now
        if now >= self._again:
            self.start()

    def ask(self) -> None:
        """Whether it is well; one that has just been started may take its time."""
        asked = self.running
        if asked is None or not self.answers_itself:
            return
        if answers(*self.at):
            self.unanswered = 0
        elif asked is self.running and time.monotonic() - self._began > STEADY:
            self.unanswered += 1

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
        self._say_that_it_is_gone()

    def _say_that_it_is_gone(self) -> None:
        if self.watchman and self.running:
            self.watchman.ended(self.running.pid)


class EndedAtOnce(Exception):
    """A process ended before it had answered: what it said stands above."""


@contextmanager
def kept_running(processes: Sequence[KeptProcess]) -> Iterator[None]:
    """Starts them; whatever happens then, all are ended: by us, or where we are killed by a watchman."""
    watchman = Watchman()
    before = {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, _interrupt)  # as a service is told to end
    try:
        for process in processes:
            process.watchman = watchman
            process.start()
        yield
    finally:
        for told in before:
            signal.signal(told, signal.SIG_IGN)  # whoever presses Ctrl+C twice does not leave them behind
        for process in reversed(processes):
            process.end()
        for process in processes:
            process.wait()
        watchman.leave()
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


def keep(processes: Sequence[KeptProcess], tell: Tell) -> None:
    """Until it is interrupted."""
    left = Event()
    for process in processes:
        Thread(target=_ask_on, args=(process, left), daemon=True).start()  # one that hangs holds up no other
    try:
        while True:
            for process in processes:
                process.look(tell)
            time.sleep(LOOK)
    finally:
        left.set()


def _ask_on(process: KeptProcess, left: Event) -> None:
    while not left.wait(ASK):
        process.ask()
