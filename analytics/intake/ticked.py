"""A form with a column for each question and level, and a mark where somebody has answered so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pyarrow.compute as pc

from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary, folded
from analytics.intake.schools import NO, YES
from analytics.intake.word_problem import WordProblem

BETWEEN = re.compile(r"[\s:;,._/|–—\[(-]+")
MARKS = YES | {"✓", "✔", "☑", "☒", "•", "*", "vald", "markerad", "selected", "checked"}
UNMARKED = NO | {"☐", "-", "–", "ej vald", "not selected", "unchecked"}
LONGEST = 60  # letters of what may be a level


def ticked_columns(sheet: TextTable, register: CityVocabulary, framework: str) -> list[str]:
    """The headings of such columns, in the order in which they stand; none where there are not two levels or more of a
    question, or anything but marks below them."""
    parted = {heading: list(_parted(sheet.written(heading) or heading)) for heading in sheet.headings}
    known = register.criteria_in(framework, [question for ways in parted.values() for question, _ in ways])
    of: dict[str, dict[int | None, str]] = defaultdict(dict)
    for heading, ways in parted.items():
        for question, tail in ways:
            ids = known.get(question, [])
            if len(ids) != 1:
                continue
            level = register.level(framework, tail)
            if not isinstance(level, WordProblem) and _holds_marks(sheet, heading, register, framework, level):
                of[ids[0]].setdefault(level, heading)
                break
    ticked = {heading for headings in of.values() if len(headings) > 1 for heading in headings.values()}
    return [heading for heading in sheet.headings if heading in ticked]


def _parted(written: str) -> Iterator[tuple[str, str]]:
    """Each way in which a heading may be a question and a level after it."""
    for between in BETWEEN.finditer(written):
        question, tail = written[: between.start()].strip(), written[between.end() :].strip(" ])")
        if question and 0 < len(tail) <= LONGEST:
            yield question, tail


def _holds_marks(sheet: TextTable, heading: str, register: CityVocabulary, framework: str, level: int | None) -> bool:
    """Whether there is nothing below but marks, or the level once more, and what says that there is no mark."""
    words = [word for word in pc.unique(sheet.column(heading)).to_pylist() if word]
    return all(folded(word) in MARKS | UNMARKED or register.level(framework, word) == level for word in words)
