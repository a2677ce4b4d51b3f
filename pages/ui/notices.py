"""Drawing: a page's answer, its key figures, its blocks (picture, table, download), what must be said of the data."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from analytics.charts.style import CONFIG
from analytics.documents.tables import csv_bytes, xlsx_bytes
from analytics.model.provenance import Provenance
from analytics.words.figures import left_out_note
from analytics.words.language import Words
from analytics.words.provenance import provenance_warning, provenance_word
from pages.ui.content import Ask, Block, Content, KeyFigure, Table

FORMULA = tuple("=+-@\t\r")
STYLE = f"<style>{(Path(__file__).parent / 'style.css').read_text('utf-8')}</style>"


def draw(ask: Ask, content: Content) -> None:
    """The page below its choices."""
    say = ask.say
    st.html(
        STYLE
        + provenance_badge(content.provenance, say)
        + f'<p class="kd-answer">{escape(content.answer)}</p>'
        + key_figures_html(content.figures)
        + "".join(f'<p class="kd-note">{escape(notice)}</p>' for notice in content.notices)
    )
    for block in content.blocks:
        draw_block(ask, block, content.provenance)


def draw_block(ask: Ask, block: Block, provenance: str) -> None:
    """A picture with its answer as headline and how to read it; folded below, its text alternative, table and files."""
    say = ask.say
    kind = "kd-headline" if block.figure is not None else "kd-headline kd-words"  # words and a table alone
    said = f'<h2 class="{kind}">{escape(block.headline)}</h2>'
    if block.note:
        said += f'<p class="kd-note">{escape(block.note)}</p>'
    if block.wide:
        narrow = say("The picture needs a wider screen. Choose an area above, or open the table.")
        said += f'<p class="kd-note kd-narrow">{escape(narrow)}</p>'
    st.html(said)
    if block.figure is not None:
        frame = st.container(key=f"wide_{block.key}") if block.wide else st
        frame.plotly_chart(block.figure, theme=None, config=CONFIG, alt=block.alt, key=f"chart_{block.key}")
    fold = st.expander(say("Table and download"), key=f"fold_{block.key}", on_change="rerun", type="compact")
    if fold.open:  # what nobody has opened is neither made nor sent
        with fold:
            _table_and_downloads(ask, block, provenance)


def provenance_badge(provenance: str, say: Words) -> str:
    """What must be said of where the figures come from; nothing where they were imported."""
    text = provenance_warning(Provenance(provenance), say)
    return f'<p style="margin:0 0 .5rem"><span class="kd-badge">{escape(text)}</span></p>' if text else ""


def empty_state(say: Words, text: str, hint: str) -> None:
    """Nothing to show, why, and what to do."""
    st.html(STYLE)
    st.info(f"**{text}** {hint}", icon=":material/info:")


def key_figures_html(figures: tuple[KeyFigure, ...]) -> str:
    """At most four figures in a row; nothing where there are none."""
    if not figures:
        return ""
    parts = (
        f'<div><dt>{escape(f.label)}</dt><dd class="value">{escape(f.value)}</dd>'
        f'<dd class="note">{escape(f.note)}</dd></div>'
        for f in figures
    )
    return f'<dl class="kd-figures">{"".join(parts)}</dl>'


def _table_and_downloads(ask: Ask, block: Block, provenance: str) -> None:
    say, name = ask.say, f"kvalitetsdialog-{block.key}-v{ask.view.number}"
    origin = provenance_word(Provenance(provenance), say)
    about = {
        say("Figure"): block.headline,
        say("Version"): str(ask.view.number),
        say("Provenance"): origin,
        say("Hidden"): left_out_note(ask.catalogue.hide_below, say),
    }
    headings = [column.heading for column in block.table.columns] + [say("Provenance")]

    def rows() -> list[list]:
        return [[*row, origin] for row in block.table.plain()]

    def harmless_rows() -> list[list]:
        # A name that starts like a formula would be run by the program that opens the CSV.
        return [
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row]
            for row in rows()
        ]

    st.html(f'<p class="kd-alt">{escape(block.alt)}</p>{table_html(block.table, say)}')
    with st.container(horizontal=True):
        st.download_button(
            say("Download CSV"),
            lambda: csv_bytes(headings, harmless_rows(), excel=say.language == "sv"),
            f"{name}.csv",
            "text/csv",
            key=f"csv_{block.key}",
            on_click="ignore",
        )
        st.download_button(
            say("Download Excel"),
            lambda: xlsx_bytes(headings, rows(), about),
            f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"xlsx_{block.key}",
            on_click="ignore",
        )


def table_html(table: Table, say: Words) -> str:
    """A real HTML table, with its figures right-aligned."""
    kinds = ["num" if column.numeric else "" for column in table.columns]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(c.heading)}</th>' for c, kind in zip(table.columns, kinds, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{kind}">{escape(cell)}</td>' for cell, kind in zip(row, kinds, strict=True))
        + "</tr>"
        for row in table.written(say)
    )
    table = f'<table class="kd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="kd-scroll">{table}</div>'
