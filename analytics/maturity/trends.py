"""Trends as pages ask for them: paces and smoothed levels of schools and the city, from a framework's third round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from analytics.maturity.city import allow_city
from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.errors import NotAllowed
from analytics.model.figures import CITY, BesideCity, TrendDirection, TrendStatus
from analytics.model.schools import RoundId, Viewer
from analytics.store.reading import View

STILL = 0.05  # levels a year: what moves no faster has stood still
SURE_ENOUGH = 0.8  # of a direction that is told

DIRECTION = (
    "case when greatest(abs(pace_low), abs(pace_high)) <= $still then 'still'"
    " when direction_sure < $sure then 'cannot_tell' when pace > 0 then 'up' when pace <= 0 then 'down' end"
)
LIMITS = {"still": STILL, "sure": SURE_ENOUGH}  # its parameters


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
OF_ONE = " where school_id = $school and framework = $framework order by area, criterion"
LEVEL = "select framework, school_id, area, criterion, year, level from trend_level"
ON_THING = (
    f" where framework = $framework and area = $area and criterion = $criterion and school_id <> $city and {OF_SCHOOLS}"
)

OF_ROUND = "school_id in (select school_id from school_round where framework = $of_framework and year = $of_year)"


def school_trends(view: View, viewer: Viewer, school_id: str, framework: str) -> tuple[Trend, ...]:
    """A school's trends on everything, by area and criterion; raises NotAllowed."""
    _allow(viewer, school_id)
    return _trends(view, OF_ONE, {"school": school_id, "framework": framework})


def school_trend_levels(view: View, viewer: Viewer, school_id: str, framework: str) -> tuple[TrendLevel, ...]:
    """A school's smoothed levels on everything, by area, criterion and year; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework = ? order by area, criterion, year"
    return view.records(TrendLevel, LEVEL + where, [school_id, framework])


def trends_on(
    view: View, viewer: Viewer, framework: str, area: str, criterion: str, schools: Iterable[str] | None = None
) -> tuple[Trend, ...]:
    """The trends on one thing of those of these schools (None: all) that the viewer may see, by school id."""
    return _trends(view, f"{ON_THING} order by school_id", _asked(viewer, framework, area, criterion, schools))


class SchoolPace(NamedTuple):
    """What a page of many schools tells of each one's trend: of a Trend."""

    pace: float | None
    pace_low: float | None
    pace_high: float | None
    direction: TrendDirection | None


def paces_on(
    view: View, viewer: Viewer, framework: str, area: str, criterion: str, schools: Iterable[str] | None = None
) -> dict[str, SchoolPace]:
    """By school id, of those of these schools (None: all) that have a trend on the thing and that the viewer may
    see."""
    found = view.rows(
        f"select school_id, pace, pace_low, pace_high, {DIRECTION} from trend{ON_THING}",
        _asked(viewer, framework, area, criterion, schools) | LIMITS,
    )
    kinds = {None: None, **{kind.value: kind for kind in TrendDirection}}
    return {id_: SchoolPace(*pace, kinds[direction]) for id_, *pace, direction in found}


def trend_levels_on(
    view: View, viewer: Viewer, framework: str, area: str, criterion: str, schools: Iterable[str] | None = None
) -> tuple[TrendLevel, ...]:
    """The smoothed levels on one thing of those of these schools (None: all) that the viewer may see, by school id and
    year."""
    asked = _asked(viewer, framework, area, criterion, schools)
    return view.records(TrendLevel, f"{LEVEL}{ON_THING} order by school_id, year", asked)


def moves_on(
    view: View,
    viewer: Viewer,
    framework: str,
    area: str,
    criterion: str,
    of_round: RoundId,
    schools: Iterable[str] | None = None,
) -> Counter[TrendDirection | None]:
    """How many of those of these schools (None: all) that a round has and that the viewer may see go which way on one
    thing; None: of how many that have a trend nothing of the kind is told."""
    rows = view.rows(
        f"select {DIRECTION}, count(*) from trend{ON_THING} and {OF_ROUND} group by all",
        _asked(viewer, framework, area, criterion, schools, of_round) | LIMITS,
    )
    return Counter({direction and TrendDirection(direction): schools for direction, schools in rows})


class LevelEnds(NamedTuple):
    """Between which years and which smoothed levels schools have been."""

    first_year: int
    last_year: int
    lowest: float
    highest: float


def level_ends(
    view: View,
    viewer: Viewer,
    framework: str,
    area: str,
    criterion: str,
    of_round: RoundId,
    schools: Iterable[str] | None = None,
) -> LevelEnds | None:
    """On one thing, over those of these schools (None: all) that a round has and that the viewer may see; None where
    none has any level."""
    (found,) = view.rows(
        f"select min(year), max(year), min(level), max(level) from trend_level{ON_THING} and {OF_ROUND}",
        _asked(viewer, framework, area, criterion, schools, of_round),
    )
    return None if found[0] is None else LevelEnds(*found)


def city_trends(view: View, viewer: Viewer, framework: str) -> tuple[Trend, ...]:
    """The city's trends on everything, by area and criterion."""
    allow_city(viewer)
    return _trends(view, OF_ONE, {"school": CITY, "framework": framework})


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
        " where framework = $framework and school_id <> $city and pace is not null group by all",
        {**LIMITS, "framework": framework, "city": CITY},
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


def _asked(
    viewer: Viewer,
    framework: str,
    area: str,
    criterion: str,
    schools: Iterable[str] | None,
    of_round: RoundId | None = None,
) -> dict[str, Any]:
    """The values of ON_THING, and of OF_ROUND where a round is named."""
    thing = {"framework": framework, "area": area, "criterion": criterion, "city": CITY}
    there = {"of_framework": of_round[0], "of_year": of_round[1]} if of_round else {}
    return {**thing, "schools": viewer.told_of(schools), **there}


def _trends(view: View, where: str, parameters: dict[str, Any]) -> tuple[Trend, ...]:
    found = view.records(Trend, TREND + where, parameters | LIMITS)
    return tuple(
        replace(
            row,
            beside_city=row.beside_city and BesideCity(row.beside_city),
            status=TrendStatus(row.status),
            direction=row.direction and TrendDirection(row.direction),
        )
        for row in found
    )
