"""Tables in Word: of figures with header rows that repeat, the form's fields, and the form's boxes to tick."""

from __future__ import annotations

from docx.blkcntnr import BlockItemContainer
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Twips
from docx.table import _Cell

from analytics.documents.paper.shapes import TWELFTHS, FormFields, Grid
from analytics.documents.paper.table import PaperTable
from analytics.documents.paper.word_widths import column_widths, grid_widths
from analytics.documents.paper.word_xml import (
    INSET,
    cell_line,
    cells_of,
    header_row,
    keep_row_whole,
    lay_out,
    new_table,
    shade,
    span,
    styled,
)

LONG = 600
"""Characters from which on a row may break across pages."""


def add_table(place: BlockItemContainer, block: PaperTable, width: Length) -> None:
    """The caption, then the table: its header row comes again on every page, and short tables stay whole."""
    if block.caption:
        place.add_paragraph(block.caption, "Caption")
    rows = [tuple(column.heading for column in block.columns), *block.rows, *([block.total] if block.total else [])]
    table = new_table(place, len(rows), len(block.columns), width)
    lay_out(table, column_widths(block, width), block.caption or block.columns[0].heading)
    header_row(table.rows[0])
    whole = len(rows) <= 14 and sum(len(cell) for row in rows for cell in row) < 1500
    for r, (row, cells, texts) in enumerate(zip(table.rows, cells_of(table), rows, strict=True)):
        if sum(map(len, texts)) < LONG:
            keep_row_whole(row)
        for column, cell, text in zip(block.columns, cells, texts, strict=True):
            paragraph = _write(cell, text, "Cell heading" if r == 0 else "Cell")
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if whole and r < len(rows) - 1:
                paragraph.paragraph_format.keep_with_next = True
            if r == 0:
                shade(cell)
                cell_line(cell, "bottom", 8, strong=True)
            elif block.total and r == len(rows) - 1:
                paragraph.runs[0].bold = True
                cell_line(cell, "top", 8, strong=True)
                cell_line(cell, "bottom", 8, strong=True)
            else:
                cell_line(cell, "bottom", 4)
    _gap(place)


def add_fields(place: BlockItemContainer, block: FormFields, width: Length, strong: bool = False) -> None:
    """The form's rows: in every cell a small label with what is filled in below it; `strong` for key figures."""
    table = new_table(place, len(block.rows), TWELFTHS, width)
    lay_out(table, [width // TWELFTHS] * TWELFTHS, block.rows[0][0].label)
    for row, cells, fields in zip(table.rows, cells_of(table), block.rows, strict=True):
        if sum(len(line) for field in fields for line in field.lines) < LONG:
            keep_row_whole(row)
        for cell, field in zip(span(cells, [field.width for field in fields]), fields, strict=True):
            _write(cell, field.label, "Field label")
            for line in field.lines:
                styled(cell.add_paragraph(line), "Key figure" if strong else "Field text")
            cell_line(cell, "bottom", 4)
    _gap(place)


def add_grid(place: BlockItemContainer, block: Grid, width: Length) -> None:
    """Names with their boxes beside them; what is ticked is shaded."""
    label = styled(place.add_paragraph(block.label), "Field label").paragraph_format
    label.keep_with_next, label.left_indent = True, Twips(INSET)
    lines = [block.cells[i : i + block.columns] for i in range(0, len(block.cells), block.columns)]
    table = new_table(place, len(lines), 2 * block.columns, width)
    lay_out(table, grid_widths(block, width), block.label)
    for row, cells, line in zip(table.rows, cells_of(table), lines, strict=True):
        keep_row_whole(row)
        for n, (text, mark) in enumerate(line):
            for cell, said in zip(cells[2 * n : 2 * n + 2], (text, mark), strict=True):
                paragraph = _write(cell, said, "Cell")
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = 0
                paragraph.paragraph_format.keep_with_next = line is not lines[-1]
                cell_line(cell, "bottom", 4)
                if mark:
                    paragraph.runs[0].bold = said == mark
                    shade(cell)
    _gap(place)


def _write(cell: _Cell, text: str, style: str):
    """The cell's first paragraph, filled in."""
    paragraph = cell.paragraphs[0]
    styled(paragraph, style)
    paragraph.add_run(text)
    return paragraph


def _gap(place: BlockItemContainer) -> None:
    """Word joins tables that nothing stands between."""
    styled(place.add_paragraph(), "Gap")
