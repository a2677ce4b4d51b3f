"""A document's blocks as HTML, but for its pictures."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from analytics.documents.paper.shapes import (
    TWELFTHS,
    Block,
    Bullets,
    FormField,
    FormFields,
    Grid,
    Heading,
    Paragraph,
    Points,
    Prose,
    Ruled,
    SideBySide,
    Signatures,
    Span,
    Tone,
)
from analytics.documents.paper.table import PaperTable
from analytics.words.language import Words, words
from pages.ui import html


def blocks_html(blocks: Iterable[Block], language: str) -> Markup:
    """Blocks without pictures by themselves, as they are printed; `language` as a document's."""
    drawn = (block_html(block, words(language[:2])) for block in blocks)
    return html.element("div", *drawn, class_="kd-paper kd-leaf kd-typed", lang=language[:2])


def block_html(block: Block, say: Words) -> Markup:
    """Headings are one level below the page's own. Raises TypeError for a picture."""
    match block:
        case Heading():
            return html.element(f"h{block.level + 1}", block.text)
        case Paragraph():
            text = _lines(block.text)
            return html.element("p", text) if block.tone is Tone.BODY else html.note(text)
        case Bullets():
            return html.listed(map(_lines, block.items))
        case Prose():
            return html.element("p", *map(_span, block.spans))
        case Points():
            items = (html.element("li", *(block_html(part, say) for part in item)) for item in block.items)
            return (
                html.element("ul", *items)
                if block.first is None
                else html.element("ol", *items, start=str(block.first))
            )
        case FormFields():
            return html.joined(map(_fields, block.rows))
        case Grid():
            return _grid(block)
        case PaperTable():
            return _table(block)
        case Ruled():
            return _by_hand(say("{label}: room to write by hand on paper.", label=block.label))
        case Signatures():
            return _by_hand(say("To sign on paper: {names}.", names=say.listing(block.labels)))
        case SideBySide():
            sides = ((block.left, block.share), (block.right, TWELFTHS - block.share))
            return html.element(
                "div",
                *(html.element("div", *(block_html(part, say) for part in side), style=_wide(n)) for side, n in sides),
                class_="kd-paper-beside",
            )
    raise TypeError(block)


def _by_hand(text: str) -> Markup:
    return html.element("p", text, class_="kd-paper-byhand")


def _wide(share: int) -> str:
    """The style of a part that is so many twelfths wide, where there is room."""
    return f"flex: {share} 1 {share * 3}rem"


def _fields(row: tuple[FormField, ...]) -> Markup:
    cells = (
        html.element(
            "div",
            html.element("dt", field.label),
            html.element("dd", html.lines(field.lines) or html.BLANK),
            style=_wide(field.width),
        )
        for field in row
    )
    return html.element("dl", *cells, class_="kd-paper-fields")


def _grid(grid: Grid) -> Markup:
    rows = [grid.cells[start : start + grid.columns] for start in range(0, len(grid.cells), grid.columns)]
    body = (
        html.element("tr", *(html.element("td", f"{name} ", html.element("strong", mark)) for name, mark in row))
        for row in rows
    )
    table = html.element("table", html.element("caption", grid.label), *body, class_="kd-table kd-paper-grid")
    return html.scrolled(table, grid.label)


def _table(table: PaperTable) -> Markup:
    kinds = ["num" if column.numeric else "" for column in table.columns]

    def row(cells: tuple[str, ...], tag: str) -> Markup:
        return html.element(
            "tr",
            *(
                html.element(tag if cell else "td", _lines(cell), class_=kind)  # an empty heading heads nothing
                for cell, kind in zip(cells, kinds, strict=True)
            ),
        )

    head = html.element(
        "tr",
        *(html.column_head(column.heading, kind) for column, kind in zip(table.columns, kinds, strict=True)),
    )
    foot = row(table.total, "th") if table.total else None
    return html.table(head, (row(cells, "td") for cells in table.rows), caption=table.caption, foot=foot)


def _span(span: Span) -> Markup:
    """A piece of a text; one that leads out opens beside the page, so that nothing that is typed here is lost."""
    written = _lines(span.text)
    if span.note:
        return html.element("sup", written)
    for tag, wanted in (("strong", span.bold), ("em", span.italic)):
        written = html.element(tag, written) if wanted else written
    return html.element("a", written, href=span.link, target="_blank", rel="noopener") if span.link else written


def _lines(text: str) -> Markup:
    """A text with its breaks."""
    return html.lines(text.split("\n"))
