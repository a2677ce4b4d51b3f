"""No version's file is taken away while all of them are copied.

A backup of a large store takes minutes, for which nobody who saves is to wait. Saving makes new files and changes none
that is there, so the store is held for the moment alone in which its pointer is read. Who takes versions away for good
waits until those that were named then have been read.

The order of the two locks: who takes away holds this one before the store's. Who copies takes it with the store held,
and never waits for it then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from analytics.model.errors import StoreBusy
from analytics.store.owners import whole_store
from analytics.store.turns import PATIENCE
from analytics.store.versions import holds_a_store
from analytics.store.writing import StoreUnwritable, locked

LOCK = ".copy.lock"
LOOK = 0.2  # seconds between two looks whether another copy is done
Taken = TypeVar("Taken")


@contextmanager
def kept_while_copied(folder: Path, wait: float, take: Callable[[], Taken]) -> Iterator[Taken]:
    """What `take` returns with the store held; until the end no version's file that is there then is taken away. Raises
    StoreBusy, StoreMissing or StoreUnwritable."""
    lock, until = FileLock(folder / LOCK), time.monotonic() + wait
    while True:
        with locked(folder, wait):
            if _acquired(lock, 0):
                try:
                    taken = take()
                except BaseException:
                    lock.release()
                    raise
                break
        if time.monotonic() >= until:
            raise StoreBusy(str(folder))
        time.sleep(LOOK)
    try:
        yield taken
    finally:
        lock.release()


@contextmanager
def nobody_copies(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """For who takes versions away for good, around `locked`. A copy of all owners' stores holds the whole store's lock
    alone, so an owner's passes by that. Raises StoreBusy or StoreUnwritable."""
    if not holds_a_store(folder):
        yield  # `locked` says so
        return
    whole = whole_store(folder)
    with _held(whole, patience) if whole else nullcontext():
        lock = _taken(folder, patience)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _held(folder: Path, patience: float) -> Iterator[None]:
    lock = _taken(folder, patience)
    try:
        yield
    finally:
        lock.release()


def _taken(folder: Path, patience: float) -> FileLock:
    lock = FileLock(folder / LOCK)
    if not _acquired(lock, patience):
        raise StoreBusy(str(folder))
    return lock


def _acquired(lock: FileLock, patience: float) -> bool:
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        return False
    except OSError as error:
        raise StoreUnwritable(f"{lock.lock_file}: {error.strerror or error}") from error
    return True
