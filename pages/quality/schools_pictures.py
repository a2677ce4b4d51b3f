"""Skolor's pictures: the heat map and the dots with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.heat import FEW, HeatRow, heat_map
from analytics.charts.rows import DotRow, named_dots
from analytics.model import Framework, Missing, School
from pages.ui import controls
from pages.ui.content import (
    Ask,
    Block,
    Column,
    Table,
    level_column,
    text_column,
)
from pages.ui.phrases import axis_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A school's figure in a column: an area's mean or a criterion's, with its interval and what must be said of it."""

    value: float | None
    low: float | None
    high: float | None
    said: str
    hidden: bool


def heat_block(
    ask: Ask,
    framework: Framework,
    found: Sequence[School],
    columns: list[tuple[str, str]],
    marks: dict[tuple[str, str], Mark],
) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows, table = [], []
    reached = {id_: [0, 0] for id_, _ in columns}
    for school in found:
        values, texts, hovers, hidden, cells = [], [], [], [], []
        for id_, title in columns:
            mark = marks.get((school.id, id_))
            value = mark.value if mark else None
            values.append(value)
            texts.append("" if value is None else say.number(value))
            said = (
                say("not known")
                if mark is None
                else "; ".join(filter(None, [(value is not None and say.number(value)) or "", mark.said]))
            )
            if mark and mark.hidden:
                said = say("hidden (too few answers)")
            hovers.append(f"{school.name}<br>{title}<br>{said}")
            hidden.append(bool(mark and mark.hidden))
            cells.append(value if value is not None else Missing.HIDDEN if mark else Missing.NOT_COLLECTED)
            if value is not None:
                reached[id_][0] += value >= framework.goal.level
                reached[id_][1] += 1
        rows.append(HeatRow(names[school.id], tuple(values), tuple(texts), tuple(hovers), tuple(hidden)))
        table.append((names[school.id], school.district or "", controls.stage_name(school.stage or "", say), *cells))
    ordered = sorted((r[0] / r[1], title) for (id_, title) in columns if (r := reached[id_])[1])
    by_title = {title: reached[id_] for id_, title in columns}
    headline = say("No school can be shown")
    if len(ordered) > 1:
        low, high = ordered[0][1], ordered[-1][1]
        headline = say(
            "Most schools have a mean at the goal level or above on {high} ({high_n}"
            " of {high_of}), fewest on {low} ({low_n} of {low_of})",
            high=high,
            high_n=by_title[high][0],
            high_of=by_title[high][1],
            low=low,
            low_n=by_title[low][0],
            low_of=by_title[low][1],
        )
    axis = axis_of(framework, say)
    heads: list[Column] = [text_column(say("School")), text_column(say("District")), text_column(say("Stage"))]
    return Block(
        key="heat",
        headline=headline,
        alt=say(
            "Heat map: {schools} schools by {columns} columns, the mean in each cell, from"
            " brown ({low}) over the goal to dark blue ({high}). {headline}.",
            schools=len(rows),
            columns=len(columns),
            low=axis.names[0],
            high=axis.names[-1],
            headline=headline,
        ),
        table=Table((*heads, *(level_column(title, say) for _, title in columns)), tuple(table)),
        figure=heat_map(rows, [title if len(columns) <= FEW else id_ for id_, title in columns], axis, say.language),
        note=say("Brown is below the goal, blue at the goal or above. Hatched cells are hidden: too few answers."),
        wide=len(columns) > FEW,
    )


def dot_block(ask: Ask, framework: Framework, found: Sequence[School], overall: dict[str, Mark], show: str) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    area = next((area.title.in_(say.language) for area in framework.areas if area.id == show), None)
    rows, table = [], []
    for school in found:
        mark = overall.get(school.id) or Mark(None, None, None, "", False)
        interval = (
            ""
            if mark.low is None
            else say("95 % interval {low}–{high}", low=say.number(mark.low), high=say.number(mark.high))
        )
        figure = "" if mark.value is None else say.number(mark.value)
        hover = f"{school.name}<br>{'; '.join(filter(None, [figure, interval, mark.said]))}"
        absent = say("hidden (too few answers)")
        rows.append(DotRow(names[school.id], mark.value, hover, mark.low, mark.high, absent=absent))
        missing = Missing.HIDDEN
        table.append(
            (names[school.id], *(missing if v is None else v for v in (mark.value, mark.low, mark.high)), mark.said)
        )
    values = [row.value for row in rows if row.value is not None]
    city = sum(values) / len(values) if values else None
    above = sum(row.low is not None and city is not None and row.low > city for row in rows)
    below = sum(row.high is not None and city is not None and row.high < city for row in rows)
    headline = say(
        "{area}: {above} schools lie clearly above the mean of those shown, {below}"
        " clearly below; the rest cannot be told apart from it",
        area=area or say("All areas"),
        above=above,
        below=below,
    )
    columns = (
        text_column(say("School")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        text_column(say("Remark")),
    )
    return Block(
        key="dots",
        headline=headline,
        alt=say(
            "Dot chart: each school's mean with its 95 % interval, and the mean"
            " of the schools shown as a line. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=named_dots(
            rows,
            axis_of(framework, say),
            say.language,
            city,
            say("mean {value}", value=say.number(city)) if city else "",
        ),
        note=say(
            "The line through each dot is its 95 % interval. Clearly above or below: the mean of the schools"
            " shown is outside the interval. The order of schools says nothing where intervals overlap."
        ),
    )
