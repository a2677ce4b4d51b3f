"""What a document is before it is Word or PDF: headings, paragraphs, forms, grids and tables of finished strings.

Both renderings walk the same blocks and know nothing of funding, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import ClassVar, TypeVar

Shape = TypeVar("Shape")
TWELFTHS = 12
"""A form's row is twelve twelfths wide."""


class Tone(StrEnum):
    """How a paragraph is said: the text itself, a note to it, or the absence of a text."""

    BODY = "body"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2, which the table of contents lists; `own_page` starts a new page."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar[str] = "paragraph"
    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Field:
    """A label of the form with what is filled in below it, line by line; `width` in twelfths of the page's text."""

    label: str
    lines: tuple[str, ...]
    width: int = TWELFTHS


@dataclass(frozen=True, slots=True)
class Fields:
    """A form: rows of fields, each row twelve twelfths wide."""

    kind: ClassVar[str] = "fields"
    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The form's boxes to tick: (name, mark) from left to right, row by row; empty names fill up the last row."""

    kind: ClassVar[str] = "grid"
    label: str
    columns: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; `width` weighs against the other columns."""

    heading: str
    width: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption; `total` is its last row, where it has sums."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


Block = Heading | Paragraph | Fields | Grid | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `stamp` says where the data come from and stands on every page, as does `foot`; a `warning` stamp is
    seen from afar. `page` and `of` are the words before a page's number and before how many there are. `front` follows
    the title, before the table of contents; `blocks` are the rest."""

    language: str
    title: str
    stamp: str
    warning: bool
    foot: str
    page: str
    of: str
    contents: str
    front: tuple[Block, ...]
    blocks: tuple[Block, ...] = field(default=())

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))


def down_the_columns(cells: Sequence[tuple[str, str]], columns: int, rows: int) -> tuple[tuple[str, str], ...]:
    """Cells that read down each column, as the form's countries do, put in the order of rows: as many as told, or as
    the cells need."""
    rows = max(rows, -(-len(cells) // columns))
    full = [*cells, *[("", "")] * (rows * columns - len(cells))]
    return tuple(full[column * rows + row] for row in range(rows) for column in range(columns))


def printable(shape: Shape) -> Shape:
    """The same without control characters, which neither Word nor PDF can hold."""
    match shape:
        case str():
            return type(shape)("".join(c for c in shape if c >= " " or c in "\n\t"))
        case tuple():
            return tuple(printable(part) for part in shape)
        case _ if is_dataclass(shape):
            return replace(shape, **{f.name: printable(getattr(shape, f.name)) for f in fields(shape)})
    return shape
