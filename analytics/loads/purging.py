"""Taking away earlier versions and frozen briefs that would tell a few people's answers beside the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.loads.near_copies import Round
from analytics.model.errors import KvalitetError, StoreBroken
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.copying import nobody_copies
from analytics.store.letting_go import let_go
from analytics.store.reading import View, version_record
from analytics.store.rollback import known_versions, lying
from analytics.store.versions import Published, numbers_taken, read_current
from analytics.store.writing import locked, write_version

BriefKey = tuple[str, str, int]
"""(school, framework, year)."""


class InForceTells(KvalitetError):
    """The version in force is itself one of those that would be taken away; its number."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a version has that tells a few people's answers beside a later one."""

    version: Published
    rounds: tuple[Round, ...]
    briefs: tuple[BriefKey, ...]


@dataclass(frozen=True, slots=True)
class Purged:
    """What was taken away, and the version that is in force after it."""

    version: int
    versions: tuple[int, ...]
    briefs: tuple[BriefKey, ...]


def telling(folder: Path) -> list[Telling]:
    """The versions that hold a round, or a frozen brief of one, as it was before a few people's answers were changed
    under it; those too that CURRENT has let go but whose files lie there still."""
    listed = known_versions(folder)
    left = numbers_taken(folder) - {version.number for version in listed}
    views = list(_views(folder, sorted({*listed, *lying(folder, sorted(left))}, key=lambda one: one.number)))
    changed: dict[Round, int] = {}
    for _, view in views:
        for *round_, version in _rows_of(view, "near_copy", "framework, year, school_id, version"):
            changed[tuple(round_)] = max(version, changed.get(tuple(round_), 0))
    found = []
    for version, view in views:
        rounds = [
            (framework, year, school)
            for framework, year, school, loaded in view.rows(
                "select framework, year, school_id, loaded_version from school_round"
            )
            if loaded < changed.get((framework, year, school), 0)
        ]
        briefs = [
            (school, framework, year)
            for school, framework, year, made in _rows_of(view, "frozen_brief", "school_id, framework, year, made_from")
            if made < changed.get((framework, year, school), 0)
        ]
        if rounds or briefs:
            found.append(Telling(version, tuple(sorted(rounds)), tuple(sorted(briefs))))
        view.close()
    return found


def purge(folder: Path, *, purged_by: str) -> Purged:
    """Takes those versions' files away for good, and the frozen briefs out of the version in force.

    Raises InForceTells, StoreBusy, StoreMissing or StoreBroken.
    """
    with nobody_copies(folder), locked(folder):
        current = read_current(folder)
        found = telling(folder)
        here = next((one for one in found if one.version.number == current.number), None)
        if here and here.rounds:
            raise InForceTells(str(current.number))
        number = _without_briefs(folder, here.briefs, purged_by) if here else current.number
        gone = {one.version for one in found}
        if not gone:
            return Purged(number, (), ())
        numbers = sorted(version.number for version in gone)
        note_where_kept(folder, purged_by, Did.VERSIONS_PURGED, versions=numbers)
        let_go(folder, gone)
        return Purged(number, tuple(sorted(one.number for one in gone)), here.briefs if here else ())


def _without_briefs(folder: Path, briefs: Sequence[BriefKey], purged_by: str) -> int:
    """A version like the one in force, but without these frozen briefs; its number."""
    view = View(folder / read_current(folder).in_force.view, read_current(folder).number)
    limit = version_record(view).hide_below
    view.close()

    def change_view(connection, number: int) -> None:
        for key in briefs:
            connection.execute("delete from frozen_brief where (school_id, framework, year) = (?, ?, ?)", key)

    return write_version(
        folder,
        loaded_by=purged_by,
        action="purge",
        sources=(),
        hide_below=limit,
        change_answers=lambda connection, number: False,
        change_view=change_view,
        figures_stay=True,
        funding_stays=True,
    )


def _views(folder: Path, versions: Sequence[Published]) -> Iterator[tuple[Published, View]]:
    """Those that can be read; of the others nobody can read anything."""
    for version in versions:
        try:
            yield version, View(folder / version.view, version.number)
        except StoreBroken:
            continue


def _rows_of(view: View, table: str, columns: str) -> list[tuple]:
    """A table that an earlier edition may lack."""
    return view.rows(f"select {columns} from {table}") if table in view.tables else []
