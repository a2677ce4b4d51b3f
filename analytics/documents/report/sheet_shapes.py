"""What a workbook's sheet is before it is Excel: columns of one kind each, rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

Item = TypeVar("Item")
Value = str | int | Decimal | date | None


class CellFormat(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG = "long"
    AMOUNT = "amount"
    NUMBER = "number"
    RATE = "rate"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands over a column, and what it holds; its width is its kind's unless told otherwise."""

    heading: str
    kind: CellFormat = CellFormat.TEXT
    width: int | None = None


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[Item]):
    """A column as it is declared: its heading, what an item (a row is one) has in it, and the sum below it, if any."""

    heading: str
    cell: Callable[[Item], Value]
    kind: CellFormat = CellFormat.TEXT
    width: int | None = None
    total: Value = None


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet; in `total`, numbers are the sums of their columns."""

    name: str
    columns: tuple[SheetHead, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None

    @classmethod
    def of(cls, name: str, columns: Sequence[SheetColumn[Item]], items: Iterable[Item]) -> WorkbookSheet:
        """A row an item, and one of sums where a column has one."""
        heads = tuple(SheetHead(column.heading, column.kind, column.width) for column in columns)
        rows = tuple(tuple(column.cell(item) for column in columns) for item in items)
        total = tuple(column.total for column in columns)
        return cls(name, heads, rows, total if any(value is not None for value in total) else None)
