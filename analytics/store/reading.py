"""Reading published versions: one read-only connection a version, one cursor a question."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import duckdb
import pyarrow as pa

from analytics.model.errors import NoMemory, StoreBroken, StoreNewer, StoreOld
from analytics.store.homes import at_hand
from analytics.store.literals import asked_with
from analytics.store.versions import Published, read_current

Record = TypeVar("Record")

SCHEMA = (Path(__file__).parent / "view.sql").read_text("utf-8")
TOLD = 3
"""Raised where the same tables tell something else, or less, than they did."""
EDITION = hashlib.sha256(f"{TOLD}{''.join(re.sub('--.*', '', SCHEMA).split())}".encode()).hexdigest()[:12]
"""Of the tables that this edition of the program writes and reads; what is said of them in comments is no matter."""
TABLES = frozenset(re.findall(r"^create table (\w+)", SCHEMA, re.MULTILINE))
KNOWN_TABLES = TABLES | {"source_file"}
"""With those that an earlier edition had: a table that is not known is a later one's."""

Config = dict[str, str | bool | int | float | list[str]]
"""Settings of DuckDB's, as it takes them at opening."""

# No extension is fetched or loaded by a stray query.
HARDENED: Config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# DuckDB shares a query out by groups of 122 880 rows. No table of a view has more than one, and threads that have
# nothing to do cost a third of a save and half of a short question.
ONE_THREAD: Config = {"threads": "1"}
# No query reaches another file. Given at opening: a second opening in the same process may set nothing any more.
APART: Config = {**HARDENED, "enable_external_access": "false"}
SEALED: Config = {**APART, **ONE_THREAD, "lock_configuration": "true"}


# What DuckDB raises when a file is damaged, or lacks tables or columns that this edition of the program writes.
DAMAGE = (
    duckdb.OperationalError,
    duckdb.InternalError,
    duckdb.FatalException,
    duckdb.CatalogException,
    duckdb.BinderException,
)


# Where Python has no script (`python -c`, a notebook) DuckDB draws its progress on stdout, where others read our JSON.
QUIET = "set enable_progress_bar = false"


def seal(connection: duckdb.DuckDBPyConnection, folder: Path | None = None) -> None:
    """From now on no query reaches a file but those that are open already, and those in the folder; for a connection
    that has files to attach first."""
    if folder:
        connection.execute(f"set allowed_directories = ['{quoted(folder)}']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


# What is made in memory has no place of its own on a disk: DuckDB would put answers that do not fit in the folder that
# somebody stands in, and leave them there when it is killed.
NOTHING_SPILLED = "set temp_directory = ''"


class Queryable(Protocol):
    """Whatever answers SQL with rows: a version, or the one that is being made."""

    def rows(self, sql: str) -> list[tuple]: ...


class View:
    """One published version, open for reading. Threads may share it: every question takes a cursor of its own."""

    def __init__(self, path: Path, number: int):
        """Opens the file; raises StoreBroken where it is missing, damaged or another version."""
        self.path, self.number = path, number
        try:
            self._connection = duckdb.connect(str(at_hand(path)), read_only=True, config=SEALED)
        except duckdb.Error as error:
            raise StoreBroken(f"{path}: {error}") from error
        try:
            said = self._connection.execute("select number from version").fetchall()
        except duckdb.Error as error:
            self.close()
            raise StoreBroken(f"{path}: {error}") from error
        if said != [(number,)]:
            self.close()
            raise StoreBroken(f"{path}: {said}")

    @property
    def is_of_this_edition(self) -> bool:
        """Whether the file has the tables that this edition of the program knows."""
        return self.has("version", "edition") and self.rows("select edition from version") == [(EDITION,)]

    def has(self, table: str, column: str) -> bool:
        """Whether the table, which there is, has the column."""
        return any(name == column for _, name, *_ in self.rows(f"pragma table_info('{table}')"))

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables that the file has."""
        return frozenset(name for (name,) in self.rows("select table_name from duckdb_tables() where not internal"))

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple]:
        with self._cursor() as cursor:
            return cursor.execute(asked_with(sql, parameters)).fetchall()

    def records(
        self, kind: type[Record], sql: str, parameters: Sequence[Any] | dict[str, Any] = ()
    ) -> tuple[Record, ...]:
        """The rows as the dataclass whose fields the columns fill, in order."""
        return tuple(kind(*row) for row in self.rows(sql, parameters))

    def table(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        with self._cursor() as cursor:
            return cursor.execute(asked_with(sql, parameters)).to_arrow_table()

    def read_all(self) -> None:
        """Reads every cell of every table; raises StoreBroken where any is damaged."""
        for name in self.tables:
            self.rows(all_of(name))

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        except DAMAGE as error:
            raise StoreBroken(f"{self.path}: {error}") from error


def all_of(table: str) -> str:
    """A question that every cell of the table must be read for."""
    return f'select bit_xor(hash(t)) from "{table}" t'


class Store:
    """A store folder as readers see it. Ask `current()` once a page run and keep the answer for the whole run."""

    KEPT_OPEN = 4  # versions; one that was let go stays alive for as long as somebody holds its View

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self._lock = threading.Lock()
        self._open: dict[int, View] = {}  # the one asked for last stands last

    def current(self) -> View:
        """The version in force; raises StoreMissing, StoreOld, StoreNewer or StoreBroken."""
        with self._lock:  # the pointer is read and the version opened as one step
            published = read_current(self.folder).in_force
            opened = published.number in self._open
            view = self._view(published)
            if not opened and not view.is_of_this_edition:
                del self._open[published.number]
                raise StoreOld(f"{view.path}") if view.tables <= KNOWN_TABLES else StoreNewer(f"{view.path}")
            return view

    def version(self, number: int) -> View:
        """A published version by number; raises KeyError where it was never published."""
        with self._lock:
            return self._view(read_current(self.folder).version(number))

    def version_at(self, number: int) -> View:
        """That version or, where it has been tidied away, the last one before it: it is kept where what it tells is not
        the same (loads/tidying.py). Raises KeyError where there is none."""
        there = [version.number for version in read_current(self.folder).published if version.number <= number]
        if not there:
            raise KeyError(number)
        return self.version(there[-1])

    def _view(self, published: Published) -> View:
        view = self._open.pop(published.number, None) or self._opened(published)
        self._open[published.number] = view
        while len(self._open) > self.KEPT_OPEN:
            del self._open[next(iter(self._open))]
        return view

    def _opened(self, published: Published) -> View:
        return View(self.folder / published.view, published.number)


@contextmanager
def open_answers(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A version's individual answers, read-only, for loads alone; raises StoreBroken."""
    try:
        with duckdb.connect(str(at_hand(path)), read_only=True, config=APART) as connection:
            connection.execute(QUIET)
            connection.execute("select framework, year, school_id from round_source limit 0")
            yield connection
    except duckdb.OutOfMemoryException as error:
        raise NoMemory(f"{path}: {error}") from error
    except duckdb.Error as error:
        raise StoreBroken(f"{path}: {error}") from error


def quoted(path: Path) -> str:
    """A path within a statement's quotes."""
    return str(path).replace("'", "''")


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What a version says of itself."""

    number: int
    parent: int | None
    created_at: datetime
    loaded_by: str
    action: str
    hide_below: int


def version_record(view: View) -> VersionRecord:
    """Who made this version, and when."""
    number, parent, created_at, loaded_by, action, hide_below = view.rows(
        "select number, parent, created_at, loaded_by, action, hide_below from version"
    )[0]
    return VersionRecord(number, parent, created_at.replace(tzinfo=UTC), loaded_by, action, hide_below)


def standing_on(view: View) -> tuple[int, int]:
    """The version whose schools, frameworks and published figures these are, and the one whose funding register too:
    where two versions agree on one of them, every question about that has the same answer in both."""
    return view.rows("select figures, funding from version")[0]


def version_history(folder: Path, after: int = 0) -> list[VersionRecord]:
    """The published versions after one, oldest first; each is a file that is opened."""
    records = []
    for published in (version for version in read_current(folder).published if version.number > after):
        view = View(folder / published.view, published.number)
        records.append(version_record(view))
        view.close()
    return records
