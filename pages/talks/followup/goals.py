"""Uppföljning's table: every goal that was agreed, with its school's dialogue, its criterion and how it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analytics.dialogue.followup import is_late
from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.followup_words import of_gone_schools, school_named
from analytics.dialogue.register import dialogues
from analytics.model.dialogue import Agreement, Progress
from analytics.words.frameworks import criterion_title
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.shared.row_table import FEWER, Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, Way, Ways, text_column
from pages.ui.titles import address

LATE = "late"
ORDER = (LATE, Progress.UNDER_WAY.value, Progress.AGREED.value, Progress.DONE.value, Progress.DROPPED.value)
FIRST = 5  # schools that stand beside the picture


def agreed_in(ask: Ask, report: YearReport) -> tuple[Agreement, ...]:
    """The round's goals: those that are late first, then those that are open, by the day they are due."""
    about = (report.framework.id, report.year)
    found = [row for row in dialogues(ask.view, ask.viewer).agreements if (row.framework, row.year) == about]
    names = report.school_names
    key = lambda row: (ORDER.index(state_of(row, report)), row.due, names.get(row.school_id, ""), row.number)  # noqa: E731
    return tuple(sorted(found, key=key))


def state_of(row: Agreement, report: YearReport) -> str:
    """How far a goal has come, or that it is late."""
    return LATE if is_late(row, report.found.today) else row.status.value


def goals_table(ask: Ask, report: YearReport) -> Block | None:
    """A row a goal; None where nothing is agreed."""
    goals, say = agreed_in(ask, report), ask.say
    if not goals:
        return None
    states = [state for state in ORDER if any(state_of(row, report) == state for row in goals)]
    chips = [Chip(state, _state(state, say), sum(state_of(row, report) == state for row in goals)) for state in states]
    headline = say.plural("The {n} goal", "The {n} goals", len(goals))

    def row(goal: Agreement) -> TableRow:
        state = state_of(goal, report)
        cells = (
            RowCell(_criterion(goal, report, say)),
            RowCell(goal.due.isoformat()),
            RowCell(_state(state, say), ORDER.index(state)),
        )
        return TableRow(_name(goal, report, say), _there(goal, say), cells, (state,))

    columns = (
        RowColumn(say("Criterion"), "say"),
        RowColumn(say("Due"), "num", short=say("Due")),
        RowColumn(say("How it goes"), "say"),
    )
    heads = TableHeadings(headline, say("School"), say("All {n} goals", n=len(goals)), FEWER)
    drawn = row_table(heads, columns, [row(goal) for goal in goals], (*chips, Chip("", say("All"), len(goals))))
    return Block(
        key="goals",
        headline=headline,
        alt=say("Table: each goal with its criterion, when it is due and how it goes. {headline}.", headline=headline),
        table=_table(goals, report, say),
        drawing=html.element("div", drawn, class_="kd-drawn"),
    )


def late_block(ask: Ask, report: YearReport) -> Block | None:
    """A row a goal with its words, by the day it was due; None where none is late."""
    say, late = ask.say, report.found.late
    if not late:
        return None
    headline = say.plural(
        "{n} goal is still open though its due date has passed",
        "{n} goals are still open though their due dates have passed",
        len(late),
    )
    schools = len({row.school_id for row in late})
    headline += say.plural(", in {n} school", ", in {n} schools", schools)

    def row(goal: Agreement) -> TableRow:
        cells = (
            RowCell(_criterion(goal, report, say)),
            RowCell(goal.goal or ""),
            RowCell(goal.due.isoformat()),
            RowCell(goal.outcome or ""),
        )
        return TableRow(_name(goal, report, say), _there(goal, say), cells)

    columns = (
        RowColumn(say("Criterion"), "say"),
        RowColumn(say("Goal"), "say", short=say("Goal")),
        RowColumn(say("Due"), "num", short=say("Due")),
        RowColumn(say("What has come of it so far"), "say"),
    )
    drawn = row_table(TableHeadings(headline, say("School")), columns, [row(goal) for goal in late])
    return Block(
        key="late_goals",
        title=say("Which goals are late?"),
        short=say.plural("{n} goal", "{n} goals", len(late)),
        headline=headline,
        alt=say("A table of the goals that are late. {headline}.", headline=headline),
        table=_table(late, report, say),
        note=of_gone_schools(report, say),
        drawing=html.element("div", drawn, class_="kd-drawn"),
    )


def late_ways(ask: Ask, report: YearReport) -> tuple[Ways, ...]:
    """The schools with the most goals that are late, each with the way to its dialogue."""
    say, late = ask.say, report.found.late
    goals = {row.school_id: row for row in late}
    named = report.school_names
    most = sorted(Counter(row.school_id for row in late).items(), key=lambda of: (-of[1], named.get(of[0], of[0])))
    ways = tuple(
        Way(_name(goals[id_], report, say), _there(goals[id_], say), say.plural("{n} goal", "{n} goals", n))
        for id_, n in most[:FIRST]
    )
    return (Ways(say("Most late goals"), ways),) if ways else ()


def _name(goal: Agreement, report: YearReport, say: Words) -> str:
    return school_named(report, goal.school_id, say)


def _there(goal: Agreement, say: Words) -> str:
    """The dialogue in which it was agreed."""
    return address("dialog", say, framework=goal.framework, year=goal.year, school=goal.school_id)


def _criterion(goal: Agreement, report: YearReport, say: Words) -> str:
    """Its title, which leads to its page; the id alone of one that the framework asks no more."""
    if goal.criterion not in {known.id for known in report.framework.criteria}:
        return goal.criterion
    there = address("kriterier", say, framework=goal.framework, year=goal.year, criterion=goal.criterion)
    return html.link(criterion_title(report.framework, goal.criterion, say), there)


def _state(state: str, say: Words) -> str:
    return say("Late") if state == LATE else label_of(Progress(state), say)


def _table(goals: Iterable[Agreement], report: YearReport, say: Words) -> Table:
    titles = {c.id: c.title.in_(say.language).rstrip(".") for c in report.framework.criteria}
    columns: Sequence[TableColumn[Agreement]] = (
        text_column(say("School"), lambda row: _name(row, report, say)),
        text_column(say("Criterion"), lambda row: f"{row.criterion} {titles.get(row.criterion, '')}".strip()),
        text_column(say("Goal"), lambda row: row.goal or ""),
        text_column(say("Due"), lambda row: row.due.isoformat()),
        text_column(say("How it goes"), lambda row: _state(state_of(row, report), say)),
        text_column(say("What has come of it so far"), lambda row: row.outcome or ""),
    )
    return Table.of(columns, goals)
