"""A lake as the home of a machine's working folder.

The folder is made as the catalogue says by `sync`: by whoever begins to use it, by every writer once the store is
theirs, and by a thread of each server (following.py) whenever anything changes. What pages and commands read is files
in the folder, as in a store of its own: no page asks the lake.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock

from analytics.model.errors import StoreBroken, StoreBusy, StoreMissing
from analytics.store.disk import write_whole_bytes
from analytics.store.homes import Keep
from analytics.store.lake.address import marked
from analytics.store.lake.beside import BY_HAND, bring_beside, bring_by_hand, change_beside
from analytics.store.lake.catalogue import (
    WRITERS,
    Connection,
    Laid,
    LakeCatalogue,
    Shared,
    put_in_force,
    read_shared,
    tell,
)
from analytics.store.lake.drafts import LakeDrafts
from analytics.store.lake.sharing import Sharing
from analytics.store.strays import clear_when_free
from analytics.store.turns import TURN
from analytics.store.versions import CURRENT, Current, Published, pointer_text, put_pointer, read_current

LOCK = ".lake.lock"  # while the folder is made as the catalogue says, or the catalogue as the folder
LOOK = 0.1  # seconds between two tries for the writers' lock
FRESH = 30  # seconds for which a server goes by the roles that it last heard of


class LakeHome:
    """Threads may share it; the folder's own lock (writing.locked) lets one of them hold it at a time."""

    def __init__(self, folder: Path):
        self.folder, self.address = folder, marked(folder)
        self.catalogue, self.sharing = LakeCatalogue(self.address), Sharing(folder, self.address)
        self._held: Connection | None = None
        self._laid: dict[Published, Laid] = {}
        self._following, self._heard = False, 0.0

    @contextmanager
    def hold(self, patience: float, longest: float) -> Iterator[None]:
        with self.catalogue.alone() as connection:  # the lock goes with it
            self._take_turn(connection, patience, longest)
            self._held, self._laid = connection, {}
            try:
                self.sync()
                yield
            finally:
                self._held = None

    def _take_turn(self, connection: Connection, patience: float, longest: float) -> None:
        """As turns.take_turn, among machines; those who wait on this one are told that others get theirs."""
        began = moved = time.monotonic()
        turn = None
        while connection.execute("select pg_try_advisory_lock(%s)", [WRITERS]).fetchone() != (True,):
            now, seen = time.monotonic(), connection.execute("select turn from kvalitet.store").fetchone()
            if seen != turn:
                turn, moved = seen, now
                with suppress(OSError):
                    (self.folder / TURN).write_text(str(turn), "ascii", newline="\n")
            if now - moved >= patience or now - began >= longest:
                raise StoreBusy(str(self.folder))
            time.sleep(min(LOOK, patience))
        connection.execute("update kvalitet.store set turn = turn + 1")

    def lay(self, current: Current) -> None:
        there = {one.version for one in self._shared().versions}
        for version in current.published:
            if version not in there and version not in self._laid:
                self._laid[version] = self.sharing.lay(version)

    def differing(self, version: Published) -> list[str]:
        there = {one.version: Laid(one.view_sha256, one.snapshot) for one in self._shared().versions}
        return self.sharing.differing(version, (there | self._laid)[version])

    @contextmanager
    def moving(self, current: Current) -> Iterator[None]:
        self.lay(current)
        before = {one.version for one in self._shared().versions}
        new = {version: self._laid[version] for version in current.published if version not in before}
        with self._alone():
            with self.catalogue.answering(), self._connection.transaction():
                put_in_force(self._connection, current, new)
                tell(self._connection)
            with suppress(OSError):  # it is in force for all: a folder that cannot be written follows when it can
                yield
        after = self._shared()
        if before - {*current.published} or self.sharing.left(after):
            self.sharing.let_go(after)

    @property
    def _connection(self) -> Connection:
        """The one that the lock goes with: where it is gone, nothing is done any more."""
        if self._held is None:
            raise StoreBroken(f"{self.folder}: not held")
        return self._held

    def _shared(self) -> Shared:
        with self.catalogue.answering():
            return read_shared(self._connection, self.address)

    def numbers(self) -> frozenset[int]:
        return self.sharing.numbers() | {self.catalogue.shared().last_number}

    def bring(self, name: str) -> None:
        if found := self.catalogue.shared().of(name):
            self.sharing.bring(name, found)

    def sync(self) -> None:
        """Has the folder be as the catalogue says; raises StoreBroken."""
        if self._held is None:
            clear_when_free(self.folder)  # while what a writer that was killed has noted still holds
        with self._alone():
            shared = self.catalogue.shared()
            bring_beside(self.folder, self.catalogue, shared)
            bring_by_hand(self.folder, Path(self.address.data))
            self._heard = time.monotonic()
            if (current := shared.current) is not None and self._pointer() != pointer_text(current):
                (in_force,) = (one for one in shared.versions if one.version == current.in_force)
                self.sharing.bring(in_force.version.view, in_force)
                gone = _files(self._known()) - _files(current.published)
                put_pointer(self.folder, current)
                for name in gone:
                    (self.folder / name).unlink(missing_ok=True)

    def _pointer(self) -> str | None:
        with suppress(OSError, ValueError):
            return (self.folder / CURRENT).read_text("utf-8")
        return None

    def _known(self) -> tuple[Published, ...]:
        with suppress(StoreBroken, StoreMissing):
            return read_current(self.folder).published
        return ()

    @contextmanager
    def changing(self, name: str) -> Iterator[Keep]:
        if name in BY_HAND:
            yield partial(write_whole_bytes, Path(self.address.data) / name)
            return
        with self.catalogue.connection() as connection, self._alone():
            yield change_beside(self.folder, connection, name)

    def follow(self) -> None:
        """From now on a thread of this process hears of what changes."""
        self._following = True

    def is_fresh(self) -> bool:
        return not self._following or time.monotonic() - self._heard < FRESH

    def drafts(self) -> AbstractContextManager[Any]:
        return LakeDrafts(self.catalogue).connected()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with FileLock(self.folder / LOCK):
            yield


def _files(published: tuple[Published, ...]) -> set[str]:
    return {name for version in published for name in (version.view, version.answers)}
