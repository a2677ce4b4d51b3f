"""Trends as pages ask for them: paces and smoothed levels of schools and the city, from a framework's third round."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from analytics.maturity.city import allow_city
from analytics.model.errors import NotAllowed
from analytics.model.figures import CITY, BesideCity, TrendDirection, TrendStatus
from analytics.model.schools import Viewer
from analytics.store.reading import View

STILL = 0.05  # levels a year: what moves no faster has stood still
SURE_ENOUGH = 0.8  # of a direction that is told

DIRECTION = (
    "case when greatest(abs(pace_low), abs(pace_high)) <= ? then 'still' when direction_sure < ? then 'cannot_tell'"
    " when pace > 0 then 'up' when pace <= 0 then 'down' end"
)
LIMITS = [STILL, SURE_ENOUGH]  # its parameters


@dataclass(frozen=True, slots=True)
class Trend:
    """A school (the city: school_id '') on a criterion (or, with criterion '', on an area; '' = all areas); in levels.

    `rounds` are those that are shown, from `first_year` to `last_year`, when the smoothed `level` is told. `pace` is a
    year, with its 90 % interval; `direction_sure` (0.5-1): how likely it goes the way it seems to. `beside_city` is
    None for the city. No pace is told, and all that follows it is None, where the status is not OK; nor is a
    `direction`.
    """

    framework: str
    school_id: str
    area: str
    criterion: str
    rounds: int
    first_year: int
    last_year: int
    level: float
    pace: float | None
    pace_low: float | None
    pace_high: float | None
    direction_sure: float | None
    beside_city: BesideCity | None
    status: TrendStatus
    direction: TrendDirection | None


@dataclass(frozen=True, slots=True)
class TrendLevel:
    """The smoothed level of a school (the city: school_id '') on something, in a round that is shown."""

    framework: str
    school_id: str
    area: str
    criterion: str
    year: int
    level: float


TREND = (
    "select framework, school_id, area, criterion, rounds, first_year, last_year, level, pace, pace_low, pace_high,"
    f" direction_sure, beside_city, status, {DIRECTION} from trend"
)
LEVEL = "select framework, school_id, area, criterion, year, level from trend_level"


def school_trends(view: View, viewer: Viewer, school_id: str, framework: str) -> tuple[Trend, ...]:
    """A school's trends on everything, by area and criterion; raises NotAllowed."""
    _allow(viewer, school_id)
    return _trends(view, " where school_id = ? and framework = ? order by area, criterion", [school_id, framework])


def school_trend_levels(view: View, viewer: Viewer, school_id: str, framework: str) -> tuple[TrendLevel, ...]:
    """A school's smoothed levels on everything, by area, criterion and year; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework = ? order by area, criterion, year"
    return view.records(TrendLevel, LEVEL + where, [school_id, framework])


def trends_on(view: View, viewer: Viewer, framework: str, area: str, criterion: str) -> tuple[Trend, ...]:
    """The trends on one thing of every school that the viewer may see, by school id."""
    where = " where framework = ? and area = ? and criterion = ? and school_id <> '' order by school_id"
    found = _trends(view, where, [framework, area, criterion])
    return tuple(row for row in found if viewer.may_see_figures(row.school_id))


def trend_levels_on(view: View, viewer: Viewer, framework: str, area: str, criterion: str) -> tuple[TrendLevel, ...]:
    """The smoothed levels on one thing of every school that the viewer may see, by school id and year."""
    where = " where framework = ? and area = ? and criterion = ? and school_id <> '' order by school_id, year"
    found = view.records(TrendLevel, LEVEL + where, [framework, area, criterion])
    return tuple(row for row in found if viewer.may_see_figures(row.school_id))


def city_trends(view: View, viewer: Viewer, framework: str) -> tuple[Trend, ...]:
    """The city's trends on everything, by area and criterion."""
    allow_city(viewer)
    return _trends(view, " where school_id = ? and framework = ? order by area, criterion", [CITY, framework])


def city_trend_levels(view: View, viewer: Viewer, framework: str) -> tuple[TrendLevel, ...]:
    """The city's smoothed levels on everything, by area, criterion and year."""
    allow_city(viewer)
    where = " where school_id = ? and framework = ? order by area, criterion, year"
    return view.records(TrendLevel, LEVEL + where, [CITY, framework])


def schools_by_direction(view: View, viewer: Viewer, framework: str) -> dict[tuple[str, str], Counter[TrendDirection]]:
    """How many of the city's schools go which way on a thing (area, criterion), of those whose pace is told."""
    allow_city(viewer)
    rows = view.rows(
        f"select area, criterion, {DIRECTION}, count(*) from trend"
        " where framework = ? and school_id <> ? and pace is not null group by all",
        [*LIMITS, framework, CITY],
    )
    found: dict[tuple[str, str], Counter[TrendDirection]] = defaultdict(Counter)
    for area, criterion, direction, schools in rows:
        found[area, criterion][TrendDirection(direction)] = schools
    return dict(found)


def _allow(viewer: Viewer, school_id: str) -> None:
    if school_id == CITY:
        allow_city(viewer)
    elif not viewer.may_see_figures(school_id):
        raise NotAllowed(school_id)


def _trends(view: View, where: str, parameters: list) -> tuple[Trend, ...]:
    found = view.records(Trend, TREND + where, [*LIMITS, *parameters])
    return tuple(
        replace(
            row,
            beside_city=row.beside_city and BesideCity(row.beside_city),
            status=TrendStatus(row.status),
            direction=row.direction and TrendDirection(row.direction),
        )
        for row in found
    )
