"""A file as it was left, as a workbook in which every cell that is wrong is marked and says why; it loads again once
they are mended."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from analytics.documents.tables import TEXTS_STAY

MOST_COMMENTS = 5_000  # notes at cells: spreadsheet programs get slow with more; the list has all


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is wrong with a cell. `row` counts from 1 at the first line under the headings, None for a heading."""

    row: int | None
    column: str
    value: str
    problem: str
    hint: str


def marked_copy(
    headings: Sequence[str],
    columns: Sequence[Sequence[str]],
    rows: Sequence[int],
    marks: Sequence[CellMark],
    list_headings: Sequence[str],
    list_name: str,
) -> bytes:
    """The table with every row on the line that it had, and after it a sheet that lists the marks. Texts stay texts:
    nothing in them becomes a formula, a link or a number."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXTS_STAY) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrong = book.add_format({"bg_color": "#FBE3D0", "border": 1, "border_color": "#9A3F0A"})
        wrong_heading = book.add_format({"bold": True, "bg_color": "#FBE3D0", "border": 1, "border_color": "#9A3F0A"})
        place = {heading: n for n, heading in enumerate(headings)}
        marked = {(mark.row or 0, place[mark.column]): mark for mark in reversed(marks) if mark.column in place}
        sheet = book.add_worksheet("Data")
        for n, heading in enumerate(headings):
            sheet.write_string(0, n, heading, wrong_heading if (0, n) in marked else bold)
        for n, column in enumerate(columns):
            for row, text in zip(rows, column, strict=True):
                if text or (row, n) in marked:
                    sheet.write_string(row, n, text, wrong if (row, n) in marked else None)
        for (row, n), mark in list(marked.items())[:MOST_COMMENTS]:
            sheet.write_comment(row, n, f"{mark.problem} {mark.hint}"[:1000], {"x_scale": 2})
        sheet.freeze_panes(1, 0)
        listed = book.add_worksheet(list_name)
        for n, heading in enumerate(list_headings):
            listed.write_string(0, n, heading, bold)
        for at, mark in enumerate(marks[:100_000], 1):
            texts = ("" if mark.row is None else str(mark.row), mark.column, mark.value, mark.problem, mark.hint)
            for n, text in enumerate(texts):
                listed.write_string(at, n, text)
        listed.set_column(0, 0, 8)
        listed.set_column(1, 4, 40)
    return out.getvalue()
