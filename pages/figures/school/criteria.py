"""Min skola criterion by criterion: the school beside the city, with every interval there is."""

from __future__ import annotations

from analytics.charts.rows import DotRow, GroupName, dots
from analytics.documents.own_chart import Kind
from analytics.maturity.schools import Cell
from analytics.model.figures import Status
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.cells import (
    answers_text,
    answers_value,
    mean_text,
    mean_value,
    share_at_goal_text,
    share_end,
    share_value,
)
from analytics.words.figures import STATUS, interval
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.consensus import accord_text
from pages.figures.school.pictures import city_columns, diamond_note, dot_row, side_text
from pages.figures.school.similar import group_columns
from pages.shared.parts import CriterionFacts, asked_in, or_hidden, or_unknown
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, share_column, text_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, scale_of


def criteria_block(ask: Ask, comparison: SchoolComparison) -> Block:
    say = ask.say
    rows: list[DotRow | GroupName] = []
    table: list[CriterionFacts[Cell]] = []
    clear = [0, 0]
    for area in comparison.framework.areas:
        asked = asked_in(area, comparison.cells)
        table += asked
        if asked:
            rows.append(GroupName(area.title.in_(say.language)))
        for row in asked:
            criterion, cell = row.criterion, row.of
            city, group = comparison.city_cells.get(criterion.id), comparison.group.cells.get(criterion.id)
            clear[0] += cell.city_side == 1
            clear[1] += cell.city_side == -1
            name = f"{criterion.id} {criterion.title.in_(say.language)}"
            rows.append(dot_row(ask, comparison, name, cell, city, group, _hover(comparison, cell, say)))
    shown = sum(cell.mean is not None for cell in comparison.cells.values())
    headline = say(
        "On {above} criteria the school is clearly above the city, on {below} clearly below",
        above=clear[0],
        below=clear[1],
    )
    if not any(clear):
        headline = say.plural(
            "The {n} criterion does not clearly differ from the city",
            "Not one of the {n} criteria clearly differs from the city",
            shown,
        )
    columns: tuple[TableColumn[CriterionFacts[Cell]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        text_column(say("Area"), lambda row: row.area.title.in_(say.language)),
        level_column(say("Mean"), lambda row: mean_value(row.of, say), say),
        level_column(say("Interval from"), lambda row: or_hidden(row.of.ci_low), say),
        level_column(say("Interval to"), lambda row: or_hidden(row.of.ci_high), say),
        share_column(say("Share of answers at the goal"), lambda row: share_value(row.of, say), say),
        share_column(say("Share, from"), lambda row: share_end(row.of, row.of.share_low, say), say),
        share_column(say("Share, to"), lambda row: share_end(row.of, row.of.share_high, say), say),
        *(() if comparison.round.invited is None else _staff_columns(say)),
        text_column(say("Beside the city"), lambda row: side_text(row.of, say)),
        *city_columns(lambda row: comparison.city_cells.get(row.criterion.id), say),
        *group_columns(comparison.group, lambda row: comparison.group.cells.get(row.criterion.id), say),
        count_column(say("Answers"), lambda row: answers_value(row.of), say),
        text_column(say("Remark"), lambda row: say.marked(STATUS[Status(row.of.status)])),
    )
    hidden = comparison.round.shown == 0
    if hidden:
        headline = say("Too few have answered for the school's own figures to be shown")
    claimed = say(
        "Clearly above or below: so far from the city that chance is a poor explanation, though {n} criteria are"
        " compared at once. Of schools that stand just where the city does, at most one in twenty is said to lie"
        " above or below it on any criterion.",
        n=shown,
    )
    return Block(
        key="criteria",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean on each criterion with its 95% interval, compared with the city's. "
            "{headline}.",
            headline=headline,
        ),
        table=Table.of(columns, table),
        figure=dots(rows, axis_of(comparison.framework, say), say.language),
        own_chart=OwnChart(
            Kind.BARS, say("Criterion"), (say("Mean"), say("The city")), scale=scale_of(comparison.framework)
        ),
        note=" ".join(
            filter(None, [] if hidden else [claimed, diamond_note(comparison, say), _intervals_note(comparison, say)])
        ),
    )


def _intervals_note(comparison: SchoolComparison, say: Words) -> str:
    """What each of the two intervals answers."""
    if comparison.round.responded_band:
        return say(
            "The 95% interval tells what these answers say of staff like these. With under ten answers nothing "
            "is said about this very staff."
        )
    if comparison.round.invited is None:
        return say(
            "The 95% interval tells what these answers say of staff like these. How many were invited is not "
            "known, so nothing can be said of this very staff."
        )
    return say(
        "The 95% interval tells what these answers say of staff like these. “This staff, this year”, in the "
        "table and on pointing, is narrower: what all the {invited} invited would have said. It is never for "
        "comparing years.",
        invited=say.integer(comparison.round.invited),
    )


def _hover(comparison: SchoolComparison, cell: Cell, say: Words) -> list[str]:
    if cell.mean is None:
        return []
    staff = share = ""
    if cell.staff_low is not None:
        low, high = say.number(cell.staff_low), say.number(present(cell.staff_high))
        staff = say("this staff, this year: {low}–{high}", low=low, high=high)
    if cell.share_low is not None:
        share = say(
            "{share} at the goal or above ({low}–{high})",
            share=share_at_goal_text(cell, say),
            low=say.percent(cell.share_low),
            high=say.percent(present(cell.share_high)),
        )
    elif cell.share_band:
        share = say("{share} at the goal or above", share=share_at_goal_text(cell, say))
    agreed = accord_text(comparison, cell.criterion, say)
    return [
        mean_text(cell, say),
        interval(cell.ci_low, cell.ci_high, say),
        staff,
        share,
        answers_text(cell, say),
        agreed,
        say.marked(STATUS[Status(cell.status)]),
    ]


def _staff_columns(say: Words) -> tuple[TableColumn[CriterionFacts[Cell]], ...]:
    """What all the invited would have said."""

    def known(figure: float | None, cell: Cell) -> float | Missing:
        return or_hidden(figure) if cell.mean is None else or_unknown(figure)

    return (
        level_column(say("This staff, this year: mean from"), lambda row: known(row.of.staff_low, row.of), say),
        level_column(say("This staff, this year: mean to"), lambda row: known(row.of.staff_high, row.of), say),
        share_column(say("This staff, this year: share from"), lambda row: known(row.of.staff_share_low, row.of), say),
        share_column(say("This staff, this year: share to"), lambda row: known(row.of.staff_share_high, row.of), say),
    )
