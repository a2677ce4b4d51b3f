"""Min skola's pictures criterion by criterion: the school beside the city, and what people answered."""

from __future__ import annotations

from analytics.charts.bars import BarRow, bars
from analytics.charts.rows import DotRow, Heading, dots
from analytics.model import Missing
from pages.quality.parts import bar_row, or_hidden
from pages.quality.school_pictures import Beside, clearly, dot_row, figures_of
from pages.ui.content import (
    Ask,
    Block,
    Table,
    count_column,
    level_column,
    share_column,
    text_column,
)
from pages.ui.phrases import axis_of, status_text


def criteria_block(ask: Ask, beside: Beside) -> Block:
    say = ask.say
    rows: list[DotRow | Heading] = []
    table, clear = [], [0, 0]
    for area in beside.framework.areas:
        asked = [criterion for criterion in area.criteria if criterion.id in beside.cells]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for criterion in asked:
            cell, city = beside.cells[criterion.id], beside.city_cells.get(criterion.id)
            city_mean = city.mean if city else None
            side = clearly(cell, city_mean)
            clear[0] += side > 0
            clear[1] += side < 0
            title = criterion.title.in_(say.language)
            rows.append(
                dot_row(ask, f"{criterion.id} {title}", cell, cell.n, city_mean, city, status_text(cell.status, say))
            )
            table.append(
                (
                    criterion.id,
                    title,
                    area.title.in_(say.language),
                    *figures_of(cell),
                    or_hidden(cell.share_at_goal),
                    or_hidden(city_mean),
                    or_hidden(cell.n),
                    status_text(cell.status, say),
                )
            )
    headline = say("{above} criteria lie clearly above the city, {below} clearly below", above=clear[0], below=clear[1])
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        text_column(say("Area")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        share_column(say("Share of answers at the goal"), say),
        level_column(say("The city"), say),
        count_column(say("Answers"), say),
        text_column(say("Remark")),
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
        note=say(
            "Clearly above or below: the city's mean is outside the school's interval. Of {n} such comparisons about"
            " {chance} come out by chance alone.",
            n=len(table),
            chance=max(1, round(len(table) * 0.05)),
        ),
    )


def answers_block(ask: Ask, beside: Beside) -> Block:
    say, framework = ask.say, beside.framework
    rows: list[BarRow | Heading] = []
    table = []
    names = framework.labels(say.language)
    for area in framework.areas:
        asked = [beside.cells[criterion.id] for criterion in area.criteria if criterion.id in beside.cells]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for cell in asked:
            title = framework.criterion(cell.criterion).title.in_(say.language)
            rows.append(bar_row(ask, framework, f"{cell.criterion} {title}", cell.levels, cell.n))
            levels = cell.levels or (Missing.HIDDEN,) * len(names)
            table.append(
                (
                    cell.criterion,
                    title,
                    *levels,
                    or_hidden(cell.dont_know),
                    or_hidden(cell.n),
                    or_hidden(cell.share_at_goal),
                )
            )
    shown = [cell for cell in beside.cells.values() if cell.share_at_goal is not None]
    headline = say("No distribution can be shown")
    if shown:
        most = max(shown, key=lambda cell: cell.share_at_goal)
        least = min(shown, key=lambda cell: cell.share_at_goal)
        headline = say(
            "The share that answers {goal} or above is largest on “{high}” ({most}) and smallest on “{low}” ({least})",
            goal=names[framework.goal.level - framework.scale_min],
            high=framework.criterion(most.criterion).title.in_(say.language).rstrip("."),
            most=say.percent(most.share_at_goal),
            low=framework.criterion(least.criterion).title.in_(say.language).rstrip("."),
            least=say.percent(least.share_at_goal),
        )
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        *(count_column(f"{level} {name}", say) for level, name in zip(framework.levels, names, strict=True)),
        count_column(say("Don't know"), say),
        count_column(say("Answers"), say),
        share_column(say("Share of answers at the goal"), say),
    )
    return Block(
        key="answers",
        headline=headline,
        alt=say(
            "Stacked bars: the share of answers per level on each criterion, aligned at the goal. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=bars(rows, axis_of(framework, say), say.language, (say("below the goal"), say("at the goal or above"))),
        note=say("Levels from left to right: {levels}. Don't know is not counted.", levels=say.listing(names)),
    )
