"""The parts of the page on open data, as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from analytics.opendata import publisher as settings
from analytics.opendata.columns import COLUMNS
from analytics.opendata.examples import EXAMPLES, OPENING
from analytics.opendata.overview import OpenOverview
from analytics.opendata.publisher import Publisher
from analytics.opendata.readme import DUCKDB, PANDAS
from analytics.opendata.symbols import MEANING
from analytics.opendata.table import OpenTable
from analytics.opendata.tables import TABLES
from analytics.words.figures import left_out_note
from analytics.words.language import N_, Words
from pages.ui import html

WHAT = {
    settings.OPEN: N_("on, when all the others are set"),
    settings.ADDRESS: N_("the address at which people reach Kvalitetsdialog"),
    settings.NAME: N_("who publishes"),
    settings.NUMBER: N_("the publisher's organisation number"),
    settings.LICENCE: N_("the licence: CC0 1.0, CC BY 4.0, or the address of another"),
    settings.CONTACT: N_("an address of mail for questions, nobody's own"),
}


def tables_html(overview: OpenOverview, by: Publisher, say: Words) -> Markup:
    """A row a table: what it is called, how many rows it has, and its files where the world may fetch them."""
    heads = html.element(
        "tr", html.column_head(say("Table")), html.column_head(say("Rows"), "num"), html.column_head(say("Files"))
    )
    rows = (_table_html(table, overview, by, say) for table in TABLES)
    return html.table(heads, rows, stacked=False, name=say("The open tables"))


def _table_html(table: OpenTable, overview: OpenOverview, by: Publisher, say: Words) -> Markup:
    counted = overview.rows[table.name]
    return html.element(
        "tr",
        html.element("td", say.marked(table.title)),
        html.element("td", say.integer(sum(counted.values())), class_="num"),
        html.element("td", html.joined(_file_links(table, counted, by), " ")),
    )


def _file_links(table: OpenTable, counted: dict[int | None, int], by: Publisher) -> Iterator[Markup | str]:
    """The years, or the formats; each a link where the files are open."""
    if table.by_year:
        for year in counted:
            name = f"{table.name}-{year}"
            yield html.link(str(year), by.at(f"tables/{name}.csv"), f"{name}.csv") if by.is_open else str(year)
        return
    for called, suffix in (("CSV", "csv"), ("Parquet", "parquet")):
        at = by.at(f"tables/{table.name}.{suffix}")
        yield html.link(called, at, f"{table.name}.{suffix}") if by.is_open else called


def questions_html(say: Words) -> Markup:
    """How the database is opened, and worked questions with the SQL that answers them."""
    intro = say("Download the database, and ask it in SQL, as here in Python:")
    parts = [html.element("p", intro), _code(OPENING, say("How the database is opened"))]
    for example in EXAMPLES:
        question = say.marked(example.question)
        parts += [html.section_title(question), _code(example.sql, question)]
    parts += [
        html.element("p", say("A single CSV is read so, with the symbols taken for what they are:")),
        _code(f"{PANDAS}\n{DUCKDB}\n", say("How a CSV is read")),
    ]
    return html.element("div", *parts, class_="kd-text")


def _code(text: str, name: str) -> Markup:
    return html.scrolled(html.element("pre", html.element("code", text.strip())), name)


def meanings(overview: OpenOverview, say: Words) -> Markup:
    """Each column's meaning once, as each name means the same wherever it stands."""
    heads = html.element("tr", html.column_head(say("Column")), html.column_head(say("Meaning")))
    rows = (
        html.element("tr", html.element("td", html.element("code", name)), html.element("td", say.marked(column.text)))
        for name, column in COLUMNS.items()
    )
    symbols = [f"{symbol} {say.marked(text)}" for symbol, text in MEANING.items()]
    lead = html.element("p", say("Where there is no value in a CSV stands:")) + html.listed(symbols)
    return lead + html.table(heads, rows, name=say("What the columns mean"))


def left_out(limit: int, say: Words) -> Markup:
    return html.listed(
        [
            left_out_note(limit, say),
            say("What schools and the administration have agreed on, and what visitors saw: it is theirs."),
            say("Free texts and notes, and who has changed what: they may name somebody."),
            say("Journeys in EU projects: few make each."),
            say("Places among schools: the figures are no ranking."),
            say("Figures from others, such as what surrounds a school: they are theirs to publish."),
            say("Rounds in which a few people's answers were changed after they had been published."),
        ]
    )


def opening(by: Publisher, say: Words) -> Markup:
    """The settings of the server that open them, and which of them lack."""
    lead = say(
        "Whoever runs the server sets these, in its environment. Until then only those who may see this page can"
        " download anything."
    )
    heads = html.element(
        "tr", html.column_head(say("Setting")), html.column_head(say("Meaning")), html.column_head(say("Now"))
    )
    now = {name: say("not set") if name in by.missing else say("set") for name in settings.SETTINGS}
    now[settings.OPEN] = say("open") if by.is_open else say("not open")
    rows = (
        html.element(
            "tr",
            html.element("td", html.element("code", name)),
            html.element("td", say.marked(text)),
            html.element("td", now[name]),
        )
        for name, text in WHAT.items()
    )
    return html.element("p", lead) + html.table(heads, rows, name=say("The settings"))
