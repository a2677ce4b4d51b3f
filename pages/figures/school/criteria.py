"""Min skola criterion by criterion: the school beside the city, with every interval there is."""

from __future__ import annotations

from analytics.charts.rows import DotRow, Heading, dots
from analytics.maturity.schools import Cell
from analytics.model.figures import Status
from analytics.model.provenance import Missing
from analytics.words.figures import STATUS, interval
from analytics.words.language import Words
from pages.figures.school.comparison import Beside
from pages.figures.school.consensus import accord_text
from pages.figures.school.pictures import (
    city_columns,
    city_figures,
    diamond_note,
    dot_row,
    figures_of,
    side_text,
)
from pages.figures.school.similar import group_columns, group_figures
from pages.shared.parts import or_hidden
from pages.ui.content import Ask, Block, Column, Table, count_column, level_column, share_column, text_column
from pages.ui.phrases import axis_of


def criteria_block(ask: Ask, beside: Beside) -> Block:
    say = ask.say
    rows: list[DotRow | Heading] = []
    table, clear = [], [0, 0]
    counted = beside.round.invited is not None
    for area in beside.framework.areas:
        asked = [criterion for criterion in area.criteria if criterion.id in beside.cells]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for criterion in asked:
            cell, city = beside.cells[criterion.id], beside.city_cells.get(criterion.id)
            group = beside.group.cells.get(criterion.id)
            clear[0] += cell.city_side == 1
            clear[1] += cell.city_side == -1
            title = criterion.title.in_(say.language)
            hover = _hover(beside, cell, say)
            rows.append(dot_row(ask, beside, f"{criterion.id} {title}", cell, city, group, hover))
            table.append(
                (
                    criterion.id,
                    title,
                    area.title.in_(say.language),
                    *figures_of(cell),
                    *map(or_hidden, (cell.share_at_goal, cell.share_low, cell.share_high)),
                    *(_staff_figures(cell) if counted else ()),
                    side_text(cell, say),
                    *city_figures(city),
                    *group_figures(beside.group, group),
                    or_hidden(cell.n),
                    say.marked(STATUS[Status(cell.status)]),
                )
            )
    shown = sum(cell.mean is not None for cell in beside.cells.values())
    headline = say("{above} criteria lie clearly above the city, {below} clearly below", above=clear[0], below=clear[1])
    if not any(clear):
        headline = say.plural(
            "The {n} criterion does not clearly differ from the city",
            "Not one of the {n} criteria clearly differs from the city",
            shown,
        )
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        text_column(say("Area")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        share_column(say("Share of answers at the goal"), say),
        share_column(say("Share, from"), say),
        share_column(say("Share, to"), say),
        *(_staff_columns(say) if counted else ()),
        text_column(say("Beside the city")),
        *city_columns(say),
        *group_columns(beside.group, say),
        count_column(say("Answers"), say),
        text_column(say("Remark")),
    )
    hidden = beside.round.shown == 0
    if hidden:
        headline = say("Too few have answered for the school's own figures to be shown")
    claimed = say(
        "Clearly above or below: so far from the city that chance is a poor explanation, though {n} criteria are"
        " compared at once. Of such claims at most one in twenty is chance in the long run.",
        n=shown,
    )
    return Block(
        key="criteria",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean on each criterion with its 95 % interval, beside the city's. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(beside.framework, say), say.language),
        note=" ".join(
            filter(None, [] if hidden else [claimed, diamond_note(beside, say), _intervals_note(beside, say)])
        ),
    )


def _intervals_note(beside: Beside, say: Words) -> str:
    """What each of the two intervals answers."""
    if beside.round.invited is None:
        return say(
            "The 95 % interval tells what these answers say of staff like these. How many were invited is not known, so"
            " nothing can be said of this very staff."
        )
    return say(
        "The 95 % interval tells what these answers say of staff like these. “This staff, this year”, in the table and"
        " on pointing, is narrower: what all the {invited} invited would have said. It is never for comparing years.",
        invited=say.integer(beside.round.invited),
    )


def _hover(beside: Beside, cell: Cell, say: Words) -> list[str]:
    if cell.mean is None:
        return []
    staff = share = ""
    if cell.staff_low is not None:
        low, high = say.number(cell.staff_low), say.number(cell.staff_high)
        staff = say("this staff, this year: {low}–{high}", low=low, high=high)
    if cell.share_low is not None:
        share = say(
            "{share} at the goal or above ({low}–{high})",
            share=say.percent(cell.share_at_goal),
            low=say.percent(cell.share_low),
            high=say.percent(cell.share_high),
        )
    answers = say.plural("{n} answer", "{n} answers", cell.n)
    agreed = accord_text(beside, cell.criterion, say)
    return [
        say.number(cell.mean),
        interval(cell.ci_low, cell.ci_high, say),
        staff,
        share,
        answers,
        agreed,
        say.marked(STATUS[Status(cell.status)]),
    ]


def _staff_figures(cell: Cell) -> tuple:
    figures = (cell.staff_low, cell.staff_high, cell.staff_share_low, cell.staff_share_high)
    why = Missing.HIDDEN if cell.mean is None else Missing.NOT_COLLECTED
    return tuple(why if value is None else value for value in figures)


def _staff_columns(say: Words) -> tuple[Column, ...]:
    return (
        level_column(say("This staff, this year: mean from"), say),
        level_column(say("This staff, this year: mean to"), say),
        share_column(say("This staff, this year: share from"), say),
        share_column(say("This staff, this year: share to"), say),
    )
