"""Min skola's trend: the school over the years in front of the city's spread, and whether it has moved at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.style import CITY, SCHOOL
from analytics.charts.trend import TrendLine, TrendPoint, trend
from analytics.maturity.changes import SchoolChange
from analytics.maturity.city import CityArea
from analytics.maturity.schools import AreaCell
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.pictures import city_columns
from pages.shared.change_words import basis
from pages.shared.parts import figure_of, or_hidden
from pages.ui.content import Ask, Block, Table, TableColumn, level_column, text_column
from pages.ui.phrases import axis_of, break_note, breaks_of, eras_of


@dataclass(frozen=True)
class _Year:
    """A round of the city; `own`: the school's figures in it, None where it took no part."""

    framework: Framework
    city: CityArea
    own: AreaCell | None


def trend_block(
    ask: Ask,
    comparison: SchoolComparison,
    changes: Sequence[SchoolChange],
    area: str | None,
) -> Block:
    """The school over the years on an area (None: over all of them), in front of the city's spread."""
    say, wanted, chain = ask.say, area or WHOLE, comparison.chain
    titles = {each.id: each.title.in_(say.language) for each in comparison.framework.areas}
    title = titles.get(wanted, say("All areas"))
    mine, city, band = [], [], []
    rows: list[_Year] = []
    for older in chain:
        mine_points, city_points = [], []
        whole_own = {row.year: row for row in comparison.own_areas if row.framework == older.id and row.area == wanted}
        whole_city = {row.year: row for row in comparison.the_city if row.framework == older.id and row.area == wanted}
        for year in sorted(whole_city):
            theirs, ours = whole_city[year], whole_own.get(year)
            hover = say.plural(
                "{year}, the city: {mean} (mean of {n} school)",
                "{year}, the city: {mean} (mean of {n} schools)",
                theirs.schools,
                year=year,
                mean=say.number(theirs.mean or 0),
            )
            city_points.append(TrendPoint(year, theirs.mean, hover, theirs.p10, theirs.p90))
            mine_points.append(_point(ask, year, ours))
            rows.append(_Year(older, theirs, ours))
        mine.append(tuple(mine_points))
        city.append(tuple(city_points))
        band.append(city_points)
    lines = [
        TrendLine(say("The city"), tuple(city), CITY, 2.0),
        TrendLine(comparison.school.name, tuple(mine), SCHOOL, 3.0, intervals=True),
    ]

    def own_of(row: _Year) -> AreaCell | None:
        return row.own

    school = figure_of(own_of, Missing.NOT_COLLECTED)
    columns: tuple[TableColumn[_Year], ...] = (
        text_column(say("Year"), lambda row: row.city.year),
        text_column(say("Framework"), lambda row: row.framework.title.in_(say.language)),
        level_column(say("The school"), school(lambda own: own.mean), say),
        level_column(say("Interval from"), school(lambda own: own.ci_low), say),
        level_column(say("Interval to"), school(lambda own: own.ci_high), say),
        *city_columns(lambda row: row.city, say),
        level_column(say("P10"), lambda row: or_hidden(row.city.p10), say),
        level_column(say("P90"), lambda row: or_hidden(row.city.p90), say),
    )
    has_old = any(points and older is not chain[-1] for older, points in zip(chain, city, strict=True))
    moved = [change for change in changes if change.area == wanted and not change.criterion]
    return Block(
        key="school_trend",
        headline=_headline(ask, title, mine[-1], moved, comparison.changes),
        alt=say(
            "Line chart: the school's mean per year ({area}) in front of the city's mean and P10–P90. {points}.",
            area=title,
            points="; ".join(p.hover for piece in mine for p in piece if p.hover) or say("no figure can be shown"),
        ),
        table=Table.of(columns, rows),
        figure=trend(
            lines,
            axis_of(comparison.framework, say),
            say.language,
            band=band,
            breaks=breaks_of(chain, say) if has_old else (),
            eras=eras_of(chain, [row.city.year for row in rows], say),
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


def _point(ask: Ask, year: int, ours: AreaCell | None) -> TrendPoint:
    say = ask.say
    if ours is None or ours.mean is None:
        return TrendPoint(year, None, "")
    text = say("{year}: {mean}", year=year, mean=say.number(ours.mean))
    if ours.respondents:
        text += " (" + say.plural("{n} respondent", "{n} respondents", ours.respondents) + ")"
    return TrendPoint(year, ours.mean, text, ours.ci_low, ours.ci_high)


def _headline(
    ask: Ask,
    title: str,
    points: Sequence[TrendPoint],
    moved: Sequence[SchoolChange],
    chosen: Sequence[SchoolChange],
) -> str:
    """From where to where in the framework, and whether that is a change: two figures alone read as one. Nothing is
    claimed but since the round that was chosen: else the page would make twice as many claims as it promises."""
    say, shown = ask.say, [point for point in points if point.value is not None]
    if len(shown) < 2:
        return say("It takes two rounds that can be shown to see a trend")
    first, last = shown[0], shown[-1]
    change = next((c for c in moved if (c.before_year, c.year) == (first.year, last.year)), None)
    figures = {
        "area": title,
        "then": say.number(present(first.value)),
        "first": first.year,
        "now": say.number(present(last.value)),
        "last": last.year,
    }
    if change is None:
        return say("{area}: {then} in {first} and {now} in {last}; whether that is a change cannot be told", **figures)
    figures |= {"then": say.number(change.before_mean), "now": say.number(change.mean)}
    if change not in chosen:
        return say(
            "{area}: from {then} in {first} to {now} in {last}; whether that is a change is told where changes since"
            " {first} are chosen, at the top",
            **figures,
        )
    if change.needed is None:
        return say(
            "{area}: from {then} in {first} to {now} in {last}; the answers cannot tell whether it is a change",
            **figures,
        )
    figures |= {"needed": say.number(change.needed), "basis": basis(change, say)}
    if change.clear:
        return say(
            "{area}: from {then} in {first} to {now} in {last}, a clear change ({needed} is needed, {basis})", **figures
        )
    return say(
        "{area}: from {then} in {first} to {now} in {last}, less than the {needed} that it takes to say that something"
        " has changed, {basis}",
        **figures,
    )
