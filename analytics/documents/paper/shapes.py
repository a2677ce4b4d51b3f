"""What a document is before it is Word, PDF or a web page: headings, paragraphs, forms, tables, pictures of dots.

All renderings walk the same blocks of finished strings, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from analytics.documents.paper.letters import without_strangers
from analytics.documents.paper.table import PaperTable

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
    """A heading of level 1 or 2, which the table of contents lists, or of level 3, which it does not; `own_page` starts
    a new page."""

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
class FormField:
    """A label of the form with what is filled in below it, line by line; `width` in twelfths of the page's text."""

    label: str
    lines: tuple[str, ...]
    width: int = TWELFTHS


@dataclass(frozen=True, slots=True)
class FormFields:
    """A form: rows of fields, each row twelve twelfths wide. In a document's front they are key figures, unless
    `quiet`."""

    kind: ClassVar[str] = "fields"
    rows: tuple[tuple[FormField, ...], ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The form's boxes to tick: (name, mark) from left to right, row by row; empty names fill up the last row."""

    kind: ClassVar[str] = "grid"
    label: str
    columns: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, all written in one way. `link` leads to the web or to an address of mail; a `note` is the
    number of one."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph that somebody has typed with marks; a break in it is a line feed."""

    kind: ClassVar[str] = "prose"
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list that somebody has typed, each point of one block or more; numbered from `first` on, or with bullets."""

    kind: ClassVar[str] = "points"
    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A label and empty ruled lines to write on by hand."""

    kind: ClassVar[str] = "ruled"
    label: str
    lines: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each label, side by side; a label says whose name, or what (a date), belongs there."""

    kind: ClassVar[str] = "signatures"
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DotLine:
    """A row of a picture of dots, all on the level scale: the figure with its interval and what it is compared with;
    `absent` is said where there is no figure."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    city: float | None = None
    similar: float | None = None
    absent: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture: a row a thing on the level scale. `names` are the levels' names from `lowest` up; the goal is a line
    with its name. The last names say in the key what the dot, the circle and the diamond are."""

    kind: ClassVar[str] = "dots"
    caption: str
    alt: str
    lowest: int
    names: tuple[str, ...]
    goal: int
    goal_name: str
    lines: tuple[DotLine, ...]
    value_name: str
    city_name: str
    similar_name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns of blocks; `share` is the left one's part in twelfths."""

    kind: ClassVar[str] = "beside"
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: int = TWELFTHS // 2


Block = (
    Heading
    | Paragraph
    | FormFields
    | Grid
    | PaperTable
    | Bullets
    | Prose
    | Points
    | Ruled
    | Signatures
    | Dots
    | SideBySide
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `stamp` says where the data come from and stands on every page, as does `foot`; a `warning` stamp is
    seen from afar, an empty one nowhere. `sender` stands above the title. `page` and `of` are the words before a page's
    number and before how many there are. `front` follows
    the title, before the table of contents; `blocks` are the rest. A `compact` one has neither cover nor contents: the
    title stands at the head of the first page, and the text is small. `keywords` are a property of the file and stand
    on no page."""

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
    compact: bool = False
    sender: str = ""
    keywords: str = ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Those that the table of contents lists."""

        found = every_block((*self.front, *self.blocks))
        return tuple(block for block in found if isinstance(block, Heading) and block.level <= 2)


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in the order in which they are read, with those that stand beside each other or in a list."""
    for block in blocks:
        yield block
        if isinstance(block, SideBySide):
            yield from every_block((*block.left, *block.right))
        elif isinstance(block, Points):
            yield from every_block(part for item in block.items for part in item)


def down_the_columns(cells: Sequence[tuple[str, str]], columns: int, rows: int) -> tuple[tuple[str, str], ...]:
    """Cells that read down each column, as the form's countries do, put in the order of rows: as many as told, or as
    the cells need."""
    rows = max(rows, -(-len(cells) // columns))
    full = [*cells, *[("", "")] * (rows * columns - len(cells))]
    return tuple(full[column * rows + row] for row in range(rows) for column in range(columns))


def printable(shape: Shape) -> Shape:
    """The same without control characters and the like, which neither Word nor PDF can hold."""
    return rewritten(shape, without_strangers)


def rewritten(shape: Shape, how: Callable[[str], str]) -> Shape:
    """The same with each of its texts as `how` makes it."""
    return _rewritten(shape, how)


def _rewritten(shape: Any, how: Callable[[str], str]) -> Any:
    match shape:
        case StrEnum():
            return shape
        case str():
            return how(shape)
        case tuple():
            return tuple(_rewritten(part, how) for part in shape)
        case _ if is_dataclass(shape) and not isinstance(shape, type):
            return replace(shape, **{f.name: _rewritten(getattr(shape, f.name), how) for f in fields(shape)})
    return shape


def texts(shape: object) -> Iterator[str]:
    """Every text in it."""
    match shape:
        case str():
            yield str(shape)
        case tuple():
            for part in shape:
                yield from texts(part)
        case _ if is_dataclass(shape):
            for f in fields(shape):
                yield from texts(getattr(shape, f.name))
