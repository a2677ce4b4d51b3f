"""What is written in the reader's language when a document is set: figures, the word for a date."""

from __future__ import annotations

from typing import Any

from analytics.documents.paper.plain import plain_block, plain_document
from analytics.documents.paper.shapes import Document, Dots
from analytics.words.language import Words, words

NO_FIGURE = "\N{EN DASH}"


def set_document(document: Document) -> dict[str, Any]:
    """The document as plain values with what Typst writes beside them."""
    say = words_of(document)
    plain = plain_document(document)
    return plain | {part: [_said(block, say) for block in plain[part]] for part in ("front", "blocks")}


def set_dots(dots: Dots, say: Words) -> dict[str, Any]:
    """The picture as plain values, each row with its figure as text."""
    return _said(plain_block(dots), say)


def words_of(document: Document) -> Words:
    return words(document.language[:2])


def written(value: float | None, say: Words) -> str:
    """A figure on the level scale as on the screen, two decimals; a dash where there is none."""
    return NO_FIGURE if value is None else say.number(value)


def _said(block: dict[str, Any], say: Words) -> dict[str, Any]:
    match block["kind"]:
        case "dots":
            return block | {"lines": [line | {"written": written(line["value"], say)} for line in block["lines"]]}
        case "signatures":
            return block | {"date": say("Date")}
        case "beside":
            return block | {side: [_said(part, say) for part in block[side]] for side in ("left", "right")}
        case "points":
            return block | {"items": [[_said(part, say) for part in item] for item in block["items"]]}
    return block
