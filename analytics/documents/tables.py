"""A table as a file: CSV (also as Excel wants it), XLSX, Parquet, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import BinaryIO

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
AT_ONCE = 20_000  # rows that are Python's at a time: of 30 columns 100 MB
MOST_IN_A_SHEET = 1_048_575  # rows under a heading that a sheet has room for
WIDE_AS, WIDEST = 1_000, 60  # rows of a long table that its columns are as wide as, and how many letters at most
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")  # and this it takes for what it is


class TooManyRows(Exception):
    """So many rows that no sheet of a workbook has room for them: how many."""


def table_bytes(table: pa.Table, suffix: str, about: Mapping[str, str], *, excel: bool = False) -> bytes:
    """As `write_table`, of what is small."""
    out = io.BytesIO()
    write_table(out, table, suffix, about, excel=excel)
    return out.getvalue()


def write_table(out: BinaryIO, table: pa.Table, suffix: str, about: Mapping[str, str], *, excel: bool = False) -> None:
    """Writes the table in the format of the suffix, so many rows at a time that a nation's take no more memory than a
    city's beside the table itself. `about` (where the figures come from) goes where the format has room: a second sheet
    in XLSX, the file's metadata in Parquet. Raises KeyError for a suffix that is none of FORMATS, TooManyRows."""
    match suffix:
        case ".csv":
            write_csv(out, table.column_names, rows_of(table), excel=excel)
        case ".xlsx":
            _write_xlsx(out, table.column_names, rows_of(table), table.num_rows, about)
        case ".json":
            _write_json(out, table)
        case ".parquet":
            metadata = {"about": json.dumps(dict(about), ensure_ascii=False)}
            pq.write_table(table.replace_schema_metadata(metadata), out)
        case _:
            raise KeyError(suffix)


def rows_of(table: pa.Table) -> Iterator[tuple]:
    """Its rows, of which so many are Python's at a time."""
    for part in table.to_batches(max_chunksize=AT_ONCE):
        yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def csv_bytes(
    headings: Sequence[str], rows: Iterable[Sequence], *, excel: bool = False, rfc4180: bool = False
) -> bytes:
    """As `write_csv`, of what is small."""
    out = io.BytesIO()
    write_csv(out, headings, rows, excel=excel, rfc4180=rfc4180)
    return out.getvalue()


def write_csv(
    out: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence], *, excel: bool = False, rfc4180: bool = False
) -> None:
    """Comma, UTF-8, decimal point; for Excel in Swedish: semicolon, byte order mark, decimal comma. `rfc4180`: lines
    end as that says.

    A text that would be run as a formula where it is opened gets an apostrophe before it; a number is no text.
    """
    text = io.TextIOWrapper(out, "utf-8-sig" if excel else "utf-8", newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n" if excel or rfc4180 else "\n")
    for row in chain([headings], rows):
        writer.writerow([_in_csv(cell, excel) for cell in row])
    text.detach()  # written out, and not closed


def _write_json(out: BinaryIO, table: pa.Table) -> None:
    between = b""
    out.write(b"[")
    for part in table.to_batches(max_chunksize=AT_ONCE):
        if part.num_rows:
            out.write(between + orjson.dumps(part.to_pylist(), option=orjson.OPT_INDENT_2)[1:-2])
            between = b","
    out.write(b"\n]" if between else b"]")


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
    """A workbook: the table with real numbers, then a sheet that says where they come from. Raises TooManyRows."""
    out = io.BytesIO()
    _write_xlsx(out, headings, rows, len(rows), about)
    return out.getvalue()


def _write_xlsx(
    out: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence], count: int, about: Mapping[str, str]
) -> None:
    if count > MOST_IN_A_SHEET:
        raise TooManyRows(count)
    # What is long goes to a file row by row, and the columns are as wide as the first rows ask for.
    way = {"constant_memory": True, "in_memory": False} if count > AT_ONCE else {}
    with xlsxwriter.Workbook(out, {**TEXTS_STAY, **way}) as book:
        bold, two = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet("Data")
        widths = [len(heading) + 2 for heading in headings]
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                if cell is not None:
                    sheet.write(r, c, cell, two if isinstance(cell, float | Decimal) else None)
                    if way and r <= WIDE_AS and isinstance(cell, str):
                        widths[c] = min(max(widths[c], len(cell) + 1), WIDEST)
        if way:
            for c, width in enumerate(widths):
                sheet.set_column(c, c, width)
        else:
            sheet.autofit(300)
        if count:
            sheet.autofilter(0, 0, count, len(headings) - 1)
        add_about(book, about, bold)


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
    with new_file(path) as out:
        out.write(data)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that is there once it is whole, and else is not."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)
