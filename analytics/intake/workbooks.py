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
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from analytics.intake.raw import Fault, RawTable, Unreadable, beside_the_headings, cleaned_column, empty_file
from analytics.language import Words

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
    records = ([_text(value) for value in record] for record in cells)
    headings = next((record for record in records if any(record)), None)
    if headings is None:
        raise empty_file(say)
    width = max(i for i, heading in enumerate(headings, 1) if heading)
    kept, rows, faults = [], [], []
    for number, record in enumerate(records, 1):
        beside = next((cell for cell in record[width:] if cell), None)
        if beside:
            faults.append(beside_the_headings(number, beside, say))
        else:
            kept.append(record[:width])
            rows.append(number)
    if faults:
        raise Unreadable(*faults)
    columns = zip(*kept, strict=True) if kept else [()] * width
    texts = tuple(cleaned_column(pa.array(column, pa.string())) for column in columns)
    return RawTable(headings[:width], texts, np.array(rows, dtype=np.int64)).without_blank_rows()


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
        raise Unreadable(Fault(problem, say("Delete all rows and columns outside the table, or save it as CSV.")))


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
        raise Unreadable(Fault(problem, say("The sheets are: {sheets}.", sheets=", ".join(names))))
    return book.get_sheet_by_name(found[0])


def _no_workbook(say: Words) -> Unreadable:
    return Unreadable(
        Fault(
            say("The workbook cannot be opened: it is damaged, protected by a password, or something else."),
            say("Open it in a spreadsheet program, and save it as XLSX or ODS without a password."),
        )
    )


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
    return str(value)
