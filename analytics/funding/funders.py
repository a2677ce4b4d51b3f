"""Whose money a programme is, and whether its projects have partners abroad: what is not the Union's is in no sum of EU
funds, and a remark that does not apply to a funder is not made.

The programmes that cities meet are told in data/reference/funders.csv; of one that is not there nothing is known, and a
register of EU projects takes it for the Union's, with partners abroad, until somebody says otherwise. Which funders
each kind of remark applies to is told in data/reference/remarks.csv.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from analytics.model.funding import MoneySource, Project
from analytics.model.installed import DATA
from analytics.model.remarks import RemarkKind

REFERENCE = DATA / "reference"


class Reach(StrEnum):
    """Which projects a kind of remark applies to: all, those of the Union's money, those of programmes whose projects
    have partners abroad."""

    ALL = "all"
    EU = "eu"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Programme:
    """What the table of funders says of a programme."""

    source: MoneySource
    abroad: bool


UNKNOWN = Programme(MoneySource.EU, True)


def source_of(project: Project) -> MoneySource:
    """Whose money it is: as the project says, else its programme."""
    return project.source or _programme(project).source


def applies(kind: RemarkKind, project: Project) -> bool:
    """Whether such a remark is made of a project with that funder."""
    match _reach()[kind]:
        case Reach.EU:
            return source_of(project) is MoneySource.EU
        case Reach.ABROAD:
            return _programme(project).abroad
    return True


def _programme(project: Project) -> Programme:
    return _programmes().get(project.programme.strip().casefold(), UNKNOWN)


@cache
def _programmes() -> dict[str, Programme]:
    return {
        row["programme"].casefold(): Programme(MoneySource(row["source"]), row["abroad"] == "yes")
        for row in _rows("funders.csv")
    }


@cache
def _reach() -> dict[RemarkKind, Reach]:
    return {RemarkKind(row["kind"]): Reach(row["applies_to"]) for row in _rows("remarks.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
