"""What a version says of itself: who made it and when, of which files, and what it took away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analytics.funding.removed import RemovedProject, removed_projects
from analytics.model.errors import StoreBroken
from analytics.store.reading import VersionRecord, View, version_record
from analytics.store.sources import SourceFile, sources_of
from analytics.store.versions import Published


@dataclass(frozen=True, slots=True)
class Listed:
    """A version: what it says of itself, the files that it was made from, and the projects that it took away. `broken`:
    why its files are not known."""

    record: VersionRecord
    files: tuple[SourceFile, ...]
    removed: tuple[RemovedProject, ...]
    broken: StoreBroken | None = None


def listed(folder: Path, version: Published) -> Listed:
    """Raises StoreBroken where the view cannot be read."""
    view = View(folder / version.view, version.number)
    try:
        record, removed = version_record(view), removed_projects(view)
        try:
            return Listed(record, sources_of(folder, version, view), removed)
        except StoreBroken as error:
            return Listed(record, (), removed, error)
    finally:
        view.close()
