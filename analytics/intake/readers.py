"""From a file on disk to a table of texts, whatever wrote it: CSV in its dialects, spreadsheets, Parquet."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook, WorksheetNotFound

from analytics.language import Words
from analytics.model import Problem, Refused

SPREADSHEETS = (".xlsx", ".xlsm", ".ods")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as a table of stripped texts ('' where a cell is empty); `rows` are row numbers as a reader counts them."""

    file: str
    sha256: str
    headings: tuple[str, ...]
    columns: tuple[pa.StringArray, ...]
    rows: np.ndarray

    def column(self, heading: str) -> pa.StringArray:
        """The column under this heading, to the letter; raises ValueError."""
        return self.columns[self.headings.index(heading)]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sheet(path: Path, say: Words, sheet: str | None = None) -> Sheet:
    """Reads CSV, XLSX, XLSM, ODS (first sheet, or `sheet`) or Parquet; raises Refused with every row that is off."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(
            path, say("The file cannot be read: {error}.", error=error.strerror), say("Check the path.")
        ) from None
    if not data.strip():
        raise _refused(path, say("The file is empty."), say("Export it again, with headings and rows."))
    try:
        if path.suffix.lower() == ".parquet":
            headings, columns = _parquet(data)
            rows = np.arange(1, len(columns[0]) + 1) if columns else np.arange(0)
        elif path.suffix.lower() in SPREADSHEETS:
            headings, columns, rows = _spreadsheet(path, data, say, sheet)
        else:
            headings, columns, rows = _delimited(path, _text(data), say)
    except (UnicodeError, csv.Error, pa.ArrowException, OSError, ValueError) as error:
        raise _refused(
            path,
            say("This is no table: {error}.", error=str(error).splitlines()[0].rstrip(".")),
            say("Save it as CSV (UTF-8), XLSX, ODS or Parquet and try again."),
        ) from None
    stripped = tuple(heading.strip() for heading in headings)
    _check_headings(path, stripped, say)
    if not len(rows):
        raise _refused(path, say("The file holds headings alone."), say("Add rows, or leave the file out."))
    return Sheet(str(path), hashlib.sha256(data).hexdigest(), stripped, columns, rows)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if "\x00" in text:
        raise ValueError("NUL")
    return text


def _delimited(path: Path, text: str, say: Words) -> tuple[list[str], tuple[pa.StringArray, ...], np.ndarray]:
    start = text.lstrip("\r\n")
    first = start.splitlines()[0]
    delimiter = max(DELIMITERS, key=lambda d: len(next(csv.reader([first], delimiter=d))))
    records = list(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, strict=True))
    headings, body = records[0], records[1:]
    if len(headings) < 2:
        raise ValueError(say("one column only, and no comma, semicolon or tab between cells"))
    while (
        len(headings) > 1
        and not headings[-1].strip()
        and all(len(r) < len(headings) or not r[-1].strip() for r in body)
    ):
        # Spreadsheet programs like to end every line with empty cells.
        headings = headings[:-1]
        body = [record[: len(headings)] if len(record) > len(headings) else record for record in body]
    kept, rows, problems = [], [], []
    width = len(headings)
    for number, record in enumerate(body, 1):
        if not any(record):
            continue
        if len(record) != width:
            problems.append(
                Problem(
                    str(path),
                    number,
                    None,
                    delimiter.join(record)[:200],
                    say("The row has {found} cells, the headings {wanted}.", found=len(record), wanted=width),
                    say("Put text that holds the separator within quotation marks, and leave empty cells in place."),
                )
            )
            continue
        kept.append(record)
        rows.append(number)
    if problems:
        raise Refused(problems)
    columns = tuple(_stripped(pa.array(column, pa.string())) for column in zip(*kept, strict=True)) if kept else ()
    return headings, columns, np.array(rows, dtype=np.int64)


def _spreadsheet(path: Path, data: bytes, say: Words, sheet: str | None):
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:  # calamine raises a family of its own, with no common base
        raise ValueError(str(error)) from None
    try:
        worksheet = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    except WorksheetNotFound:
        raise _refused(
            path,
            say("There is no sheet named {sheet}.", sheet=sheet),
            say("The sheets are: {sheets}.", sheets=", ".join(book.sheet_names)),
        ) from None
    records = [[_cell(value) for value in record] for record in worksheet.to_python(skip_empty_area=False)]
    while records and not any(records[0]):
        records.pop(0)
    if not records:
        raise _refused(path, say("The file is empty."), say("Export it again, with headings and rows."))
    width = max(i for i, heading in enumerate(records[0]) if heading) + 1
    problems, kept, rows = [], [], []
    for number, record in enumerate(records[1:], 1):
        if any(record[width:]):
            problems.append(
                Problem(
                    str(path),
                    number,
                    None,
                    next(cell for cell in record[width:] if cell)[:200],
                    say("The row has cells to the right of the last heading."),
                    say("Give the column a heading, or clear the cells."),
                )
            )
        elif any(record[:width]):
            kept.append(record[:width])
            rows.append(number)
    if problems:
        raise Refused(problems)
    columns = tuple(pa.array(column, pa.string()) for column in zip(*kept, strict=True)) if kept else ()
    return records[0][:width], columns, np.array(rows, dtype=np.int64)


def _cell(value: object) -> str:
    match value:
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case None:
            return ""
    return str(value).strip()


def _parquet(data: bytes) -> tuple[list[str], tuple[pa.StringArray, ...]]:
    table = pq.read_table(io.BytesIO(data))
    return table.column_names, tuple(_as_text(column) for column in table.columns)


def _as_text(column: pa.ChunkedArray) -> pa.StringArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        as_integers = pc.cast(column, pa.int64(), safe=False)
        if pc.all(pc.equal(pc.cast(as_integers, column.type), column)).as_py() is not False:
            column = as_integers
    text = pc.fill_null(column.cast(pa.string()), "")
    return _stripped(pa.concat_arrays(text.chunks) if text.num_chunks else pa.array([], pa.string()))


def _stripped(column: pa.StringArray) -> pa.StringArray:
    return pc.utf8_trim_whitespace(column)


def _check_headings(path: Path, headings: tuple[str, ...], say: Words) -> None:
    seen: set[str] = set()
    problems = []
    for position, heading in enumerate(headings, 1):
        if not heading:
            problem = say("Column {position} has no heading.", position=position)
        elif heading.casefold() in seen:
            problem = say("Two columns have the same heading.")
        else:
            seen.add(heading.casefold())
            continue
        problems.append(
            Problem(str(path), None, heading or None, None, problem, say("Give every column a heading of its own."))
        )
    if problems:
        raise Refused(problems)


def _refused(path: Path, problem: str, hint: str) -> Refused:
    return Refused([Problem(str(path), None, None, None, problem, hint)])
