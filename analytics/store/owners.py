"""Several owners of schools in one store: each has an ordinary store of its own in a folder below, which tells what it
is of by where it lies. What lies in the store itself is what is of no owner: frameworks that new owners begin with, and
the roles of those who may read every owner's pages.

So nobody of one owner's opens a file of another's, and all that is done in a store is done in an owner's as anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import orjson

from analytics.model.owners import SchoolOwner
from analytics.store.beside import FileBeside, word
from analytics.store.homes import OWNERS, PARTS, StillOurs, home_of
from analytics.store.turns import LONGEST, PATIENCE, take_turn
from analytics.words.plain import plain_name

FILE, FOLDER = OWNERS, PARTS
NOBODY = "alla"
"""What stands in an address in place of an owner's id, where no owner is meant: all of them."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
Owners = tuple[SchoolOwner, ...]


def owners_file(store: Path) -> FileBeside[Owners]:
    return FileBeside(Path(store) / FILE, _parsed, (), stays=True)


@lru_cache(maxsize=16)
def _kept(store: str) -> FileBeside[Owners]:
    return owners_file(Path(store))


def owners_of(store: Path) -> Owners:
    """The owners that a store holds, by name; none in a store that is one owner's. Raises StoreBroken."""
    return _kept(str(store)).said()


def folder_of_owner(store: Path, owner_id: str) -> Path:
    """Where an owner's store lies. Raises ValueError where that is no owner's id."""
    if not ID.fullmatch(owner_id):
        raise ValueError(owner_id)
    return Path(store) / FOLDER / owner_id


def whole_store(folder: Path) -> Path | None:
    """The store that a folder is an owner's part of; None where it is none."""
    folder = Path(folder).absolute()
    whole = folder.parent.parent
    return whole if folder.parent.name == FOLDER and (whole / FILE).exists() else None


def owner_whose_store(folder: Path) -> SchoolOwner | None:
    """Whose store a folder is, in a store that holds several. Raises StoreBroken."""
    whole = whole_store(folder)
    return next((one for one in owners_of(whole) if one.id == Path(folder).name), None) if whole else None


def id_of_name(name: str) -> str:
    """What an owner of this name is called in addresses and folders; '' where no letter of it can be."""
    return plain_name(name)


def same_name(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def add_owners(store: Path, new: Iterable[SchoolOwner]) -> None:
    """Notes owners that the store holds from now on. Raises StoreBroken or StoreBusy."""
    told = {one.id: one for one in new}
    owners_file(store).change(lambda there: _by_name({**told, **{one.id: one for one in there}}.values()), _text)


@contextmanager
def turn_at_owners(store: Path, patience: float = PATIENCE) -> Iterator[StillOurs]:
    """One load of several owners' at a time: what has been checked of each is so when it is stored, but for what the
    owners do themselves meanwhile. What is yielded is to be asked before each part. Raises StoreBusy."""
    (store / FOLDER).mkdir(exist_ok=True)
    turn = take_turn(store / FOLDER, patience, LONGEST)
    try:
        with home_of(store).turn_at_owners(patience, LONGEST) as still_ours:
            yield still_ours
    finally:
        turn.release()


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _by_name(owners: Iterable[SchoolOwner]) -> Owners:
    return tuple(sorted(owners, key=lambda one: (_folded(one.name), one.id)))


def _text(owners: Owners) -> str:
    told = [{"id": one.id, "name": one.name} for one in owners]
    return json.dumps({"owners": told}, ensure_ascii=False, indent=1) + "\n"


def _parsed(text: str) -> Owners:
    owners = [SchoolOwner(word(one["id"]), word(one["name"])) for one in orjson.loads(text)["owners"]]
    if not all(ID.fullmatch(one.id) for one in owners) or len({one.id for one in owners}) < len(owners):
        raise ValueError("an owner's id is none, or stands twice")
    return _by_name(owners)
