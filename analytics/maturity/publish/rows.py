"""Rows that were made outside DuckDB, into a table of the new view."""

from __future__ import annotations

import duckdb
import pyarrow as pa


def put_in(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Adds the rows, by the names of their columns; where there are none nothing is asked of DuckDB, whose least
    question takes as long as some thousand rows."""
    if not rows.num_rows:
        return
    connection.register("rows_to_put_in", rows)
    connection.execute(f"insert into {table} by name select * from rows_to_put_in")
    connection.unregister("rows_to_put_in")
