"""From a file's bytes to a table of texts, whatever wrote it: CSV in its dialects, spreadsheets, Parquet.

A stranger's file is parsed in a process of its own (guard.py).
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.intake.delimited import read_delimited
from analytics.intake.json_tables import looks_like_json, read_json
from analytics.intake.limits import check_columns, check_headings, check_rows
from analytics.intake.outside.project_files import projects_of_table
from analytics.intake.raw import FileProblem, RawTable, Unreadable, cleaned_column, empty_file, number_texts
from analytics.intake.workbooks import OLD_EXCEL, ZIP, read_workbook
from analytics.words.language import Words

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PARQUET = b"PAR1"


def parsed(suffix: str, data: bytes, sheet: str | None, say: Words, known: Collection[str] = ()) -> RawTable:
    """The table in a file, with a row at least; raises Unreadable with every row that is off.

    What a file is, its ending says; a workbook or Parquet file under another ending is known by its first bytes, and
    what is called a workbook and is text is read as text.
    `known`: bare words that are headings of what can be loaded (`heading_rows`).
    """
    if not data.strip():
        raise empty_file(say)
    if data.startswith((ZIP, OLD_EXCEL)) or (suffix in WORKBOOKS and not _is_text(data, say)):
        table = read_workbook(data, sheet, say, known)
    elif suffix == ".parquet" or data.startswith(PARQUET):
        table = _parquet(data, say)
    elif suffix == ".json" or looks_like_json(data):
        table = read_json(data, say)
    else:
        table = read_delimited(data, say, known)
    check_headings(table.headings, say)
    if not len(table.rows):
        raise Unreadable(FileProblem(say("The file holds headings alone."), say("Add rows, or leave the file out.")))
    return projects_of_table(table, say) or table


def _is_text(data: bytes, say: Words) -> bool:
    """Whether a file that is called a workbook is text; raises Unreadable where it is a page of tags, as some programs
    write for Excel to open."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        text = say("The file is called a workbook, and is a web page or XML.")
        raise Unreadable(FileProblem(text, say("Open it in Excel or LibreOffice, save it as XLSX and try again.")))
    return b"\0" not in start or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _parquet(data: bytes, say: Words) -> RawTable:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        check_rows(file.metadata.num_rows, say)
        check_columns(file.metadata.num_columns, say)
        names = file.schema_arrow.names
        columns = tuple(map(_as_text, _columns(file, names)))
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError):
        raise Unreadable(
            FileProblem(
                say("The Parquet file cannot be read: it is damaged, or has columns that are no texts or numbers."),
                say("Save it as CSV (UTF-8), XLSX, ODS or Parquet and try again."),
            )
        ) from None
    return RawTable(names, columns, np.arange(1, file.metadata.num_rows + 1)).without_blank_rows()


def _columns(file: pq.ParquetFile, names: list[str]) -> Iterator[pa.ChunkedArray]:
    """One at a time, as of each there are three copies for a while; together where a name may be read as a path."""
    if len(set(names)) < len(names):
        raise ValueError("two columns have the same name")
    if any("." in name for name in names):
        yield from file.read(use_threads=False).columns
        return
    for name in names:
        yield file.read(columns=[name], use_threads=False).column(0)


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
