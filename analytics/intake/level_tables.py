"""Tables of a question a row and an answer a column, as tools of self-assessment report what was answered.

LIKA and SELFIE publish no format of what they export, so nothing is read by its place: a column is a level where its
heading says one of the framework's, and the question's column is the one whose cells are its criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyarrow.compute as pc

from analytics.intake.headings import QUESTION, bare, normalised, without_unit
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.words.language import Words

CRITERION, DONT_KNOW, RESPONSES, GROUP = "criterion", "dont_know", "responses", "group"
ALSO = {
    RESPONSES: (
        *("responses", "answers", "n", "total", "number_of_responses", "number_of_respondents", "respondents"),
        *("antal_svar", "antal_svarande", "antal", "svar", "svarande", "summa", "totalt"),
    ),
    GROUP: ("group", "user_group", "respondent_group", "grupp", "svarandegrupp", "användargrupp", "målgrupp"),
}
MEAN = re.compile(r"medel|genomsnitt|snitt|mean|average|score|poäng|index", re.IGNORECASE)
RATING = re.compile(r"värdering|skattning|bedömning|nivå|svar\b|rating|level|value|answer|status", re.IGNORECASE)
FEWEST = 2  # criteria that make a column the questions'


def with_levels(sheet: TextTable, register: CityVocabulary, framework: str | None) -> TextTable:
    """The table with what its headings are told to be, where all of a framework's levels have a column and the
    questions have theirs; any other as it is."""
    sheet = replace(sheet, told={}) if sheet.told else sheet
    if sheet.by_hand:
        return sheet
    for one in _frameworks(register, framework):
        levels = _levels(sheet, register, one)
        questions = question_heading(sheet, register, one) if levels else None
        if questions is not None and questions not in levels:
            own = {heading: name for heading in sheet.headings if (name := _own(heading))}
            return replace(sheet, told={**own, **levels, questions: CRITERION})
    return sheet


def without_counts(sheet: TextTable, register: CityVocabulary, framework: str | None, say: Words) -> Problem | None:
    """What is wrong with a table of questions that does not say how many gave each answer."""
    for one in _frameworks(register, framework):
        questions = question_heading(sheet, register, one)
        if questions is None:
            continue
        others = [heading for heading in sheet.headings if heading != questions]
        hint = say(
            "Load a table with a column for each level ({levels}), or the answers with one row per respondent.",
            levels=say.listing(one.labels(say.language)),
        )
        if mean := next((heading for heading in others if MEAN.search(heading)), None):
            text = say("The file holds means: how many gave each answer cannot be determined from them.")
            return Problem(sheet.file, None, mean, None, text, hint)
        if rating := next((heading for heading in others if RATING.search(heading)), None):
            text = say("The file holds one rating of each question, and not how many gave it.")
            return Problem(sheet.file, None, rating, None, text, hint)
        if any(isinstance(register.level(one.id, without_unit(heading)), int) for heading in others):
            text = say("Some of the framework's levels have no column.")
            return Problem(sheet.file, None, None, shown(", ".join(sheet.headings)), text, hint)
    return None


def question_heading(sheet: TextTable, register: CityVocabulary, framework: Framework) -> str | None:
    """The column in whose cells the most different criteria stand; one that is headed so may have a single one."""
    most, found = FEWEST - 1, None
    for heading in sheet.headings:
        words = pc.unique(sheet.column(heading)).to_pylist()[:1000]
        named = {id_ for word in words for id_ in register.criteria_named(framework.id, word)}
        if len(named) > most or (named and len(named) == most and bare(heading) in QUESTION):
            most, found = len(named), heading
    return found


def criteria_in_cells(sheet: TextTable, register: CityVocabulary, framework: Framework) -> int:
    """How many of the framework's criteria the table has as questions, where it has the framework's levels."""
    if not _levels(sheet, register, framework):
        return 0
    heading = next((heading for heading, name in sheet.told.items() if name == CRITERION), None)
    words = pc.unique(sheet.column(heading)).to_pylist() if heading else ()
    return len({id_ for word in words for id_ in register.criteria_named(framework.id, word)})


def _frameworks(register: CityVocabulary, framework: str | None) -> Iterable[Framework]:
    """The one that is said, else all, the last begun first."""
    if framework is not None:
        return [register.frameworks[framework]] if framework in register.frameworks else []
    return sorted(register.frameworks.values(), key=lambda one: -one.valid_from)


def _levels(sheet: TextTable, register: CityVocabulary, framework: Framework) -> Mapping[str, str]:
    """The headings that say a level or don't know; none, unless each level has one."""
    found: dict[str, str] = {}
    for heading in sheet.headings:
        level = register.level(framework.id, without_unit(sheet.written(heading)))
        if level is None or isinstance(level, int):
            found[heading] = DONT_KNOW if level is None else f"level_{level}"
    names = sorted(name for name in found.values() if name != DONT_KNOW)
    return found if names == sorted(f"level_{level}" for level in framework.levels) else {}


def _own(heading: str) -> str | None:
    word = normalised(heading)
    return next((name for name, words in ALSO.items() if word in words), None)
