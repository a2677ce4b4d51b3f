"""The drafts of a lake: in PostgreSQL, asked in the words that SQLite is asked in (store/drafts.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from analytics.store.lake.catalogue import Connection, LakeCatalogue


class LakeDrafts:
    """A connection that does what those who ask for drafts do with SQLite's: `with` is a transaction."""

    def __init__(self, catalogue: LakeCatalogue):
        self._catalogue = catalogue
        self._connection: Connection | None = None

    @contextmanager
    def connected(self) -> Iterator[LakeDrafts]:
        """Raises StoreUnreachable."""
        with self._catalogue.connection() as self._connection:
            yield self

    def execute(self, sql: str, values: Sequence = ()):
        assert self._connection is not None
        return self._connection.execute(_placed(sql), values)

    def executemany(self, sql: str, rows: Sequence[Sequence]) -> None:
        assert self._connection is not None
        if rows:
            self._connection.cursor().executemany(_placed(sql), rows)

    def __enter__(self) -> LakeDrafts:
        return self

    def __exit__(self, *_: object) -> None:
        """All of it is one transaction, which ends where the connection is given back."""


def _placed(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()
