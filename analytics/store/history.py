"""What was done to the rows of the registers, version by version: who, when, from what, to what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from analytics.store.reading import View

WHOLE = ""  # the field, where a row was added or taken away
SELECT = "select version, made_at, who, kind, row_id, school_id, project_id, field, before, after from register_change"


@dataclass(frozen=True, slots=True)
class RowChange:
    """What is done to a field of a row, with the texts that files have there; or to a whole row (`field` is WHOLE): one
    that is added has no `before`, one that is taken away no `after`, and the other holds all of its texts.

    `school_id`: whose row it is; `project_id`: of which project. None where it is no school's, of no project.
    """

    kind: str
    row: str
    school_id: str | None
    project_id: str | None
    field: str
    before: str | None
    after: str | None

    @property
    def added(self) -> bool:
        return self.before is None

    @property
    def removed(self) -> bool:
        return self.after is None

    @property
    def texts(self) -> dict[str, str]:
        """All texts of a row that was added or taken away, by column; those of empty cells are left out."""
        return json.loads(self.before or self.after or "{}") if self.field == WHOLE else {}


def whole(texts: Mapping[str, str]) -> str:
    """A row's texts as RowChange has them."""
    return json.dumps({name: text for name, text in texts.items() if text}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A change that was made: in which version, when (UTC), by whom."""

    version: int
    at: datetime
    who: str
    change: RowChange


def write_changes(connection: duckdb.DuckDBPyConnection, changes: Sequence[RowChange]) -> None:
    """Notes the changes as those of the version that is being written."""
    if not changes:
        return
    names = ("kind", "row_id", "school_id", "project_id", "field", "before", "after")
    values = zip(
        *((c.kind, c.row, c.school_id, c.project_id, c.field, c.before, c.after) for c in changes), strict=True
    )
    columns = {name: pa.array(column, pa.string()) for name, column in zip(names, values, strict=True)}
    connection.register("done", pa.table(columns))
    connection.execute(
        "insert into register_change by name"
        " select v.number as version, v.created_at as made_at, v.loaded_by as who, done.* from done, version v"
    )
    connection.unregister("done")


def with_what_stood(
    entries: Sequence[Entry], now: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Entry, Mapping[str, str]]]:
    """The entries of a kind, the latest first, each with its row's texts as they stood before that change: by them the
    row is called what it was called then. `entries`: all of them, the oldest first; `now`: row -> its texts since."""
    stood = {row: dict(texts) for row, texts in now.items()}
    for entry in reversed(entries):
        change = entry.change
        if change.field == WHOLE:
            stood[change.row] = change.texts
        else:
            stood.setdefault(change.row, {})[change.field] = change.before or ""
        yield entry, dict(stood[change.row])


def read_changes(view: View, where: str, parameters: Sequence[Any]) -> tuple[Entry, ...]:
    """The changes that `where` holds for, the oldest first, those of one version in the order of the kinds."""
    return tuple(
        Entry(version, at.replace(tzinfo=UTC), who, RowChange(*change))
        for version, at, who, *change in view.rows(f"{SELECT} where {where} order by version, rowid", parameters)
    )
