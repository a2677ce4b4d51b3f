"""Sums within a table, below each group of its rows. What a row says of itself is not enough there, as a project or a
school may be called so: its numbers must be those of the rows above."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import isclose

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.coded import coded_columns, words_of
from analytics.intake.headings_again import without_headings_again
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.rows_below import AFTER, MEAN, SUM, without_rows_below
from analytics.words.language import Words

IS_SUM, IS_MEAN = (re.compile(word + AFTER, re.IGNORECASE) for word in (SUM, MEAN))
NUMBER = re.compile(r"[-−–]?\d{1,12}(?:[.,]\d{1,6})?")
MOST_CELLS = 2_000_000  # of a table that is looked through
MOST = 100  # rows that may be sums
FEWEST = 2  # rows that a sum is of: one row's is the row once more
ROUNDED = 0.051  # what a mean to one decimal may be off


def without_sums(sheet: TextTable, is_row: Callable[[str], bool], say: Words) -> TextTable:
    """The table without what sums it up, at its end or within it, and without headings that stand in it once more."""
    sheet = without_headings_again(sheet, say)
    return without_rows_between(without_rows_below(sheet, is_row, say), is_row, say)


def without_rows_between(sheet: TextTable, is_row: Callable[[str], bool], say: Words) -> TextTable:
    """The table without rows whose first text says that they are a sum or a mean, and whose numbers all are that, of
    the rows since the one before or of all above. `is_row` as `without_rows_below` has it; `notes` tell."""
    small = len(sheet.rows) * len(sheet.columns) <= MOST_CELLS
    likely = _likely(sheet) if sheet.from_file and small else []
    if not likely or len(likely) > MOST:
        return sheet
    columns = [column.to_pylist() for column in sheet.columns]
    numbers = [[_number(cell) for cell in column] for column in columns]
    gone: list[int] = []
    for at in likely:
        cells = [column[at] for column in columns]
        word = next(filter(None, cells))
        first = gone[-1] + 1 if gone else 0
        above = sorted(set(range(at)) - set(gone))
        if not is_row(word) and (
            _is_of(word, at, cells, numbers, list(range(first, at))) or _is_of(word, at, cells, numbers, above)
        ):
            gone.append(at)
    if not gone:
        return sheet
    told = ", ".join(
        f"{sheet.rows[at]} {say.quoted(shown(next(filter(None, (column[at] for column in columns)))))}" for at in gone
    )
    note = say.plural(
        "Left out within the table, as it sums up the rows above: row {rows}.",
        "Left out within the table, as they sum up the rows above: rows {rows}.",
        len(gone),
        rows=told,
    )
    return sheet.without_rows(gone, note)


def _likely(sheet: TextTable) -> list[int]:
    """The places of the rows whose first text says that they sum up others."""
    there = np.zeros(len(sheet.rows), dtype=bool)
    for column in coded_columns(sheet.columns):
        said = pc.match_substring_regex(words_of(column), f"^(?:{SUM}|{MEAN}){AFTER}$", ignore_case=True)
        said = said.take(column.indices) if isinstance(column, pa.DictionaryArray) else said
        there |= said.to_numpy(zero_copy_only=False)
    found = np.flatnonzero(there).tolist()
    return [at for at in found if _says_so(next(filter(None, (column[at].as_py() for column in sheet.columns))))]


def _says_so(word: str) -> bool:
    return bool(IS_SUM.fullmatch(word) or IS_MEAN.fullmatch(word))


def _is_of(
    word: str, at: int, cells: Sequence[str], numbers: Sequence[Sequence[float | None]], rows: Sequence[int]
) -> bool:
    """Whether the row has numbers alone beside the word, and each is the sum (the mean) of its column's in the rows."""
    compared = 0
    for n, cell in enumerate(cells):
        if not cell or cell == word:
            continue
        own = numbers[n][at]
        of = [number for row in rows if (number := numbers[n][row]) is not None]
        if own is None or len(of) < FEWEST:
            return False
        if IS_SUM.fullmatch(word):
            if not isclose(own, sum(of), rel_tol=1e-9, abs_tol=0.005):
                return False
        elif abs(own - sum(of) / len(of)) > ROUNDED:
            return False
        compared += 1
    return compared > 0


def _number(cell: str) -> float | None:
    plain = re.sub(r"\s", "", cell)
    if not NUMBER.fullmatch(plain):
        return None
    return float(re.sub("[−–]", "-", plain).replace(",", "."))
