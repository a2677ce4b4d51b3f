"""Min skola's pictures: the areas and criteria beside the city, the trend, what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.rows import DotRow, dots
from analytics.charts.style import CITY, SCHOOL
from analytics.charts.trend import Line, Point, trend
from analytics.maturity.city import CityArea, CityCell
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import AreaCell, Cell
from analytics.model import WHOLE, Framework, Missing, School
from pages.quality.parts import or_hidden
from pages.ui.content import (
    Ask,
    Block,
    Table,
    count_column,
    level_column,
    text_column,
)
from pages.ui.phrases import axis_of, break_note, breaks_of


@dataclass(frozen=True)
class Beside:
    """A school's round with the city's beside it; cells and areas by id."""

    framework: Framework
    year: int
    school: School
    round: SchoolRound
    cells: dict[str, Cell]
    areas: dict[str, AreaCell]
    city_cells: dict[str, CityCell]
    city_areas: dict[str, CityArea]


def clearly(own: AreaCell | Cell, city: float | None) -> int:
    """+1 or -1 where the city's mean lies outside the school's interval, else 0."""
    if own.ci_low is None or city is None:
        return 0
    return 1 if own.ci_low > city else -1 if own.ci_high < city else 0


def areas_block(ask: Ask, beside: Beside) -> Block:
    say = ask.say
    rows, table, clear = [], [], 0
    for area in beside.framework.areas:
        own, city = beside.areas.get(area.id), beside.city_areas.get(area.id)
        title = area.title.in_(say.language)
        city_mean = city.mean if city else None
        if own is None:
            continue
        clear += clearly(own, city_mean) != 0
        partly = (
            "" if own.shown == own.asked else say("{shown} of {asked} criteria shown", shown=own.shown, asked=own.asked)
        )
        rows.append(dot_row(ask, title, own, own.respondents, city_mean, city, partly))
        table.append((title, *figures_of(own), or_hidden(city_mean), or_hidden(own.respondents), own.shown, own.asked))
    headline = (
        say.plural(
            "On {n} area the school stands out from the city", "On {n} areas the school stands out from the city", clear
        )
        if clear
        else say("On no area does the school stand out from the city")
    )
    columns = (
        text_column(say("Area")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        level_column(say("The city"), say),
        count_column(say("Respondents"), say),
        count_column(say("Criteria shown"), say),
        count_column(say("Criteria asked"), say),
    )
    bound = any(row.interval_basis == "bound" for row in beside.areas.values())
    basis = say("Only counts are known, so the intervals of areas are the widest possible.") if bound else ""
    return Block(
        key="areas",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean per area with its 95 % interval, the city's mean"
            " as a hollow dot and P10–P90 as a pale bar. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(beside.framework, say), say.language),
        note=" ".join(
            filter(
                None,
                [
                    say(
                        "Filled dot: the school, with its 95 % interval. Hollow dot: the"
                        " city's mean; pale bar: P10–P90 of the schools."
                    ),
                    basis,
                ],
            )
        ),
    )


def dot_row(
    ask: Ask,
    label: str,
    own: AreaCell | Cell,
    n: int | None,
    city_mean: float | None,
    city: CityArea | CityCell | None,
    said: str,
) -> DotRow:
    say = ask.say
    spread, other_hover = None, ""
    if city is not None and city_mean is not None:
        spread = (city.p10, city.p90)
        other_hover = say.plural(
            "The city: {mean}<br>mean of {n} school",
            "The city: {mean}<br>mean of {n} schools",
            city.schools,
            mean=say.number(city_mean),
        )
    if own.mean is None:
        absent = say("hidden (too few answers)")
        return DotRow(label, None, "", other=city_mean, other_hover=other_hover, spread=spread, absent=absent)
    people = interval = ""
    if n is not None and isinstance(own, Cell):
        people = say.plural("{n} answer", "{n} answers", n)
    elif n is not None:
        people = say.plural("{n} respondent", "{n} respondents", n)
    if own.ci_low is not None:
        interval = say("95 % interval {low}–{high}", low=say.number(own.ci_low), high=say.number(own.ci_high))
    hover = "<br>".join(filter(None, [label, say.number(own.mean), interval, people, said]))
    return DotRow(label, own.mean, hover, own.ci_low, own.ci_high, city_mean, other_hover, spread)


def trend_block(
    ask: Ask,
    beside: Beside,
    chain: tuple[Framework, ...],
    own: Sequence[AreaCell],
    the_city: Sequence[CityArea],
    area: str | None,
) -> Block:
    """The school over the years on an area (None: over all of them), in front of the city's spread."""
    say, wanted = ask.say, area or WHOLE
    titles = {each.id: each.title.in_(say.language) for each in beside.framework.areas}
    title = titles.get(wanted, say("All areas"))
    mine, city, band, rows = [], [], [], []
    for older in chain:
        mine_points, city_points = [], []
        whole_own = {row.year: row for row in own if row.framework == older.id and row.area == wanted}
        whole_city = {row.year: row for row in the_city if row.framework == older.id and row.area == wanted}
        for year in sorted(whole_city):
            theirs, ours = whole_city[year], whole_own.get(year)
            hover = say.plural(
                "{year}, the city: {mean} (mean of {n} school)",
                "{year}, the city: {mean} (mean of {n} schools)",
                theirs.schools,
                year=year,
                mean=say.number(theirs.mean or 0),
            )
            city_points.append(Point(year, theirs.mean, hover, theirs.p10, theirs.p90))
            value = ours.mean if ours else None
            n = ours.respondents if ours and ours.respondents is not None else 0
            text = "" if value is None else say("{year}: {mean}", year=year, mean=say.number(value))
            if n:
                text += " (" + say.plural("{n} respondent", "{n} respondents", n) + ")"
            mine_points.append(Point(year, value, text, ours.ci_low if ours else None, ours.ci_high if ours else None))
            missing = Missing.HIDDEN if ours else Missing.NOT_COLLECTED
            figures = (missing, missing, missing) if value is None else figures_of(ours)
            rows.append(
                (year, older.title.in_(say.language), *figures, *map(or_hidden, (theirs.mean, theirs.p10, theirs.p90)))
            )
        mine.append(tuple(mine_points))
        city.append(tuple(city_points))
        band.append(city_points)
    lines = [
        Line(say("The city"), tuple(city), CITY, 2.0),
        Line(beside.school.name, tuple(mine), SCHOOL, 3.0, intervals=True),
    ]
    columns = (
        text_column(say("Year")),
        text_column(say("Framework")),
        level_column(say("The school"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        level_column(say("The city"), say),
        level_column(say("P10"), say),
        level_column(say("P90"), say),
    )
    has_old = any(points and older is not chain[-1] for older, points in zip(chain, city, strict=True))
    return Block(
        key="school_trend",
        headline=_trend_headline(ask, title, mine[-1]),
        alt=say(
            "Line chart: the school's mean per year ({area}) in front of the city's mean and P10–P90. {points}.",
            area=title,
            points="; ".join(p.hover for piece in mine for p in piece if p.hover) or say("no figure can be shown"),
        ),
        table=Table(columns, tuple(rows)),
        figure=trend(
            lines,
            axis_of(beside.framework, say),
            say.language,
            band=band,
            breaks=breaks_of(chain, say) if has_old else (),
        ),
        note=" ".join(
            filter(
                None,
                [
                    say("Pale band: P10–P90 of the city's schools. Whiskers: the school's 95 % interval."),
                    break_note(chain, say) if has_old else "",
                ],
            )
        ),
    )


def _trend_headline(ask: Ask, title: str, points: Sequence[Point]) -> str:
    say, shown = ask.say, [point for point in points if point.value is not None]
    if len(shown) < 2:
        return say("It takes two rounds that can be shown to see a trend")
    first, last = shown[0], shown[-1]
    return say(
        "{area}: from {then} in {first} to {now} in {last}",
        area=title,
        then=say.number(first.value),
        first=first.year,
        now=say.number(last.value),
        last=last.year,
    )


def figures_of(own: AreaCell | Cell) -> tuple:
    return tuple(or_hidden(value) for value in (own.mean, own.ci_low, own.ci_high))
