"""The city's yearly quality report as a file: Word and PDF of the same contents, JSON."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.dialogue.board_report import BoardReport
from analytics.documents.board.contents import board_document
from analytics.documents.board.data import json_bytes
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.word import word_bytes
from analytics.words.language import Words

FORMATS = (".docx", ".pdf", ".json")


def board_bytes(report: BoardReport, suffix: str, about: Mapping[str, str], say: Words) -> bytes:
    """The report in the format of the suffix. `about` is names and texts for the last table (the store's version under
    "Version"). Raises KeyError for a suffix that is none of FORMATS."""
    match suffix:
        case ".docx":
            return word_bytes(board_document(report, about, say))
        case ".pdf":
            return pdf_bytes(board_document(report, about, say))
        case ".json":
            return json_bytes(report, about, say)
    raise KeyError(suffix)
