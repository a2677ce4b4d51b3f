"""The open tables as one DuckDB database, for whoever asks questions of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.opendata.columns import COLUMNS
from analytics.opendata.schema import DICTIONARY
from analytics.opendata.table import OpenTable
from analytics.store.reading import SEALED
from analytics.words.language import words

ABOUT_TABLE, DICTIONARY_TABLE = "about", "data_dictionary"


def write_database(
    path: Path,
    tables: Sequence[tuple[OpenTable, pa.Table]],
    dictionary: Sequence[Sequence[str]],
    about: Mapping[str, str],
) -> None:
    """A table an open one, with its columns explained as comments; `about` and `data_dictionary` beside them. The file
    holds nothing else: it is made anew, and nothing that is hidden has ever lain in it."""
    say = words("sv")
    with duckdb.connect(str(path), config=SEALED) as connection:
        for table, rows in tables:
            _store(connection, table.name, rows)
            connection.execute(f"comment on table {table.name} is {_quoted(say.marked(table.row))}")
            for name in rows.column_names:
                said = _quoted(say.marked(COLUMNS[name].text))
                connection.execute(f'comment on column {table.name}."{name}" is {said}')
        _store(connection, DICTIONARY_TABLE, _texts(DICTIONARY, dictionary))
        _store(connection, ABOUT_TABLE, _texts(("what", "text"), list(about.items())))


def _store(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("rows_to_store", rows)
    connection.execute(f"create table {name} as from rows_to_store")
    connection.unregister("rows_to_store")


def _texts(names: Sequence[str], rows: Sequence[Sequence[str]]) -> pa.Table:
    return pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)})


def _quoted(text: str) -> str:
    """DuckDB takes no parameters in a comment; the texts are our own."""
    return "'" + text.replace("'", "''") + "'"
