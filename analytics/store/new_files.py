"""The files of a new version while they are made, before they have their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.model.errors import StoreBroken, StoreNewer
from analytics.registers.kinds import REGISTERS
from analytics.store.disk import put_in_place
from analytics.store.reading import (
    HARDENED,
    KNOWN_TABLES,
    ONE_THREAD,
    QUIET,
    Config,
    View,
    quoted,
    seal,
    version_record,
)
from analytics.store.rows import give_ids

Change = Callable[[duckdb.DuckDBPyConnection, int], object]
"""Changes a new file through its connection; the number is the version's."""
ChangeAnswers = Callable[[duckdb.DuckDBPyConnection, int], bool | None]
"""The same; says whether anything that was there is gone."""
ChangeView = Callable[[duckdb.DuckDBPyConnection, int], pa.Table | None]
"""The same; returns rows of worked_out."""

# Tables that a new view takes over from the version it stands on; published figures are computed anew, unless nothing
# that they are made of has changed.
CARRIED_OVER = (
    "framework", "area", "criterion", "school", "school_alias", "school_context", "school_link",
    *(kind.table for kind in REGISTERS), "register_change", "frozen_brief", "near_copy",
)  # fmt: skip
PUBLISHED = (
    "cell", "area_cell", "school_round", "city_cell", "city_area", "school_change", "city_change", "forecast",
    "trend", "trend_level", "trend_backtest", "trend_before", "trend_level_before", "trend_backtest_before",
)  # fmt: skip
# DuckDB writes files that its editions of years ago can read unless it is told not to. In those an empty view is 1.7 MB
# (in these 0.1), takes four times as long to open, and words that come again a half longer to put in.
NEW_FILES: Config = {**HARDENED, "storage_compatibility_version": "v1.5.0"}
# Each column lies in blocks of its own: in these a view takes 5 MB where DuckDB's own take 11, and a city's first
# answers 0.2 where they take 2, in each version anew. A million answers are written and read as fast.
VIEW_CONFIG: Config = {**NEW_FILES, "default_block_size": "16384"}
# Two threads that put a million rows in take more of the processor than one.
ANSWERS_CONFIG: Config = {**VIEW_CONFIG, **ONE_THREAD}
# To try how small FSST makes every column of texts takes longer than the rest of closing a view, and saves 4 % of it.
WITHOUT_FSST = "set disabled_compression_methods = 'fsst'"
FEW_ANSWERS = 122_880  # are one group of rows to DuckDB, which one thread reads
ANSWERS_SCHEMA = (Path(__file__).parent / "answers.sql").read_text("utf-8")


def in_one_transaction(
    path: Path, config: Config, setup: list[str], change: Change, number: int, schema: str = ""
) -> None:
    """Changes a file that nobody reads yet. The tables of the schema are made with the rest: each by itself is written
    and flushed by itself, which takes twice the work and as many waits for the disk as there are tables."""
    with duckdb.connect(str(path), config=config) as connection:
        for statement in (QUIET, *setup):
            connection.execute(statement)
        seal(connection)
        connection.begin()
        connection.execute(schema)
        change(connection, number)
        connection.commit()
        connection.execute("checkpoint")


def write_anew(answers: Path, number: int) -> None:
    """Has a file of answers hold what its tables hold and no more: what was deleted lies in its free blocks."""
    fresh = answers.with_name(f"{answers.name}-anew")
    attach = f"attach '{quoted(answers)}' as before (read_only)"
    in_one_transaction(fresh, ANSWERS_CONFIG, [attach], _copy_all, number, ANSWERS_SCHEMA)
    put_in_place(fresh, answers)


def differing(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The published tables of a new view that do not hold what those of `base` do."""
    return tuple(table for table in PUBLISHED if _rows(connection, table) != _rows(connection, f"base.{table}"))


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """To the last bit: where SQL compares them, 0 and -0 are the same."""
    return repr(connection.execute(f"select * from {table} order by all").fetchall())


def keep(answers: duckdb.DuckDBPyConnection, worked_out: pa.Table) -> None:
    """Notes in an answers file what its version's figures were made of, in place of what it has."""
    answers.execute("delete from worked_out")
    answers.register("rows_to_keep", worked_out)
    answers.execute("insert into worked_out select * from rows_to_keep")


def _copy_all(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    tables = "select table_name from duckdb_tables() where database_name = 'before'"
    for (name,) in connection.execute(tables).fetchall():
        connection.execute(f"insert into {name} by name select * from before.{name} order by rowid")


def verify(path: Path, number: int) -> None:
    """Raises StoreBroken where the view is not this version, or shows what must be hidden."""
    view = View(path, number)
    try:
        if version_record(view).number != number:
            raise StoreBroken(f"{path}: not version {number}")
        if view.rows("select 1 from cell where status = 'hidden' and (n is not null or mean is not null) limit 1"):
            raise StoreBroken(f"{path}: a hidden cell holds figures")
    finally:
        view.close()


def carry_over(connection: duckdb.DuckDBPyConnection, number: int, base: Path, figures_stay: bool) -> None:
    """Fills a new view's tables from those of the version it stands on, attached as `base`."""
    here = "select table_name, estimated_size from duckdb_tables() where database_name = 'base'"
    rows = dict(connection.execute(here).fetchall())  # an earlier edition may have fewer tables
    if not rows.keys() <= KNOWN_TABLES:
        raise StoreNewer(f"{base}")  # what is not known would be left out
    carried = (*CARRIED_OVER, *PUBLISHED) if figures_stay else CARRIED_OVER
    carried = [table for table in carried if rows.get(table)]  # most have no rows: half the time of a save
    for table in carried:
        connection.execute(f"insert into {table} by name select * from base.{table}")
    give_ids(connection, number, carried)
