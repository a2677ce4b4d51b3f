"""Drawing: a page's answer, its key figures, its blocks (picture, table, download), what must be said of the data."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from analytics.charts.style import CONFIG
from analytics.documents.tables import csv_bytes, xlsx_bytes
from analytics.model.provenance import Provenance
from analytics.words.figures import left_out_note
from analytics.words.language import Words
from analytics.words.provenance import provenance_warning, provenance_word
from pages.ui import access, html
from pages.ui.content import Ask, Block, Content, Fold, KeyFigure, Table, Ways

PICTURE_AND_WAYS = (2.2, 1)  # parts of the page's width
FORMULA = tuple("=+-@\t\r")


def draw(ask: Ask, content: Content) -> None:
    """The page below its head."""
    badge = provenance_badge(content.provenance, ask.say)
    answer = badge + html.answer(content.answer) + key_figures_html(content.figures)
    if any(figure.course for figure in content.figures):
        html.draw(html.element("div", answer, class_="kd-drawn"), "answer")
    else:
        html.show(answer)
    if content.first and content.beside:
        left, right = st.columns(PICTURE_AND_WAYS, gap="medium")
        with left:
            draw_block(ask, content.first, content.provenance)
        with right:
            html.show(html.joined(map(_ways, content.beside)))
    elif content.first:
        draw_block(ask, content.first, content.provenance)
    elif content.beside:
        html.show(html.joined(map(_ways, content.beside)))
    if content.table:
        draw_block(ask, content.table, content.provenance)
    for block in content.blocks:
        draw_folded(ask, block, content.provenance)
    small_print(content.notices)


def small_print(said: Sequence[str]) -> None:
    """What must be said of the data, a line each; nothing where there is nothing."""
    if said:
        html.show(html.joined(map(html.note, said)))


def draw_folded(ask: Ask, block: Block | Fold, provenance: str) -> None:
    """A block behind its title: sent, and of a Fold made, when somebody opens it."""
    title = block.title if isinstance(block, Fold) else block.title or block.headline
    fold = st.expander(title, key=f"more_{block.key}", on_change="rerun", type="compact")
    if fold.open:
        with fold:
            draw_block(ask, block, provenance)


def draw_block(ask: Ask, asked: Block | Fold, provenance: str) -> None:
    """A picture with its answer as headline, how to read it below; folded, its text alternative, table and files."""
    block: Block = access.composed(asked.compose, ask, *asked.parameters) if isinstance(asked, Fold) else asked
    say = ask.say
    if block.drawing is not None:
        html.draw(_headline(block) + block.drawing + _beneath(block, say), f"drawn_{block.key}")
    else:
        html.show(_headline(block))
    if block.figure is not None:
        frame = st.container(key=f"wide_{block.key}") if block.wide else st
        frame.plotly_chart(block.figure, theme=None, config=CONFIG, alt=block.alt, key=f"chart_{block.key}")
    if block.drawing is None and (beneath := _beneath(block, say)):
        html.show(beneath)
    if block.table is None:
        return
    fold = st.expander(say("Table and download"), key=f"fold_{block.key}", on_change="rerun", type="compact")
    if fold.open:  # what nobody has opened is neither made nor sent
        with fold:
            _table_and_downloads(ask, block, block.table, provenance)


def _ways(ways: Ways) -> Markup:
    """A heading, and a line each: a link and why."""
    lines = (
        html.element("li", html.link(way.text, way.address), html.element("span", way.note, class_="kd-why"))
        for way in ways.ways
    )
    more = html.element("p", html.link(ways.more.text, ways.more.address), class_="kd-note") if ways.more else ""
    return html.element(
        "section",
        html.element("h2", ways.heading, class_="kd-section"),
        html.element("ul", *lines),
        more,
        class_="kd-ways",
    )


def _headline(block: Block) -> Markup:
    kind = "kd-headline" if block.figure is not None else "kd-headline kd-words"  # words and a table alone
    return html.element("h2", block.headline, class_=kind)


def _beneath(block: Block, say: Words) -> Markup:
    """What the marks are and how to read them, in small print."""
    said = html.note(block.note) if block.note else Markup()
    if block.reading:
        said += html.fold(say("How to read the picture"), block.reading)
    if block.wide:
        narrow = say("The picture needs a wider screen. Choose an area above, or open the table.")
        said += html.element("p", narrow, class_="kd-note kd-narrow")
    return said


def provenance_badge(provenance: str, say: Words) -> Markup:
    """What must be said of where the figures come from; nothing where they were imported."""
    text = provenance_warning(Provenance(provenance), say)
    if not text:
        return Markup()
    return html.element("p", html.element("span", text, class_="kd-badge"), style="margin:0 0 .5rem")


def empty_state(say: Words, text: str, hint: str) -> None:
    """Nothing to show, why, and what to do."""
    st.info(f"**{text}** {hint}", icon=":material/info:")


def key_figures_html(figures: tuple[KeyFigure, ...]) -> Markup:
    """At most four figures in a row; nothing where there are none."""
    if not figures:
        return Markup()
    return html.element("dl", *map(_key_figure, figures), class_="kd-figures")


def _key_figure(figure: KeyFigure) -> Markup:
    return html.element(
        "div",
        html.element("dt", figure.label),
        html.element("dd", figure.value, figure.course or "", class_="value"),
        html.element("dd", figure.note, class_="note"),
    )


def _table_and_downloads(ask: Ask, block: Block, table: Table, provenance: str) -> None:
    say, name = ask.say, f"kvalitetsdialog-{block.key}-v{ask.view.number}"
    origin = provenance_word(Provenance(provenance), say)
    about = {
        say("Figure"): block.headline,
        say("Version"): str(ask.view.number),
        say("Provenance"): origin,
        say("Hidden"): left_out_note(ask.catalogue.hide_below, say),
    }
    headings = [column.heading for column in table.columns] + [say("Provenance")]

    def rows() -> list[list]:
        return [[*row, origin] for row in table.plain()]

    def harmless_rows() -> list[list]:
        # A name that starts like a formula would be run by the program that opens the CSV.
        return [
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row]
            for row in rows()
        ]

    html.show(html.element("p", block.alt, class_="kd-alt") + table_html(table, say))
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


def table_html(table: Table, say: Words, *, stacked: bool = False) -> Markup:
    """A real HTML table, with its figures right-aligned. `stacked`: on a phone a row is a few lines, each cell with its
    heading, and nothing lies outside the window."""
    kinds = ["num" if column.numeric else "" for column in table.columns]

    def row(cells: Sequence[str]) -> Markup:
        return html.element(
            "tr",
            *(
                html.element("td", cell, class_=kind, **({"data-heading": column.heading} if stacked else {}))
                for cell, kind, column in zip(cells, kinds, table.columns, strict=True)
            ),
        )

    heads = (html.column_head(column.heading, kind) for column, kind in zip(table.columns, kinds, strict=True))
    name = say("Table: {columns}", columns=", ".join(column.heading for column in table.columns if column.heading))
    return html.table(html.element("tr", *heads), map(row, table.written(say)), stacked=stacked, name=name)
