"""Spreadsheets: XLSX, XLSM, ODS."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from analytics.intake.raw import Fault, RawTable, Unreadable, beside_the_headings, cleaned_column, empty_file
from analytics.language import Words


def read_workbook(data: bytes, sheet: str | None, say: Words) -> RawTable:
    """The table on a sheet (the first one, unless named); raises Unreadable with every row that is off."""
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
    if isinstance(value, str):
        return value.strip()
    match value:
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
