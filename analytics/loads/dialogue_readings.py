"""What is typed of a dialogue, of events and of activities, as it will be read when it is saved: field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.loads.dialogue_rows import REMOVED, RoundKey, Texts, actions_in, entries_in, rows_in
from analytics.loads.list_rows import ACTIVITIES, EVENTS, rows_of
from analytics.loads.reading import CellReading, ReadingContext, readings
from analytics.loads.register_rows import Row
from analytics.registers.field import RowKind
from analytics.registers.kinds import KIND
from analytics.words.language import Words

Parts = Sequence[tuple[RowKind, Sequence[str], Sequence[Row]]]
"""A kind, the first part of the names of each row's fields, and the rows."""


def dialogue_parts(texts: Texts, about: RoundKey) -> Parts:
    """A dialogue, its agreements, and their actions."""
    rows, goals = rows_in(texts, about), entries_in(texts)
    names = {"dialogues": [""], "agreements": goals, "actions": [x for goal in goals for x in actions_in(texts, goal)]}
    return [(KIND[kind], names[kind], own) for kind, own in rows.items()]


def event_parts(texts: Texts, school: str) -> Parts:
    return [(KIND["certifications"], entries_in(texts), rows_of(texts, EVENTS, {"school": school}))]


def activity_parts(texts: Texts, framework: str) -> Parts:
    return [(KIND["activities"], entries_in(texts), rows_of(texts, ACTIVITIES, {"framework": framework}))]


def typed_readings(
    parts: Parts, typed: Mapping[str, object], context: ReadingContext, say: Words
) -> dict[str, CellReading]:
    """The reading of each field that is typed in and not empty; and of others in the rows that are typed in where they
    have to be mended with it. What is read as it was typed says nothing."""
    if not typed:
        return {}
    found = readings([(kind, rows) for kind, _, rows in parts], context, say)
    told = {}
    for (_, names, rows), own in zip(parts, found, strict=True):
        for name, row, reading in zip(names, rows, own, strict=True):
            for field, text, cell in _fields(name, row, reading.cells):
                if field in typed or (cell.problem and _begun(typed, name)):
                    told[field] = _told(cell, text, say)
    return told


def _fields(name: str, row: Row, cells: Mapping[str, CellReading]) -> Iterator[tuple[str, str, CellReading]]:
    """The row's fields that hold a text: what is empty is told when it is saved."""
    for column, cell in cells.items():
        if row[column].strip():
            yield f"{name}.{column}" if name else column, row[column].strip(), cell


def _begun(typed: Mapping[str, object], name: str) -> bool:
    own = {field.rpartition(".")[0] for field in typed if not field.endswith(f".{REMOVED}")}
    return name in own


def _told(cell: CellReading, text: str, say: Words) -> CellReading:
    """Days are told with their months in letters, but those that are typed as days are written here."""
    written = cell.written
    if isinstance(cell.value, date) and text != cell.value.isoformat():
        written = say.day(cell.value)
    return replace(cell, written="" if written.split() == text.split() else written)
