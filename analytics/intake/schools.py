"""The school register as a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from analytics.intake.columns import SheetCheck
from analytics.intake.days import day
from analytics.intake.kinds import CONTEXT, context_measure, named_columns
from analytics.intake.numbers import LIKE_THOUSANDS, MINUS, count, decimal_number, strange_digits
from analytics.intake.register import folded, unspaced_code
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.provenance import Provenance
from analytics.model.schools import School
from analytics.words.language import Words
from analytics.words.plain import plain_name

SCHOOL_UNIT_CODE = re.compile(r"[1-9][0-9]{7}")
SCHOOL_ID = re.compile(r"[^\s,;|]+")
SMALL = re.compile(r"-?[0-9](?:\.[0-9]+)?e-[0-9]{2}")  # as programs write what is close to 0
YES = frozenset(("1", "ja", "j", "yes", "y", "true", "sant", "x"))
NO = frozenset(("0", "nej", "n", "no", "false", "falskt"))


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as a file has it, and where it stands. `owner`: who runs it, as the file calls them; '' where it says
    nothing of that. `adds`: of a school that is in the register it says what is not there, and nothing otherwise.
    `column`: where the file says which school it is, as it says it in `called`; `otherwise`: what it says that the
    register does not, in a sentence, where that is not a school as a whole."""

    school: School
    file: str
    row: int
    owner: str = ""
    adds: bool = False
    column: str = "school_id"
    called: str = ""
    otherwise: str = ""


def check_schools(check: SheetCheck, provenance: Provenance, before: Mapping[str, School]) -> list[SchoolRow]:
    """One school a row -> schools; what is wrong goes to the check's problems.

    A school that is in the register keeps what the file has no column for, and its names so far as aliases. Where the
    file has no ids, a school is the one in the register with its code or else its name; a new one gets an id made of
    its name.
    """
    ids = None if check.has("school_id") else IdsOfNames(before)
    measures = _measures(check, before)
    explanations = _explanations(check) | {column: (column, partial(_number, check.say)) for column in measures}
    columns = {
        field: check.resolve(column, explain) for field, (column, explain) in explanations.items() if check.has(column)
    }
    rows, owners = [], check.texts("owner")
    for at, codes in enumerate(zip(*(column.codes for column in columns.values()), strict=True)):
        if min(codes) < 0:
            continue  # told above; the other rows still let answers in other files find their schools
        values = {field: column.values[code] for (field, column), code in zip(columns.items(), codes, strict=True)}
        said = {name: values.pop(column) for column, name in measures.items()}
        if ids:
            values["id"] = ids.of(values["name"], values.get("school_unit_code"))
        known = before.get(values["id"])
        values["context"] = _context(known.context if known else (), said)
        school = replace(renamed(known, values) if known else School(**values), provenance=provenance)
        rows.append(SchoolRow(school, check.sheet.file, int(check.sheet.rows[at]), owners[at].as_py()))
        if school.valid_from and school.valid_to and school.valid_to < school.valid_from:
            trouble = WordProblem(check.say("The school closes before it opens."), check.say("Swap the dates."))
            check.complain(at, "valid_to", school.valid_to.isoformat(), trouble)
    return rows


class IdsOfNames:
    """The ids of schools that a file gives by code and name alone."""

    def __init__(self, before: Mapping[str, School]):
        self._taken = set(before)
        self._by_code = {school.school_unit_code: school.id for school in before.values() if school.school_unit_code}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for school in before.values():
            for name in (school.name, *school.aliases):
                self._by_name[folded(name)].add(school.id)

    def of(self, name: str, code: str | None) -> str:
        if code in self._by_code:
            return self._by_code[code]
        called = self._by_name.get(folded(name), set())
        return next(iter(called)) if len(called) == 1 else self.new(name, code)

    def new(self, name: str, code: str | None) -> str:
        """An id that no school has yet, made of its name."""
        base = plain_name(name) or "skola"
        id_ = base if base not in self._taken else f"{base}-{code}" if code else base
        number = 1
        while id_ in self._taken:
            number += 1
            id_ = f"{base}-{number}"
        self._taken.add(id_)
        return id_


def said_twice(rows: list[SchoolRow], known: Mapping[str, School], say: Words) -> list[Problem]:
    """Ids and codes that two schools have, whether in these files or in what stays of the register."""
    problems = []
    for attribute, column, text in (
        ("id", "school_id", say("The school id stands twice.")),
        ("school_unit_code", "school_unit_code", say("Two schools have the code.")),
    ):
        first: dict[str, SchoolRow] = {}
        arriving = {row.school.id for row in rows}
        staying = {getattr(school, attribute): school for school in known.values() if school.id not in arriving}
        for row in rows:
            value = getattr(row.school, attribute)
            if value is None:
                continue
            earlier = first.setdefault(value, row)
            if earlier is not row:
                hint = say("See row {row} in {file}; keep one of them.", row=earlier.row, file=earlier.file)
            elif value in staying:
                hint = say("In the store, {school} has it.", school=f"{staying[value].name} ({staying[value].id})")
            else:
                continue
            problems.append(Problem(row.file, row.row, column, value, text, hint))
    return problems


def renamed(known: School, values: dict) -> School:
    """The school as the register has it, with what the file says of it."""
    school = replace(known, **values)
    aliases: dict[str, str] = {}
    for name in (*school.aliases, *known.aliases, known.name):
        if folded(name) != folded(school.name):
            aliases.setdefault(folded(name), name)
    return replace(school, aliases=tuple(aliases.values()))


def _measures(check: SheetCheck, before: Mapping[str, School]) -> dict[str, str]:
    """The sheet's columns of context -> the measure's name, as the register spells it where it knows the measure."""
    spelt = {CONTEXT + folded(name): name for school in before.values() for name, _ in school.context}
    said = {column: context_measure(heading) for column, heading in named_columns(check.sheet, check.kind).items()}
    return {column: spelt.get(column, name) for column, name in said.items() if column.startswith(CONTEXT) and name}


def _context(known: Iterable[tuple[str, float]], said: Mapping[str, float | None]) -> tuple[tuple[str, float], ...]:
    """What was known of a school with what the file says of it; an empty cell empties."""
    told = {folded(name) for name in said}
    kept = {name: value for name, value in known if folded(name) not in told}
    return tuple(sorted((name, value) for name, value in {**kept, **said}.items() if value is not None))


def _number(say: Words, word: str) -> float | WordProblem | None:
    """A measure with decimal point or comma; 45 % is 45."""
    if not word:
        return None
    number = word.removesuffix("%").strip()
    if LIKE_THOUSANDS.fullmatch(number.lstrip(f"+{MINUS}")) and number == word:
        hint = say("Write it without thousands separator, and not with three decimals.")
        return WordProblem(say("This number can be read in two ways."), hint)
    value = Decimal(word) if SMALL.fullmatch(word) else decimal_number(number)
    if value is None:
        no_number = WordProblem(
            say("This is not a number."), say("Write it like 12.5 or 12,5; a per cent sign may follow.")
        )
        return strange_digits(word, say) or no_number
    return float(value)


def _explanations(check: SheetCheck) -> dict[str, tuple[str, Callable]]:
    """A school's fields -> the column that says it, and how its words are explained."""
    say = check.say

    def id_(word: str) -> str | WordProblem:
        hint = say("An id is one word without spaces, commas, semicolons or bars.")
        return word if SCHOOL_ID.fullmatch(word) else WordProblem(say("This is not a school id."), hint)

    def name(word: str) -> str | WordProblem:
        return word or WordProblem(say("The name is missing."), say("Every school has a name."))

    def code(word: str) -> str | WordProblem | None:
        digits = unspaced_code(word)
        if not digits or SCHOOL_UNIT_CODE.fullmatch(digits):
            return digits or None
        return WordProblem(say("This is not a school unit code."), say("It is eight digits and does not start with 0."))

    def answer(word: str) -> bool | WordProblem | None:
        if not word:
            return None
        trouble = WordProblem(say("This is neither yes nor no."), say("Write ja or nej."))
        return True if folded(word) in YES else False if folded(word) in NO else trouble

    def year_or_day(name: str, month: int, day_: int) -> Callable[[str], date | WordProblem | None]:
        """A year alone is its day that is named here."""
        like = say("Write a year (2022) or a date (2022-08-15).")
        column = check.days(name)

        def explained(word: str) -> date | WordProblem | None:
            year = re.fullmatch("[0-9]{4}", word)
            return day(f"{word}-{month:02}-{day_:02}" if year else word, say, like=like, column=column)

        return explained

    def text(word: str) -> str | None:
        return word or None

    def names(word: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in word.split("|") if part.strip())

    def people(word: str) -> int | WordProblem | None:
        return count(word, say)

    return {
        "id": ("school_id", id_),
        "name": ("name", name),
        "school_unit_code": ("school_unit_code", code),
        "district": ("district", text),
        "stage": ("stage", text),
        "pupils": ("pupils", people),
        "staff": ("staff", people),
        "valid_from": ("valid_from", year_or_day("valid_from", 1, 1)),
        "valid_to": ("valid_to", year_or_day("valid_to", 12, 31)),
        "shares_practice": ("shares_practice", answer),
        "aliases": ("aliases", names),
        "merged_into": ("merged_into", text),
        "split_from": ("split_from", text),
    }
