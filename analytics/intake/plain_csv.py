"""A CSV file as programs write it, every row as wide as the headings and a cell quoted whole or not at all: read at
once, a piece after the other, by Arrow. What is not so is nobody's here (delimited.py reads it, row by row)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.csv import ConvertOptions, CSVStreamingReader, ParseOptions, ReadOptions, open_csv

from analytics.intake.coded import Coded, TextColumns, changed, coded_pieces, words_of
from analytics.intake.csv_text import CsvText
from analytics.intake.raw import RawTable

DELIMITERS = (",", ";", "\t")
PLAIN = {  # every cell is quoted whole, with no quotation mark in it, or has none
    delimiter: re.compile(
        rf'(?:(?:"[^"]*+"|[^"{delimiter}\r\n]++)?+[{delimiter}\r\n])*+(?:"[^"]*+"|[^"{delimiter}\r\n]*+)'
    )
    for delimiter in DELIMITERS
}
WHOLE = r'\A(?:[^"]*|"[^"]*")\z'


def read_plain(text: CsvText, start: int, delimiter: str, headings: list[str]) -> RawTable | None:
    """The table whose rows begin at `start`; None where it is not as simple."""
    body = text.bytes_after(start)
    if not body.size:
        return None
    names = [str(i) for i in range(len(headings))]
    columns = _unquoted(_parsed(body, delimiter, names, quoted=False))
    if columns is None and PLAIN[delimiter].fullmatch(text.whole[start:].rstrip("\r\n")):
        columns = _parsed(body, delimiter, names, quoted=True)
    if not columns:
        return None
    columns = [changed(column, pc.utf8_trim_whitespace) for column in columns]
    return RawTable(headings, TextColumns(columns), np.arange(1, len(columns[0]) + 1))


def _parsed(body: pa.Buffer, delimiter: str, names: list[str], *, quoted: bool) -> list[Coded] | None:
    """The columns, `quoted` cells without their quotation marks; None where a row has too many or too few cells, or is
    a very long one."""
    try:
        pieces = open_csv(
            pa.BufferReader(body),
            read_options=ReadOptions(column_names=names, use_threads=False),
            parse_options=ParseOptions(
                delimiter=delimiter,
                quote_char='"' if quoted else False,
                double_quote=False,
                escape_char=False,
                ignore_empty_lines=False,
                newlines_in_values=quoted,
            ),
            convert_options=ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
                check_utf8=False,  # CsvText gives nothing else
            ),
        )
        with pieces:
            return coded_pieces(_columns_of(pieces), len(names))
    except pa.ArrowException:
        return None


def _columns_of(pieces: CSVStreamingReader) -> Iterator[list[pa.StringArray]]:
    for piece in pieces:
        yield piece.columns


def _unquoted(columns: list[Coded] | None) -> list[Coded] | None:
    """The columns of cells that were parted at every delimiter and at every end of a line, without the quotation marks
    around them: where each cell has those two or none, no delimiter stood within any. None where one has others."""
    found = []
    for cells in columns or ():
        words = words_of(cells)
        if pc.any(pc.match_substring(words, '"')).as_py():
            if not pc.all(pc.match_substring_regex(words, WHOLE)).as_py():
                return None
            cells = changed(cells, lambda words: pc.replace_substring(words, '"', ""))
        found.append(cells)
    return found or None
