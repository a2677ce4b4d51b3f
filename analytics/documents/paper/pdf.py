"""The document as tagged PDF for archives and screen readers (PDF/A-2a and PDF/UA-1), set by Typst; the text goes in as
data, never as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path

import typst

from analytics.documents.paper.letters import UNKNOWN, clusters, only_known, with_shown, without_marks
from analytics.documents.paper.setting import set_document
from analytics.documents.paper.shapes import Document, printable, rewritten, texts

TEMPLATE = Path(__file__).parent / "document.typ"
LETTERS = Path(__file__).parent / "letters.typ"
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def pdf_bytes(document: Document) -> bytes:
    """The PDF. Neither standard allows gaps: what the embedded fonts lack is one replacement character a letter,
    whatever marks it has, and marks that they lack go. Where Typst fails all the same, no letter but a European one
    keeps its marks, or, at the very last, its place."""
    document = printable(document)
    for plainer in (str, without_marks):
        try:
            return _set(_with_shown(rewritten(document, plainer)))
        except RuntimeError:
            continue
    return _set(rewritten(document, only_known))


def _with_shown(document: Document) -> Document:
    """The document with the letters that the fonts hold. Each is asked for by itself, as a mark that they lack makes
    them lack the letter below it too (a keycap's digit)."""
    found = {cluster for text in texts(document) if UNKNOWN.search(text) for cluster in clusters(text)}
    if not found:
        return document
    alone = _not_shown(document.language, set(UNKNOWN.findall("".join(found))))
    together = _not_shown(document.language, {c for c in found if len(c) > 1 and c[0] not in alone})
    return rewritten(document, lambda text: with_shown(text, alone, together))


def _not_shown(language: str, letters: Collection[str]) -> frozenset[str]:
    """The characters that cannot be shown when each of the letters stands by itself."""
    try:
        _compiled(LETTERS, language=language, letters=json.dumps(sorted(letters), ensure_ascii=False))
    except typst.TypstError as error:
        return _lacking(error)
    return frozenset()


def _lacking(error: typst.TypstError) -> frozenset[str]:
    """The characters that the error says the fonts lack; it writes them as Rust does its strings."""

    def read(escaped: re.Match) -> str:
        return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]

    return frozenset(c for text in NO_GLYPH.findall(error.diagnostic) for c in ESCAPED.sub(read, text))


def _set(document: Document) -> bytes:
    return _compiled(TEMPLATE, document=json.dumps(set_document(document), ensure_ascii=False))


def _compiled(template: Path, **inputs: str) -> bytes:
    """Raises RuntimeError, of which Typst's own errors are a kind."""
    try:
        return typst.compile(
            template, root=template.parent, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
        )
    except BaseException as error:
        # Typst 0.15 panics on some lines of Hebrew and Arabic with marks, and a panic is no Exception to PyO3
        if type(error).__name__ != "PanicException":
            raise
        raise RuntimeError(f"Typst: {error}") from error
