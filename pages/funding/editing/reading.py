"""What the rows that are being edited are read as: by the reader of files, before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.loads.funding_texts import EditedRow
from analytics.loads.reading import CellReading, ReadingContext, RowReading, readings
from analytics.model.dialogue import Dialogues
from analytics.registers.field import RowKind
from analytics.registers.kinds import KIND
from pages.funding.editing.register import registers
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.controls import school_names

Readings = Mapping[str, RowReading]
"""Each row's part of the fields' names -> what it is read as."""


def read(ask: Ask, sheets: Sequence[tuple[RowKind, Sequence[EditedRow]]]) -> Readings:
    """The rows of each kind read, in this order; rows that hang on a project need the projects before them."""
    found = readings([(kind, [row.texts for row in rows]) for kind, rows in sheets], _beside(ask), ask.say)
    rows = (row for _, own in sheets for row in own)
    return dict(zip((row.part for row in rows), (one for own in found for one in own), strict=True))


def read_text(ask: Ask, kind: str, column: str, text: str) -> CellReading:
    """A text read by itself, as the column's."""
    row = dict.fromkeys((field.name for field in KIND[kind].columns), "") | {column: text}
    ((found,),) = readings([(KIND[kind], [row])], _beside(ask), ask.say)
    return found.cells[column]


def _beside(ask: Ask) -> ReadingContext:
    catalogue = ask.catalogue
    return ReadingContext(
        access.composed(registers, ask).funding,
        Dialogues(),
        catalogue.frameworks,
        catalogue.schools,
        school_names(catalogue),
    )
