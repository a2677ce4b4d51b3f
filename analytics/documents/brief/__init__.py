"""The brief of a quality dialogue as a file: PDF and Word of the same document, and JSON; as it is, or as it was."""

from __future__ import annotations

import orjson

from analytics.dialogue.brief.facts import Brief
from analytics.documents.brief.contents import brief_document
from analytics.documents.brief.data import brief_json
from analytics.documents.brief.frozen import frozen_contents, frozen_document, frozen_facts
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Document
from analytics.documents.paper.word import word_bytes
from analytics.words.language import Words

FORMATS = (".pdf", ".docx", ".json")

__all__ = [
    "FORMATS",
    "brief_bytes",
    "brief_document",
    "brief_json",
    "frozen_bytes",
    "frozen_contents",
    "frozen_document",
    "frozen_facts",
]


def brief_bytes(brief: Brief, suffix: str, say: Words) -> bytes:
    """The brief in the format of the suffix; raises KeyError for one that is none of FORMATS."""
    if suffix == ".json":
        return _json(brief_json(brief))
    return _document_bytes(brief_document(brief, say), suffix)


def frozen_bytes(contents: str, suffix: str, say: Words) -> bytes:
    """The frozen brief in the format of the suffix; raises KeyError for one that is none of FORMATS."""
    if suffix == ".json":
        return _json(frozen_facts(contents))
    return _document_bytes(frozen_document(contents, say.language), suffix)


def _document_bytes(document: Document, suffix: str) -> bytes:
    return {".pdf": pdf_bytes, ".docx": word_bytes}[suffix](document)


def _json(facts: dict) -> bytes:
    return orjson.dumps(facts, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
