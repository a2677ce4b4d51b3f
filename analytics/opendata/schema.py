"""The tables as Frictionless Table Schema and Data Package tell them, and the dictionary of all columns.

In Swedish, as the data are; the dictionary has both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from analytics.documents.tables import csv_bytes
from analytics.opendata.catalogue import ABOUT, Dataset, OpenFile
from analytics.opendata.columns import COLUMNS, ColumnType, OpenColumn
from analytics.opendata.publisher import Publisher
from analytics.opendata.symbols import MEANING, Symbol
from analytics.opendata.table import OpenTable
from analytics.words.language import N_, words

CSV = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
DICTIONARY = ("table", "column", "type", "empty", "description_sv", "description_en")
GUARD = N_("A text that a spreadsheet would run as a formula has an apostrophe before it in CSV.")


def table_schema(table: OpenTable, columns: Sequence[str]) -> dict:
    schema: dict = {
        "fields": [_field(COLUMNS[name]) for name in columns],
        "missingValues": [symbol.value for symbol in Symbol],
    }
    return schema | ({"primaryKey": list(table.key)} if table.key else {})


def _field(column: OpenColumn) -> dict:
    field = {
        "name": column.name,
        "type": column.type.value,
        "description": words("sv").marked(column.text),
    }
    if column.type is ColumnType.BOOLEAN:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return field


def resource(dataset: Dataset, table: OpenTable, file: OpenFile, folder: Path) -> dict:
    """A CSV file in the folder, as the package tells of it."""
    say = words("sv")
    with (folder / file.path).open("rb") as written:
        digest = file_digest(written, "sha256").hexdigest()
    return {
        "name": dataset.name.replace("_", "-"),
        "path": file.path,
        "profile": "tabular-data-resource",
        "title": " ".join(filter(None, [say.marked(table.title), str(dataset.year or "")])),
        "description": say.marked(table.row),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{digest}",
        "dialect": CSV,
        "schema": f"schemas/{table.name}.json",
    }


def data_package(resources: Sequence[dict], by: Publisher, version: int, made: datetime) -> dict:
    say = words("sv")
    symbols = "; ".join(f"{symbol} {say.marked(text)}" for symbol, text in MEANING.items())
    return {
        "profile": "tabular-data-package",
        "name": "kvalitetsdialog",
        "id": by.iri("catalogue"),
        "title": say("Kvalitetsdialog's open data"),
        "description": f"{say.marked(ABOUT)} {symbols}. {say.marked(GUARD)}",
        "version": str(version),
        "created": made.isoformat(timespec="seconds"),
        "homepage": by.root,
        "licenses": [{"path": by.licence, "title": by.licence_name}],
        "contributors": [{"title": by.name, "role": "publisher", **({"email": by.contact} if by.contact else {})}],
        "resources": list(resources),
    }


def dictionary_rows(tables: Iterable[tuple[OpenTable, Sequence[str]]]) -> list[list[str]]:
    """A row a column of a table, in the order of DICTIONARY."""
    return [
        [table.name, name, column.type.value, column.absent.value, *_both(column)]
        for table, columns in tables
        for name in columns
        if (column := COLUMNS[name])
    ]


def dictionary_csv(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_bytes(DICTIONARY, rows, rfc4180=True)


def _both(column: OpenColumn) -> tuple[str, str]:
    return words("sv").marked(column.text), words("en").marked(column.text)
