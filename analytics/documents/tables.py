"""A table as a file: CSV (also as Excel wants it), XLSX, Parquet, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format

from analytics.store.disk import put_in_place

FORMATS = (".csv", ".xlsx", ".parquet", ".json")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # what a program that opens a CSV takes for the beginning of one
WITHIN = re.compile(r"([;,\t\r\n])(?=[^\S\t\r\n]*[=@＝＠]|[+\-＋－](?!\s|\d+([.,]\d+)?([;,\t\r\n\"]|$)))")
"""And for one in the middle of a text, if it parts a file by another sign than it was written with: Excel in Swedish
parts by semicolons whatever the file says, in English by commas."""
TEXTS_STAY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How workbooks are opened for writing: nothing that starts with "=" becomes a formula, and no address a link."""
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")  # and this it takes for what it is


def table_bytes(table: pa.Table, suffix: str, about: Mapping[str, str], *, excel: bool = False) -> bytes:
    """The table in the format of the suffix. `about` (where the figures come from) goes where the format has room:
    a second sheet in XLSX, the file's metadata in Parquet. Raises KeyError for a suffix that is none of FORMATS."""
    match suffix:
        case ".csv":
            return csv_bytes(table.column_names, _rows(table), excel=excel)
        case ".xlsx":
            return xlsx_bytes(table.column_names, _rows(table), about)
        case ".json":
            return orjson.dumps(table.to_pylist(), option=orjson.OPT_INDENT_2)
        case ".parquet":
            out = io.BytesIO()
            metadata = {"about": json.dumps(dict(about), ensure_ascii=False)}
            pq.write_table(table.replace_schema_metadata(metadata), out)
            return out.getvalue()
    raise KeyError(suffix)


def csv_bytes(
    headings: Sequence[str], rows: Sequence[Sequence], *, excel: bool = False, rfc4180: bool = False
) -> bytes:
    """Comma, UTF-8, decimal point; for Excel in Swedish: semicolon, byte order mark, decimal comma. `rfc4180`: lines
    end as that says.

    A text that would be run as a formula where it is opened gets an apostrophe before it; a number is no text.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel or rfc4180 else "\n")
    for row in (headings, *rows):
        writer.writerow([_in_csv(cell, excel) for cell in row])
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def harmless(text: str) -> str:
    """The text, so written that no program that opens the CSV runs it, or a part of it, as a formula. A
    number is none, nor a dash that stands alone."""
    if text == "-" or NUMBER.fullmatch(text):
        return text
    return ("'" if text.startswith(FORMULA) else "") + WITHIN.sub(r"\1'", text)


def _in_csv(cell: object, excel: bool) -> object:
    if isinstance(cell, str):
        return harmless(cell)
    return str(cell).replace(".", ",") if excel and isinstance(cell, float | Decimal) else cell


def xlsx_bytes(headings: Sequence[str], rows: Sequence[Sequence], about: Mapping[str, str]) -> bytes:
    """A workbook: the table with real numbers, then a sheet that says where they come from."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXTS_STAY) as book:
        bold, two = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                if cell is not None:
                    sheet.write(r, c, cell, two if isinstance(cell, float | Decimal) else None)
        sheet.autofit(300)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(headings) - 1)
        add_about(book, about, bold)
    return out.getvalue()


def add_about(book: xlsxwriter.Workbook, about: Mapping[str, str], bold: Format) -> None:
    """A sheet that says what the others are about: name -> text."""
    notes = book.add_worksheet("Om - About")
    notes.set_column(0, 0, 28)
    notes.set_column(1, 1, 100)
    for r, (name, text) in enumerate(about.items()):
        notes.write_string(r, 0, name, bold)
        notes.write_string(r, 1, text)


def write_file(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _rows(table: pa.Table) -> list[tuple]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
