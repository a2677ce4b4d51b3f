"""A list of things in JSON as a table: a row a thing, a column a property that is a text, a number, or yes or no."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from analytics.intake.limits import check_columns, check_rows
from analytics.intake.outside.kolada_files import kolada_of_json
from analytics.intake.outside.unit_files import units_of_json
from analytics.intake.raw import FileProblem, RawTable, Unreadable, cleaned, number_text, text_column
from analytics.words.language import Words

DEEPEST = 5  # of what lies around the list
OUTSIDE = (units_of_json, kolada_of_json)
"""What is more than a list of objects: each makes a table of a value that is its own, else None."""


def looks_like_json(data: bytes) -> bool:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] in (b"[", b"{") and start[1:].lstrip()[:1] in (b'"', b"{", b"[", b"]", b"}")


def read_json(data: bytes, say: Words) -> RawTable:
    """What the file holds as one that publishes it writes it, else its longest list of objects; raises Unreadable
    where there is none."""
    try:
        value = json.loads(data)
        for known in OUTSIDE:
            if (table := known(value, say)) is not None:
                return table
        lists = list(_lists(value, 0))
    except (ValueError, RecursionError):
        raise _no_list(say) from None
    things = max(lists, key=len, default=[])
    if not things:
        raise _no_list(say)
    check_rows(len(things), say)
    headings = dict.fromkeys(key for thing in things for key, value in thing.items() if _is_cell(value))
    check_columns(len(headings), say)
    if not headings:
        raise _no_list(say)
    try:
        for heading in headings:
            heading.encode()
        columns = tuple(text_column([cleaned(_text(thing.get(heading))) for thing in things]) for heading in headings)
    except UnicodeEncodeError as error:
        raise _half_a_letter(error, say) from None
    return RawTable(list(headings), columns, np.arange(1, len(things) + 1)).without_blank_rows()


def _lists(value: Any, depth: int) -> Iterator[list[dict]]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        yield value
    for one in inside if depth < DEEPEST else ():
        yield from _lists(one, depth + 1)


def _is_cell(value: Any) -> bool:
    return value is not None and not isinstance(value, dict | list)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"  # no number: a level of 1 is another thing
    return number_text(value) if isinstance(value, float) else str(value) if _is_cell(value) else ""


def _half_a_letter(error: UnicodeEncodeError, say: Words) -> Unreadable:
    """JSON can write what no file can hold: one of the two halves that a rare letter is written with."""
    return Unreadable(
        FileProblem(
            say(
                "The text {text} has half of a letter: such a letter is written in two parts, and one is missing.",
                text=json.dumps(error.object[max(error.start - 10, 0) : error.end + 10]),
            ),
            say("Correct the text where it was made, or save the file anew from there."),
        )
    )


def _no_list(say: Words) -> Unreadable:
    return Unreadable(
        FileProblem(
            say("This is JSON, and no list of things that can be read as rows."),
            say("Save it as CSV (UTF-8), XLSX, ODS or Parquet and try again."),
        )
    )
