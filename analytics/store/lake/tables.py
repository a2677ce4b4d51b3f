"""The lake's tables: what answers files hold and the registers of views, as DuckLake keeps them in Parquet, every
version as it was by its snapshot.

A version's tables become the lake's by what is other in them alone: for the tables that hold rounds, the rounds whose
rows are others; a register whole, as it is small. What the lake's tables hold is noted in the lake itself, in `stands`,
in the same transaction, so that a writer who was killed between the lake and the pointer is made good by the next one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import RLock

import duckdb

from analytics.model.errors import StoreNewer, StoreUnreachable
from analytics.store.disposals import HOLDING
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.connecting import made
from analytics.store.new_files import ANSWERS_SCHEMA, CARRIED_OVER
from analytics.store.reading import quoted
from analytics.store.versions import Published

FILES = "lake"  # within what is shared: the lake's Parquet
ANSWERS, REGISTERS, KEPT = "answers", "registers", "kept"
"""Schemas of the lake: individual answers; what is carried over from view to view; what stands in these."""
STANDS = f"lake.{KEPT}.stands"
ENTRY = "entry"  # the column that keeps the order of rows in the file
ROUND = "framework || '/' || year || '/' || school_id"
SAME = "count(*) || '-' || bit_xor(hash(t)) || '-' || sum(hash(t)::hugeint)"
TABLES = """
    select table_name from duckdb_tables() where database_name = ? and not internal and table_name != 'worked_out'
    order by 1
"""  # what publishing keeps for the next time stays on the machine that made it: another makes all of it anew
COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where database_name = ? and schema_name = ? and table_name = ? order by column_index
"""

THEN = """
    select t.table_name from __ducklake_metadata_lake.{schema}.ducklake_table t
    join __ducklake_metadata_lake.{schema}.ducklake_schema s using (schema_id)
    where s.schema_name = $schema and s.end_snapshot is null
        and t.begin_snapshot <= $at and (t.end_snapshot is null or t.end_snapshot > $at)
    order by 1
"""  # the tables that there were: DuckLake's own words for it tell those that there are
LESSENED = "select 1 from __ducklake_metadata_lake.{schema}.ducklake_delete_file where end_snapshot is null limit 1"
"""Whether any Parquet holds rows that were deleted: they would be read there until it is written anew."""


class AttachedLake:
    """One DuckDB a process, as to make it ready takes a quarter of a second. Of a store of several owners it has the
    lake of one part of it at a time: to change takes a tenth of that, and each has a connection to PostgreSQL."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._of: LakeAddress | None = None

    @contextmanager
    def of(self, address: LakeAddress) -> Iterator[duckdb.DuckDBPyConnection]:
        """Raises StoreUnreachable; what is then left of the connection is not used again."""
        with self._lock:
            try:
                yield self._attached(address)
            except BaseException as error:
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
                if isinstance(error, duckdb.Error):
                    raise StoreUnreachable(f"{address}: {error}") from error
                raise

    def _attached(self, address: LakeAddress) -> duckdb.DuckDBPyConnection:
        if self._connection is None or not _answers_still(self._connection):
            self._connection, self._of = made(address), None
        if self._of != address:
            if self._of is not None:
                self._connection.execute("detach lake")
            self._of = None
            _attach(self._connection, address)
            self._of = address
        return self._connection


class LakeTables:
    """The tables of a lake."""

    def __init__(self, address: LakeAddress, attached: AttachedLake):
        self.address, self._attached = address, attached

    def _lake(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Raises StoreUnreachable."""
        return self._attached.of(self.address)

    def push(self, version: Published, view: Path, answers: Path) -> int:
        """Has the lake's tables be those of a version, which lies in these files; returns the snapshot at which they
        are. For whoever holds the store."""
        with self._lake() as lake, _files(lake, view=view, answers=answers):
            stands = {(table, part): said for table, part, said in lake.execute(f"from {STANDS}").fetchall()}
            wanted = _registers(lake)
            if stands.get((ANSWERS, "")) != version.answers:
                wanted |= _answers(lake) | {(ANSWERS, ""): version.answers}
            else:
                wanted |= {key: said for key, said in stands.items() if key[0].partition(".")[0] == ANSWERS}
            other = [key for key in {*stands, *wanted} if stands.get(key) != wanted.get(key)]
            if other:
                lake.begin()
                for table in sorted({table for table, _ in other} - {ANSWERS}):
                    _replace(lake, table, [part for one, part in other if one == table])
                _note(lake, other, wanted)
                lake.commit()
            if lake.execute(LESSENED.format(schema=self.address.lake_schema)).fetchall():
                lake.execute("from ducklake_rewrite_data_files('lake', delete_threshold => 0)").fetchall()
            ((snapshot,),) = lake.execute("from lake.current_snapshot()").fetchall()
            return snapshot

    def pull(self, snapshot: int, to: Path) -> None:
        """Fills a new answers file with what the lake's tables were."""
        with self._lake() as lake, _files(lake, to=to, writing=True):
            lake.begin()
            lake.execute("use file_to")
            lake.execute(ANSWERS_SCHEMA)
            lake.execute("use memory")
            known = {name for (name,) in lake.execute(TABLES, ["file_to"]).fetchall()}
            then = THEN.format(schema=self.address.lake_schema)
            for (name,) in lake.execute(then, {"schema": ANSWERS, "at": snapshot}).fetchall():
                if name not in known:  # a later edition's: it would be left out
                    raise StoreNewer(f"{self.address}: {name}")
                order = "framework, year, school_id, entry" if name in HOLDING else "entry"
                lake.execute(
                    f"insert into file_to.{name} by name select * exclude ({ENTRY})"
                    f" from lake.{ANSWERS}.{name} at (version => {snapshot:d}) order by {order}"
                )
            lake.commit()
            lake.execute("checkpoint file_to")

    def differing(self, one: Path, other: Path) -> list[str]:
        """The tables of two files that do not hold the same rows, or that one alone has rows in."""
        with self._lake() as lake, _files(lake, one=one, other=other):
            there = {name: set(row[0] for row in lake.execute(TABLES, [f"file_{name}"]).fetchall()) for name in
                     ("one", "other")}  # fmt: skip
            found = []
            for table in sorted(there["one"] | there["other"]):
                sides = [f"file_{name}.{table}" for name in ("one", "other") if table in there[name]]
                if len(sides) == 2:
                    columns = ", ".join(f'"{name}"' for name, _ in _columns(lake, "file_one", "main", table))
                    a, b = (f"select {columns} from {side}" for side in sides)
                    rows = f"({a} except all {b}) union all ({b} except all {a})"
                else:
                    rows = f"from {sides[0]}"
                if lake.execute(f"select 1 from ({rows}) limit 1").fetchall():
                    found.append(table)
            return found

    def let_go(self, snapshots: Collection[int]) -> None:
        """Takes all of the lake's past away but for these snapshots, and what a writer that was killed has left of
        it. For whoever holds the store."""
        with self._lake() as lake:
            there = {one for (one,) in lake.execute("select snapshot_id from ducklake_snapshots('lake')").fetchall()}
            gone = sorted(there - {*snapshots, max(there)})
            if gone:
                lake.execute(
                    f"select snapshot_id from ducklake_expire_snapshots('lake', versions => {gone})"
                ).fetchall()
            lake.execute("select path from ducklake_cleanup_old_files('lake', cleanup_all => true)").fetchall()
            lake.execute("select path from ducklake_delete_orphaned_files('lake', cleanup_all => true)").fetchall()


def _attach(connection: duckdb.DuckDBPyConnection, address: LakeAddress) -> None:
    files = address.place.begin(FILES).replace("'", "''")
    postgres = address.postgres.replace("'", "''")
    connection.execute(
        f"attach 'ducklake:postgres:{postgres}' as lake"
        f" (data_path '{files}', metadata_schema '{address.lake_schema}', data_inlining_row_limit 0)"
    )
    if f"{KEPT}.stands" not in _tables(connection):
        connection.begin()
        for schema in (ANSWERS, REGISTERS, KEPT):
            connection.execute(f"create schema if not exists lake.{schema}")
        connection.execute(f"create table if not exists {STANDS} (name varchar, part varchar, said varchar)")
        connection.commit()


def _answers_still(lake: duckdb.DuckDBPyConnection) -> bool:
    """PostgreSQL may have been started anew since."""
    try:
        lake.execute("from lake.current_snapshot()").fetchall()
    except duckdb.Error:
        lake.close()
        return False
    return True


@contextmanager
def _files(lake: duckdb.DuckDBPyConnection, *, writing: bool = False, **files: Path) -> Iterator[None]:
    """Files of versions, attached as file_... while it lasts."""
    mode = "" if writing else " (read_only)"
    attached = []
    try:
        for name, path in files.items():
            lake.execute(f"attach '{quoted(path)}' as file_{name}{mode}")
            attached.append(name)
        yield
    finally:
        with suppress(duckdb.Error):  # of a connection that goes with what went wrong
            for name in attached:
                lake.execute(f"detach file_{name}")


def _registers(lake: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """What the registers of the view come to: their digests."""
    there = {name for (name,) in lake.execute(TABLES, ["file_view"]).fetchall()}
    return {
        (f"{REGISTERS}.{name}", ""): lake.execute(f"select {SAME} from file_view.{name} t").fetchall()[0][0]
        for name in CARRIED_OVER
        if name in there
    }


def _answers(lake: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The same of the tables of an answers file; of those that hold rounds, of every round."""
    found = {}
    for (name,) in lake.execute(TABLES, ["file_answers"]).fetchall():
        part = ROUND if name in HOLDING else "''"
        rows = lake.execute(f"select {part}, {SAME} from file_answers.{name} t group by 1").fetchall()
        found |= {(f"{ANSWERS}.{name}", of): said for of, said in rows}
    return found


def _replace(lake: duckdb.DuckDBPyConnection, table: str, parts: list[str]) -> None:
    """Has a table of the lake's hold what the file does, in these parts of it."""
    schema, _, name = table.partition(".")
    file, rounds = ("answers" if schema == ANSWERS else "view"), name in HOLDING
    columns = _columns(lake, f"file_{file}", "main", name)
    _make(lake, schema, name, columns + ([(ENTRY, "BIGINT")] if schema == ANSWERS else []))
    before = after = ""
    if rounds:
        lake.execute("create or replace temp table part as select unnest(?::varchar[]) as part", [parts])
        before = after = f" where {ROUND} in (select part from temp.part)"
    lake.execute(f"delete from lake.{table}{before}")
    if columns:  # the file may have the table no more
        entry = f", rowid as {ENTRY}" if schema == ANSWERS else ""
        lake.execute(f"insert into lake.{table} by name select *{entry} from file_{file}.{name}{after}")


def _note(lake: duckdb.DuckDBPyConnection, other: list[tuple[str, str]], wanted: dict[tuple[str, str], str]) -> None:
    """Notes what stands in the lake's tables now."""
    columns = [[name for name, _ in other], [part for _, part in other], [wanted.get(key) for key in other]]
    lake.execute(
        "create or replace temp table other as select unnest(?::varchar[]) as name, unnest(?::varchar[]) as part,"
        " unnest(?::varchar[]) as said",
        columns,
    )
    lake.execute(f"delete from {STANDS} where (name, part) in (select (name, part) from temp.other)")
    lake.execute(f"insert into {STANDS} from temp.other where said is not null")


def _make(lake: duckdb.DuckDBPyConnection, schema: str, name: str, columns: list[tuple[str, str]]) -> None:
    """Has a table, with the columns that the file's has, beside those that it has had in other editions."""
    told = ", ".join(f'"{column}" {type_}' for column, type_ in columns)
    if told:
        lake.execute(f"create table if not exists lake.{schema}.{name} ({told})")
    there = {column for column, _ in _columns(lake, "lake", schema, name)}
    for column, type_ in columns:
        if column not in there:
            lake.execute(f'alter table lake.{schema}.{name} add column "{column}" {type_}')


def _columns(lake: duckdb.DuckDBPyConnection, database: str, schema: str, table: str) -> list[tuple[str, str]]:
    return lake.execute(COLUMNS, [database, schema, table]).fetchall()


def _tables(lake: duckdb.DuckDBPyConnection) -> set[str]:
    """Those of the lake, as schema.table."""
    sql = "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'lake'"
    return {name for (name,) in lake.execute(sql).fetchall()}
