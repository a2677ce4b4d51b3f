"""The yearly report of international work as a file: Word and PDF of the same contents, a workbook, CSV, JSON."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.word import word_bytes
from analytics.documents.report.contents import report_document
from analytics.documents.report.csv_tables import tables_zip
from analytics.documents.report.data import json_bytes, payments_csv
from analytics.documents.report.parts import sent_by
from analytics.documents.report.workbook import workbook_bytes
from analytics.funding.report import Report
from analytics.model.sender import NOBODY, Dispatch
from analytics.words.language import Words

FORMATS = (".docx", ".pdf", ".xlsx", ".csv", ".json", ".zip")

__all__ = ["FORMATS", "report_bytes", "report_document"]


def report_bytes(
    report: Report,
    suffix: str,
    about: Mapping[str, str],
    say: Words,
    dispatch: Dispatch = NOBODY,
    *,
    appendix: bool = False,
    excel: bool = False,
    version: int | None = None,
) -> bytes:
    """The report in the format of the suffix. `about` is names and texts on where it comes from (the store's version
    under "Version"), `dispatch` who sends it. `appendix` is for what is sent, Word and PDF: the other formats have all
    that there is, CSV in a ZIP (a file of CSV has the payments). For CSV alone are `excel` and `version`, which gets a
    column. Raises KeyError for a suffix that is none of FORMATS."""
    dispatch = sent_by(report, dispatch)
    match suffix:
        case ".docx":
            return word_bytes(report_document(report, about, say, dispatch, appendix=appendix))
        case ".pdf":
            return pdf_bytes(report_document(report, about, say, dispatch, appendix=appendix))
        case ".xlsx":
            return workbook_bytes(report, about, say, dispatch)
        case ".csv":
            return payments_csv(report, excel=excel, version=version)
        case ".json":
            return json_bytes(report, about, say, dispatch)
        case ".zip":
            return tables_zip(report, about, say, dispatch, excel=excel)
    raise KeyError(suffix)
