"""view.sql against the registers' schema: the tables are written by hand, and hold what is declared."""

from __future__ import annotations

import duckdb
import pytest

from analytics.registers.field import RowKind
from analytics.registers.kinds import REGISTERS
from analytics.registers.types import sql_of
from analytics.store.reading import SCHEMA


@pytest.fixture(scope="module")
def tables() -> dict[str, list[tuple[str, str, bool]]]:
    """Each table's columns in their order: name, type, whether one may be missing."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        found: dict[str, list[tuple[str, str, bool]]] = {}
        for table, *column in connection.execute(
            "select table_name, column_name, lower(data_type), is_nullable from duckdb_columns() order by column_index"
        ).fetchall():
            found.setdefault(table, []).append(tuple(column))
    return found


@pytest.mark.parametrize("kind", REGISTERS, ids=lambda kind: kind.name)
def test_a_registers_table_has_the_fields_of_its_kind(kind: RowKind, tables):
    """After `position`, the order in which the rows were told, and the row's own id."""
    declared = [(field.stored, sql_of(field.type).replace(" ", ""), field.optional) for field in kind.fields]
    assert tables[kind.table] == [("position", "integer", False), ("row_id", "varchar", True), *declared]
