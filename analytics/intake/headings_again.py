"""Rows that hold the headings once more, as where one export was pasted below another; in another order they are told,
as what is below them stands under other headings than its own."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.coded import texts_of, words_of
from analytics.intake.readers import TextTable
from analytics.words.language import Words

FEWEST_ELSEWHERE = 4  # headings
FEWEST = 2  # cells: one word may be an answer
LOOKED_AT = 3  # columns in which such a row is looked for
MOST = 1_000


def without_headings_again(sheet: TextTable, say: Words) -> TextTable:
    """The table without rows all of whose cells are what their column is headed; `notes` tell."""
    if not sheet.from_file or len(sheet.headings) < FEWEST:
        return sheet
    there = np.zeros(len(sheet.rows), dtype=bool)
    for heading in sheet.headings[:LOOKED_AT]:
        column = sheet.coded(heading)
        if pc.any(pc.equal(words_of(column), sheet.written(heading))).as_py():
            there |= pc.equal(texts_of(column), sheet.written(heading)).to_numpy(zero_copy_only=False)
    gone = [at for at in np.flatnonzero(there).tolist()[:MOST] if _is_headings(sheet, at)]
    if not gone or len(gone) == len(sheet.rows):
        return sheet
    rows = say.listing([str(int(sheet.rows[at])) for at in gone])
    note = say.plural(
        "Left out: row {rows}, where the headings stand once more.",
        "Left out: rows {rows}, where the headings stand once more.",
        len(gone),
        rows=rows,
    )
    return sheet.without_rows(gone, note)


def headings_in_another_order(sheet: TextTable) -> int | None:
    """The first row whose cells are mostly headings of other columns, by its number; None where there is none."""
    headings = {" ".join((sheet.written(heading) or heading).split()) for heading in sheet.headings}
    if not sheet.from_file or len(headings) < FEWEST_ELSEWHERE:
        return None
    times = np.zeros(len(sheet.rows), dtype=int)
    for column in sheet.columns:
        times += pc.is_in(column, pa.array(sorted(headings))).to_numpy(zero_copy_only=False)
    found = np.flatnonzero(times * 2 > len(headings))
    return int(sheet.rows[found[0]]) if len(found) else None


def _is_headings(sheet: TextTable, at: int) -> bool:
    cells = {heading: column[at].as_py() for heading, column in zip(sheet.headings, sheet.columns, strict=True)}
    filled = {heading: " ".join(cell.split()) for heading, cell in cells.items() if cell}
    return len(filled) >= FEWEST and all(cell == sheet.written(heading) for heading, cell in filled.items())
