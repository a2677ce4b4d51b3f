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

from analytics.model.errors import StoreBroken, StoreMissing, StoreNewer, StoreUnreachable
from analytics.store.homes import Keep
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.beside import BY_HAND, bring_beside, bring_by_hand, change_beside
from analytics.store.lake.catalogue import (
    Connection,
    InLake,
    Laid,
    LakeCatalogue,
    Shared,
    put_in_force,
    read_shared,
    tell,
)
from analytics.store.lake.drafts import LakeDrafts
from analytics.store.lake.sharing import Sharing
from analytics.store.lake.tables import AttachedLake
from analytics.store.lake.turns import LakeTurn, take_turn
from analytics.store.strays import clear_when_free
from analytics.store.versions import CURRENT, Current, Published, pointer_text, put_pointer, read_pointer

LOCK = ".lake.lock"  # while the folder is made as the catalogue says, or the catalogue as the folder
FRESH = 30  # seconds for which a server goes by the roles that it last heard of


class LakeHome:
    """Threads may share it; the folder's own lock (writing.locked) lets one of them hold it at a time."""

    def __init__(self, folder: Path, address: LakeAddress, attached: AttachedLake):
        self.folder, self.address = folder, address
        self.catalogue, self.sharing = LakeCatalogue(address), Sharing(folder, address, attached)
        self._held: Connection | None = None
        self._laid: dict[Published, Laid] = {}
        self._following, self._heard = False, 0.0
        self._by_hand = 0.0  # when what is written by hand is looked at again, by time.monotonic()

    @contextmanager
    def hold(self, patience: float, longest: float) -> Iterator[None]:
        with self.catalogue.alone() as connection:  # the lock goes with it
            take_turn(connection, LakeTurn.of_writers(self.address), self.folder, patience, longest)
            self._held, self._laid = connection, {}
            try:
                self.sync()
                yield
            finally:
                self._held = None

    def lay(self, current: Current) -> None:
        there = {one.version for one in self._shared().versions}
        for version in current.published:
            if version not in there and version not in self._laid:
                self._laid[version] = self.sharing.lay(version)

    def differing(self, version: Published) -> list[str]:
        there = {one.version: Laid(one.view_sha256, one.snapshot) for one in self._shared().versions}
        return self.sharing.differing(version, (there | self._laid)[version])

    def unsound(self) -> dict[int, list[str]]:
        shared, answers = self.catalogue.shared(), dict[tuple[int, str], list[str]]()
        for one in shared.versions:
            place = one.snapshot, one.version.answers
            if place not in answers:
                answers[place] = self._unsound_answers(one)
        views = {one.version: [] if self.sharing.is_view_sound(one) else [one.version.view] for one in shared.versions}
        found = {one: views[one.version] + answers[one.snapshot, one.version.answers] for one in shared.versions}
        there = self.catalogue.shared().versions  # what has been taken away meanwhile is not missing
        return {one.version.number: wrong for one, wrong in found.items() if wrong and one in there}

    def _unsound_answers(self, found: InLake) -> list[str]:
        try:
            return self.sharing.unlike(found)
        except StoreNewer:
            raise
        except StoreUnreachable:
            self.catalogue.shared()  # it raises where PostgreSQL is what does not answer
            return [found.version.answers]

    def lay_anew(self) -> list[str]:
        unsound = [one for one in self._shared().versions if not self.sharing.is_view_sound(one)]
        return [one.version.view for one in unsound if self.sharing.lay_anew(one)]

    @contextmanager
    def moving(self, current: Current) -> Iterator[None]:
        self.lay(current)
        before = {one.version for one in self._shared().versions}
        new = {version: self._laid[version] for version in current.published if version not in before}
        with self._alone():
            with self.catalogue.answering(), self._connection.transaction():
                put_in_force(self._connection, current, new)
                tell(self._connection, self.address)
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
            self._heard = time.monotonic()
            self._bring_by_hand()
            if (current := shared.current) is not None and self._pointer() != pointer_text(current):
                (in_force,) = (one for one in shared.versions if one.version == current.in_force)
                self.sharing.bring(in_force.version.view, in_force)
                gone = _files(self._known()) - _files(current.published)
                put_pointer(self.folder, current)
                for name in gone:
                    (self.folder / name).unlink(missing_ok=True)

    def _bring_by_hand(self) -> None:
        """A server that looks each second asks storage for it now and then alone."""
        now, place = time.monotonic(), self.sharing.place
        if not self._following or self._held is not None or now >= self._by_hand:
            self._by_hand = now + place.patience
            try:
                bring_by_hand(self.folder, place)
            except OSError as error:
                raise place.unreachable(f"{place.shown}: {error.strerror or error}") from error

    def _pointer(self) -> str | None:
        with suppress(OSError, ValueError):
            return (self.folder / CURRENT).read_text("utf-8")
        return None

    def _known(self) -> tuple[Published, ...]:
        with suppress(StoreBroken, StoreMissing):
            return read_pointer(self.folder).published
        return ()

    @contextmanager
    def changing(self, name: str) -> Iterator[Keep]:
        if name in BY_HAND:
            yield partial(self.sharing.place.write, name)
            return
        with self._alone(), self.catalogue.connection() as connection:  # who waits takes no connection
            yield change_beside(self.folder, self.catalogue, connection, name)

    def follow(self) -> None:
        """From now on a thread of this process hears of what changes."""
        self._following = True

    @property
    def is_followed(self) -> bool:
        return self._following

    @property
    def heard(self) -> float:
        """When the small files were last brought, by time.monotonic()."""
        return self._heard

    def is_told(self) -> bool:
        return True

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
