"""From a file on disk to a table of texts, whatever wrote it: CSV in its dialects, spreadsheets, Parquet."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.intake.delimited import read_delimited
from analytics.intake.raw import (
    FileProblem,
    RawTable,
    Unreadable,
    cleaned,
    cleaned_column,
    empty_file,
    file_name,
    number_texts,
)
from analytics.intake.workbooks import OLD_EXCEL, ZIP, read_workbook
from analytics.model.errors import Problem, Refused
from analytics.model.provenance import Provenance
from analytics.words.language import Words

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file as a table of stripped texts ('' where a cell is empty); `rows`: row numbers as a reader counts them.

    `ids`: of what an editor's rows are in the store, an id a row; none where that is not known, as of a file's.
    """

    file: str
    sha256: str
    headings: tuple[str, ...]
    columns: tuple[pa.StringArray, ...]
    rows: np.ndarray
    provenance: Provenance | None = None  # where it is another than the call's
    ids: tuple[str, ...] = ()

    def column(self, heading: str) -> pa.StringArray:
        """The column under this heading, to the letter; raises ValueError."""
        return self.columns[self.headings.index(heading)]


def read_sheet(path: Path, say: Words, sheet: str | None = None) -> TextTable:
    """Reads CSV, XLSX, XLSM, ODS (first sheet, or `sheet`) or Parquet; raises Refused with every row that is off."""
    data = read_bytes(path, say)
    try:
        table = _read(path.suffix.lower(), data, sheet, say)
        if not len(table.rows):
            raise Unreadable(
                FileProblem(say("The file holds headings alone."), say("Add rows, or leave the file out."))
            )
    except Unreadable as error:
        name = file_name(path)
        raise Refused([Problem(name, f.row, None, f.value, f.problem, f.hint) for f in error.faults]) from None
    headings = tuple(" ".join(cleaned(heading).split()) for heading in table.headings)
    _check_headings(path, headings, say)
    return TextTable(file_name(path), hashlib.sha256(data).hexdigest(), headings, table.columns, table.rows)


def sheets_in(folder: Path, provenance: Provenance, say: Words, names: Iterable[str] | None = None) -> list[TextTable]:
    """The named files of one of the project's own folders of data (None: every CSV), called after the folder."""
    paths = [folder / name for name in names] if names is not None else sorted(folder.glob("*.csv"))
    return [replace(read_sheet(path, say), file=f"{folder.name}/{path.name}", provenance=provenance) for path in paths]


def read_bytes(path: Path, say: Words) -> bytes:
    """What the file holds; raises Refused where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        text = say("The file cannot be read: {error}.", error=error.strerror)
        raise Refused([Problem(file_name(path), None, None, None, text, say("Check the path."))]) from None


def _read(suffix: str, data: bytes, sheet: str | None, say: Words) -> RawTable:
    """What a file is, its ending says; a workbook or Parquet file under another ending is known by its first bytes."""
    if not data.strip():
        raise empty_file(say)
    if suffix in WORKBOOKS or data.startswith((ZIP, OLD_EXCEL)):
        return read_workbook(data, sheet, say)
    if suffix == ".parquet" or data.startswith(PARQUET):
        return _parquet(data, say)
    return read_delimited(data, say)


def _parquet(data: bytes, say: Words) -> RawTable:
    try:
        table = pq.read_table(io.BytesIO(data))
        columns = tuple(_as_text(column) for column in table.columns)
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable(
            FileProblem(
                say("The Parquet file cannot be read: it is damaged, or has columns that are no texts or numbers."),
                say("Save it as CSV (UTF-8), XLSX, ODS or Parquet and try again."),
            )
        ) from None
    return RawTable(table.column_names, columns, np.arange(1, table.num_rows + 1)).without_blank_rows()


def _as_text(column: pa.ChunkedArray) -> pa.StringArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = number_texts(column)
    if pa.types.is_timestamp(column.type):
        as_days = column.cast(pa.date32(), safe=False)
        if pc.all(pc.equal(as_days.cast(column.type), column)).as_py() is not False:
            column = as_days
    text = pc.fill_null(column.cast(pa.string()), "")
    text.validate(full=True)
    return cleaned_column(pa.concat_arrays(text.chunks) if text.num_chunks else pa.array([], pa.string()))


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
        hint = say("Give every column a heading of its own.")
        problems.append(Problem(file_name(path), None, heading or None, None, problem, hint))
    if problems:
        raise Refused(problems)
