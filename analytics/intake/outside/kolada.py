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
from analytics.words.language import Words
from analytics.words.schools import of_kolada

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?")
OF_KPI = re.compile(r"\(Kolada (\w+)\)$")
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
    told: dict[tuple[str, str, int], float] = {}
    units_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    known = _measures_of(before)
    others, years = set(), defaultdict(set)
    for at, (value, year) in enumerate(zip(values.codes, periods.codes, strict=True)):
        if min(value, year) < 0 or not units[at]:
            continue
        school = schools.school(names[at])
        if isinstance(school, WordProblem):
            others.add(names[at])
            continue
        measure = known.get(kpis[at]) or of_kolada(measures[at], kpis[at])
        found = (periods.values[year], values.values[value], at)
        units_of[school, measure].add(units[at])
        if told.setdefault((units[at], measure, found[0]), found[1]) != found[1]:
            text = say("The file has another figure of the unit for the same period.")
            hint = say("Keep one of them, or fetch the figures again.")
            row = int(check.sheet.rows[at])
            check.problems.append(Problem(check.sheet.file, row, check.heading("value"), f"{found[1]:g}", text, hint))
        latest[school, measure] = max(found, latest.get((school, measure), found))
        years[measure].add(latest[school, measure][0])
    _tell(check, bool(latest), units, others, years)
    latest = _of_one_unit(check, latest, units_of, before)
    rows = []
    for school in sorted({school for school, _ in latest}):
        own = {measure: found for (id_, measure), found in latest.items() if id_ == school}
        there = dict(before[school].context)
        context = there | {measure: value for measure, (_, value, _) in own.items()}
        if context == there:
            continue
        now = replace(before[school], context=tuple(sorted(context.items())), provenance=provenance)
        others = {m: found for m, found in own.items() if there.get(m, found[1]) != found[1]}
        at = min(at for *_, at in (others or own).values())
        said = {"column": check.heading("ou"), "called": units[at]}
        if others:
            said["otherwise"] = _otherwise(before[school].name, there, others, say)
        rows.append(SchoolRow(now, check.sheet.file, int(check.sheet.rows[at]), adds=not others, **said))
    return rows


def _otherwise(
    school: str, there: Mapping[str, float], others: Mapping[str, tuple[int, float, int]], say: Words
) -> str:
    """What the file has of a school that the store has otherwise: of the first measure in the file, and how many."""
    measure, (year, value, _) = min(others.items(), key=lambda one: one[1][2])
    text = say(
        "{school} has {old} in the store where the file has {new} ({measure}, {year}).",
        school=school, old=f"{there[measure]:g}", new=f"{value:g}", measure=measure, year=year,
    )  # fmt: skip
    more = len(others) - 1
    return f"{text} {say.plural('So has {n} more measure.', 'So have {n} more measures.', more)}" if more else text


def _measures_of(before: Mapping[str, School]) -> dict[str, str]:
    """What each of Kolada's measures is called that the schools have: it stays the same where a file calls it
    otherwise, or does not say what it is called."""
    named = {name for school in before.values() for name, _ in school.context}
    return {found[1]: name for name in sorted(named) if (found := OF_KPI.search(name))}


def _of_one_unit(
    check: SheetCheck,
    latest: Mapping[tuple[str, str], tuple[int, float, int]],
    units_of: Mapping[tuple[str, str], set[str]],
    before: Mapping[str, School],
) -> dict[tuple[str, str], tuple[int, float, int]]:
    """Those that one unit alone has; the others are told."""
    say, two = check.say, {key for key, units in units_of.items() if len(units) > 1}
    if two:
        text = say(
            "Two of Kolada's units are called like one school, and which is meant cannot be known: {schools}."
            " Left out.",
            schools=shown(", ".join(sorted({before[school].name for school, _ in two}))),
        )
        check.notes.append(text)
    return {key: found for key, found in latest.items() if key not in two}


def _tell(check: SheetCheck, any_: bool, units: list[str], others: set[str], years: Mapping[str, set[int]]) -> None:
    say = check.say
    if not any_ and not check.problems:
        text = say("No school's figures are in the file.")
        hint = say(
            "Figures of a municipality tell no schools apart, and units are known by what they are called. With the"
            " command: kvalitet fetch kolada."
        )
        whose = "ou" if any(units) else "municipality"
        check.problems.append(Problem(check.sheet.file, None, check.heading(whose), None, text, hint))
    for measure, found in sorted(years.items()):
        check.notes.append(f"{measure}: {', '.join(map(str, sorted(found)))}.")
    if any_ and not all(units):
        check.notes.append(say("Figures of the whole municipality were left out: they tell no schools apart."))
    if any_ and others:
        names = shown(", ".join(sorted(others)[:NAMED]) + (" …" if len(others) > NAMED else ""))
        check.notes.append(say("Units that are no school of the city's by name: {schools}. Left out.", schools=names))
