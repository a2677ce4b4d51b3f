"""A document on the screen: the same blocks that Word and PDF are set from, its pictures as figures to hover over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

import plotly.graph_objects as go
import streamlit as st

from analytics.charts.rows import LABEL_WIDTH, DotRow, dots
from analytics.charts.style import CONFIG, LevelAxis
from analytics.documents.paper.setting import words_of, written
from analytics.documents.paper.shapes import (
    TWELFTHS,
    Beside,
    Block,
    Bullets,
    Document,
    DotLine,
    Dots,
    Fields,
    Grid,
    Heading,
    Paragraph,
    Ruled,
    Signatures,
    Tone,
)
from analytics.documents.paper.table import Table
from analytics.words.language import Words


@dataclass(frozen=True)
class Picture:
    """A figure with its headline and what the marks are above it; below it the note and its figures as a table."""

    above: str
    figure: go.Figure
    alt: str
    below: str


@dataclass(frozen=True)
class Columns:
    """Parts side by side where there is room; `share` is the left one's part in twelfths."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    share: int


Part = str | Picture | Columns


@dataclass(frozen=True)
class Sheet:
    """A document ready to be drawn: HTML, pictures and columns from above. Made once and kept (access.composed)."""

    parts: tuple[Part, ...]
    language: str


def paper_sheet(document: Document) -> Sheet:
    """The document's parts, each figure finished."""
    say = words_of(document)
    parts = (_head(document), *_parts((*document.front, *document.blocks), say))
    return Sheet(parts, say.language)


def draw_paper(sheet: Sheet, key: str) -> None:
    """The sheet as one leaf of paper; `key` tells it from others on the page. The page brings the style (STYLE)."""
    with st.container(key=f"paper_{key}", gap="small"):
        _draw(sheet.parts, key, sheet.language)


def document_html(document: Document) -> str:
    """A document without pictures as one sheet; headings are one level below the page's own. Raises TypeError for one
    with pictures, which HTML alone cannot draw."""
    body = "".join(_block(block, words_of(document)) for block in (*document.front, *document.blocks))
    return f'<article class="kd-paper" lang="{document.language[:2]}">{_head(document)}{body}</article>'


def _draw(parts: Iterable[Part], key: str, language: str) -> None:
    for n, part in enumerate(parts):
        match part:
            case str():
                st.html(_leaf(part, language))
            case Picture():
                st.html(_leaf(part.above, language))
                chart = f"paper_chart_{key}_{n}"
                st.plotly_chart(part.figure, theme=None, config=CONFIG, alt=part.alt, key=chart)
                st.html(_leaf(part.below, language))
            case Columns():
                left, right = st.columns([part.share, TWELFTHS - part.share], gap="medium")
                with left:
                    _draw(part.left, f"{key}_{n}l", language)
                with right:
                    _draw(part.right, f"{key}_{n}r", language)


def _leaf(html: str, language: str) -> str:
    return f'<div class="kd-paper kd-leaf" lang="{language}">{html}</div>'


def _parts(blocks: Iterable[Block], say: Words) -> Iterator[Part]:
    """The blocks as parts; what is HTML alone and stands together is one part."""
    for drawn, together in groupby(blocks, lambda block: isinstance(block, Dots | Beside)):
        if not drawn:
            yield "".join(_block(block, say) for block in together)
            continue
        for block in together:
            if isinstance(block, Dots):
                yield _picture(block, say)
            else:
                yield Columns(tuple(_parts(block.left, say)), tuple(_parts(block.right, say)), block.share)


def _picture(block: Dots, say: Words) -> Picture:
    goal = say("{level} – goal", level=block.names[block.goal - block.lowest])
    axis = LevelAxis(block.lowest, block.names, block.goal, goal)
    figure = dots([_dot_row(line, block, say) for line in block.lines], axis, say.language)
    names = (
        ("\N{BLACK CIRCLE}", block.value_name, any(line.value is not None for line in block.lines)),
        ("\N{WHITE CIRCLE}", block.city_name, any(line.city is not None for line in block.lines)),
        ("\N{WHITE DIAMOND}", block.similar_name, any(line.similar is not None for line in block.lines)),
        ("\N{BOX DRAWINGS LIGHT TRIPLE DASH VERTICAL}", block.goal_name, True),
    )
    marks = " \N{MIDDLE DOT} ".join(f"{mark} {escape(name)}" for mark, name, shown in names if shown)
    above = f'<h3 class="kd-headline">{escape(block.caption)}</h3><p class="kd-note">{marks}</p>'
    below = f'<p class="kd-note">{escape(block.note)}</p>' if block.note else ""
    return Picture(above, figure, block.alt, below + _figures_html(block, say))


def _dot_row(line: DotLine, block: Dots, say: Words) -> DotRow:
    def said(name: str, value: float | None) -> str:
        return "" if value is None else f"{name}: {written(value, say)}"

    interval = "" if line.low is None else f"{written(line.low, say)}\N{EN DASH}{written(line.high, say)}"
    whole = line.bold and len(line.label) <= LABEL_WIDTH  # what is broken into lines would lose its mark
    return DotRow(
        f"<b>{line.label}</b>" if whole else line.label,
        line.value,
        "<br>".join(filter(None, [line.label, said(block.value_name, line.value), interval])),
        line.low,
        line.high,
        other=line.city,
        other_hover=said(block.city_name, line.city),
        group=line.similar,
        group_hover=said(block.similar_name, line.similar),
        absent=line.absent,
    )


def _figures_html(block: Dots, say: Words) -> str:
    """The picture's figures as a table, folded; columns that no row fills are left out."""
    columns = (
        (block.value_name, [line.absent if line.value is None else written(line.value, say) for line in block.lines]),
        (say("Interval from"), [_or_empty(line.low, say) for line in block.lines]),
        (say("Interval to"), [_or_empty(line.high, say) for line in block.lines]),
        (block.city_name, [_or_empty(line.city, say) for line in block.lines]),
        (block.similar_name, [_or_empty(line.similar, say) for line in block.lines]),
    )
    filled = [(name, cells) for name, cells in columns if any(cells)]
    head = '<th scope="col"></th>' + "".join(f'<th scope="col" class="num">{escape(name)}</th>' for name, _ in filled)
    body = "".join(
        f'<tr><th scope="row">{escape(line.label)}</th>'
        + "".join(f'<td class="num">{escape(cells[n])}</td>' for _, cells in filled)
        + "</tr>"
        for n, line in enumerate(block.lines)
    )
    table = f'<table class="kd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    summary = say("The figures")
    return f'<details><summary>{escape(summary)}</summary><div class="kd-scroll">{table}</div></details>'


def _or_empty(value: float | None, say: Words) -> str:
    return "" if value is None else written(value, say)


def _head(document: Document) -> str:
    return (
        f'<p class="kd-paper-stamp">{escape(document.stamp)}</p><p class="kd-paper-title">{escape(document.title)}</p>'
    )


def _block(block: Block, say: Words) -> str:
    match block:
        case Heading():
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Paragraph():
            kind = "" if block.tone is Tone.BODY else ' class="kd-note"'
            return f"<p{kind}>{_lines(block.text.split(chr(10)))}</p>"
        case Bullets():
            return "<ul>" + "".join(f"<li>{_lines(item.split(chr(10)))}</li>" for item in block.items) + "</ul>"
        case Fields():
            return "".join(_fields(row) for row in block.rows)
        case Grid():
            return _grid(block)
        case Table():
            return _table(block)
        case Ruled():
            text = say("{label}: room to write by hand on paper.", label=block.label)
            return f'<p class="kd-paper-byhand">{escape(text)}</p>'
        case Signatures():
            text = say("To sign on paper: {names}.", names=say.listing(block.labels))
            return f'<p class="kd-paper-byhand">{escape(text)}</p>'
        case Beside():
            sides = ((block.left, block.share), (block.right, TWELFTHS - block.share))
            inner = "".join(
                f'<div style="flex: {share} 1 {share * 3}rem">{"".join(_block(part, say) for part in side)}</div>'
                for side, share in sides
            )
            return f'<div class="kd-paper-beside">{inner}</div>'
    raise TypeError(block)


def _fields(row: tuple) -> str:
    cells = "".join(
        f'<div style="flex: {field.width} 1 {field.width * 3}rem"><dt>{escape(field.label)}</dt>'
        f"<dd>{_lines(field.lines) or '&nbsp;'}</dd></div>"
        for field in row
    )
    return f'<dl class="kd-paper-fields">{cells}</dl>'


def _grid(grid: Grid) -> str:
    rows = [grid.cells[start : start + grid.columns] for start in range(0, len(grid.cells), grid.columns)]
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(name)} <strong>{escape(mark)}</strong></td>" for name, mark in row) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{escape(grid.label)}</caption>"
    return f'<div class="kd-scroll"><table class="kd-table kd-paper-grid">{caption}{body}</table></div>'


def _table(table: Table) -> str:
    kinds = ["num" if column.numeric else "" for column in table.columns]

    def row(cells: tuple[str, ...], tag: str) -> str:
        inner = "".join(
            f'<{tag} class="{kind}">{_lines(cell.split(chr(10)))}</{tag}>'
            for cell, kind in zip(cells, kinds, strict=True)
        )
        return f"<tr>{inner}</tr>"

    head = "".join(
        f'<th scope="col" class="{kind}">{escape(column.heading)}</th>'
        for column, kind in zip(table.columns, kinds, strict=True)
    )
    body = "".join(row(cells, "td") for cells in table.rows)
    foot = f"<tfoot>{row(table.total, 'th')}</tfoot>" if table.total else ""
    caption = f"<caption>{escape(table.caption)}</caption>"
    return (
        f'<div class="kd-scroll"><table class="kd-table">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table></div>"
    )


def _lines(lines) -> str:
    return "<br>".join(escape(line) for line in lines)
