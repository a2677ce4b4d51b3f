"""The school register as a file."""

from __future__ import annotations

import re
from datetime import date

from analytics.intake.columns import Check, combined, repeated
from analytics.intake.register import Trouble
from analytics.model import Provenance, School

SCHOOL_UNIT_CODE = re.compile(r"[1-9]\d{7}")
SCHOOL_ID = re.compile(r"[^\s,;|]+")
YES = frozenset(("1", "ja", "j", "yes", "y", "true", "sant", "x"))
NO = frozenset(("0", "nej", "n", "no", "false", "falskt"))


def check_schools(check: Check, provenance: Provenance) -> list[School]:
    """One school a row -> schools; what is wrong goes to the check's problems."""
    say = check.say

    def id_(word: str):
        trouble = Trouble(
            say("This is no school id."), say("An id is one word without spaces, commas, semicolons or bars.")
        )
        return word if SCHOOL_ID.fullmatch(word) else trouble

    def name(word: str):
        return word or Trouble(say("The name is missing."), say("Every school has a name."))

    def code(word: str):
        trouble = Trouble(say("This is no school unit code."), say("It is eight digits and does not start with 0."))
        return None if not word else word if SCHOOL_UNIT_CODE.fullmatch(word) else trouble

    def day(end: bool):
        def explained(word: str):
            if not word:
                return None
            try:
                if re.fullmatch(r"\d{4}", word):
                    return date(int(word), 12, 31) if end else date(int(word), 1, 1)
                return date.fromisoformat(word)
            except ValueError:
                return Trouble(say("This is no date."), say("Write a year (2022) or a date (2022-08-15)."))

        return explained

    def answer(word: str):
        folded = word.casefold()
        if not folded:
            return None
        trouble = Trouble(say("This is neither yes nor no."), say("Write ja or nej."))
        return True if folded in YES else False if folded in NO else trouble

    columns = {
        "id": check.resolve("school_id", id_),
        "name": check.resolve("name", name),
        "school_unit_code": check.resolve("school_unit_code", code),
        "district": check.resolve("district", lambda word: word or None),
        "stage": check.resolve("stage", lambda word: word or None),
        "pupils": check.resolve("pupils", lambda word: check.count(word)),
        "staff": check.resolve("staff", lambda word: check.count(word)),
        "valid_from": check.resolve("valid_from", day(end=False)),
        "valid_to": check.resolve("valid_to", day(end=True)),
        "shares_practice": check.resolve("shares_practice", answer),
        "aliases": check.resolve(
            "aliases", lambda word: tuple(part.strip() for part in word.split("|") if part.strip())
        ),
    }
    for column, text in (
        ("school_id", say("The school id stands twice.")),
        ("school_unit_code", say("Two schools have the code.")),
    ):
        texts = check.texts(column)
        for again, first in repeated(combined(texts)):
            if texts[again].as_py():
                row = int(check.sheet.rows[first])
                check.complain(
                    again, column, texts[again].as_py(), Trouble(text, say("See row {row}; keep one of them.", row=row))
                )
    schools = []
    for at, codes in enumerate(zip(*(column.codes for column in columns.values()), strict=True)):
        if min(codes) < 0:
            continue  # told above; the other rows still let answers in other files find their schools
        said = {name: columns[name].values[code] for name, code in zip(columns, codes, strict=True)}
        school = School(**said, provenance=provenance)
        schools.append(school)
        if school.valid_from and school.valid_to and school.valid_to < school.valid_from:
            trouble = Trouble(say("The school closes before it opens."), say("Swap the dates."))
            check.complain(at, "valid_to", school.valid_to.isoformat(), trouble)
    return schools


def taken_over(school: School, before: School | None) -> School:
    """The school with the names it had before as aliases, so that old files still find it."""
    if before is None:
        return school
    aliases = dict.fromkeys((*school.aliases, *before.aliases, before.name))
    aliases.pop(school.name, None)
    return School(
        **{field: getattr(school, field) for field in School.__slots__ if field != "aliases"}, aliases=tuple(aliases)
    )
