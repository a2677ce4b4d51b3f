"""Spreadsheets: XLSX, XLSM, ODS."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from functools import reduce
from io import BytesIO
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from analytics.intake.raw import (
    FileProblem,
    RawTable,
    Unreadable,
    cleaned_column,
    empty_file,
    number_text,
    number_texts,
    outside_the_headings,
)
from analytics.words.language import Words

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
BEYOND_Z = re.compile(rb"""r=["'][A-Z]{2,3}\d""")
MOST_CELLS = 50_000_000
MOST_BYTES = 2**30  # unpacked


def read_workbook(data: bytes, sheet: str | None, say: Words) -> RawTable:
    """The table on a sheet (the first one, unless named); raises Unreadable with every row that is off."""
    _check_archive(data, say)
    try:
        cells = _sheet(CalamineWorkbook.from_filelike(BytesIO(data)), sheet, say).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise _no_workbook(say) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what calamine does with some damaged files
            raise
        raise _no_workbook(say) from None
    top = next((i for i, record in enumerate(cells) if any(_text(value) for value in record)), None)
    if top is None:
        raise empty_file(say)
    headings = [_text(value) for value in cells[top]]
    width = max(i for i, heading in enumerate(headings, 1) if heading)
    body = cells[top + 1 :]
    columns = [_column(column) for column in zip(*body, strict=True)] if body else [pa.array([], pa.string())] * width
    table = RawTable(headings[:width], tuple(columns[:width]), np.arange(1, len(body) + 1))
    beside = {}
    for column in columns[width:]:
        for at in np.flatnonzero(pc.not_equal(column, "").to_numpy(zero_copy_only=False)).tolist():
            beside.setdefault(at, column[at].as_py())
    if beside:
        raise Unreadable(*(outside_the_headings(at + 1, value, say) for at, value in sorted(beside.items())))
    return table.without_blank_rows()


def _check_archive(data: bytes, say: Words) -> None:
    """Refuses what calamine would not survive: it reads broken ODS for ever, and makes room for every cell between the
    first and the last, were it 512 GB."""
    if data.startswith(OLD_EXCEL):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            too_large = sum(part.file_size for part in archive.infolist()) > MOST_BYTES
            for name in () if too_large else archive.namelist():
                if name == "content.xml":
                    expat.ParserCreate().Parse(archive.read(name), True)
                elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    too_large = too_large or _room(archive.read(name)) > MOST_CELLS
    except Exception:  # whatever the archive, the unpacking or the XML reader say
        raise _no_workbook(say) from None
    if too_large:
        problem = say("The workbook is too large, or has a stray cell far from the table.")
        raise Unreadable(FileProblem(problem, say("Delete all rows and columns outside the table, or save it as CSV.")))


def _room(worksheet: bytes) -> int:
    """How many cells there are between A1 and the last column and row of a worksheet; 0 where they are few enough to
    need no counting."""
    if not BEYOND_Z.search(worksheet):
        return 0
    columns, rows = {b"A"}, 1
    for letters, digits in CELL.findall(worksheet):
        columns.add(letters)
        rows = max(rows, int(digits))
    last = max(columns, key=lambda letters: (len(letters), letters))
    return rows * reduce(lambda number, letter: number * 26 + letter - 64, last, 0)


def _sheet(book: CalamineWorkbook, wanted: str | None, say: Words) -> CalamineSheet:
    names = [about.name for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet] or book.sheet_names
    found = [name for name in names if wanted is None or name.casefold() == wanted.casefold()]
    if not found:
        problem = say("There is no sheet named {sheet}.", sheet=wanted)
        raise Unreadable(FileProblem(problem, say("The sheets are: {sheets}.", sheets=", ".join(names))))
    return book.get_sheet_by_name(found[0])


def _no_workbook(say: Words) -> Unreadable:
    return Unreadable(
        FileProblem(
            say("The workbook cannot be opened: it is damaged, protected by a password, or something else."),
            say("Open it in a spreadsheet program, and save it as XLSX or ODS without a password."),
        )
    )


def _column(values: tuple) -> pa.StringArray:
    """A column as texts; a column of one kind of value all at once."""
    kinds = set(map(type, values))
    if kinds == {float}:
        return cleaned_column(number_texts(pa.array(values)))
    return cleaned_column(pa.array(values if kinds == {str} else [_text(value) for value in values], pa.string()))


def _text(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float():
            return number_text(value)
    return str(value)
