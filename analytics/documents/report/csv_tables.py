"""All that the report tells as CSV: the workbook's sheets, a file each, in a ZIP."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.documents.paper.archive import archive
from analytics.documents.report.data import csv_cell
from analytics.documents.report.sheet_shapes import WorkbookSheet
from analytics.documents.report.sheets import report_sheets
from analytics.documents.tables import csv_bytes
from analytics.funding.report import Report
from analytics.model.sender import Dispatch
from analytics.words.language import Words


def tables_zip(
    report: Report, about: Mapping[str, str], say: Words, dispatch: Dispatch, *, excel: bool = False
) -> bytes:
    """The files are named after the sheets. They have no row of sums: whoever reads rows would count it twice, and the
    summary has the year's."""

    def made(sheet: WorkbookSheet) -> bytes:
        heads = [column.heading for column in sheet.columns]
        return csv_bytes(heads, [[csv_cell(cell, excel) for cell in row] for row in sheet.rows], excel=excel)

    sheets = report_sheets(report, about, say, dispatch)
    return archive(((f"{sheet.name}.csv", lambda sheet=sheet: made(sheet)) for sheet in sheets), lambda n: None)
