"""Rows of a register in a view, read and written as the dataclasses that their table's columns are the fields of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import duckdb

from analytics.store.reading import View

NAMES = {"start": "start_date", "end": "end_date"}  # words that SQL has for itself


def read_rows(view: View, table: str, kind: type, where: str = "", parameters: Sequence[Any] = ()) -> tuple:
    """The table's rows in the order in which they were told; `where` is a condition with its `parameters`."""
    columns = _columns(kind)
    makes = [_maker(hint) for name, hint in get_type_hints(kind).items() if name in columns]
    condition = f" where {where}" if where else ""
    rows = view.rows(f"select {', '.join(columns.values())} from {table}{condition} order by position", parameters)
    return tuple(kind(*(make(value) for make, value in zip(makes, row, strict=True))) for row in rows)


def write_rows(
    connection: duckdb.DuckDBPyConnection, table: str, kind: type, rows: Iterable[Any], replaced: Mapping[str, Sequence]
) -> None:
    """Puts rows in a table after those that are there; first goes every row whose columns hold one of `replaced`'s
    combinations: {"project_id": [...], "report_year": [...]} is one combination a place."""
    if replaced and next(iter(replaced.values())):
        names = ", ".join(replaced)
        marks = ", ".join("?" for _ in replaced)
        connection.executemany(
            f"delete from {table} where ({names}) = ({marks})", list(zip(*replaced.values(), strict=True))
        )
    rows = list(rows)
    if not rows:
        return
    (last,) = connection.execute(f"select coalesce(max(position), 0) from {table}").fetchone()
    columns = _columns(kind)
    names = ", ".join(["position", *columns.values()])
    marks = ", ".join("?" for _ in range(len(columns) + 1))
    connection.executemany(
        f"insert into {table} ({names}) values ({marks})",
        [[last + place, *(_plain(getattr(row, name)) for name in columns)] for place, row in enumerate(rows, 1)],
    )


def _columns(kind: type) -> dict[str, str]:
    return {field.name: NAMES.get(field.name, field.name) for field in fields(kind)}


def _maker(hint: Any):
    """How a stored value becomes the field's own kind."""
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: None if value is None else hint(value)
    parts = get_args(hint)
    if parts and isinstance(parts[0], type) and issubclass(parts[0], StrEnum):
        return lambda values: tuple(parts[0](value) for value in values)
    return (lambda values: tuple(values)) if parts else (lambda value: value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value
