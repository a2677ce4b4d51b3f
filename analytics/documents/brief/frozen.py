"""A brief as it was when it was frozen: its document in each language and its facts, as one text."""

from __future__ import annotations

import orjson

from analytics.dialogue.brief.facts import Brief
from analytics.documents.brief.contents import brief_document
from analytics.documents.brief.data import brief_json
from analytics.documents.paper.plain import document_from, plain_document
from analytics.documents.paper.shapes import Document
from analytics.words.language import Words

EDITION = 1
"""Of the text. A later edition of the program reads all that came before it."""


def frozen_contents(brief: Brief, words_sv: Words, words_en: Words) -> str:
    """JSON: {"edition", "documents": {"sv", "en"}, "facts"}."""
    documents = {say.language: plain_document(brief_document(brief, say)) for say in (words_sv, words_en)}
    return orjson.dumps({"edition": EDITION, "documents": documents, "facts": brief_json(brief)}).decode()


def frozen_document(contents: str, language: str) -> Document:
    """The document as it was; Swedish where the language is another than the two. Raises ValueError for a text that is
    no frozen brief."""
    documents = _read(contents)["documents"]
    return document_from(documents.get(language) or documents["sv"])


def frozen_facts(contents: str) -> dict:
    """The facts as they were (data.brief_json). Raises ValueError for a text that is no frozen brief."""
    return _read(contents)["facts"]


def _read(contents: str) -> dict:
    found = orjson.loads(contents)  # its error is a ValueError
    if not isinstance(found, dict) or not {"edition", "documents", "facts"} <= found.keys():
        raise ValueError("no frozen brief")
    return found
