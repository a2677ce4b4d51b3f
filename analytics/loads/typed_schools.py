"""A list of schools as somebody types or pastes it: a line each, the name and after it, if they like, its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analytics.intake.readers import TextTable
from analytics.loads.sheets import sheet_of
from analytics.model.schools import School
from analytics.words.plain import plain_name

CODE = re.compile(r"(?P<name>.*\S)[\s;,]+(?P<code>[1-9]\d{7})\s*")


def names_in(text: str) -> tuple[str, ...]:
    """The lines that hold something, each once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))


def typed_schools(lines: Sequence[str], known: Iterable[School], file: str) -> TextTable:
    """A file of schools, as `file`; each gets an id of its own, made of its name."""
    taken = {school.id for school in known}
    rows = []
    for line in lines:
        found = CODE.fullmatch(line)
        name, code = (found["name"].rstrip(" ;,"), found["code"]) if found else (line, "")
        rows.append({"school_id": _id(name, taken), "name": name, "school_unit_code": code})
    return sheet_of(file, ["school_id", "name", "school_unit_code"], rows)


def _id(name: str, taken: set[str]) -> str:
    base = plain_name(name) or "skola"
    id_, n = base, 1
    while id_ in taken:
        n += 1
        id_ = f"{base}-{n}"
    taken.add(id_)
    return id_
