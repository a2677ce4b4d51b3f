"""The document as tagged PDF (PDF/UA-1), set by Typst; the text goes in as data, never as markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typst

from analytics.documents.paper.setting import set_document
from analytics.documents.paper.shapes import Document

TEMPLATE = Path(__file__).parent / "document.typ"
NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def pdf_bytes(document: Document) -> bytes:
    """The PDF. A character that the embedded fonts lack shows as the replacement character: PDF/UA allows no gaps."""
    text = json.dumps(set_document(document), ensure_ascii=False)
    while True:
        try:
            return typst.compile(
                TEMPLATE,
                root=TEMPLATE.parent,
                sys_inputs={"document": text},
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            lacking = NO_GLYPH.search(str(error))
            if lacking is None or lacking[1] not in text:
                raise
            text = text.replace(lacking[1], REPLACEMENT)
