"""Spreadsheets: XLSX, XLSM, XLSB, XLS, ODS."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import reduce
from io import BytesIO
from itertools import islice
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from analytics.intake.heading_rows import LOOKED_AT, heading_rows, headings_score
from analytics.intake.limits import (
    MEGABYTE,
    MOST_CELLS,
    MOST_FAULTS,
    MOST_LISTED,
    check_columns,
    check_rows,
    check_unpacked,
    too_large_a_workbook,
)
from analytics.intake.outside.unit_files import units_of_sheets
from analytics.intake.raw import (
    FileProblem,
    RawTable,
    Unreadable,
    above_the_headings,
    cleaned_column,
    empty_file,
    number_text,
    number_texts,
    outside_the_headings,
    refuse_a_pivot,
)
from analytics.intake.unsaid_cells import unsaid
from analytics.words.language import Words

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
BEYOND_Z = re.compile(rb"""r=["'][A-Z]{2,3}\d""")
ABOUT = "Om - About"  # the sheet of our own exports that says what they are
MOST_ABOVE = 1_000  # rows among which the headings are looked for
MOST_SHEETS = 20  # in which known headings are looked for
MOST_MERGED = 10_000  # cells over several rows
LONGEST_CELL = 20  # bytes of what CELL matches, which may lie over the edge of a piece


def read_workbook(data: bytes, sheet: str | None, say: Words, known: Collection[str] = ()) -> RawTable:
    """The table on a sheet; raises Unreadable with every row that is off. Unless a sheet is named it is the first that
    can be seen, but for one below it whose headings are `known` (`heading_rows`) where those of the first are not."""
    _check_archive(data, say)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        if sheet is None and (units := units_of_sheets(_unit_sheets(book, say), say)) is not None:
            return units
        name = _sheet_name(book, sheet, known, say)
        read = book.get_sheet_by_name(name)
        row, column = read.end or (0, 0)
        check_rows(row, say)
        if (row + 1) * (column + 1) > MOST_CELLS:
            raise too_large_a_workbook(say)
        cells = read.to_python(skip_empty_area=False)
        notes = _other_sheets(book, name, say)
        merged = read.merged_cell_ranges or []
        more = unsaid(data, name, book.sheet_names.index(name))
    except (Unreadable, MemoryError):
        raise
    except Exception:  # whatever calamine, xlrd, the archive or the XML reader say of a damaged file
        raise _no_workbook(say) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what calamine does with some damaged files
            raise
        raise _no_workbook(say) from None
    put_back(cells, more.cells)
    body_merged = fill_merged(cells, [*merged, *more.merged])
    looked_at = ((i, [_text(value) for value in row]) for i, row in enumerate(islice(cells, MOST_ABOVE)))
    filled = list(islice(((i, record) for i, record in looked_at if any(record)), LOOKED_AT))
    if not filled:
        raise empty_file(say)
    places, records = [i for i, _ in filled], [record for _, record in filled]
    refuse_a_pivot(records, say)
    found = heading_rows(records, known)
    width = max(i for i, heading in enumerate(found.headings, 1) if heading)
    check_columns(width, say)
    start = places[found.last] + 1
    notes += above_the_headings(records[: found.first], say) + _hidden_rows(more.hidden, start, cells, say)
    if any(last >= start for last in body_merged):
        notes += (say("Merged cells were read as if each of their rows held their text."),)
    body = cells[start:]
    columns = [_column(column) for column in zip(*body, strict=True)] if body else [pa.array([], pa.string())] * width
    table = RawTable(found.headings[:width], tuple(columns[:width]), np.arange(1, len(body) + 1), notes)
    beside: dict[int, str] = {}
    for column in columns[width:]:
        for at in np.flatnonzero(pc.not_equal(column, "").to_numpy(zero_copy_only=False)).tolist():
            beside.setdefault(at, column[at].as_py())
    if beside:
        told = sorted(beside.items())[: MOST_FAULTS + 1]
        raise Unreadable(*(outside_the_headings(at + 1, value, say) for at, value in told))
    return table.without_blank_rows()


def put_back(cells: list[list], unsaid_cells: Mapping[tuple[int, int], str]) -> None:
    """Puts the cells in their places that calamine gives as empty though they hold something."""
    width = max((len(row) for row in cells), default=0)
    wider = max((column + 1 for _, column in unsaid_cells), default=0)
    for row in cells if wider > width else ():
        row.extend([""] * (wider - len(row)))
    for (row, column), text in unsaid_cells.items():
        while row >= len(cells):
            cells.append([""] * max(width, wider))
        cells[row][column] = text


def fill_merged(cells: list[list], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[int]:
    """Gives each of the rows that a merged cell covers its text, in the cell's first column; the last rows of those
    that cover several."""
    several = [(first, last) for first, last in merged if last[0] > first[0]]
    for (top, left), (bottom, _) in several[:MOST_MERGED]:
        if top < len(cells) and left < len(cells[top]):
            for row in cells[top + 1 : bottom + 1]:
                row[left] = cells[top][left]
    return [bottom for _, (bottom, _) in several]


def _hidden_rows(hidden: Sequence[int], start: int, cells: Sequence, say: Words) -> tuple[str, ...]:
    """The note on rows under the headings that nobody sees in the spreadsheet program."""
    rows = [row - start + 1 for row in hidden if start <= row < len(cells) and any(map(_text, cells[row]))]
    if not rows:
        return ()
    told = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
    return (say("Hidden in the workbook, and read like the others: row {rows}.", rows=told),)


def _other_sheets(book: CalamineWorkbook, name: str, say: Words) -> tuple[str, ...]:
    """The note on which sheet was read, where another may have been meant: one that is seen, or a hidden one before it.
    What our own exports say of themselves is none."""
    sheets = [about for about in book.sheets_metadata if about.name != ABOUT]
    at = [about.name for about in sheets].index(name) if name != ABOUT else 0
    others = [
        say("{sheet} (hidden)", sheet=about.name) if hidden else about.name
        for place, about in enumerate(sheets)
        if about.name != name and (not (hidden := about.visible is not SheetVisibleEnum.Visible) or place < at)
    ]
    if not others:
        return ()
    return (say("The sheet {sheet} was read; the workbook also has: {others}.", sheet=name, others=", ".join(others)),)


def _check_archive(data: bytes, say: Words) -> None:
    """Refuses in plain words what calamine would not survive, where it shows: it reads broken ODS for ever, and makes
    room for every cell between the first and the last, were it 512 GB. What does not show, the reader's limits stop."""
    if data.startswith(OLD_EXCEL):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            check_unpacked(sum(part.file_size for part in parts), say)
            too_large = False
            for part in parts:
                if part.filename == "content.xml":
                    with archive.open(part) as content:
                        expat.ParserCreate().ParseFile(content)
                elif part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    too_large = too_large or _room(archive, part) > MOST_CELLS
    except (Unreadable, MemoryError):
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


def _sheet_name(book: CalamineWorkbook, wanted: str | None, known: Collection[str], say: Words) -> str:
    """The sheet to read."""
    sheets = [about for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
    names = [about.name for about in sheets] or book.sheet_names
    if wanted is not None:
        found = [name for name in names if name.casefold() == wanted.casefold()]
        if not found:
            problem = say("There is no sheet named {sheet}.", sheet=wanted)
            raise Unreadable(FileProblem(problem, say("The sheets are: {sheets}.", sheets=", ".join(names))))
        return found[0]
    seen = [about.name for about in sheets if about.visible is SheetVisibleEnum.Visible] or names
    for name in seen[:MOST_SHEETS] if len(seen) > 1 else ():
        rows = [list(map(_text, row)) for row in book.get_sheet_by_name(name).to_python(nrows=LOOKED_AT)]
        if headings_score(rows, known) > 1:
            return name
    return seen[0]


def _unit_sheets(book: CalamineWorkbook, say: Words) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets whose first row has the school-unit register's code, as texts; of others that row alone is read."""
    for about in book.sheets_metadata[:MOST_SHEETS]:
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        first = sheet.to_python(nrows=1)
        if first and "skolenhetskod" in (_text(cell).casefold() for cell in first[0]):
            row, column = sheet.end or (0, 0)
            check_rows(row, say, MOST_LISTED)
            if (row + 1) * (column + 1) > MOST_CELLS:
                raise too_large_a_workbook(say)
            yield about.name, [[_text(cell) for cell in cells] for cells in sheet.to_python()]


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


def _text(value: Any) -> str:
    match value:
        case str():
            return value.strip()
        case None:
            return ""
        case bool():
            return "true" if value else "false"  # no number: a level of 1 is another thing
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float():
            return number_text(value)
    return str(value)
