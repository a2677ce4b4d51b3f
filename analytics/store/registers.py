"""Both registers as one version keeps them, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from analytics.model.dialogue import Dialogues
from analytics.model.funding import Funding
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import RowKind
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import REGISTERS
from analytics.store.reading import View
from analytics.store.rows import KeptRow, read_kept, write_rows

# A table that the view lacks is not among these: to ask it tells.
SIZES = "select table_name, estimated_size from duckdb_tables() where not internal"


@dataclass(frozen=True)
class Registers:
    """Every row of both registers, by the name of its kind, in the order in which they were told."""

    rows: Mapping[str, tuple[KeptRow, ...]] = field(default_factory=dict)

    def of(self, kind: RowKind) -> tuple[KeptRow, ...]:
        return self.rows.get(kind.name, ())

    @property
    def funding(self) -> Funding:
        """As questions about money are asked of it; without the schools' names."""
        return Funding(**self._parts(FUNDING))

    @property
    def dialogues(self) -> Dialogues:
        return Dialogues(**self._parts(DIALOGUE))

    def _parts(self, kinds: tuple[RowKind, ...]) -> dict[str, Any]:
        return {kind.part: tuple(kept.row for kept in self.of(kind)) for kind in kinds}


def read_registers(view: View) -> Registers:
    """All that the version holds of both, for loads and saves, which ask no viewer."""
    empty = {table for table, rows in view.rows(SIZES) if not rows}  # as most are
    return Registers({kind.name: () if kind.table in empty else read_kept(view, kind.row) for kind in REGISTERS})


def write_registers(connection: duckdb.DuckDBPyConnection, before: Registers, after: Registers) -> None:
    """Writes the kinds in which anything is other than it was."""
    for kind in REGISTERS:
        if before.of(kind) != after.of(kind):
            write_rows(connection, kind.row, after.of(kind))
