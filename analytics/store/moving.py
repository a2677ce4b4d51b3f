"""A store from one home to another (store/homes.py): every version, what lies beside them, what is typed and not saved;
of several owners all of theirs.

The pointer comes last, when all of it has been read once more where it went, and is equal. The old store stays as it
was.
"""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from analytics.model.errors import StoreBroken, StoreThere
from analytics.store import unfinished
from analytics.store.audit import FILE as AUDIT
from analytics.store.audit import whole_text
from analytics.store.disk import sync, write_whole_bytes
from analytics.store.drafts import Drafts
from analytics.store.homes import StillOurs, at_hand, home_of
from analytics.store.openness import FILE as OPENNESS
from analytics.store.owners import FILE as OWNERS
from analytics.store.owners import folder_of_owner, owners_of, turn_at_owners
from analytics.store.retention import FILE as RETENTION
from analytics.store.roles import FILE as ROLES
from analytics.store.rollback import check_whole
from analytics.store.saved_forms import FILE as FORMS
from analytics.store.sender import FILE as SENDER
from analytics.store.turns import LONGEST
from analytics.store.versions import CURRENT, Current, holds_a_store, pointer_text, read_current, write_current
from analytics.store.writing import StoreUnwritable, locked

TEXTS = (ROLES, OPENNESS, FORMS, SENDER, RETENTION, AUDIT, OWNERS)


@dataclass(frozen=True, slots=True)
class Moved:
    """What is in force where a store was moved to, and of several owners with each, by id. `without`: owners that it
    names and has nothing of."""

    current: Current
    owners: dict[str, Current]
    without: tuple[str, ...] = ()

    @property
    def versions(self) -> int:
        return sum(len(one.published) for one in (self.current, *self.owners.values()))


def move_all(folder: Path, to: Path) -> Moved:
    """The same as `move`, of several owners with all of theirs: each part as it is at one moment, and no load of
    several owners by halves. Where it was ended between two parts, once more goes on from there."""
    turn = turn_at_owners(folder, LONGEST) if owners_of(folder) else nullcontext(nobody_else)
    with turn as still_ours, locked(folder), locked(to, make=True):
        return copy_all(folder, to, still_ours)


def nobody_else() -> None:
    """Of a store of which nothing is done for several owners: nobody takes a turn at that."""


def copy_all(folder: Path, to: Path, still_ours: StillOurs = nobody_else) -> Moved:
    """The same for whoever holds both. Until the store itself is there none of its parts is anybody's."""
    parts, without = dict[str, Current](), list[str]()
    for one in owners_of(folder):
        part, there = folder_of_owner(folder, one.id), folder_of_owner(to, one.id)
        if not holds_a_store(part):
            without.append(one.id)
        else:
            parts[one.id] = move_on(part, there)
        still_ours()
    return Moved(copy_store(folder, to), parts, tuple(without))


def move_on(folder: Path, to: Path) -> Current:
    """The same as `move`; where a move that was ended has left all of it, nothing is to be done."""
    return _the_same(folder, to) if holds_a_store(to) else move(folder, to)


def _the_same(folder: Path, to: Path) -> Current:
    """What is in force in both, where one has been moved to the other. Raises StoreThere where it has not, or either is
    another since then."""
    with locked(folder), locked(to):
        current = read_current(folder)
        views = [version.view for version in current.published]
        if (
            current != read_current(to)
            or any(not cmp(at_hand(folder / name), at_hand(to / name), shallow=False) for name in views)
            or any(_text(folder, name) != _text(to, name) for name in TEXTS)
            or Drafts(folder).every() != Drafts(to).every()
        ):
            raise StoreThere(str(to))
        return current


def _text(folder: Path, name: str) -> bytes:
    if name == AUDIT:
        return whole_text(folder)
    return (folder / name).read_bytes() if os.path.lexists(folder / name) else b""


def move(folder: Path, to: Path) -> Current:
    """Has a store lie in another home too, where there is none; what is in force there then. Raises StoreThere,
    StoreMissing, StoreBusy, StoreBroken."""
    with locked(folder), locked(to, make=True):
        return copy_store(folder, to)


def copy_store(folder: Path, to: Path) -> Current:
    """The same for whoever holds both."""
    current = read_current(folder)
    check_whole(folder, current.in_force)
    try:
        names = sorted({name for version in current.published for name in (version.view, version.answers)})
        unfinished.note(to / CURRENT, names, None, then_holds=pointer_text(current).encode())
        for name in names:
            shutil.copyfile(at_hand(folder / name), to / name)
            sync(to / name)
        for home, where in ((home_of(folder), folder), (home_of(to), to)):
            home.lay(current)
            for version in current.published:
                if differing := home.differing(version):
                    raise StoreBroken(f"{where / version.view}: {', '.join(differing)}")
        check_whole(to, current.in_force)
        _copy_beside(folder, to)
        write_current(to, current)
        unfinished.forget(to / CURRENT)
    except OSError as error:
        raise StoreUnwritable(f"{to}: {error.strerror or error}") from error
    return current


def _copy_beside(folder: Path, to: Path) -> None:
    for name in TEXTS:
        if os.path.lexists(folder / name):
            contents = _text(folder, name)
            with home_of(to).changing(name) as keep:
                there = _text(to, name) if name == AUDIT else b""  # of a move that was ended: it is added to alone
                if not contents.startswith(there):
                    raise StoreThere(str(to))
                keep(contents[len(there) :])
                write_whole_bytes(to / name, contents)
    if drafts := Drafts(folder).every():
        Drafts(to).put(drafts)
