"""The store's lock, and waiting for it: as long as those who wait get their turns, one after the other."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.model.errors import StoreBusy

LOCK = ".lock"
TURN = ".turn"
"""Another text in it at each turn: whoever waits sees by it that others get theirs."""
LOOK = 0.5  # seconds between two looks at whose turn it is
PATIENCE = 30  # seconds without anybody being done: longer than a large load takes on a busy machine
LONGEST = 600  # seconds that anybody waits, whatever others do


def take_turn(folder: Path, patience: float, longest: float = LONGEST) -> FileLock:
    """Waits for the lock and takes it. Raises StoreBusy where nobody has got a turn for as long as the `patience`
    (seconds): somebody holds it and goes on holding it; OSError where there can be no lock.

    Who waits does not stand in a line: each tries twenty times a second, and whoever tries first gets the next turn.
    """
    lock = FileLock(folder / LOCK)
    began = moved = time.monotonic()
    turn = _turn(folder)
    while True:
        try:
            lock.acquire(timeout=min(LOOK, patience))
        except Timeout:
            now, seen = time.monotonic(), _turn(folder)
            if seen != turn:
                turn, moved = seen, now
            if now - moved >= patience or now - began >= longest:
                raise StoreBusy(str(folder)) from None
        else:
            with suppress(OSError):  # a disk that is full is told by what is written next
                (folder / TURN).write_text(secrets.token_hex(8), "ascii", newline="\n")
            return lock


def _turn(folder: Path) -> str | None:
    with suppress(OSError, ValueError):
        return (folder / TURN).read_text("ascii")
    return None
