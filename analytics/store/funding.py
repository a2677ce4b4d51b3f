"""The funding register in a view, read and written as the model's own objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import duckdb

from analytics.model_funding import (
    Budget,
    BudgetGoal,
    Funding,
    Narrative,
    Participant,
    Partner,
    Payment,
    Project,
    Sector,
    Visit,
)
from analytics.store.reading import View

TABLES: dict[str, type] = {
    "project": Project,
    "project_budget": Budget,
    "payment": Payment,
    "project_partner": Partner,
    "project_participant": Participant,
    "study_visit": Visit,
    "narrative": Narrative,
    "budget_goal": BudgetGoal,
}
"""Each table's columns are the fields of its dataclass, plus `position`: the order in which the rows were told."""

NAMES = {"start": "start_date", "end": "end_date"}  # words that SQL has for itself


def read_funding(view: View) -> Funding:
    """Everything the version holds of EU funding."""
    return Funding(
        goals=_read(view, "budget_goal"),
        projects=_read(view, "project"),
        budgets=_read(view, "project_budget"),
        payments=_read(view, "payment"),
        partners=_read(view, "project_partner"),
        participants=_read(view, "project_participant"),
        visits=_read(view, "study_visit"),
        narratives=_read(view, "narrative"),
        school_names=dict(
            view.rows(
                "select id, name from school where id in"
                " (select school_id from payment union select school_id from project_participant)"
            )
        ),
    )


def write_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Any], replaced: Mapping[str, Sequence]
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
    columns = _columns(TABLES[table])
    names = ", ".join(["position", *columns.values()])
    marks = ", ".join("?" for _ in range(len(columns) + 1))
    connection.executemany(
        f"insert into {table} ({names}) values ({marks})",
        [[last + place, *(_plain(getattr(row, name)) for name in columns)] for place, row in enumerate(rows, 1)],
    )


def _read(view: View, table: str) -> tuple:
    kind = TABLES[table]
    columns = _columns(kind)
    makes = [_maker(hint) for name, hint in get_type_hints(kind).items() if name in columns]
    rows = view.rows(f"select {', '.join(columns.values())} from {table} order by position")
    return tuple(kind(*(make(value) for make, value in zip(makes, row, strict=True))) for row in rows)


def _columns(kind: type) -> dict[str, str]:
    return {field.name: NAMES.get(field.name, field.name) for field in fields(kind)}


def _maker(hint: Any):
    """How a stored value becomes the field's own kind."""
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: None if value is None else hint(value)
    if hint == tuple[Sector, ...]:
        return lambda values: tuple(Sector(value) for value in values)
    return (lambda values: tuple(values)) if get_args(hint) else (lambda value: value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, StrEnum) else value
