"""What machines share of a store in PostgreSQL (catalogue.sql), asked over a few connections a process."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from analytics.model.errors import StoreUnreachable
from analytics.store.lake.address import LakeAddress
from analytics.store.versions import Current, Published

SCHEMA = (Path(__file__).parent / "catalogue.sql").read_text("utf-8")
FORMATS = (1, 2)
"""2: of several owners (beside.py), of which an edition that reads 1 alone knows nothing."""
CHANNEL = "kvalitet"
"""Where every change is told of, at once, to whoever listens."""
BEGINNING = 0x6B76_0002  # an advisory lock of the database; turns.py has the others
WAIT = 5  # seconds for PostgreSQL to answer
_MAKING = Lock()  # two threads do not make the same pool
Connection = psycopg.Connection[tuple[Any, ...]]


class Laid(NamedTuple):
    """Where a version lies: its view's SHA-256, and the lake's snapshot at which the tables are the version's."""

    view_sha256: str
    snapshot: int


@dataclass(frozen=True, slots=True)
class InLake:
    """A published version as the catalogue has it."""

    version: Published
    view_sha256: str
    snapshot: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shared now. `beside`: when each small file was last changed; `audit`: bytes of the audit file."""

    in_force: int | None
    last_number: int
    versions: tuple[InLake, ...]
    beside: dict[str, int]
    audit: int

    @property
    def current(self) -> Current | None:
        return None if self.in_force is None else Current(self.in_force, tuple(one.version for one in self.versions))

    def of(self, name: str) -> InLake | None:
        """A version that stands on the file; the last of those that share it."""
        return next((one for one in reversed(self.versions) if name in (one.version.view, one.version.answers)), None)


class LakeCatalogue:
    """Threads may share it."""

    def __init__(self, address: LakeAddress):
        self.address = address

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """In a transaction, which is done when all inside is; raises StoreUnreachable."""
        with self.answering(), _pool(self.address.postgres).connection() as connection:
            connection.execute(f"set local search_path to {self.address.schema}".encode())
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection of one's own, on which each statement is by itself; raises StoreUnreachable."""
        with self.answering(), connect(self.address) as connection:
            connection.execute(f"set search_path to {self.address.schema}".encode())
            yield connection

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Raises StoreUnreachable where PostgreSQL does not do what is asked of it inside."""
        try:
            yield
        except (psycopg.Error, PoolTimeout) as error:
            raise StoreUnreachable(f"{self.address}: {str(error).strip()}") from error

    def shared(self) -> Shared:
        """Raises StoreUnreachable where the store is another than this folder is of."""
        with self.connection() as connection:
            return read_shared(connection, self.address)


def connect(address: LakeAddress) -> Connection:
    return psycopg.connect(address.postgres, autocommit=True, connect_timeout=WAIT, row_factory=tuple_row)


def begin(address: LakeAddress) -> LakeAddress:
    """The address with the id of its store, which is begun where there is none; raises StoreUnreachable."""
    with LakeCatalogue(address).alone() as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [BEGINNING])
        return begun(connection, address)


def begun(connection: Connection, address: LakeAddress) -> LakeAddress:
    """The same over a connection to the store's schema, for whoever keeps others from beginning one."""
    if not is_begun(connection, address, "store"):
        connection.execute(f"create schema if not exists {address.schema}".encode())
        connection.execute(SCHEMA.encode())
    said = connection.execute("select id::text, format from store").fetchall()
    if len(said) != 1 or said[0][1] not in FORMATS:
        raise StoreUnreachable(f"{address}: {said}")
    return replace(address, store=said[0][0])


def is_begun(connection: Connection, address: LakeAddress, table: str) -> bool:
    """Whether the store's schema has the table."""
    return connection.execute("select to_regclass(%s)", [f"{address.schema}.{table}"]).fetchone() != (None,)


def read_shared(connection: Connection, address: LakeAddress) -> Shared:
    ((id_, in_force, last),) = connection.execute("select id::text, in_force, last_number from store").fetchall()
    if id_ != address.store:
        raise StoreUnreachable(f"{address}: {id_}")
    versions = connection.execute(
        "select number, view, answers, view_sha256, snapshot from version order by number"
    ).fetchall()
    beside = connection.execute("select name, changed from beside").fetchall()
    ((audit,),) = connection.execute(
        "select coalesce((select start + length(line) from audit order by start desc limit 1), 0)"
    ).fetchall()
    return Shared(in_force, last, tuple(InLake(Published(*row[:3]), *row[3:]) for row in versions), dict(beside), audit)


def put_in_force(connection: Connection, current: Current, laid: Mapping[Published, Laid]) -> None:
    """Has the versions be these, of which some are `laid` anew."""
    numbers = [version.number for version in current.published]
    connection.execute("delete from version where not number = any(%s)", [numbers])
    for version, where in laid.items():
        row = [version.number, version.view, version.answers, *where]
        connection.execute("insert into version values (%s, %s, %s, %s, %s)", row)
    connection.execute(
        "update store set in_force = %s, last_number = greatest(last_number, %s)",
        [current.number, max(numbers)],
    )


def tell(connection: Connection, address: LakeAddress) -> None:
    """Has everybody who listens look, once this transaction is done; of an owner's part it is noted that it is
    another."""
    if address.number:
        noted = "update kvalitet.part set changed = nextval('kvalitet.change') where number = %s"
        connection.execute(noted, [address.number])
    connection.execute("select pg_notify(%s, '')", [CHANNEL])


def _pool(conninfo: str) -> ConnectionPool[Connection]:
    """One a process for all parts of a store: of 290 owners nobody has 290."""
    with _MAKING:
        return _kept_pool(conninfo)


@cache
def _kept_pool(conninfo: str) -> ConnectionPool[Connection]:
    pool: ConnectionPool[Connection] = ConnectionPool(
        conninfo,
        min_size=0,
        max_size=8,
        timeout=WAIT,
        kwargs={"connect_timeout": WAIT, "row_factory": tuple_row},
        check=ConnectionPool.check_connection,
        open=True,
    )
    atexit.register(_close, pool)
    return pool


def _close(pool: ConnectionPool[Connection]) -> None:
    with suppress(Exception):
        pool.close()
