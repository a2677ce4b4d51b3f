"""What is told of each owner beside the others, in a store of several: the schools by name, how they stand in each
round, what the frameworks are called. Of 290 owners nobody opens 290 databases: it is read once a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analytics.maturity.owner_figures import OwnerRound, rounds_of
from analytics.model.errors import KvalitetError
from analytics.model.frameworks import Framework
from analytics.model.owners import SchoolOwner
from analytics.store.owners import folder_of_owner
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.store.versions import read_current

SchoolName = tuple[str, str]
"""A school's id and name."""


@dataclass(frozen=True, slots=True)
class OfOwner:
    """An owner's schools, by name, the rounds that they have published, and the frameworks of these."""

    owner: SchoolOwner
    schools: tuple[SchoolName, ...]
    rounds: tuple[OwnerRound, ...]
    frameworks: tuple[Framework, ...]


def of_owners(store: Path, owners: Iterable[SchoolOwner]) -> Iterator[OfOwner]:
    """Of each owner, in their order, but for one whose store cannot be read."""
    for one in owners:
        folder = folder_of_owner(store, one.id)
        try:
            yield _read(one, str(folder), read_current(folder).number)
        except KvalitetError:
            continue


@lru_cache(maxsize=1000)  # an owner each, and some versions
def _read(owner: SchoolOwner, folder: str, _: int) -> OfOwner:
    view = Store(Path(folder)).current()
    try:
        rounds = rounds_of(owner, view)
        asked = {one.framework for one in rounds}
        schools = tuple((school.id, school.name) for school in read_schools(view))
        return OfOwner(owner, schools, rounds, tuple(one for one in read_frameworks(view) if one.id in asked))
    finally:
        view.close()
