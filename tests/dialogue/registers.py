"""Small cities with a register: answers published as anybody's are, and rows of the dialogue's tables written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from analytics.model.dialogue import Certification, Event
from analytics.registers.dialogue import DIALOGUE
from analytics.store.reading import View
from analytics.store.rows import KeptRow, write_rows
from tests.maturity.worlds import Counts, SchoolRound, World, publish


def published(world: World, folder: Path, rows: Mapping[str, Sequence]) -> View:
    """The world's first version with these rows in its tables: {"certification": [...]}."""
    view = publish(world, folder)
    view.close()
    row_of = {kind.table: kind.row for kind in DIALOGUE}
    with duckdb.connect(str(view.path)) as connection:
        for table, told in rows.items():
            write_rows(connection, row_of[table], [KeptRow(f"1-{n}", row) for n, row in enumerate(told, 1)])
    return View(view.path, view.number)


def counts_of(framework: str, year: int, school: str, of: Mapping[str, tuple[int, ...]]) -> list[Counts]:
    """A school's answers per level on each criterion."""
    return [Counts(SchoolRound(framework, year, school), criterion, levels) for criterion, levels in of.items()]


def happened(school: str, *events: tuple[Event, str]) -> list[Certification]:
    return [Certification(school, event, date.fromisoformat(day)) for event, day in events]
