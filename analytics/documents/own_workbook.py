"""A workbook that is filled in and loaded again: a table with drop-down lists, a hidden sheet with what the lists hold,
and one that says what the table is."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from analytics.documents.tables import TEXTS_STAY, add_about
from analytics.words.language import Words

FILLED_IN = 2_000  # rows with drop-down lists, beside those that are there
WIDEST = 60  # letters


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column: its heading, and what may be chosen in it (anything, where nothing is named)."""

    heading: str
    choices: tuple[str, ...] = ()


Cell = str | int | Decimal | date | None


def own_workbook(
    sheet: str, columns: Sequence[OwnColumn], rows: Sequence[Sequence[Cell]], about: Mapping[str, str], say: Words
) -> bytes:
    """The workbook; the table is on its first sheet, which is the one that is read."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXTS_STAY) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        table = book.add_worksheet(sheet)
        lists = book.add_worksheet(say("Lists"))
        lists.hide()
        table.freeze_panes(1, 0)
        for c, column in enumerate(columns):
            longest = max((len(choice) for choice in column.choices), default=len(column.heading) // 2)
            table.set_column(c, c, min(max(12, longest + 2), WIDEST))
            table.write_string(0, c, column.heading, bold)
            for r, choice in enumerate(column.choices):
                lists.write_string(r, c, choice)
            if column.choices:
                source = {"source": f"='{lists.name}'!{_range(c, len(column.choices))}"}
                shown = {"error_type": "warning", "error_title": column.heading[:32]}
                table.data_validation(1, c, len(rows) + FILLED_IN, c, {"validate": "list", **source, **shown})
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                match cell:
                    case None | "":
                        pass
                    case date():
                        table.write_datetime(r, c, datetime.combine(cell, time()), day)
                    case str():
                        table.write_string(r, c, cell)
                    case _:
                        table.write_number(r, c, float(cell))
        add_about(book, about, bold)
    return out.getvalue()


def _range(column: int, rows: int) -> str:
    letters = xl_col_to_name(column, col_abs=True)
    return f"{letters}$1:{letters}${rows}"
