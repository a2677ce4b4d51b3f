"""What machines share of a store in PostgreSQL (catalogue.sql), asked over a few connections a process."""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from analytics.model.errors import StoreUnreachable
from analytics.store.lake.address import LakeAddress
from analytics.store.versions import Current, Published

SCHEMA = (Path(__file__).parent / "catalogue.sql").read_text("utf-8")
FORMAT = 1
CHANNEL = "kvalitet"
"""Where every change is told of, at once, to whoever listens."""
WRITERS, BEGINNING = 0x6B76_0001, 0x6B76_0002  # advisory locks of the database
WAIT = 5  # seconds for PostgreSQL to answer
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
        self._pool: ConnectionPool[Connection] | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """In a transaction, which is done when all inside is; raises StoreUnreachable."""
        with self.answering():
            if self._pool is None:
                self._pool = _pool(self.address.postgres)
            with self._pool.connection() as connection:
                yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection of one's own, on which each statement is by itself; raises StoreUnreachable."""
        with self.answering(), connect(self.address) as connection:
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
    with LakeCatalogue(address).alone() as connection:
        with connection.transaction():
            connection.execute("select pg_advisory_xact_lock(%s)", [BEGINNING])
            if connection.execute("select to_regclass('kvalitet.store')").fetchone() == (None,):
                connection.execute(SCHEMA.encode())
        said = connection.execute("select id::text, format from kvalitet.store").fetchall()
        if len(said) != 1 or said[0][1] != FORMAT:
            raise StoreUnreachable(f"{address}: {said}")
        return LakeAddress(address.postgres, address.data, said[0][0])


def read_shared(connection: Connection, address: LakeAddress) -> Shared:
    ((id_, in_force, last),) = connection.execute(
        "select id::text, in_force, last_number from kvalitet.store"
    ).fetchall()
    if id_ != address.store:
        raise StoreUnreachable(f"{address}: {id_}")
    versions = connection.execute(
        "select number, view, answers, view_sha256, snapshot from kvalitet.version order by number"
    ).fetchall()
    beside = connection.execute("select name, changed from kvalitet.beside").fetchall()
    ((audit,),) = connection.execute(
        "select coalesce((select start + length(line) from kvalitet.audit order by start desc limit 1), 0)"
    ).fetchall()
    return Shared(in_force, last, tuple(InLake(Published(*row[:3]), *row[3:]) for row in versions), dict(beside), audit)


def put_in_force(connection: Connection, current: Current, laid: Mapping[Published, Laid]) -> None:
    """Has the versions be these, of which some are `laid` anew."""
    numbers = [version.number for version in current.published]
    connection.execute("delete from kvalitet.version where not number = any(%s)", [numbers])
    for version, where in laid.items():
        row = [version.number, version.view, version.answers, *where]
        connection.execute("insert into kvalitet.version values (%s, %s, %s, %s, %s)", row)
    connection.execute(
        "update kvalitet.store set in_force = %s, last_number = greatest(last_number, %s)",
        [current.number, max(numbers)],
    )


def tell(connection: Connection) -> None:
    """Has everybody who listens look, once this transaction is done."""
    connection.execute("select pg_notify(%s, '')", [CHANNEL])


def _pool(conninfo: str) -> ConnectionPool[Connection]:
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
