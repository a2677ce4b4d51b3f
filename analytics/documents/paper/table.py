"""A document's table: declared column by column, and as the finished strings that all renderings set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands over a column; `width` weighs against the other columns."""

    heading: str
    width: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class PaperColumn(Generic[Item]):
    """A column as it is declared: its heading, what an item (a row is one) has in it, and what stands below it where
    the table has sums. One that is `optional` is left out where no row has anything in it."""

    heading: str
    cell: Callable[[Item], str]
    width: int = 1
    numeric: bool = False
    total: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table under its caption; `total` is its last row, where it has sums."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[PaperHead, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None

    @classmethod
    def of(cls, caption: str, columns: Sequence[PaperColumn[Item]], items: Iterable[Item]) -> PaperTable:
        """A row an item."""
        rows = [[column.cell(item) for column in columns] for item in items]
        kept = [n for n, column in enumerate(columns) if not column.optional or any(row[n] for row in rows)]
        total = tuple(columns[n].total for n in kept)
        return cls(
            caption,
            tuple(PaperHead(columns[n].heading, columns[n].width, columns[n].numeric) for n in kept),
            tuple(tuple(row[n] for n in kept) for row in rows),
            total if any(total) else None,
        )
