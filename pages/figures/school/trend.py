"""Min skola's trend: the school over the years in front of the city's spread, and whether it has moved at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.charts.colours import CITY, SCHOOL
from analytics.charts.trend import SeriesBreak, TrendLine, TrendPoint, trend
from analytics.documents.own_chart import Kind
from analytics.maturity.changes import SchoolChange
from analytics.maturity.city import CityArea
from analytics.maturity.schools import AreaCell
from analytics.maturity.trends import school_trends
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.figures import interval
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.pictures import city_columns, told
from pages.figures.school.trend_and_change import reconciled
from pages.shared.change_words import decimals
from pages.shared.parts import hover_lines, or_hidden
from pages.shared.school_links import break_years, said_of_links
from pages.ui.content import Ask, Block, Table, TableColumn, level_column, text_column, year_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, break_note, breaks_of, eras_of, scale_of
from pages.ui.titles import address


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
    breaks = break_years(ask, comparison.school.id)
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
                year=say.round(year),
                mean=say.number(theirs.mean or 0),
            )
            way = address("oversikt", say, framework=older.id, year=year)
            city_points.append(TrendPoint(year, theirs.mean, hover, theirs.p10, theirs.p90, way))
            mine_points.append(_point(ask, comparison, year, ours))
            rows.append(_Year(older, theirs, ours))
        mine += _pieces(mine_points, breaks)
        city.append(tuple(city_points))
        band.append(city_points)
    own_rows = {row.city.year: row.own for row in rows}

    def digits(year: int) -> int:
        return comparison.digits(present(own_rows[year]))

    lines = [
        TrendLine(say("The city"), tuple(city), CITY, 2.0, end=_end(city, lambda _: 2, say)),
        TrendLine(comparison.school.name, tuple(mine), SCHOOL, 3.0, intervals=True, end=_end(mine, digits, say)),
    ]

    def own(figure: Callable[[AreaCell], float | None]) -> Callable[[_Year], float | str | Missing]:
        return lambda row: Missing.NOT_COLLECTED if row.own is None else told(comparison, row.own, figure(row.own), say)

    columns: tuple[TableColumn[_Year], ...] = (
        year_column(lambda row: row.city.year, say),
        text_column(say("Framework"), lambda row: row.framework.title.in_(say.language)),
        level_column(say("The school"), own(lambda cell: cell.mean), say),
        level_column(say("Interval from"), own(lambda cell: cell.ci_low), say),
        level_column(say("Interval to"), own(lambda cell: cell.ci_high), say),
        *city_columns(lambda row: row.city, say),
        level_column(say("P10"), lambda row: or_hidden(row.city.p10), say),
        level_column(say("P90"), lambda row: or_hidden(row.city.p90), say),
    )
    has_old = any(points and older is not chain[-1] for older, points in zip(chain, city, strict=True))
    moved = [change for change in changes if change.area == wanted and not change.criterion]
    points = "; ".join(p.hover.replace("\n", ", ") for piece in mine for p in piece if p.hover)
    return Block(
        key="school_trend",
        headline=_headline(comparison, title, mine[-1], moved, digits, say),
        alt=say(
            "Line chart: the school's mean per year ({area}) in front of the city's mean and P10–P90. {points}.",
            area=title,
            points=points or say("no figure can be shown"),
        ),
        table=Table.of(columns, rows),
        figure=trend(
            lines,
            axis_of(comparison.framework, say),
            say.language,
            band=band,
            breaks=(*(breaks_of(chain, say) if has_old else ()), *(SeriesBreak(year, "") for year in breaks)),
            eras=eras_of(chain, [row.city.year for row in rows], say),
            called=say.round,
        ),
        own_chart=OwnChart(
            Kind.LINE,
            say("Year"),
            (say("The school"), say("The city")),
            begins=tuple(older.valid_from for older in chain),
            scale=scale_of(comparison.framework),
        ),
        note=" ".join(filter(None, [*said_of_links(ask, comparison.school.id), _both(ask, comparison, wanted, say)])),
        reading=" ".join(
            filter(
                None,
                [
                    say("Pale band: P10–P90 of the city's schools. Whiskers: the school's 95% interval."),
                    break_note(chain, say) if has_old else "",
                    _told_elsewhere(moved, comparison.changes, say),
                ],
            )
        ),
    )


def _pieces(points: Sequence[TrendPoint], breaks: Sequence[int]) -> list[tuple[TrendPoint, ...]]:
    """A framework's points, parted where the school is another than before."""
    parts: dict[int, list[TrendPoint]] = {0: []}
    for point in points:
        parts.setdefault(sum(first <= point.year for first in breaks), []).append(point)
    return [tuple(part) for number, part in sorted(parts.items()) if part or len(parts) == 1]


def _end(pieces: Sequence[Sequence[TrendPoint]], digits: Callable[[int], int], say: Words) -> str:
    """How the last value of a line is written; empty where it has none."""
    shown = [point for piece in pieces for point in piece if point.value is not None]
    return say.number(present(shown[-1].value), digits(shown[-1].year)) if shown else ""


def _point(ask: Ask, comparison: SchoolComparison, year: int, ours: AreaCell | None) -> TrendPoint:
    say = ask.say
    if ours is None or ours.mean is None:
        return TrendPoint(year, None, "")
    text = say("{year}: {mean}", year=say.round(year), mean=say.number(ours.mean, comparison.digits(ours)))
    if ours.respondents:
        text += " (" + say.plural("{n} respondent", "{n} respondents", ours.respondents) + ")"
    ours = comparison.as_told(ours)
    between = interval(ours.ci_low, ours.ci_high, say, lambda level: say.number(level, comparison.digits(ours)))
    way = address("skola", say, framework=ours.framework, year=year, school=comparison.school.id)
    return TrendPoint(year, ours.mean, hover_lines(text, between), ours.ci_low, ours.ci_high, way)


def _told_elsewhere(moved: Sequence[SchoolChange], chosen: Sequence[SchoolChange], say: Words) -> str:
    """Where it is told whether the line as a whole is a change: changes since one round alone are judged together."""
    first = min(moved, key=lambda change: change.before_year, default=None)
    if first is None or first in chosen or first.before_framework != first.framework:
        return ""
    return say(
        "Choose changes since {first} at the top to see whether it is a change.", first=say.round(first.before_year)
    )


def _both(ask: Ask, comparison: SchoolComparison, area: str, say: Words) -> str:
    """How the trend over all rounds and the change since the round that was chosen can both be true."""
    own = school_trends(ask.view, ask.viewer, comparison.school.id, comparison.framework.id)
    trend = next((row for row in own if (row.area, row.criterion) == (area, "")), None)
    return reconciled(trend, comparison.change_on(area), say)


def _headline(
    comparison: SchoolComparison,
    title: str,
    points: Sequence[TrendPoint],
    moved: Sequence[SchoolChange],
    digits: Callable[[int], int],
    say: Words,
) -> str:
    """From where to where in the framework, and whether that is a change. Nothing is claimed but since the round that
    was chosen: else the page would make twice as many claims as it promises."""
    shown = [point for point in points if point.value is not None]
    if len(shown) < 2:
        return say("It takes two rounds that can be shown to see a trend")
    first, last = shown[0], shown[-1]
    change = next((c for c in moved if (c.before_year, c.year) == (first.year, last.year)), None)
    figures = {
        "area": title,
        "then": say.number(present(first.value), digits(first.year)),
        "first": say.round(first.year),
        "now": say.number(present(last.value), digits(last.year)),
        "last": say.round(last.year),
    }
    if change is None or change not in comparison.changes:
        return say("{area}: {then} in {first}, {now} in {last}", **figures)
    to = decimals(change, comparison.changes)
    figures |= {"then": say.number(change.before_mean, to), "now": say.number(change.mean, to)}
    if change.clear:
        return say("{area}: from {then} in {first} to {now} in {last}, more than chance explains", **figures)
    return say("{area}: from {then} in {first} to {now} in {last}, no clear change", **figures)
