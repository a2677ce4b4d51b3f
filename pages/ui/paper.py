"""A document on the screen: the same blocks that Word and PDF are set from, its pictures as figures to hover over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from analytics.charts.rows import LABEL_WIDTH, DotRow, dots
from analytics.charts.style import CONFIG, LevelAxis
from analytics.documents.paper.setting import words_of, written
from analytics.documents.paper.shapes import (
    TWELFTHS,
    Block,
    Document,
    DotLine,
    Dots,
    SideBySide,
)
from analytics.words.language import Words
from pages.ui import html
from pages.ui.paper_html import block_html


@dataclass(frozen=True)
class DrawnFigure:
    """A figure with its headline and what the marks are above it; below it the note and its figures as a table."""

    above: Markup
    figure: go.Figure
    alt: str
    below: Markup


@dataclass(frozen=True)
class DrawnColumns:
    """Parts side by side where there is room; `share` is the left one's part in twelfths."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    share: int


Part = Markup | DrawnFigure | DrawnColumns


@dataclass(frozen=True)
class DrawnPaper:
    """A document ready to be drawn: HTML, pictures and columns from above. Made once and kept (access.composed)."""

    parts: tuple[Part, ...]
    language: str


def paper_sheet(document: Document) -> DrawnPaper:
    """The document's parts, each figure finished."""
    say = words_of(document)
    parts = (_head(document), *_parts((*document.front, *document.blocks), say))
    return DrawnPaper(parts, say.language)


def draw_paper(sheet: DrawnPaper, key: str) -> None:
    """The sheet as one leaf of paper; `key` tells it from others on the page."""
    with st.container(key=f"paper_{key}", gap="small"):
        _draw(sheet.parts, key, sheet.language)


def document_html(document: Document) -> Markup:
    """A document without pictures as one sheet; headings are one level below the page's own. Raises TypeError for one
    with pictures, which HTML alone cannot draw."""
    body = (block_html(block, words_of(document)) for block in (*document.front, *document.blocks))
    named = {"lang": document.language[:2], "aria-label": document.title}
    return html.element("article", _head(document), *body, class_="kd-paper", tabindex="0", **named)  # it scrolls


def _draw(parts: Iterable[Part], key: str, language: str) -> None:
    for n, part in enumerate(parts):
        match part:
            case Markup():
                html.show(_leaf(part, language))
            case DrawnFigure():
                html.show(_leaf(part.above, language))
                chart = f"paper_chart_{key}_{n}"
                st.plotly_chart(part.figure, theme=None, config=CONFIG, alt=part.alt, key=chart)
                html.show(_leaf(part.below, language))
            case DrawnColumns():
                left, right = st.columns([part.share, TWELFTHS - part.share], gap="medium")
                with left:
                    _draw(part.left, f"{key}_{n}l", language)
                with right:
                    _draw(part.right, f"{key}_{n}r", language)


def _leaf(part: Markup, language: str) -> Markup:
    return html.element("div", part, class_="kd-paper kd-leaf", lang=language)


def _parts(blocks: Iterable[Block], say: Words) -> Iterator[Part]:
    """The blocks as parts; what is HTML alone and stands together is one part."""
    for drawn, together in groupby(blocks, lambda block: isinstance(block, Dots | SideBySide)):
        if not drawn:
            yield html.joined(block_html(block, say) for block in together)
            continue
        for block in together:
            if isinstance(block, Dots):
                yield _picture(block, say)
            elif isinstance(block, SideBySide):
                yield DrawnColumns(tuple(_parts(block.left, say)), tuple(_parts(block.right, say)), block.share)


def _picture(block: Dots, say: Words) -> DrawnFigure:
    goal = say("{level} – goal", level=block.names[block.goal - block.lowest])
    axis = LevelAxis(block.lowest, block.names, block.goal, goal)
    figure = dots([_dot_row(line, block, say) for line in block.lines], axis, say.language)
    names = (
        ("\N{BLACK CIRCLE}", block.value_name, any(line.value is not None for line in block.lines)),
        ("\N{WHITE CIRCLE}", block.city_name, any(line.city is not None for line in block.lines)),
        ("\N{WHITE DIAMOND}", block.similar_name, any(line.similar is not None for line in block.lines)),
        ("\N{BOX DRAWINGS LIGHT TRIPLE DASH VERTICAL}", block.goal_name, True),
    )
    marks = " \N{MIDDLE DOT} ".join(f"{mark} {name}" for mark, name, shown in names if shown)
    above = html.element("p", block.caption, class_="kd-headline") + html.note(marks)
    below = html.note(block.note) if block.note else Markup()
    return DrawnFigure(above, figure, block.alt, below + _figures_html(block, say))


def _dot_row(line: DotLine, block: Dots, say: Words) -> DotRow:
    def said(name: str, value: float | None) -> str:
        return "" if value is None else f"{name}: {written(value, say)}"

    interval = "" if line.low is None else f"{written(line.low, say)}\N{EN DASH}{written(line.high, say)}"
    whole = line.bold and len(line.label) <= LABEL_WIDTH  # what is broken into lines would lose its mark
    return DotRow(
        line.label,
        line.value,
        "\n".join(filter(None, [line.label, said(block.value_name, line.value), interval])),
        line.low,
        line.high,
        other=line.city,
        other_hover=said(block.city_name, line.city),
        group=line.similar,
        group_hover=said(block.similar_name, line.similar),
        absent=line.absent,
        strong=whole,
    )


def _figures_html(block: Dots, say: Words) -> Markup:
    """The picture's figures as a table, folded; columns that no row fills are left out."""
    columns = (
        (block.value_name, [line.absent if line.value is None else written(line.value, say) for line in block.lines]),
        (say("Interval from"), [_or_empty(line.low, say) for line in block.lines]),
        (say("Interval to"), [_or_empty(line.high, say) for line in block.lines]),
        (block.city_name, [_or_empty(line.city, say) for line in block.lines]),
        (block.similar_name, [_or_empty(line.similar, say) for line in block.lines]),
    )
    filled = [(name, cells) for name, cells in columns if any(cells)]
    head = html.element(
        "tr",
        html.column_head(""),
        *(html.column_head(name, "num") for name, _ in filled),
    )
    rows = (
        html.element(
            "tr",
            html.element("th", line.label, scope="row"),
            *(html.element("td", cells[n], class_="num") for _, cells in filled),
        )
        for n, line in enumerate(block.lines)
    )
    return html.element(
        "details", html.element("summary", say("The figures")), html.table(head, rows, name=block.caption)
    )


def _or_empty(value: float | None, say: Words) -> str:
    return "" if value is None else written(value, say)


def _head(document: Document) -> Markup:
    said = [
        (document.stamp, "kd-paper-stamp"),
        (document.sender, "kd-paper-sender"),
        (document.title, "kd-paper-title"),
    ]
    return html.joined(html.element("p", text, class_=kind) for text, kind in said if text)
