"""Files that what is in force has been made from: the same file once more would change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.store.reading import Store, version_record
from analytics.store.sources import sources_of
from analytics.store.versions import read_current


@dataclass(frozen=True, slots=True)
class EarlierLoad:
    """When a file was loaded, by whom, and which version came of it."""

    version: int
    at: datetime
    by: str


def loaded_before(folder: Path) -> dict[str, EarlierLoad]:
    """SHA-256 -> its latest load, of the files of the version in force and of all that it stands on; those that
    somebody has gone back from are none. Raises StoreMissing or StoreBroken."""
    store, current = Store(folder), read_current(folder)
    found: dict[str, EarlierLoad] = {}
    number: int | None = current.number
    while number is not None:
        try:
            published = current.version(number)
            view = store.version(number)
            record = version_record(view)
            for source in sources_of(folder, published, view):
                found.setdefault(source.sha256, EarlierLoad(number, record.created_at, record.loaded_by))
        except (KeyError, StoreBroken):  # purged, or damaged: what came before it cannot be told
            break
        number = record.parent
    return found
