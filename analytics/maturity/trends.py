"""Trends as pages ask for them: paces and smoothed levels of schools and the city, from a framework's third round."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.maturity.city import allow_city
from analytics.model.errors import NotAllowed
from analytics.model.figures import CITY, BesideCity, TrendStatus
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Trend:
    """A school (the city: school_id '') on a criterion (or, with criterion '', on an area; '' = all areas); in levels.

    `rounds` are those that are shown, from `first_year` to `last_year`, when the smoothed `level` is told. `pace` is a
    year, with its 90 % interval; `direction_sure` (0.5-1): how likely it goes the way it seems to. `beside_city` is
    None for the city. No pace is told, and all that follows it is None, where the status is TOO_FEW_ROUNDS.
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
    " direction_sure, beside_city, status from trend"
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
    return tuple(row for row in found if viewer.may_see(row.school_id))


def trend_levels_on(view: View, viewer: Viewer, framework: str, area: str, criterion: str) -> tuple[TrendLevel, ...]:
    """The smoothed levels on one thing of every school that the viewer may see, by school id and year."""
    where = " where framework = ? and area = ? and criterion = ? and school_id <> '' order by school_id, year"
    found = view.records(TrendLevel, LEVEL + where, [framework, area, criterion])
    return tuple(row for row in found if viewer.may_see(row.school_id))


def city_trends(view: View, viewer: Viewer, framework: str) -> tuple[Trend, ...]:
    """The city's trends on everything, by area and criterion."""
    allow_city(viewer)
    return _trends(view, " where school_id = ? and framework = ? order by area, criterion", [CITY, framework])


def city_trend_levels(view: View, viewer: Viewer, framework: str) -> tuple[TrendLevel, ...]:
    """The city's smoothed levels on everything, by area, criterion and year."""
    allow_city(viewer)
    where = " where school_id = ? and framework = ? order by area, criterion, year"
    return view.records(TrendLevel, LEVEL + where, [CITY, framework])


def _allow(viewer: Viewer, school_id: str) -> None:
    if school_id == CITY:
        allow_city(viewer)
    elif not viewer.may_see(school_id):
        raise NotAllowed(school_id)


def _trends(view: View, where: str, parameters: list) -> tuple[Trend, ...]:
    found = view.records(Trend, TREND + where, parameters)
    return tuple(
        replace(row, beside_city=row.beside_city and BesideCity(row.beside_city), status=TrendStatus(row.status))
        for row in found
    )
