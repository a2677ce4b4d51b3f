"""An open table as CSV (RFC 4180) and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.documents.tables import AT_ONCE, write_csv
from analytics.model.figures import Status
from analytics.opendata.columns import COLUMNS
from analytics.opendata.symbols import Symbol


def write_open_csv(out: BinaryIO, rows: pa.Table) -> None:
    """Comma, UTF-8, CRLF, decimal point, true and false, ISO days; a symbol where there is no value.

    The one guard against formulas holds here too: a text that a spreadsheet would run has an apostrophe before it. It
    is told in the dictionary; Parquet and DuckDB have the text as it is.
    """
    write_csv(out, rows.column_names, _lines(rows), rfc4180=True)


def _lines(rows: pa.Table) -> Iterator[tuple]:
    for part in rows.to_batches(max_chunksize=AT_ONCE):
        hidden = _hidden(part)
        columns = [_written(name, part[name].to_pylist(), hidden) for name in rows.column_names]
        yield from zip(*columns, strict=True)


def write_open_parquet(out: BinaryIO, rows: pa.Table, about: Mapping[str, str]) -> None:
    """With what the file is about in its metadata, and what each column is as its own."""
    fields = [field.with_metadata({"description": str(COLUMNS[field.name].text)}) for field in rows.schema]
    metadata = {"about": json.dumps(dict(about), ensure_ascii=False)}
    pq.write_table(rows.cast(pa.schema(fields, metadata=metadata)), out)


def _hidden(rows: pa.RecordBatch) -> Sequence[bool]:
    if "status" not in rows.schema.names:
        return [False] * rows.num_rows
    return [status == Status.HIDDEN for status in rows["status"].to_pylist()]


def _written(name: str, values: Sequence, hidden: Sequence[bool]) -> list:
    """A hidden row has nothing told in it, whatever else an empty cell of the column would mean."""
    absent = COLUMNS[name].absent
    return [
        (Symbol.NOT_TOLD if told_nothing else absent).value if value is None else _text(value)
        for value, told_nothing in zip(values, hidden, strict=True)
    ]


def _text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
