"""Files of many versions, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import duckdb

from analytics.model.errors import NoMemory, StoreBroken
from analytics.store.homes import at_hand
from analytics.store.reading import HARDENED, NOTHING_SPILLED, QUIET, quoted, seal


class InTurn:
    """Files of versions, read one after another through one DuckDB: to make one for each takes longer than what it is
    asked, and a store has as many as there were loads. It is made when the first file is opened, and reaches those of
    its folder alone."""

    def __init__(self, folder: Path):
        self._folder = folder

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=HARDENED)
        for statement in (QUIET, NOTHING_SPILLED):
            connection.execute(statement)
        seal(connection, self._folder)
        return connection

    @contextmanager
    def opened(self, path: Path, has: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """One of the files, read-only, its tables by their bare names. Raises StoreBroken where it cannot be read, or
        lacks a table that it `has`; what is asked wrongly says nothing of the file, and stays DuckDB's own error."""
        try:
            self._connection.execute(f"attach '{quoted(at_hand(path))}' as file (read_only)")
        except duckdb.Error as error:
            raise StoreBroken(f"{path}: {error}") from error
        try:
            self._connection.execute("use file")
            try:
                self._connection.execute(f"select 1 from file.{has} limit 0")
            except duckdb.CatalogException as error:
                raise StoreBroken(f"{path}: {has}") from error
            yield self._connection
        except duckdb.OutOfMemoryException as error:  # which is not the file's fault
            raise NoMemory(f"{path}: {error}") from error
        except duckdb.ProgrammingError:
            raise
        except duckdb.Error as error:
            raise StoreBroken(f"{path}: {error}") from error
        finally:
            self._connection.execute("use memory")
            self._connection.execute("detach file")

    @contextmanager
    def between(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """None of the files: what was taken out of them into memory."""
        try:
            yield self._connection
        except duckdb.OutOfMemoryException as error:
            raise NoMemory(f"{self._folder}: {error}") from error

    def __enter__(self) -> InTurn:
        return self

    def __exit__(self, *_: object) -> None:
        if "_connection" in vars(self):
            self._connection.close()
