"""Rows of a register in a view, read and written as the dataclasses that the registers' schema names.

A kind's table has the kind's fields as columns, after `position`: the order in which the rows were told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import duckdb

from analytics.registers.kinds import KIND_OF
from analytics.registers.types import Choice, Choices, Origin, Plan, Type, value_of
from analytics.store.reading import View

Row = TypeVar("Row")


def read_rows(view: View, row: type[Row], where: str = "", parameters: Sequence[Any] = ()) -> tuple[Row, ...]:
    """The rows in the order in which they were told; `where` is a condition with its `parameters`."""
    kind = KIND_OF[row]
    makes = [_maker(field.type) for field in kind.fields]
    columns = ", ".join(field.stored for field in kind.fields)
    condition = f" where {where}" if where else ""
    stored = view.rows(f"select {columns} from {kind.table}{condition} order by position", parameters)
    return tuple(row(*(make(value) for make, value in zip(makes, values, strict=True))) for values in stored)


def write_rows(
    connection: duckdb.DuckDBPyConnection, row: type, rows: Iterable[Any], replaced: Mapping[str, Sequence]
) -> None:
    """Puts rows in their table after those that are there; first goes every row whose columns hold one of `replaced`'s
    combinations: {"project_id": [...], "report_year": [...]} is one combination a place."""
    kind = KIND_OF[row]
    if replaced and next(iter(replaced.values())):
        names = ", ".join(replaced)
        marks = ", ".join("?" for _ in replaced)
        connection.executemany(
            f"delete from {kind.table} where ({names}) = ({marks})", list(zip(*replaced.values(), strict=True))
        )
    rows = list(rows)
    if not rows:
        return
    (last,) = connection.execute(f"select coalesce(max(position), 0) from {kind.table}").fetchone()
    names = ", ".join(["position", *(field.stored for field in kind.fields)])
    marks = ", ".join("?" for _ in range(len(kind.fields) + 1))
    connection.executemany(
        f"insert into {kind.table} ({names}) values ({marks})",
        [
            [last + place, *(_plain(getattr(one, field.attribute)) for field in kind.fields)]
            for place, one in enumerate(rows, 1)
        ],
    )


def _maker(type_: Type) -> Callable[[Any], Any]:
    """How a stored value becomes the model's."""
    match type_:
        case Choice() | Origin():
            member = value_of(type_)
            return lambda value: None if value is None else member(value)
        case Choices(of):
            return lambda values: tuple(of(value) for value in values)
        case Plan():
            return tuple
    return lambda value: value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value
