"""School units as Skolverket's register has them, laid beside the schools that the city has.

A unit is the school with its code, else the one with its name that has no code of another unit in the file. What the
register does not say stays as it is, and what nothing has changed of is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from analytics.intake.columns import SheetCheck
from analytics.intake.days import day
from analytics.intake.outside.municipality import in_municipality
from analytics.intake.outside.stages import stage_of
from analytics.intake.outside.unit_notes import CLOSED, OPEN, STATUS, Unit, note_unit, notes_on_units
from analytics.intake.register import folded, unspaced_code
from analytics.intake.schools import SCHOOL_UNIT_CODE, IdsOfNames, SchoolRow, renamed
from analytics.intake.word_problem import WordProblem
from analytics.model.provenance import Provenance
from analytics.model.schools import School


def check_school_units(
    check: SheetCheck, provenance: Provenance, before: Mapping[str, School], municipality: str | None
) -> list[SchoolRow]:
    """The schools that are new or other than they were by the register; what is wrong goes to the check's problems."""
    check.sheet = in_municipality(check, municipality)
    units = _units(check)
    known = _known(units, before)
    ids, rows, told = IdsOfNames(before), [], defaultdict(list)
    for unit in _one_a_school(check, units, known, before):
        school = before.get(known.get(unit.code, ""))
        if school is None and unit.status is not OPEN:
            told["left_out"].append(unit.name)
            continue
        now = _as_it_is(unit, school) if school else _new(unit, ids)
        note_unit(told, unit, school, now)
        if now != school:
            rows.append(SchoolRow(replace(now, provenance=provenance), check.sheet.file, _row(check, unit.at)))
    check.notes += notes_on_units(told, check.say)
    return rows


def _units(check: SheetCheck) -> list[Unit]:
    """The units whose words could all be read."""
    say = check.say

    def code(word: str) -> str | WordProblem:
        digits = unspaced_code(word)
        wrong = WordProblem(
            say("This is not a school unit code."), say("It is eight digits and does not start with 0.")
        )
        return digits if SCHOOL_UNIT_CODE.fullmatch(digits) else wrong

    def name(word: str) -> str | WordProblem:
        return word or WordProblem(say("The name is missing."), say("Every school has a name."))

    def status(word: str) -> str | WordProblem:
        known = say("The register has AKTIV, PLANERAD, VILANDE and UPPHORT.")
        return STATUS.get(folded(word)) or WordProblem(say("This is not a status of a school unit."), known)

    def a_day(column: str):
        days = check.days(column)
        return lambda word: day(word, say, column=days)

    columns = [
        check.resolve("school_unit_code", code),
        check.resolve("name", name),
        check.resolve("status", status),
        check.resolve("valid_from", a_day("valid_from")),
        check.resolve("valid_to", a_day("valid_to")),
    ]
    stages = [stage_of(*said) for said in _both(check.texts("school_types"), check.texts("grades"))]
    units, first = [], {}
    for at, codes in enumerate(zip(*(column.codes for column in columns), strict=True)):
        if min(codes) < 0:
            continue
        code_, name_, status_, start, end = (c.values[i] for c, i in zip(columns, codes, strict=True))
        if first.setdefault(code_, at) != at:
            earlier = {"row": _row(check, first[code_]), "file": check.sheet.file}
            hint = say("See row {row} in {file}; keep one of them.", **earlier)
            check.complain(at, "school_unit_code", code_, WordProblem(say("The unit stands twice in the file."), hint))
            continue
        units.append(Unit(at, code_, name_, CLOSED if end and end < date.today() else status_, stages[at], start, end))
    return units


def _both(one: pa.StringArray, other: pa.StringArray) -> Iterable[tuple[str, str]]:
    return zip(one.to_pylist(), other.to_pylist(), strict=True)


def _row(check: SheetCheck, at: int) -> int:
    return int(check.sheet.rows[at])


def _known(units: Sequence[Unit], before: Mapping[str, School]) -> dict[str, str]:
    """The units' codes -> the school that each is. By name only where the school has no code of an open unit here."""
    by_code = {alias: school.id for school in before.values() for alias in school.aliases}
    by_code |= {school.school_unit_code: school.id for school in before.values() if school.school_unit_code}
    by_name = defaultdict(set)
    for school in before.values():
        for name in (school.name, *school.aliases):
            by_name[folded(name)].add(school.id)
    known = {unit.code: by_code[unit.code] for unit in units if unit.code in by_code}
    by_their_code = {known[unit.code] for unit in units if unit.code in known and unit.status is not CLOSED}
    for unit in units:
        called = by_name[folded(unit.name)] - by_their_code
        if unit.code not in known and len(called) == 1 and unit.status is not CLOSED:
            known[unit.code] = next(iter(called))
    return known


def _one_a_school(
    check: SheetCheck, units: Sequence[Unit], known: Mapping[str, str], before: Mapping[str, School]
) -> Iterable[Unit]:
    """The units without those that another has followed on under the school's name; two that are one school at the same
    time are a problem."""
    say, of_school = check.say, defaultdict(list)
    for unit in units:
        of_school[known.get(unit.code, unit.code)].append(unit)
    for id_, same in of_school.items():
        last = max(same, key=lambda unit: (unit.status is not CLOSED, unit.start or date.min))
        earlier = [unit for unit in same if unit is not last]
        for unit in earlier:
            if unit.status is CLOSED and (unit.end is None or last.start is None or unit.end <= last.start):
                continue
            text = say("Two units in the file are {school} in the register.", school=before[id_].name)
            hint = say("Give the school the code of the one that is meant, in the list of schools.")
            check.complain(unit.at, "name", unit.name, WordProblem(text, hint))
        yield last


def _as_it_is(unit: Unit, school: School) -> School:
    """The school with what the register says of it. It keeps what the city calls it; the register's name leads to it
    too, and so does a code that it had before."""
    before = (school.school_unit_code,) if school.school_unit_code not in (None, unit.code) else ()
    values = {
        "school_unit_code": unit.code,
        "stage": school.stage or unit.stage,
        "valid_from": school.valid_from or unit.start,
        "valid_to": unit.end or school.valid_to,
        "aliases": (unit.name, *before),
    }
    return renamed(school, values)


def _new(unit: Unit, ids: IdsOfNames) -> School:
    return School(
        ids.new(unit.name, unit.code),
        unit.name,
        school_unit_code=unit.code,
        stage=unit.stage,
        valid_from=unit.start,
        valid_to=unit.end,
    )
