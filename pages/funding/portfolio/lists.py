"""EU-medel's tables: every project, country and school as a row, with ways to the projects and the schools."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from analytics.funding.countries import HOME
from analytics.funding.plan import ProjectStatus
from pages.funding.amounts import kr
from pages.funding.portfolio.choice import Portfolio, paid_by_project
from pages.funding.portfolio.expected import comparable, is_behind
from pages.funding.portfolio.places import partner_columns, partners_in_order, school_names
from pages.funding.portfolio.projects import columns_of_projects, courses_of, pace
from pages.funding.portfolio.spans import SpanFrame, span_picture
from pages.funding.ways import project_address, project_links, school_address
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column

RUNNING, BEHIND = "running", "behind"


def projects(ask: Ask, chosen: Portfolio) -> Block:
    """A row a project: its time with what is paid of its own budget, and what it was paid under the choices."""
    say, courses, end = ask.say, courses_of(chosen), chosen.looked_at
    frame = SpanFrame.of([one.project for one in courses], end)
    late = {one.project.id for one in comparable(chosen) if is_behind(chosen, one)}
    running = {one.project.id for one in courses if one.project.start <= end <= one.project.end}
    paid = paid_by_project(chosen.part.spent)
    rows = [_project_row(ask, one, paid, frame, end, running, late) for one in courses]
    paid_in = say("Spent {when}", when=chosen.year) if chosen.year else say("Spent")
    columns = [
        RowColumn(say("Programme"), "say"),
        RowColumn(say("Time"), "pic", frame.years()),
        RowColumn(paid_in, "num", short=paid_in),
        RowColumn(say("Of the own budget"), "num", short=say("Of the own budget")),
    ]
    chips = [
        Chip("", say("All"), len(rows)),
        Chip(RUNNING, say("Running at the end of {year}", year=end.year), len(running)),
    ]
    if comparable(chosen):
        chips.append(Chip(BEHIND, say("Has received clearly less than expected"), len(late)))
    heads = TableHeadings(say("The projects, with their time and what was spent"), say("Project"), _all(ask, rows))
    return Block(
        key="projects",
        headline=say.plural("{n} project", "{n} projects", len(rows)),
        alt=say("One row per project: its programme, its time, and what was spent."),
        table=Table.of(columns_of_projects(ask, courses), courses),
        drawing=html.element("div", row_table(heads, columns, rows, chips), class_="kd-drawn"),
        note=say("Grey: the time that has gone. Blue: the share of the own budget that is spent."),
    )


def _project_row(
    ask: Ask,
    one: ProjectStatus,
    paid: dict[str, Decimal],
    frame: SpanFrame,
    end: date,
    running: set[str],
    late: set[str],
) -> TableRow:
    say, project = ask.say, one.project
    amount = paid.get(project.id, Decimal(0))
    share = "–" if one.paid_share is None else say.percent(one.paid_share)
    kinds = [kind for kind, there in ((RUNNING, running), (BEHIND, late)) if project.id in there]
    cells = (
        RowCell(project.programme),
        RowCell(
            span_picture(one, frame, f"{project.start} – {project.end}: {pace(ask, one, end)}"), _day(project.start)
        ),
        RowCell(kr(amount, say), float(amount)),
        RowCell(share, "" if one.paid_share is None else float(one.paid_share)),
    )
    return TableRow(project.title, project_address(project.id, say), cells, tuple(kinds))


def countries(ask: Ask, chosen: Portfolio) -> Block:
    """A row a country: the places, and the projects with partners there."""
    say, titles = ask.say, {project.id: project.title for project in chosen.part.projects}
    of: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, None]] = {}
    for partner in chosen.part.partners:
        of.setdefault(partner.country, {})[partner.project_id] = None
        places.setdefault(partner.country, {}).update({partner.place: None} if partner.place else {})
    order = sorted(of, key=lambda code: (code == HOME, -len(of[code]), say.country(code)))
    rows = [
        TableRow(
            say.country(code),
            "",
            (
                RowCell(say.integer(len(of[code])), len(of[code])),
                RowCell(", ".join(places[code])),
                RowCell(project_links(titles, of[code], say)),
            ),
        )
        for code in order
    ]
    columns = [
        RowColumn(say("Projects"), "num", short=say("Projects")),
        RowColumn(say("Places"), "say"),
        RowColumn(say("Which projects"), "say"),
    ]
    heads = TableHeadings(say("The partners' countries, with their projects"), say("Country"), _all(ask, rows))
    return Block(
        key="countries",
        headline=say("Country by country"),
        alt=say("One row per country: how many projects have partners there, in which places, and which projects."),
        table=Table.of(partner_columns(ask, chosen), partners_in_order(ask, chosen)),
        drawing=_drawn(row_table(heads, columns, rows)),
    )


def schools(ask: Ask, chosen: Portfolio) -> Block:
    "One row per school: the projects that it takes part in."
    say, names = ask.say, school_names(ask, chosen)
    titles = {project.id: project.title for project in chosen.part.projects}
    known = {school.id for school in ask.catalogue.schools}
    of: dict[str, dict[str, None]] = {}
    for participant in chosen.part.participants:
        of.setdefault(participant.school_id, {})[participant.project_id] = None
    order = sorted(of, key=lambda id_: names[id_])
    rows = [
        TableRow(
            names[id_],
            school_address(id_, say) if id_ in known else "",
            (RowCell(say.integer(len(of[id_])), len(of[id_])), RowCell(project_links(titles, of[id_], say))),
        )
        for id_ in order
    ]
    columns = [RowColumn(say("Projects"), "num", short=say("Projects")), RowColumn(say("Which projects"), "say")]
    heads = TableHeadings(say("The schools, with their projects"), say("School"), _all(ask, rows))
    listed: tuple[TableColumn[str], ...] = (
        text_column(say("School"), lambda id_: names[id_]),
        text_column(say("Projects"), lambda id_: ", ".join(titles[project] for project in of[id_])),
    )
    return Block(
        key="schools",
        headline=say.plural("{n} school takes part", "{n} schools take part", len(rows)),
        alt=say("One row per school: the projects that it takes part in."),
        table=Table.of(listed, order),
        drawing=_drawn(row_table(heads, columns, rows)),
    )


def _all(ask: Ask, rows: list[TableRow]) -> str:
    return ask.say.plural("Show the one row", "Show all {n} rows", len(rows))


def _drawn(table: Markup) -> Markup:
    return html.element("div", table, class_="kd-drawn")


def _day(day: date) -> float:
    return float(day.toordinal())
