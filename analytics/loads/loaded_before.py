"""Files that what is in force has been made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.store.reading import Store, open_answers, version_record
from analytics.store.sources import sources_of
from analytics.store.versions import Current, read_current

OF_ROUNDS = frozenset({"answers", "form", "counts"})
"""Kinds of files that bring schools' rounds."""


@dataclass(frozen=True, slots=True)
class EarlierLoad:
    """When a file was loaded, by whom, and which version came of it. `of_rounds`: it brought schools' rounds."""

    version: int
    at: datetime
    by: str
    of_rounds: bool = False


def loaded_before(folder: Path) -> dict[str, EarlierLoad]:
    """SHA-256 -> its latest load, of the files of the version in force and of all that it stands on; those that
    somebody has gone back from are none. Raises StoreMissing or StoreBroken."""
    return _loaded_before(folder, read_current(folder))


def still_loaded(folder: Path) -> dict[str, EarlierLoad]:
    """The same of those of which something stays, as not all rounds that they brought have been taken back or replaced:
    to load one of these again would most often change nothing."""
    current = read_current(folder)
    found = _loaded_before(folder, current)
    with open_answers(folder / current.in_force.answers) as answers:
        brought = {version for (version,) in answers.execute("select distinct version from round_source").fetchall()}
    return {sha256: load for sha256, load in found.items() if load.version in brought or not load.of_rounds}


def _loaded_before(folder: Path, current: Current) -> dict[str, EarlierLoad]:
    store, found = Store(folder), dict[str, EarlierLoad]()
    number: int | None = current.number
    while number is not None:
        try:
            published = current.version(number)
            view = store.version(number)
            record = version_record(view)
            for source in sources_of(folder, published, view):
                load = EarlierLoad(number, record.created_at, record.loaded_by, source.kind in OF_ROUNDS)
                found.setdefault(source.sha256, load)
        except (KeyError, StoreBroken):  # purged, or damaged: what came before it cannot be told
            break
        number = record.parent
    return found
