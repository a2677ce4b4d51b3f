"""An open table as CSV (RFC 4180) and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.documents.tables import csv_bytes
from analytics.model.figures import Status
from analytics.opendata.columns import COLUMNS
from analytics.opendata.symbols import Symbol


def open_csv(rows: pa.Table) -> bytes:
    """Comma, UTF-8, CRLF, decimal point, true and false, ISO days; a symbol where there is no value.

    The one guard against formulas holds here too: a text that a spreadsheet would run has an apostrophe before it. It
    is told in the dictionary; Parquet and DuckDB have the text as it is.
    """
    names = rows.column_names
    hidden = _hidden(rows)
    columns = [_written(name, rows[name].to_pylist(), hidden) for name in names]
    return csv_bytes(names, list(zip(*columns, strict=True)), rfc4180=True)


def open_parquet(rows: pa.Table, about: Mapping[str, str]) -> bytes:
    """With what the file is about in its metadata, and what each column is as its own."""
    fields = [field.with_metadata({"description": str(COLUMNS[field.name].text)}) for field in rows.schema]
    metadata = {"about": json.dumps(dict(about), ensure_ascii=False)}
    out = io.BytesIO()
    pq.write_table(rows.cast(pa.schema(fields, metadata=metadata)), out)
    return out.getvalue()


def _hidden(rows: pa.Table) -> Sequence[bool]:
    if "status" not in rows.column_names:
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
