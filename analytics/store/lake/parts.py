"""A lake of several owners: each owner's part is a lake's store of its own in the same database, with a folder of its
own within the shared one and within each machine's.

Of an owner nothing is begun there until somebody writes. A process brings the parts to its folder that it has named,
and none else: a server goes on following those (following.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

import psycopg

from analytics.model.errors import StoreBroken, TurnLost
from analytics.store.homes import MARK, PARTS, Home, Keep, StillOurs, home_of
from analytics.store.lake.address import LakeAddress, mark_part, marked
from analytics.store.lake.catalogue import BEGINNING, Connection, LakeCatalogue, begun, is_begun
from analytics.store.lake.home import FRESH, LakeHome
from analytics.store.lake.tables import AttachedLake
from analytics.store.lake.turns import LakeTurn, take_turn
from analytics.store.versions import Current, Published

SCHEMA = (Path(__file__).parent / "owners.sql").read_text("utf-8")


class WholeHome(LakeHome):
    """A lake as a whole, and the parts of it that this process has named."""

    def __init__(self, folder: Path):
        self.attached = AttachedLake()
        super().__init__(folder, marked(folder), self.attached)
        self._named: dict[str, PartHome] = {}

    def arrive(self) -> None:
        """It was as somebody opened it."""

    def name(self, part: PartHome) -> None:
        """From now on the part is brought whenever it is another."""
        self._named[part.owner] = part

    def sync_parts(self) -> None:
        """Brings those that are others than they were here; of all of them it takes one question to know. Where one of
        them cannot be brought the others are. Raises StoreBroken."""
        if not self._named:
            return
        with self.catalogue.connection() as connection:
            there = is_begun(connection, self.address, "part")
            rows = connection.execute("select owner, changed from part").fetchall() if there else ()
        changed, wrong = dict(rows), None
        for owner, part in list(self._named.items()):
            try:
                part.follow_to(changed.get(owner))
            except (StoreBroken, OSError) as error:
                wrong = error
        if wrong:
            raise wrong

    @contextmanager
    def turn_at_owners(self, patience: float, longest: float) -> Iterator[StillOurs]:
        with self.catalogue.alone() as connection:  # the lock goes with it
            with connection.transaction():
                _make_ready(connection, self.address)
            take_turn(connection, LakeTurn.at_owners(), self.folder / PARTS, patience, longest)
            self.sync()
            self.sync_parts()

            def still_ours() -> None:
                try:
                    connection.execute("select 1")
                except psycopg.Error as error:
                    raise TurnLost(f"{self.address}: {str(error).strip()}") from error

            yield still_ours


class PartHome:
    """An owner's part as the home of its folder within a machine's. Threads may share it."""

    def __init__(self, folder: Path, whole: WholeHome):
        self.folder, self.owner, self._whole = folder, folder.name, whole
        self._lock = RLock()
        self._begun: LakeHome | None = None
        self._is_named = self._is_arriving = False
        self._changed: int | None = None  # as it was when it was brought last; None: not known
        self._found_at: int | None = None
        self._heard = 0.0

    def arrive(self) -> None:
        if self._is_named:
            return
        with self._lock:
            if self._is_named or self._is_arriving:  # what brings it reads there too
                return
            self._is_arriving = True
            try:
                if there := self._there():
                    changed = self._found_at  # asked before it is brought: what changes meanwhile is another
                    there.sync()
                    self._changed = changed
                self._heard = time.monotonic()
                self._whole.name(self)
                self._is_named = True
            finally:
                self._is_arriving = False

    def follow_to(self, changed: int | None) -> None:
        """Brings what is other, where the part is another than when it was brought last. Raises StoreBroken."""
        if changed != self._changed and (there := self._there()):
            there.sync()
            self._changed = changed
        self._heard = time.monotonic()

    def _there(self) -> LakeHome | None:
        """None: nothing of the owner is in the lake."""
        with self._lock:
            if self._begun is None and (found := _found(self._whole.catalogue, self.owner)):
                address, self._found_at = found
                self._begin_with(address)
            return self._begun

    def _or_begin(self) -> LakeHome:
        with self._lock:
            return self._there() or self._begin_with(_begin(self._whole.catalogue, self.owner))

    def _begin_with(self, address: LakeAddress) -> LakeHome:
        mark_part(self.folder, address)
        self._begun = LakeHome(self.folder, address, self._whole.attached)
        return self._begun

    def hold(self, patience: float, longest: float) -> AbstractContextManager[None]:
        return self._or_begin().hold(patience, longest)

    def lay(self, current: Current) -> None:
        self._or_begin().lay(current)

    def differing(self, version: Published) -> list[str]:
        return self._or_begin().differing(version)

    def unsound(self) -> dict[int, list[str]]:
        there = self._there()
        return there.unsound() if there else {}

    def lay_anew(self) -> list[str]:
        return self._or_begin().lay_anew()

    def moving(self, current: Current) -> AbstractContextManager[None]:
        return self._or_begin().moving(current)

    def numbers(self) -> frozenset[int]:
        there = self._there()
        return there.numbers() if there else frozenset()

    def bring(self, name: str) -> None:
        if there := self._there():
            there.bring(name)

    def changing(self, name: str) -> AbstractContextManager[Keep]:
        if not self.is_told():  # what is changed is read inside, while nothing can be brought
            raise StoreBroken(f"{self.folder / name}: not heard of")
        return self._or_begin().changing(name)

    def is_fresh(self) -> bool:
        return not self._whole.is_followed or time.monotonic() - self._last_heard() < FRESH

    def is_told(self) -> bool:
        if not self._last_heard():
            with suppress(StoreBroken):
                self.arrive()
        return self._last_heard() > 0

    def _last_heard(self) -> float:
        return max(self._heard, self._begun.heard if self._begun else 0.0)

    def drafts(self) -> AbstractContextManager[Any]:
        return self._or_begin().drafts()

    def turn_at_owners(self, patience: float, longest: float) -> AbstractContextManager[StillOurs]:
        raise StoreBroken(f"{self.folder}: an owner's part")


def home(folder: Path) -> Home:
    """Raises StoreBroken."""
    if folder.parent.name != PARTS or not (folder.parent.parent / MARK).exists():
        return WholeHome(folder)
    whole = home_of(folder.parent.parent)
    assert isinstance(whole, WholeHome)
    return PartHome(folder, whole)


def _make_ready(connection: Connection, whole: LakeAddress) -> None:
    """Has there be what a store of several owners keeps of them."""
    if not is_begun(connection, whole, "turn_at_owners"):
        connection.execute("select pg_advisory_xact_lock(%s)", [BEGINNING])
        connection.execute(SCHEMA.encode())


def _found(whole: LakeCatalogue, owner: str) -> tuple[LakeAddress, int] | None:
    """Where an owner's part lies, and its `changed`; None where it is not begun. Raises StoreUnreachable."""
    with whole.connection() as connection:
        if not is_begun(connection, whole.address, "part"):
            return None
        found = connection.execute("select number, changed from part where owner = %s", [owner]).fetchone()
        return (_numbered(connection, whole.address, owner, found[0]), found[1]) if found else None


def _begin(whole: LakeCatalogue, owner: str) -> LakeAddress:
    """The same, begun where it is not. Raises StoreUnreachable."""
    with whole.connection() as connection:
        connection.execute("select pg_advisory_xact_lock(%s)", [BEGINNING])
        _make_ready(connection, whole.address)
        connection.execute("insert into part (owner) values (%s) on conflict do nothing", [owner])
        ((number,),) = connection.execute("select number from part where owner = %s", [owner]).fetchall()
        address = _numbered(connection, whole.address, owner, number)
        address.place.begin()
        return address


def _numbered(connection: Connection, whole: LakeAddress, owner: str, number: int) -> LakeAddress:
    address = replace(whole, store="", owner=owner, number=number)
    connection.execute(f"set local search_path to {address.schema}".encode())
    return begun(connection, address)
