"""Kolada's figures as measures of what surrounds schools: of each the latest period that the file has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from analytics.intake.columns import SheetCheck
from analytics.intake.numbers import whole_number
from analytics.intake.raw import shown
from analytics.intake.register import CityVocabulary
from analytics.intake.schools import SchoolRow
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.provenance import Provenance
from analytics.model.schools import School
from analytics.words.schools import of_kolada

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?")
NAMED = 20  # in a note


def check_kolada(check: SheetCheck, provenance: Provenance, before: Mapping[str, School]) -> list[SchoolRow]:
    """The schools with a figure that is new or other than it was; what is wrong goes to the check's problems."""
    say, schools = check.say, CityVocabulary((), before.values(), check.say)

    def number(word: str) -> float | WordProblem:
        wrong = WordProblem(say("This is not a number."), say("Fetch the figures again; the file has been changed."))
        return float(word) if NUMBER.fullmatch(word) else wrong

    def period(word: str) -> int | WordProblem:
        year = whole_number(word)
        return year or WordProblem(
            say("This is not a year."), say("Fetch the figures again; the file has been changed.")
        )

    values, periods = check.resolve("value", number), check.resolve("period", period)
    kpis, measures, units, names = (check.texts(n).to_pylist() for n in ("kpi", "measure", "ou", "school"))
    latest: dict[tuple[str, str], tuple[int, float, int]] = {}
    others, years = set(), defaultdict(set)
    for at, (value, year) in enumerate(zip(values.codes, periods.codes, strict=True)):
        if min(value, year) < 0 or not units[at]:
            continue
        school = schools.school(names[at])
        if isinstance(school, WordProblem):
            others.add(names[at])
            continue
        measure = of_kolada(measures[at], kpis[at])
        found = (periods.values[year], values.values[value], at)
        latest[school, measure] = max(found, latest.get((school, measure), found))
        years[measure].add(latest[school, measure][0])
    _tell(check, bool(latest), units, others, years)
    rows = []
    for school in sorted({school for school, _ in latest}):
        told = {measure: (value, at) for (id_, measure), (_, value, at) in latest.items() if id_ == school}
        context = dict(before[school].context) | {measure: value for measure, (value, _) in told.items()}
        now = replace(before[school], context=tuple(sorted(context.items())), provenance=provenance)
        if context != dict(before[school].context):
            first = min(at for _, at in told.values())
            rows.append(SchoolRow(now, check.sheet.file, int(check.sheet.rows[first])))
    return rows


def _tell(check: SheetCheck, any_: bool, units: list[str], others: set[str], years: Mapping[str, set[int]]) -> None:
    say = check.say
    if not any_ and not check.problems:
        text = say("No school's figures are in the file.")
        hint = say(
            "Figures of a municipality tell no schools apart, and units are known by what they are called. With the"
            " command: kvalitet fetch kolada."
        )
        check.problems.append(Problem(check.sheet.file, None, check.heading("ou"), None, text, hint))
    for measure, found in sorted(years.items()):
        check.notes.append(f"{measure}: {', '.join(map(str, sorted(found)))}.")
    if any_ and not all(units):
        check.notes.append(say("Figures of the whole municipality were left out: they tell no schools apart."))
    if any_ and others:
        names = shown(", ".join(sorted(others)[:NAMED]) + (" …" if len(others) > NAMED else ""))
        check.notes.append(say("Units that are no school of the city's by name: {schools}. Left out.", schools=names))
