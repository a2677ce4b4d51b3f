"""Rows of a register in a view, read and written as the dataclasses that the registers' schema names.

A kind's table has the kind's fields as columns, after `position`, the order in which the rows were told, and `row_id`,
by which a row is told from all others whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

import duckdb
import pyarrow as pa

from analytics.registers.kinds import KIND_OF, REGISTERS
from analytics.registers.types import Choice, Choices, Days, Origin, Plan, Type, value_of
from analytics.store.reading import View

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class KeptRow(Generic[Row]):
    """A row as versions keep it. `id` is its own within its kind, from the version in which it first stands until it is
    taken away, and no other row's afterwards."""

    id: str
    row: Row


def read_rows(view: View, row: type[Row], where: str = "", parameters: Sequence[Any] = ()) -> tuple[Row, ...]:
    """The rows in the order in which they were told; `where` is a condition with its `parameters`."""
    return tuple(kept.row for kept in read_kept(view, row, where, parameters))


def read_kept(view: View, row: type[Row], where: str = "", parameters: Sequence[Any] = ()) -> tuple[KeptRow[Row], ...]:
    """The same with their ids."""
    kind = KIND_OF[row]
    made = [(at, maker) for at, field in enumerate(kind.fields) if (maker := _maker(field.type))]
    columns = ", ".join(field.stored for field in kind.fields)
    condition = f" where {where}" if where else ""
    stored = view.rows(f"select row_id, {columns} from {kind.table}{condition} order by position", parameters)
    kept = []
    for id_, *values in stored:
        for at, maker in made:
            values[at] = maker(values[at])
        kept.append(KeptRow(id_, row(*values)))
    return tuple(kept)


def write_rows(connection: duckdb.DuckDBPyConnection, row: type, rows: Iterable[KeptRow]) -> None:
    """Makes these the rows of their table, in this order, in place of all that are there."""
    kind, rows = KIND_OF[row], list(rows)
    connection.execute(f"delete from {kind.table}")
    if not rows:
        return
    columns: dict[str, list] = {"position": list(range(1, len(rows) + 1)), "row_id": [kept.id for kept in rows]}
    columns |= {field.stored: [_plain(getattr(kept.row, field.attribute)) for kept in rows] for field in kind.fields}
    connection.register("told", pa.table(columns))
    connection.execute(f"insert into {kind.table} by name select * from told")
    connection.unregister("told")


def give_ids(connection: duckdb.DuckDBPyConnection, number: int, tables: Collection[str]) -> None:
    """Gives the rows of these tables that have none (those of a version that an earlier edition published) ids, made of
    this version's number, which is never another's."""
    before = 0
    for kind in (kind for kind in REGISTERS if kind.table in tables):
        connection.execute(
            f"update {kind.table} set row_id = ? || '-' || (? + position) where row_id is null", [number, before]
        )
        (last,) = connection.execute(f"select coalesce(max(position), 0) from {kind.table}").fetchall()[0]
        before += last


def _maker(type_: Type) -> Callable[[Any], Any] | None:
    """How a stored value becomes the model's; None where it is the model's own, as most are."""
    match type_:
        case Choice() | Origin():
            member = value_of(type_)
            return lambda value: None if value is None else member(value)
        case Choices(of):
            return lambda values: tuple(of(value) for value in values)
        case Plan() | Days():
            return tuple
    return None


def _plain(value: Any) -> Any:
    """A value as the store is given it: Decimals as texts, which no column's precision is guessed from."""
    match value:
        case tuple():
            return [_plain(part) for part in value]
        case StrEnum():
            return value.value
        case Decimal():
            return f"{value:f}"
    return value
