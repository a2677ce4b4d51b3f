"""Öppna data: which tables there are for anybody to fetch, how to ask questions of them, and how they are opened.

What the page tells of the settings is what the server was told; the tables are those of the version in force.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from analytics.opendata.folder import CATALOGUE, DATABASE
from analytics.opendata.overview import OpenOverview, zipped
from analytics.opendata.publisher import Publisher, SettingRefused, publisher
from analytics.opendata.readme import closed_texts
from analytics.opendata.rounds import open_rounds
from analytics.words.language import Words
from pages.data.opendata.parts import left_out, meanings, opening, questions_html, tables_html
from pages.ui import access, html, notices
from pages.ui.content import Ask, KeyFigure
from pages.ui.guarded import download
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.notices import key_figures_html, provenance_badge
from pages.ui.open_files import KINDS, OPEN_FILES, make_ahead
from pages.ui.titles import questions


def render(ask: Ask) -> None:
    say = ask.say
    with page_head(say, questions(say)["oppna-data"]):
        pass
    try:
        by = publisher(os.environ)
    except SettingRefused as wrong:
        text = say("{setting} cannot be “{value}”.", setting=wrong.setting, value=wrong.value)
        notices.empty_state(say, text, say.marked(wrong.hint))
        return
    overview = access.composed(compose, ask, open_rounds(ask.view).scope)
    badge = provenance_badge(overview.provenance.value, say)
    html.show(badge + html.answer(_answer(overview, by, say)) + key_figures_html(_figures(overview, say)))
    _files(ask, by)
    if by.is_open:
        html.show(html.element("p", say("The catalogue that portals harvest:"), " ", html.link_beside(*_catalogue(by))))
    html.show(tables_html(overview, by, say))
    notices.small_print(closed_texts(overview.rounds, say))
    folds: tuple[tuple[str, str, Callable[[], Markup]], ...] = (
        ("ask", say("Ask your own question"), lambda: questions_html(say)),
        ("columns", say("What do the columns mean?"), lambda: meanings(overview, say)),
        ("left_out", say("What is left out, and why?"), lambda: left_out(ask.catalogue.hide_below, say)),
        ("open", say("How are they opened to the world?"), lambda: opening(by, say)),
    )
    for key, title, inner in folds:
        fold = kept_open(title, key=f"more_{key}", type="compact")
        if fold.open:
            with fold:
                html.show(inner())


def compose(ask: Ask, rounds: str) -> OpenOverview:
    """The tables and how many rows each has. `rounds`: which are open, as a release is no new version."""
    return OpenOverview.of(ask.view)


def visits(ask: Ask) -> list[tuple]:
    return [(compose, ask, open_rounds(ask.view).scope), (make_ahead, ask)]


def _answer(overview: OpenOverview, by: Publisher, say: Words) -> str:
    tables = say.plural("{n} table", "{n} tables", len(overview.rows))
    if by.is_open:
        return say(
            "{tables} are open: anyone may download them, without signing in. The licence is {licence}.",
            tables=tables,
            licence=by.licence_name,
        )
    return say("{tables} can be published as open data. They are not open to the world yet.", tables=tables)


def _figures(overview: OpenOverview, say: Words) -> tuple[KeyFigure, ...]:
    years = sorted({year for rows in overview.rows.values() for year in rows if year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years)) or "–"
    return (
        KeyFigure(say("Tables"), say.integer(len(overview.rows)), say("as CSV and Parquet")),
        KeyFigure(say("Rows"), say.integer(overview.total), say("hidden figures are hidden here too")),
        KeyFigure(say("Years"), span, say("one file per year")),
        KeyFigure(say("Version"), say.integer(overview.version), say("of the data")),
    )


def _files(ask: Ask, by: Publisher) -> None:
    """All of it as one archive, and as one database, each made when somebody asks for it."""
    say, version = ask.say, ask.view.number

    def archive() -> bytes:
        return zipped(*OPEN_FILES.of(ask.view, by))

    def database() -> bytes:
        return (OPEN_FILES.of(ask.view, by)[0] / DATABASE).read_bytes()

    with st.container(horizontal=True, key="open_files"):
        stem = "kvalitetsdialog-oppna-data"
        download(ask, say("All files (ZIP)"), archive, stem, ".zip", "application/zip", key="open_zip", version=version)
        label = say("As a database (DuckDB)")
        download(ask, label, database, "kvalitetsdialog", ".duckdb", KINDS[".duckdb"], key="open_duckdb",
                 version=version)  # fmt: skip


def _catalogue(by: Publisher) -> tuple[str, str]:
    return by.at(CATALOGUE).partition("://")[2], by.at(CATALOGUE)
