"""What a workbook's sheet is before it is Excel: columns of one kind each, rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | date | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG = "long"
    AMOUNT = "amount"
    NUMBER = "number"
    RATE = "rate"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column; its width is its kind's unless told otherwise."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; in `total`, numbers are the sums of their columns."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
