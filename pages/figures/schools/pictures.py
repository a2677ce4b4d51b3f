"""Skolor's pictures: the heat map and the dots with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analytics.charts.heat import FEW, HeatRow, heat_map
from analytics.charts.rows import DotRow, named_dots
from analytics.documents.own_chart import Kind
from analytics.maturity.city import CityArea
from analytics.maturity.schools import AreaCell, Reached
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.provenance import Missing
from analytics.model.schools import School
from analytics.words.figures import CITY_SIDE, HIDDEN, MISSING, interval
from analytics.words.goals import goal_level
from analytics.words.language import Words
from analytics.words.schools import stage_name
from pages.shared.parts import figure_of, or_hidden
from pages.ui import controls
from pages.ui.content import (
    Ask,
    Block,
    Table,
    TableColumn,
    level_column,
    text_column,
)
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, scale_of
from pages.ui.titles import address


@dataclass(frozen=True, slots=True)
class SchoolMark:
    """A school's figure in a column: an area's mean or a criterion's, with what must be said of it; `cell`: the area's
    other figures. `words`, `short`: how it is told where that is not by its two decimals; `reached`: whether it meets
    the goal, of a criterion."""

    value: float | None
    said: str
    hidden: bool
    cell: AreaCell | None = None
    words: str = ""
    short: str = ""
    reached: bool | None = None


class ColumnReached(NamedTuple):
    """How many of the schools with a figure in a column have a mean at the goal level or above."""

    title: str
    reached: int
    schools: int


def lowest_first(columns: Iterable[tuple[str, str]], reached: Mapping[str, Reached]) -> list[ColumnReached]:
    """The columns (id and title) in which any school has a figure, that with the smallest part of them at the goal
    level first."""
    counted = ((title, reached[id_]) for id_, title in columns if id_ in reached)
    told = [ColumnReached(title, of.reached, of.schools) for title, of in counted if of.schools]
    return sorted(told, key=lambda column: (column.reached / column.schools, column.title))


def heat_in_short(framework: Framework, ordered: Sequence[ColumnReached], say: Words) -> str:
    """How many schools have a mean at the goal level on the columns where fewest and most have; empty where means do
    not say who reaches it."""
    if len(ordered) < 2 or framework.goal.statistic != "mean":
        return ""
    low, high = ordered[0], ordered[-1]
    if not any(column.reached for column in ordered):
        return say("none at the goal level")
    fewest, most, of = say.integer(low.reached), say.integer(high.reached), say.integer(high.schools)
    if low.schools == high.schools:
        return say("{span} of {of} schools at the goal level", span=say.span(fewest, most), of=of)
    low_of = say.integer(low.schools)
    return say("{low} of {low_of} to {high} of {of} at the goal level", low=fewest, low_of=low_of, high=most, of=of)


def heat_block(
    ask: Ask,
    framework: Framework,
    year: int,
    found: Sequence[School],
    columns: list[tuple[str, str]],
    marks: dict[tuple[str, str], SchoolMark],
) -> Block:
    """Schools by areas or criteria (`columns`: id and title); a cell leads to its school, on its area, where a
    criterion's row is pointed out."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows = []
    areas = {criterion.id: criterion.area for criterion in framework.criteria}
    on = {"framework": framework.id, "year": year}
    for school in found:
        values, texts, hovers, hidden = [], [], [], []
        for id_, title in columns:
            mark = marks.get((school.id, id_))
            value = mark.value if mark else None
            values.append(value)
            texts.append("" if mark is None or value is None else mark.short or say.number(value))
            said = (
                say.marked(MISSING[Missing.NOT_COLLECTED])
                if mark is None
                else "; ".join(filter(None, [mark.words or ("" if value is None else say.number(value)), mark.said]))
            )
            if mark and mark.hidden:
                said = say.marked(HIDDEN)
            hovers.append(f"{school.name}\n{title}\n{said}")
            hidden.append(bool(mark and mark.hidden))
        ways = (
            address(
                "skola",
                say,
                **on,
                school=school.id,
                area=areas.get(id_, id_) or controls.ALL,
                **({"criterion": id_} if id_ in areas else {}),
            )
            for id_, _ in columns
        )
        rows.append(HeatRow(names[school.id], tuple(values), tuple(texts), tuple(hovers), tuple(hidden), tuple(ways)))
    told = [(id_, mark.value >= framework.goal.level) for (_, id_), mark in marks.items() if mark.value is not None]
    have, reach = Counter(id_ for id_, _ in told), Counter(id_ for id_, reached in told if reached)
    ordered = lowest_first(columns, {id_: Reached(n, reach[id_]) for id_, n in have.items()})
    headline = say("No school can be shown")
    if len(ordered) > 1:
        low, high = ordered[0], ordered[-1]
        headline = say(
            "Most schools have a mean at the goal level or above on {high} ({high_n}"
            " of {high_of}), fewest on {low} ({low_n} of {low_of})",
            high=high.title,
            high_n=high.reached,
            high_of=high.schools,
            low=low.title,
            low_n=low.reached,
            low_of=low.schools,
        )
    if ordered and not any(column.reached for column in ordered):
        headline = say("No school has a mean at the goal level or above on any of these")
    note = say("Brown is below the goal, blue at the goal or above. Hatched cells are hidden: too few answers.")
    if ordered and framework.goal.statistic != "mean":  # the means that are shown do not say who reaches it
        headline = say("The schools' means. The goal is {goal}", goal=goal_level(framework, say))
        note = say(
            "Brown is a mean below level {level}, blue one at the level or above. Hatched cells are hidden: too few"
            " answers.",
            level=framework.goal.level,
        )
    axis = axis_of(framework, say)

    def figure(id_: str) -> Callable[[School], float | str | Missing]:
        def taken(school: School) -> float | str | Missing:
            mark = marks.get((school.id, id_))
            return Missing.NOT_COLLECTED if mark is None else mark.words or or_hidden(mark.value)

        return taken

    of_schools: tuple[TableColumn[School], ...] = (
        text_column(say("School"), lambda school: names[school.id]),
        text_column(say("District"), lambda school: school.district or ""),
        text_column(say("Stage"), lambda school: stage_name(school.stage or "", say)),
        *(level_column(title, figure(id_), say) for id_, title in columns),
    )
    return Block(
        key="heat",
        headline=headline,
        alt=say(
            "Heat map: {schools} schools by {columns} columns, the mean in each cell, from"
            " brown ({low}) over the goal to blue ({high}). {headline}.",
            schools=len(rows),
            columns=len(columns),
            low=axis.names[0],
            high=axis.names[-1],
            headline=headline,
        ),
        table=Table.of(of_schools, found),
        figure=heat_map(rows, [title if len(columns) <= FEW else id_ for id_, title in columns], axis, say.language),
        note=note,
        wide=len(columns) > FEW,
    )


def dot_block(
    ask: Ask, framework: Framework, found: Sequence[School], overall: Mapping[str, SchoolMark], city: CityArea
) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows = [_dot(ask, school, names[school.id], overall.get(school.id)) for school in found]
    sides = [m.cell.city_side for s in found if (m := overall.get(s.id)) and m.cell and m.value is not None]
    title = area_title(framework, city, say)
    headline = say.plural(
        "{area}: {above} of {n} school is clearly above the city, {below} clearly below",
        "{area}: {above} of {n} schools are clearly above the city, {below} clearly below; the rest are level with it",
        len(sides),
        area=title,
        above=say.integer(sides.count(1)),
        below=say.integer(sides.count(-1)),
    )
    if not sides:
        headline = say("No school can be shown")
    elif not any(sides):
        headline = say.plural(
            "{area}: the one school is level with the city",
            "{area}: all {n} schools are level with the city",
            len(sides),
            area=title,
        )
    cells = {id_: mark.cell for id_, mark in overall.items() if mark.cell}

    def cell_of(school: School) -> AreaCell | None:
        return cells.get(school.id)

    known = figure_of(cell_of, Missing.HIDDEN)
    columns: tuple[TableColumn[School], ...] = (
        text_column(say("School"), lambda school: names[school.id]),
        level_column(say("Mean"), known(lambda cell: cell.mean), say),
        level_column(say("Interval from"), known(lambda cell: cell.ci_low), say),
        level_column(say("Interval to"), known(lambda cell: cell.ci_high), say),
        level_column(say("Pulled towards the city"), known(lambda cell: cell.shrunken), say),
        text_column(
            say("Beside the city"), lambda school: side_text(cells[school.id], say) if school.id in cells else ""
        ),
        text_column(say("Remark"), lambda school: overall[school.id].said if school.id in cells else ""),
    )
    return Block(
        key="dots",
        headline=headline,
        alt=say(
            "Dot chart: each school's mean with its 95% interval, the same pulled towards the city as a hollow "
            "dot, and the city's mean as a line. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, found),
        own_chart=OwnChart(Kind.BARS, say("School"), (say("Mean"),), scale=scale_of(framework)),
        figure=named_dots(
            rows,
            axis_of(framework, say),
            say.language,
            city.mean,
            say("the city {value}", value=say.number(city.mean)) if city.mean is not None else "",
        ),
        note=say(
            "Filled dot: the school's own mean, with its 95% interval. Hollow dot: the same, pulled towards the"
            " city's mean, the more so the fewer who answered; use it to compare schools, and the filled one "
            "for everything else. Clearly above or below: further from the city's mean than chance explains."
        ),
    )


def _dot(ask: Ask, school: School, name: str, mark: SchoolMark | None) -> DotRow:
    say = ask.say
    if mark is None or mark.cell is None or mark.value is None:
        absent = say.marked(HIDDEN) if mark else say.marked(MISSING[Missing.NOT_COLLECTED])
        return DotRow(name, None, f"{school.name}\n{absent}", absent=absent)
    cell = mark.cell
    between = interval(cell.ci_low, cell.ci_high, say)
    said = "; ".join(filter(None, [say.number(mark.value), between, side_text(cell, say), mark.said]))
    shrunken = "" if cell.shrunken is None else say("pulled towards the city: {value}", value=say.number(cell.shrunken))
    return DotRow(
        name,
        mark.value,
        f"{school.name}\n{said}",
        cell.ci_low,
        cell.ci_high,
        other=cell.shrunken,
        other_hover=f"{school.name}\n{shrunken}",
    )


def side_text(cell: AreaCell, say: Words) -> str:
    """Where a school lies beside the city, in words; empty where it is hidden or nothing can be claimed."""
    if cell.city_side is None:
        return ""
    return say.marked(CITY_SIDE[cell.city_side])


def area_title(framework: Framework, city: CityArea, say: Words) -> str:
    """The area that a picture is of, by name."""
    if city.area == WHOLE:
        return say("All areas")
    return next(area.title.in_(say.language) for area in framework.areas if area.id == city.area)
