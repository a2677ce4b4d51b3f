"""Whose turn it is: one page is drawn at a time, and what the server does of its own accord stays behind who clicks."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 20_000  # objects that are made before the collector looks for circles among them; a run makes some thousands
SLICE = 0.0005  # seconds that work behind keeps Python from a click that wants it; Python's own way is ten times that
BREATH = 0.005  # seconds between two pieces of such work: a visitor who is here already comes first
AT_MOST = 0.1  # seconds that a piece waits for a page that is being drawn
QUIET = 3.0  # seconds in which nobody has clicked
OVERDUE = 3600.0  # seconds until what waits for such a moment waits no longer


class Turn:
    """Python runs one thread at a time anyway; sharing it between several half-drawn pages makes all of them late (p95
    of a click with 75 people: half as long in turn). Nothing slow may be done while drawing."""

    def __init__(self) -> None:
        self._lock, self._ended = threading.Lock(), -QUIET

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._ended = time.monotonic()
        self._lock.release()

    def stand_back(self) -> None:
        """Waits while a page is being drawn, though not for ever: they may come one after the other."""
        if self._lock.acquire(timeout=AT_MOST):
            self._lock.release()

    @property
    def is_quiet(self) -> bool:
        return not self._lock.locked() and time.monotonic() - self._ended >= QUIET


TURN = Turn()


@contextmanager
def behind() -> Iterator[None]:
    """What is done inside, for long, in a thread of its own, gives Python away at once when a click wants it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SLICE)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Settling:
    """The collector does not look through what is kept: a full collection of it holds all clicks up for a tenth of a
    second. Circles among what has gone are found at a moment when nobody clicks."""

    def __init__(self) -> None:
        self._since: float | None = None

    def begin(self) -> None:
        """To be done before anybody is served."""
        gc.set_threshold(YOUNG, 10, 10)
        gc.collect()
        gc.freeze()

    def keep(self) -> None:
        """What has been made since is kept, too."""
        gc.freeze()
        self._since = self._since or time.monotonic()

    def when_quiet(self, turn: Turn = TURN) -> None:
        """Looks for circles, if something was kept since the last time and nobody clicks, or none have been looked for
        in long."""
        if self._since is not None and (turn.is_quiet or time.monotonic() - self._since >= OVERDUE):
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._since = None
