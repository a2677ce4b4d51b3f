"""What chance alone gives: how far a school's mean may lie from the city's, were all schools alike.

A funnel plot's limits (Spiegelhalter 2005): the city's mean, and round it the 95 % range of means of so many answers
with the standard deviation that answers have within schools. A school is a part of the city's mean, and so lies a
little nearer to it than the limits say: with fewer than some ten schools they are too wide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from analytics.maturity.city import CityArea, CityCell
from analytics.maturity.schools import OF_SCHOOLS, Cell, CellFigure
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View

LEVEL = 0.95
REACH = NormalDist().inv_cdf((1 + LEVEL) / 2)  # sigma is told by all of the city's answers: no t is needed


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The limits on one criterion in one round, in levels: `centre` is the mean of schools, `sigma` within them. A
    school of few answers has its place among those of 7."""

    centre: float
    sigma: float

    def limits(self, n: int) -> tuple[float, float]:
        """What the mean of n answers keeps within 95 times in 100."""
        half = REACH * self.sigma / sqrt(n)
        return self.centre - half, self.centre + half

    def side(self, mean: float, n: int) -> int:
        """1 or -1 where a mean of n answers lies above or below the limits, else 0."""
        low, high = self.limits(n)
        return (mean > high) - (mean < low)

    def outside(self, schools: Iterable[Cell] | Iterable[CellFigure]) -> int:
        """How many of the shown schools lie outside the limits."""
        return sum(self.side(cell.mean, present(cell.noise_n)) != 0 for cell in schools if cell.mean is not None)


class CriterionCount(NamedTuple):
    """How many schools are `shown` on a criterion in a round, how many are at the goal on it, and how many lie
    `outside` what chance alone gives; `lowest` and `highest`: so many of their means as were asked for."""

    shown: int
    at_goal: int
    outside: int
    lowest: list[float]
    highest: list[float]


def criterion_count(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    criterion: str,
    limits: FunnelLimits | None,
    ends: int,
    schools: Iterable[str] | None = None,
) -> CriterionCount:
    """Of those of these schools (None: all) that the viewer may see, counted where the figures lie; without `limits`
    none lies outside."""
    half = "$reach * $sigma / sqrt(noise_n)"
    found = view.rows(
        f"""
        select count(mean), count(*) filter (goal_met),
            count(*) filter (mean < $centre - {half} or mean > $centre + {half}), min(mean, $ends), max(mean, $ends)
        from cell where framework = $framework and year = $year and criterion = $criterion and {OF_SCHOOLS}
        """,
        {"framework": framework, "year": year, "criterion": criterion, "schools": viewer.told_of(schools)}
        | {"reach": REACH, "ends": ends}
        | {"centre": limits and limits.centre, "sigma": limits and limits.sigma},
    )
    *counted, lowest, highest = found[0]
    return CriterionCount(*counted, lowest or [], highest or [])


class AreaCount(NamedTuple):
    """How many schools are `shown` on an area in a round, how many of them are `beside` the city, how many of these
    clearly above and below it; how many have their respondents `counted`, and how many of these lie `outside` what
    chance alone gives; the lowest and highest of their means, and the mean of them."""

    shown: int
    beside: int
    above: int
    below: int
    counted: int
    outside: int
    lowest: float | None
    highest: float | None
    mean: float | None


def area_count(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    area: str,
    limits: FunnelLimits | None,
    schools: Iterable[str] | None = None,
) -> AreaCount:
    """The same on an area ('': all of them)."""
    half = "$reach * $sigma / sqrt(respondents)"
    (found,) = view.records(
        AreaCount,
        f"""
        select count(mean), count(city_side), count(*) filter (city_side > 0), count(*) filter (city_side < 0),
            count(mean) filter (respondents > 0),
            count(*) filter (respondents > 0 and (mean < $centre - {half} or mean > $centre + {half})),
            min(mean), max(mean), favg(mean)
        from area_cell where framework = $framework and year = $year and area = $area and {OF_SCHOOLS}
        """,
        {"framework": framework, "year": year, "area": area, "schools": viewer.told_of(schools)}
        | {"reach": REACH, "centre": limits and limits.centre, "sigma": limits and limits.sigma},
    )
    return found


def area_chance(city: CityArea) -> FunnelLimits | None:
    """As `chance`, on an area."""
    if city.mean is None or not city.within_sd:
        return None
    return FunnelLimits(city.mean, city.within_sd)


def chance(city: CityCell) -> FunnelLimits | None:
    """None where the answers tell nothing of what differs within schools."""
    if city.mean is None or not city.within_school_sd:
        return None
    return FunnelLimits(city.mean, city.within_school_sd)


def expected_outside(schools: int) -> int:
    """How many of so many schools lie outside by chance, were they all alike; whole schools."""
    return round((1 - LEVEL) * schools)
