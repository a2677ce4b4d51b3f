"""Tidying: earlier versions that nothing stands on any more go, by a rule that can be said in a sentence.

Each save is a version, so a year of dialogues makes hundreds. Kept are the latest, each year's last, those that a
frozen brief was made from, and the last one before each new year came into the funding register: a report tells what
has changed since that.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.copying import nobody_copies
from analytics.store.letting_go import let_go
from analytics.store.reading import VersionRecord, View, version_record
from analytics.store.versions import Published, read_current
from analytics.store.writing import locked

LATEST = 20  # versions, to go back to


class WhyKept(Enum):
    """Why a version stays."""

    LATEST = "among the latest"
    YEARS_LAST = "a year's last"
    OF_BRIEF = "a frozen brief was made from it"
    OF_REPORT = "the last one before another year was paid out"
    UNREADABLE = "it cannot be read"


@dataclass(frozen=True, slots=True)
class Tidying:
    """What tidying means: the numbers that go, and those that stay, each with why."""

    go: tuple[int, ...]
    stay: tuple[tuple[int, WhyKept], ...]


def what_goes(folder: Path) -> Tidying:
    """Changes nothing. Raises StoreMissing or StoreBroken."""
    current = read_current(folder)
    records: dict[int, VersionRecord] = {}
    paid: dict[int, frozenset[int]] = {}
    why: dict[int, WhyKept] = {}
    for version in current.published:
        try:
            records[version.number], paid[version.number] = _told(folder, version)
        except StoreBroken:
            why[version.number] = WhyKept.UNREADABLE  # it may be all that is left of something
    view = View(folder / current.in_force.view, current.number)
    made_from = {number for (number,) in view.rows("select distinct made_from from frozen_brief")}
    view.close()
    latest = {*sorted(records)[-LATEST:], current.number, records[current.number].parent}
    reasons: tuple[tuple[WhyKept, Set[int | None]], ...] = (
        (WhyKept.LATEST, latest),
        (WhyKept.YEARS_LAST, _last({n: record.created_at.year for n, record in records.items()})),
        (WhyKept.OF_BRIEF, made_from),
        (WhyKept.OF_REPORT, _last(paid)),
    )
    for reason, numbers in reasons:
        for number in records.keys() & numbers:
            why.setdefault(number, reason)
    go = tuple(version.number for version in current.published if version.number not in why)
    return Tidying(go, tuple(sorted(why.items())))


def tidy(folder: Path, *, tidied_by: str) -> Tidying:
    """Takes them away for good. Raises as `what_goes`, and StoreBusy."""
    with nobody_copies(folder), locked(folder):
        found = what_goes(folder)
        if found.go:
            note_where_kept(folder, tidied_by, Did.VERSIONS_TIDIED, versions=list(found.go))
            let_go(folder, {version for version in read_current(folder).published if version.number in found.go})
        return found


def _told(folder: Path, version: Published) -> tuple[VersionRecord, frozenset[int]]:
    """What it says of itself, and the years that it has payments of."""
    view = View(folder / version.view, version.number)
    try:
        return version_record(view), frozenset(year for (year,) in view.rows("select report_year from payment"))
    finally:
        view.close()


def _last(of: Mapping[int, object]) -> set[int]:
    """The last version of each thing that is told of."""
    return set({told: number for number, told in sorted(of.items())}.values())
