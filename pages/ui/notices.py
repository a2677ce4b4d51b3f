"""Drawing: a page's answer, its key figures, its blocks (picture, table, download), and what must be said of the data."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.charts.style import CONFIG
from analytics.documents.tables import csv_bytes, xlsx_bytes
from analytics.language import Words
from analytics.model import Provenance
from pages.ui.content import Ask, Block, Content, KeyFigure, Table

STYLE = """<style>
.kd-answer { font-size: 1.25rem; line-height: 1.45; max-width: 46rem; margin: 0 0 .25rem; }
.kd-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem 1.5rem; margin: .5rem 0 .6rem; padding: 0; }
.kd-figures div { border-top: 2px solid #0B4F8A; padding-top: .4rem; }
.kd-figures dt { font-size: .85rem; color: #5F6773; }
.kd-figures dd { margin: 0; padding: 0; }
.kd-figures dd.value { font-size: 1.6rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.kd-figures dd.note { font-size: .85rem; color: #5F6773; }
.kd-badge { display: inline-block; background: #FFF3D6; color: #7A4B00; border-radius: .3rem; padding: .15rem .55rem; font-size: .85rem; font-weight: 600; }
.kd-note { color: #5F6773; font-size: .85rem; max-width: 46rem; margin: 0 0 .2rem; }
.kd-alt { max-width: 46rem; }
.kd-scroll { overflow-x: auto; }
.kd-table { border-collapse: collapse; font-size: .85rem; width: 100%; }
.kd-table th, .kd-table td { padding: .3rem .6rem; border-bottom: 1px solid #E6E9ED; text-align: left; vertical-align: top; }
.kd-table th { color: #1B1F24; font-weight: 600; border-bottom: 1px solid #5F6773; }
.kd-table .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.kd-narrow { display: none; }
@media (min-width: 641px) { .st-key-choices_fold { display: none; } }
@media (max-width: 640px) { [class*="st-key-wide_"] { display: none; } .kd-narrow { display: block; } .kd-answer { font-size: 1.1rem; } }
</style>"""


def draw(ask: Ask, content: Content) -> None:
    """The page below its choices."""
    say = ask.say
    st.html(
        STYLE
        + provenance_badge(content.provenance, say)
        + f'<p class="kd-answer">{escape(content.answer)}</p>'
        + _key_figures(content.figures)
        + "".join(f'<p class="kd-note">{escape(notice)}</p>' for notice in content.notices)
    )
    for block in content.blocks:
        if block.key in content.sections:
            st.header(content.sections[block.key], divider=False)
        draw_block(ask, block, content.provenance)


def draw_block(ask: Ask, block: Block, provenance: str) -> None:
    """A picture with its answer as headline; below it, folded, the text alternative, the table and the downloads."""
    say = ask.say
    st.subheader(block.headline, anchor=False)
    if block.figure is not None:
        with st.container(key=f"{'wide_' if block.wide else 'figure_'}{block.key}"):
            st.plotly_chart(block.figure, theme=None, config=CONFIG, alt=block.alt, key=f"chart_{block.key}")
    if block.wide:
        narrow = say("The picture needs a wider screen. Choose an area above, or open the table.")
        st.html(f'<p class="kd-note kd-narrow">{escape(narrow)}</p>')
    if block.note:
        st.html(f'<p class="kd-note">{escape(block.note)}</p>')
    fold = st.expander(say("Table and download"), key=f"fold_{block.key}", on_change="rerun", type="compact")
    if fold.open:  # what nobody has opened is neither made nor sent
        with fold:
            _table_and_downloads(ask, block, provenance)


def provenance_badge(provenance: str, say: Words) -> str:
    """What must be said of where the figures come from; nothing where they were imported."""
    text = {
        Provenance.SYNTHETIC.value: say("Synthetic data: invented schools and answers"),
        Provenance.MIXED.value: say("Partly synthetic data: some schools and answers are invented"),
    }.get(provenance)
    return f'<p style="margin:0 0 .5rem"><span class="kd-badge">{escape(text)}</span></p>' if text else ""


def empty_state(say: Words, text: str, hint: str) -> None:
    """Nothing to show, why, and what to do."""
    st.info(f"**{text}** {hint}", icon=":material/info:")


def _key_figures(figures: tuple[KeyFigure, ...]) -> str:
    if not figures:
        return ""
    parts = (
        f'<div><dt>{escape(f.label)}</dt><dd class="value">{escape(f.value)}</dd><dd class="note">{escape(f.note)}</dd></div>'
        for f in figures
    )
    return f'<dl class="kd-figures">{"".join(parts)}</dl>'


def _table_and_downloads(ask: Ask, block: Block, provenance: str) -> None:
    say, name = ask.say, f"kvalitetsdialog-{block.key}-v{ask.view.number}"
    about = {
        say("Figure"): block.headline,
        say("Version"): str(ask.view.number),
        say("Provenance"): provenance_text(provenance, say),
        say("Hidden"): say(
            "Figures that fewer than {n} answers stand behind are left out.", n=ask.catalogue.hide_below
        ),
    }
    headings = [column.heading for column in block.table.columns] + [say("Provenance")]

    def rows() -> list[list]:
        return [[*row, provenance_text(provenance, say)] for row in block.table.plain()]

    st.html(f'<p class="kd-alt">{escape(block.alt)}</p>{table_html(block.table, say)}')
    with st.container(horizontal=True):
        st.download_button(
            say("Download CSV"),
            lambda: csv_bytes(headings, rows(), excel=say.language == "sv"),
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
    return f'<div class="kd-scroll"><table class="kd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def provenance_text(provenance: str, say: Words) -> str:
    """The provenance in a word or two, for tables and files."""
    return {
        Provenance.SYNTHETIC.value: say("synthetic"),
        Provenance.MIXED.value: say("partly synthetic"),
        Provenance.PUBLISHED.value: say("published"),
    }.get(provenance, say("imported"))
