"""CSV in its dialects: comma, semicolon or tab, in any of the encodings that programs here have written."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from itertools import islice

import numpy as np
import pyarrow as pa

from analytics.intake.csv_text import CsvText, text_of
from analytics.intake.heading_rows import LOOKED_AT, heading_rows, headings_score
from analytics.intake.headings import bare
from analytics.intake.limits import MOST_FAULTS, MOST_SEPARATORS, check_columns, check_rows
from analytics.intake.plain_csv import DELIMITERS, read_plain
from analytics.intake.raw import (
    FileProblem,
    RawTable,
    Unreadable,
    above_the_headings,
    empty_file,
    outside_the_headings,
    refuse_a_pivot,
    shown,
    text_column,
)
from analytics.words.language import Words

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
EXCEL_HINT = re.compile(r'"?sep=(.)"?[ ,;\t]*(?:\r\n|\n|\r|\Z)', re.IGNORECASE)
SOMETHING = re.compile(r"[^ \t\r\n,;]")
SAMPLE = 50  # records that the delimiter is told from
SAMPLE_LETTERS = 2**20  # and no more text than this
CHUNK = 20_000  # records that are Python objects at a time

csv.field_size_limit(2**31 - 1)  # a comment may be long; its column is dropped later


def read_delimited(data: bytes, say: Words, known: Collection[str] = ()) -> RawTable:
    """The table in a CSV file; raises Unreadable with every row that is off. `known`: see `heading_rows`."""
    text, notes = text_of(data, say)
    check_rows(text.lines - 1, say)
    hint = EXCEL_HINT.match(text.start)
    if text.goes_on and not SOMETHING.search(text.start, hint.end() if hint else 0):
        text = CsvText(text.whole)
        hint = EXCEL_HINT.match(text.start)
    if hint:
        text = text.after(hint.end())
    if not SOMETHING.search(text.start):
        raise empty_file(say)
    delimiter = hint[1] if hint and hint[1] in DELIMITERS else _delimiter(text.start, known)
    headings, full, start, above = _headings(text, delimiter, known, say)
    table = read_plain(text, start, delimiter, headings) if full == len(headings) else None
    table = table or _read_carefully(text.whole, start, delimiter, headings, full, say)
    return replace(table, notes=notes + above).without_blank_rows()


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter under which the headings have several cells and most rows have as many; where two do, as with
    commas in a title and in 1,0 below it, the one under which more headings are known."""

    def fit(delimiter: str) -> tuple[bool, float, int, int]:
        records = list(islice(csv.reader(_lines(text[:SAMPLE_LETTERS]), delimiter=delimiter), SAMPLE))
        widths = [len(record) for record in records if any(cell.strip() for cell in record)]
        first = next((width for width in widths if width > 1), 0)  # titles may stand above the table
        return first > 1, widths.count(first) / max(len(widths), 1), headings_score(records, known), first

    return max(DELIMITERS, key=fit)


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in LINE.finditer(text))


class _GoesOn(Exception):
    """The headings are looked for in all of a text, as its start is not enough."""


class _WidthSoFar:
    """How many separators a record has that goes on over lines in quotation marks: those within them are none."""

    def __init__(self, delimiter: str):
        self.delimiter, self.separators, self.quoted = delimiter, 0, False

    def with_line(self, line: str) -> int:
        """The record's with one more line, or the line's alone where these are more."""
        pieces = line.split('"')
        self.separators += sum(piece.count(self.delimiter) for piece in pieces[self.quoted :: 2])
        self.quoted ^= len(pieces) % 2 == 0
        return max(self.separators, line.count(self.delimiter))


def _headings(
    text: CsvText, delimiter: str, known: Collection[str], say: Words
) -> tuple[list[str], int, int, tuple[str, ...]]:
    """What `_headings_in` tells, of a text whose start is enough as a rule."""
    try:
        return _headings_in(text.start, delimiter, known, say, goes_on=text.goes_on)
    except _GoesOn:
        return _headings_in(text.whole, delimiter, known, say)


def _headings_in(
    text: str, delimiter: str, known: Collection[str], say: Words, *, goes_on: bool = False
) -> tuple[list[str], int, int, tuple[str, ...]]:
    """The headings, how many cells their line has, where the text under them starts, and a note on what is above.

    The line may be longer than the headings: spreadsheet programs like to end every line with empty cells.
    """
    end, rows, ends, width_so_far = 0, [], [], _WidthSoFar(delimiter)

    def lines() -> Iterator[str]:
        nonlocal end
        for line in LINE.finditer(text):
            if width_so_far.with_line(line[0]) > MOST_SEPARATORS:
                check_columns(MOST_SEPARATORS, say)
            end = line.end()
            if goes_on and end == len(text):
                raise _GoesOn
            yield line[0]

    try:
        for record in csv.reader(lines(), delimiter=delimiter, strict=True):
            width_so_far = _WidthSoFar(delimiter)
            if any(cell.strip() for cell in record):
                rows.append([cell.strip() for cell in record])
                ends.append(end)
                if len(rows) == LOOKED_AT:
                    break
    except csv.Error:  # below the headings it is told with its row
        if not rows:
            raise Unreadable(_quotation(None, say)) from None
    if not rows:
        raise empty_file(say)
    refuse_a_pivot(rows, say)
    found = heading_rows(rows, known)
    width = max(i for i, heading in enumerate(found.headings, 1) if heading)
    if width < 2 and bare(found.headings[0]) not in known:
        raise Unreadable(
            FileProblem(
                say("This is not a table: one column only, and no comma, semicolon or tab between cells."),
                say(
                    "A list of schools' names needs the heading school above them. Anything else: save it as CSV"
                    " (UTF-8), XLSX, ODS or Parquet and try again."
                ),
            )
        )
    check_columns(width, say)
    full = max(map(len, rows[found.first : found.last + 1]))
    return found.headings[:width], full, ends[found.last], above_the_headings(rows[: found.first], say)


def _read_carefully(text: str, start: int, delimiter: str, headings: list[str], full: int, say: Words) -> RawTable:
    """The table, record by record, with the number of every row that is off."""
    lines = TextIOWrapper(BytesIO(text[start:].encode()), "utf-8", newline="")  # a StringIO takes four bytes a letter
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = len(headings)
    parts: list[list[pa.Array]] = [[] for _ in headings]
    chunk, rows, faults, number = [], [], [], 0
    while True:
        number += 1
        if len(faults) > MOST_FAULTS:
            break
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error:
            faults.append(_quotation(number, say))
            continue
        if len(record) != width:
            fault = _off(record, number, width, full, delimiter, say)
            if fault:
                faults.append(fault)
            if fault or len(record) < width:
                continue
        chunk.append(record[:width])
        rows.append(number)
        if len(chunk) == CHUNK:
            _put_away(chunk, parts)
            chunk = []
    if faults:
        raise Unreadable(*faults)
    _put_away(chunk, parts)
    columns = tuple(pa.concat_arrays(part) if part else text_column([]) for part in parts)
    return RawTable(headings, columns, np.array(rows, dtype=np.int64))


def _off(record: list[str], number: int, width: int, full: int, delimiter: str, say: Words) -> FileProblem | None:
    """What is wrong with a record of another width than the headings; None for a blank line, or empty cells at its
    end where the headings' line has them too."""
    if not any(cell.strip() for cell in record):
        return None
    if width <= len(record) <= full:
        beside = [cell for cell in record[width:] if cell.strip()]
        return outside_the_headings(number, beside[0], say) if beside else None
    return FileProblem(
        say("The row has {found} cells, the headings {wanted}.", found=len(record), wanted=width),
        say("Put text that holds the separator within quotation marks, and leave empty cells in place."),
        number,
        shown(delimiter.join(record)),
    )


def _quotation(row: int | None, say: Words) -> FileProblem:
    return FileProblem(
        say("A quotation mark is out of place."),
        say("Put the whole cell within quotation marks, and write those inside it twice."),
        row,
    )


def _put_away(chunk: list[list[str]], parts: list[list[pa.Array]]) -> None:
    for part, cells in zip(parts, zip(*chunk, strict=True), strict=False):
        part.append(text_column(cells))
