"""A folder of one's own beside what is made, for work that nobody may see until it is whole.

Whoever is killed leaves theirs, with all that a store holds in it. The system takes their lock away from them, so the
next who works beside the same place knows that it is nobody's and takes it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from analytics.store.disk import take_away

PREFIX = ".kvalitet-aside-"
LOCK = ".lock"


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder in the folder, which is gone afterwards; raises OSError. What is whole is moved out of it by name."""
    for left in folder.glob(f"{PREFIX}*"):
        _take_away_if_nobodys(left)
    own = TemporaryDirectory(prefix=PREFIX, dir=folder, ignore_cleanup_errors=True)
    with own, FileLock(Path(own.name) / LOCK):
        yield Path(own.name)


def _take_away_if_nobodys(left: Path) -> None:
    with suppress(OSError, Timeout):
        if not left.is_symlink():
            with FileLock(left / LOCK, timeout=0):
                for held in left.iterdir():  # the lock last, and let go of: nowhere else is an open file taken away
                    if held.name != LOCK:
                        take_away(held)
            take_away(left)
