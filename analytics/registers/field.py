"""A field of a register, and a kind of row: what each is, for whoever reads, keeps, edits or writes such rows.

A kind's fields stand in one order everywhere: as columns of its files, attributes of its dataclass, and columns of its
table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.registers.types import Amount, OfFramework, Reference, Type
from analytics.words.language import Marked, Words

STORED = {"start": "start_date", "end": "end_date"}  # words that SQL has for itself


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: its heading in English, other headings (the usual Swedish one first), and whether the file
    must have it."""

    name: str
    also: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(FileColumn):
    """A field of a kind of row: a column of its files (but where not `in_files`: then it is made when a row is read),
    an attribute of its dataclass, a column of its table.

    `label`: what people read; `in_report`: what the report's form calls it, where that is something else; `help`: what
    people must know to fill it in. `attribute`: where the dataclass calls it
    otherwise than files do. An empty cell stands for `default`, or for what stands in the field `instead`.
    """

    type: Type
    label: Marked
    in_report: Marked | None = None
    help: Marked | None = None
    attribute: str = ""
    default: Any = None
    instead: str = ""
    in_files: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "attribute", self.attribute or self.name)

    @property
    def stored(self) -> str:
        """The table's column."""
        return STORED.get(self.attribute, self.attribute)

    @property
    def optional(self) -> bool:
        """Whether a row may lack it: the model has None there."""
        return not self.required and self.default is None and not self.instead

    @property
    def within(self) -> str:
        """The field of the row in whose light its words are read; '' where they are read by themselves."""
        match self.type:
            case OfFramework():
                return "framework"
            case Amount(currency=None, stated=stated):
                return stated
        return ""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file. `recognised_by`: the columns that no other kind has, and that give it away, unless there is one
    of `not_with` beside them."""

    name: str
    fields: tuple[FileColumn, ...]
    recognised_by: tuple[str, ...]
    not_with: tuple[FileColumn, ...] = ()

    @property
    def columns(self) -> tuple[FileColumn, ...]:
        """What its files have."""
        return self.fields

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKind(FileKind):
    """A kind of row that a register keeps.

    `title`: what people call the rows. `row`: the model's dataclass; `part`: the field of Funding or Dialogues that
    has the rows; `table`: the store's. `key`: the attributes that say what a row is about, and that no two rows
    have alike; none where rows may be alike. `replaces`: a file's rows replace all that agree with one of them on
    these attributes. `either`: columns of which a row must fill in one, the first where it has one alone.
    `there_already`: what is said where that is not to be; `problem_column`: the column under which it is said.
    `hangs_on`: the kind of row that each of these is a part of (that which it must refer to; '' where they stand by
    themselves); `hangs_by`: the attributes that name that row, in the order of its key. `goes_with`: the kind of row
    that such a row goes with where it names one, without being a part of it.
    """

    fields: tuple[Field, ...]
    title: Marked
    row: type
    part: str
    table: str
    key: tuple[str, ...] = ()
    replaces: tuple[str, ...]
    either: tuple[str, ...] = ()
    there_already: Marked
    problem_column: str
    hangs_on: str = ""
    hangs_by: tuple[str, ...] = ()
    goes_with: str = ""

    def __post_init__(self) -> None:
        for field in self.fields:
            if not self.hangs_on and field.required and isinstance(field.type, Reference):
                object.__setattr__(self, "hangs_on", field.type.kind)
                object.__setattr__(self, "hangs_by", (field.attribute,))

    @property
    def columns(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.in_files)

    def has(self, name: str) -> bool:
        """Whether files have such a column."""
        return any(field.name == name for field in self.columns)

    def field(self, name: str) -> Field:
        """The field that files call so; raises KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


def field_label(field: Field, say: Words) -> str:
    """What a field is called."""
    return say.marked(field.label)


def report_label_of(field: Field, say: Words) -> str:
    """What a field is called in the report."""
    return say.marked(field.in_report or field.label)


def help_of(field: Field, say: Words) -> str | None:
    """What people must know to fill a field in, where that needs saying."""
    return say.marked(field.help) if field.help else None
