"""The schools of all owners by name, for whoever looks for one without knowing whose it is. Read once a version."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from analytics.model.errors import KvalitetError
from analytics.model.owners import SchoolOwner
from analytics.store.owners import folder_of_owner
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.versions import read_current

SchoolName = tuple[str, str]
"""A school's id and name."""


def schools_of(store: Path, owners: Iterable[SchoolOwner]) -> list[tuple[SchoolOwner, SchoolName]]:
    """Of each owner its schools, by name; an owner whose store cannot be read has none here."""
    found = []
    for one in owners:
        folder = folder_of_owner(store, one.id)
        try:
            found += [(one, school) for school in _names(str(folder), read_current(folder).number)]
        except KvalitetError:
            continue
    return found


@lru_cache(maxsize=1000)  # an owner each, and some versions
def _names(folder: str, _: int) -> tuple[SchoolName, ...]:
    view = Store(Path(folder)).current()
    try:
        return tuple((school.id, school.name) for school in read_schools(view))
    finally:
        view.close()
