"""Files that what is in force has been made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.store.reading import Store, open_answers, version_record
from analytics.store.sources import sources_of
from analytics.store.versions import read_current

OF_ROUNDS = frozenset({"answers", "form", "counts"})
"""Kinds of files that bring schools' rounds."""


@dataclass(frozen=True, slots=True)
class EarlierLoad:
    """When a file was loaded, by whom, and which version came of it. `stays`: not all rounds that it brought have been
    taken back or replaced."""

    version: int
    at: datetime
    by: str
    stays: bool = True


def loaded_before(folder: Path) -> dict[str, EarlierLoad]:
    """SHA-256 -> its latest load, of the files of the version in force and of all that it stands on; those that
    somebody has gone back from are none. Raises StoreMissing or StoreBroken."""
    store, current = Store(folder), read_current(folder)
    with open_answers(folder / current.in_force.answers) as answers:
        brought = {version for (version,) in answers.execute("select distinct version from round_source").fetchall()}
    found: dict[str, EarlierLoad] = {}
    number: int | None = current.number
    while number is not None:
        try:
            published = current.version(number)
            view = store.version(number)
            record = version_record(view)
            for source in sources_of(folder, published, view):
                stays = number in brought or source.kind not in OF_ROUNDS
                found.setdefault(source.sha256, EarlierLoad(number, record.created_at, record.loaded_by, stays))
        except (KeyError, StoreBroken):  # purged, or damaged: what came before it cannot be told
            break
        number = record.parent
    return found


def still_loaded(folder: Path) -> dict[str, EarlierLoad]:
    """The same of those of which something stays: to load one of these again would most often change nothing."""
    return {sha256: load for sha256, load in loaded_before(folder).items() if load.stays}
