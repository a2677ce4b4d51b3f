"""What is taken along of a block: its picture, its figures as a table and as files, named after what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from analytics.documents.tables import csv_bytes, xlsx_bytes
from analytics.model.present import present
from analytics.model.provenance import Provenance
from analytics.words.figures import left_out_note
from analytics.words.language import Words
from analytics.words.plain import plain_name
from analytics.words.provenance import provenance_word
from pages.ui import html
from pages.ui.content import Ask, Block, Subject, Table
from pages.ui.files import KINDS
from pages.ui.guarded import download
from pages.ui.own_chart import chart_of
from pages.ui.titles import titles

ROWS = 1000  # of a table on the screen: a page of more is slow in a browser, and nobody reads on


def table_and_files(ask: Ask, block: Block, table: Table, provenance: str, about: Subject) -> None:
    """The picture's and the table's files, each group on its line; then the picture in words and the table."""
    say, origin = ask.say, provenance_word(Provenance(provenance), ask.say)
    page = titles(say).get(st.session_state.get("on_page", ""), "")
    stem = file_stem(ask, block, about, page)
    source = source_line(ask, origin, about, page, about.also(block.key))
    told = {
        say("Figure"): block.headline,
        say("School"): about.school,
        say("Subject"): _subject(about, block, page),
        say("Year"): str(about.year or ""),
        say("Framework"): _framework(ask, about),
        say("Version"): str(ask.view.number),
        say("Provenance"): origin,
        say("Hidden"): left_out_note(ask.catalogue.hide_below, say),
    }
    told = {name: text for name, text in told.items() if text}
    headings = [column.heading for column in table.columns] + [say("Provenance")]
    subject = (say("School"), say("Subject"), say("Year"), say("Framework"), say("Version"))
    inside = [name for name in subject if name in told and name not in headings]  # a table may have its own years

    def rows() -> list[list]:
        return [[*row, origin] for row in table.plain()]

    def csv() -> bytes:  # it has no second sheet: what it is about stands on each row
        of = [told[name] for name in inside]
        return csv_bytes(headings + inside, [[*row, *of] for row in rows()], excel=say.language == "sv")

    def slide() -> bytes:
        from analytics.documents.slides import slide as made  # takes its time, and few ask for one

        return made(chart_of(present(block.own_chart), table), block.headline, source, block.alt)

    of = ", ".join(filter(None, [about.name or page, about.also(block.key), _year(ask, about), block.headline]))
    with st.container(horizontal=True, vertical_alignment="center", key=f"files_{block.key}"):
        if block.figure is not None:
            html.draw(_pictures(block, say, f"{stem}-v{ask.view.number}", source, of), f"pictures_{block.key}")
            if block.own_chart:
                _button(ask, block, ".pptx", slide, stem)
        html.draw(_named(block, say("Data"), of), f"data_{block.key}")
        _button(ask, block, ".csv", csv, stem)
        _button(ask, block, ".xlsx", lambda: xlsx_bytes(headings, rows(), told), stem)
    shown = replace(table, rows=table.rows[:ROWS])
    html.show(html.element("p", block.alt, class_="kd-alt") + table_html(shown, say) + _rest(len(table.rows), say))


def _rest(rows: int, say: Words) -> Markup:
    """What stands below a table that does not go on; nothing where it does."""
    if rows <= ROWS:
        return html.EMPTY
    return html.note(
        say("The first {shown} of {n} rows; the files have all of them.", shown=say.integer(ROWS), n=say.integer(rows))
    )


def file_stem(ask: Ask, block: Block, about: Subject, page: str = "") -> str:
    """A file's name before its version: what it is about, in letters that every computer takes."""
    parts = [about.name or page, _year(ask, about), about.framework, block.key, about.also(block.key)]
    return "-".join(filter(None, ["kvalitetsdialog", *map(plain_name, parts)]))


def source_line(ask: Ask, origin: str, about: Subject, page: str = "", also: str = "") -> str:
    """What stands below a picture that leaves the page."""
    of = " · ".join(filter(None, [about.name or page, also, _year(ask, about), _framework(ask, about)]))
    said = ask.say(
        "Source: Kvalitetsdialog, version {version}. The figures are {origin}.",
        version=ask.view.number,
        origin=origin,
    )
    return f"{of}. {said}" if of else said


def _subject(about: Subject, block: Block, page: str) -> str:
    """What a file is about but for the school, which it names beside it."""
    name = about.name or page
    return ", ".join(filter(None, ["" if name == about.school else name, about.also(block.key)]))


def _year(ask: Ask, about: Subject) -> str:
    """As the framework calls it, where it is a round's."""
    if about.year is None:
        return ""
    return (ask.of_rounds(about.framework) if about.framework else ask).say.round(about.year)


def _framework(ask: Ask, about: Subject) -> str:
    return ask.catalogue.framework(about.framework).title.in_(ask.say.language) if about.framework else ""


def _button(ask: Ask, block: Block, suffix: str, made: Callable[[], bytes], stem: str) -> None:
    name, media_type = KINDS[suffix]
    download(ask, name, made, stem, suffix, media_type, key=_key(suffix, block), version=ask.view.number)


def _key(suffix: str, block: Block) -> str:
    return f"{suffix[1:]}_{block.key}"


def _pictures(block: Block, say: Words, stem: str, source: str, of: str) -> Markup:
    """The buttons that keep the picture as it is drawn in the browser, which does it (assets/saved.js)."""
    buttons = (
        html.element(
            "button",
            kind,
            type="button",
            class_="kd-save",
            **{
                "aria-label": f"{kind}: {of}",
                "data-save": kind.lower(),
                "data-chart": f"chart_{block.key}",
                "data-name": f"{stem}.{kind.lower()}",
                "data-headline": block.headline,
                "data-source": source,
            },
        )
        for kind in ("SVG", "PNG")
    )
    return html.element("span", _named(block, say("Picture"), of, (".pptx",)), *buttons, class_="kd-files")


def _named(block: Block, group: str, of: str, suffixes: Sequence[str] = (".csv", ".xlsx")) -> Markup:
    """The name of a group of buttons, which tells the script what each of them is to be read out as."""
    said = {"data-buttons": " ".join(_key(suffix, block) for suffix in suffixes), "data-of": of}
    return html.element("strong", group, class_="kd-group", **said)


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
