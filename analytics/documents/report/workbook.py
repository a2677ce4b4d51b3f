"""The report as a workbook: a sheet a table, with real numbers, real dates, and sums that follow their rows.

Sums are formulas, so that whoever mends a row in the file sees the sum follow; each carries the value that the report
has, for programs that only read. Texts are written as texts and never become formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from analytics.documents.report.amounts import is_whole
from analytics.documents.report.origins import stamp_of
from analytics.documents.report.parts import title_of
from analytics.documents.report.sheet_shapes import CellFormat, SheetHead, Value, WorkbookSheet
from analytics.documents.report.sheets import report_sheets
from analytics.documents.tables import TEXTS_STAY
from analytics.funding.report import Report
from analytics.model.sender import NOBODY, Dispatch
from analytics.words.language import Words

WIDTHS = {
    CellFormat.TEXT: 28,
    CellFormat.LONG: 70,
    CellFormat.AMOUNT: 16,
    CellFormat.NUMBER: 10,
    CellFormat.RATE: 12,
    CellFormat.DAY: 12,
}
FIGURES = (CellFormat.AMOUNT, CellFormat.NUMBER, CellFormat.RATE)
ACCENT = "#0B4F8A"
LINE = 15
"""A line's height in points."""
READABLE = 240
"""Characters across that can still be read when fitted on a landscape page."""


def workbook_bytes(report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch = NOBODY) -> bytes:
    """The workbook. Every sheet says first where the data come from; amounts become floats here, at the very edge."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, TEXTS_STAY) as book:
        title = title_of(report, say)
        stamp = stamp_of(report, say)
        book.set_properties({"title": title, "author": "Kvalitetsdialog", "comments": stamp})
        styles = _Styles(book, report.provenance.invented)
        for sheet in report_sheets(report, about, say, dispatch):
            _write_sheet(book.add_worksheet(sheet.name), sheet, stamp, styles)
    return out.getvalue()


class _Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: xlsxwriter.Workbook, warning: bool):
        self._book, self._known = book, {}
        self.stamp = book.add_format(
            {"italic": True, "font_color": "#8A3B00" if warning else "#4A5560", "bold": warning}
        )
        head = {"bold": True, "font_color": ACCENT, "bg_color": "#EAF1F7", "bottom": 1, "text_wrap": True}
        self.heading = book.add_format(head | {"valign": "bottom", "indent": 1})
        self.figure_heading = book.add_format(head | {"valign": "bottom", "align": "right"})

    def cell(self, kind: CellFormat, decimals: bool, total: bool):
        """The format of a cell: whole amounts without decimals, else two in the whole column."""
        key = kind, decimals, total
        if key not in self._known:
            number = {
                CellFormat.AMOUNT: "#,##0.00" if decimals else "#,##0",
                CellFormat.NUMBER: "0",
                CellFormat.RATE: "0.00####",
                CellFormat.DAY: "yyyy-mm-dd",
            }.get(kind)
            style = {"valign": "top"} | ({} if kind in FIGURES else {"text_wrap": True, "indent": 1})
            if number:
                style["num_format"] = number
            if total:
                style |= {"bold": True, "top": 1, "bottom": 1}
            self._known[key] = self._book.add_format(style)
        return self._known[key]


def _write_sheet(page: Worksheet, sheet: WorkbookSheet, stamp: str, styles: _Styles) -> None:
    page.write_string(0, 0, stamp, styles.stamp)
    first = 2
    for c, column in enumerate(sheet.columns):
        page.set_column(c, c, _width(column))
        page.write_string(first, c, column.heading, styles.figure_heading if column.kind in FIGURES else styles.heading)
        cells = [row[c] for row in sheet.rows]
        decimals = any(isinstance(cell, Decimal) and not is_whole(cell) for cell in cells)
        for r, cell in enumerate(cells, first + 1):
            _write_cell(page, r, c, cell, styles.cell(column.kind, decimals, False))
        if sheet.total:
            last, style = first + len(cells), styles.cell(column.kind, decimals, True)
            total = sheet.total[c]
            if isinstance(total, Decimal | int) and cells:
                formula, worked_out = f"=SUM({xl_range(first + 1, c, last, c)})", float(total)
                # XlsxWriter takes any number, and says so only by a default, which is whole.
                page.write_formula(last + 1, c, formula, style, worked_out)
            else:
                _write_cell(page, last + 1, c, total, style)
    for r, row in enumerate((tuple(column.heading for column in sheet.columns), *sheet.rows), first):
        page.set_row(r, LINE * _lines(sheet, row))
    page.freeze_panes(first + 1, 0)
    page.set_landscape()
    page.set_paper(9)
    if sum(map(_width, sheet.columns)) <= READABLE:
        page.fit_to_pages(1, 0)
    page.repeat_rows(first)
    page.set_footer("&L&F&R&P / &N")


def _width(column: SheetHead) -> int:
    return column.width or WIDTHS[column.kind]


def _lines(sheet: WorkbookSheet, row: tuple[Value, ...]) -> int:
    """How many lines the row's texts take: not every program works it out when it opens the file."""
    return max(
        sum(-(-len(line) // _width(column)) or 1 for line in cell.split("\n")) if isinstance(cell, str) else 1
        for column, cell in zip(sheet.columns, row, strict=True)
    )


def _write_cell(page: Worksheet, r: int, c: int, cell: Value, style) -> None:
    match cell:
        case None | "":
            page.write_blank(r, c, None, style)
        case str():
            page.write_string(r, c, cell, style)
        case date():
            page.write_datetime(r, c, datetime.combine(cell, time()), style)
        case _:
            page.write_number(r, c, float(cell), style)
