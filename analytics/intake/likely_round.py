"""Which framework and year a forms tool's export is most likely about: it does not say so itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow.compute as pc

from analytics.intake.level_tables import criteria_in_cells
from analytics.intake.personal import TIME_STAMP
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.model.frameworks import Framework
from analytics.words.language import Words

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class YearFrom(StrEnum):
    """What the year was taken from."""

    TIMES = "times"
    NAME = "name"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class LikelyRound:
    """The framework of whose criteria the most are among the headings (in a table of levels: the questions), `matched`
    of them: None where none is. The year is that of the file's times, of its name, else this one; where the framework
    does not cover it, its last."""

    framework: str | None
    matched: int
    year: int
    year_from: YearFrom


def likely_round(
    table: TextTable, frameworks: Sequence[Framework], schools: Iterable, say: Words, today: date
) -> LikelyRound:
    """Between frameworks of which as many criteria match, the one that covers the year, then the latest."""
    year, came_from = _year(table, today)
    vocabulary = CityVocabulary(frameworks, schools, say)
    matched = {
        framework.id: criteria_in_cells(table, vocabulary, framework)
        if table.told
        else len(vocabulary.criterion_headings(table.headings, framework.id))
        for framework in frameworks
    }
    best = max(
        (framework for framework in frameworks if matched[framework.id]),
        key=lambda framework: (matched[framework.id], framework.covers(year), framework.valid_from),
        default=None,
    )
    if best is None:
        return LikelyRound(None, 0, year, came_from)
    if not best.covers(year):
        year = best.valid_from if year < best.valid_from else best.valid_to or year
    return LikelyRound(best.id, matched[best.id], year, came_from)


def _year(table: TextTable, today: date) -> tuple[int, YearFrom]:
    years: list[int] = []
    for column in table.columns:
        words = [word for word in pc.unique(column).to_pylist() if word]
        if words and all(TIME_STAMP.fullmatch(word) for word in words):
            years += (int(found[0]) for word in words if (found := YEAR.search(word)))
    if years:
        return max(set(years), key=years.count), YearFrom.TIMES
    named = [int(word) for word in YEAR.findall(table.file)]
    return (max(named), YearFrom.NAME) if named else (today.year, YearFrom.TODAY)
