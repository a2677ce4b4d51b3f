"""Spreadsheets: XLSX, XLSM, ODS."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import reduce
from io import BytesIO
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from analytics.intake.limits import (
    MEGABYTE,
    MOST_CELLS,
    MOST_FAULTS,
    MOST_UNPACKED,
    check_columns,
    check_rows,
    too_large_a_workbook,
)
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
LONGEST_CELL = 20  # bytes of what CELL matches, which may lie over the edge of a piece


def read_workbook(data: bytes, sheet: str | None, say: Words) -> RawTable:
    """The table on a sheet (the first one, unless named); raises Unreadable with every row that is off."""
    _check_archive(data, say)
    try:
        found = _sheet(CalamineWorkbook.from_filelike(BytesIO(data)), sheet, say)
        row, column = found.end or (0, 0)
        check_rows(row, say)
        if (row + 1) * (column + 1) > MOST_CELLS:
            raise too_large_a_workbook(say)
        cells = found.to_python(skip_empty_area=False)
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
    check_columns(width, say)
    body = cells[top + 1 :]
    columns = [_column(column) for column in zip(*body, strict=True)] if body else [pa.array([], pa.string())] * width
    table = RawTable(headings[:width], tuple(columns[:width]), np.arange(1, len(body) + 1))
    beside = {}
    for column in columns[width:]:
        for at in np.flatnonzero(pc.not_equal(column, "").to_numpy(zero_copy_only=False)).tolist():
            beside.setdefault(at, column[at].as_py())
    if beside:
        told = sorted(beside.items())[: MOST_FAULTS + 1]
        raise Unreadable(*(outside_the_headings(at + 1, value, say) for at, value in told))
    return table.without_blank_rows()


def _check_archive(data: bytes, say: Words) -> None:
    """Refuses in plain words what calamine would not survive, where it shows: it reads broken ODS for ever, and makes
    room for every cell between the first and the last, were it 512 GB. What does not show, the reader's limits stop."""
    if data.startswith(OLD_EXCEL):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            too_large = sum(part.file_size for part in parts) > MOST_UNPACKED
            for part in () if too_large else parts:
                if part.filename == "content.xml":
                    with archive.open(part) as content:
                        expat.ParserCreate().ParseFile(content)
                elif part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    too_large = too_large or _room(archive, part) > MOST_CELLS
    except MemoryError:
        raise
    except Exception:  # whatever the archive, the unpacking or the XML reader say
        raise _no_workbook(say) from None
    if too_large:
        raise too_large_a_workbook(say)


def _room(archive: zipfile.ZipFile, worksheet: zipfile.ZipInfo) -> int:
    """How many cells there are between A1 and the last column and row of a worksheet; 0 where they are few enough to
    need no counting."""
    if not any(BEYOND_Z.search(piece) for piece in _pieces(archive, worksheet)):
        return 0
    columns, rows = {b"A"}, 1
    for piece in _pieces(archive, worksheet):
        for letters, digits in CELL.findall(piece):
            columns.add(letters)
            rows = max(rows, int(digits))
    last = max(columns, key=lambda letters: (len(letters), letters))
    return rows * reduce(lambda number, letter: number * 26 + letter - 64, last, 0)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the part holds, a megabyte at a time; each piece begins with the end of the one before."""
    with archive.open(part) as content:
        end = b""
        while piece := content.read(MEGABYTE):
            yield end + piece
            end = piece[-LONGEST_CELL:]


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
