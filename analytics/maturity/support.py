"""Where support pays: which criterion is low everywhere, which in a few schools, and what it would take.

Everything here goes by pulled means, so that a small school is not visited for its noise. The goal itself is always
decided on raw figures. Schools are counted where the figures lie: a nation's cells are some hundred thousand a round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.frameworks import Framework
from analytics.model.schools import Viewer
from analytics.store.reading import View

MANY = 1 / 3  # of the schools: more than can be visited one by one

PULLED = f"""
    with shown as (
        select criterion, school_id, pulled_mean, $goal - pulled_mean as lift, ci_high < $goal as clearly
        from cell
        where framework = $framework and year = $year and pulled_mean is not null and {OF_SCHOOLS}
    )
"""
"""One row a shown cell of a round's schools: its pulled mean, what is left to the goal, and whether its 95 % interval
lies below the goal as a whole."""
NEEDS = f"""{PULLED}
    select criterion, count(*), count(*) filter (lift > 0),
        coalesce(fsum(lift) filter (lift > 0), 0)
    from shown group by criterion
"""
CLEARLY_BELOW = f"""{PULLED}, clearly_below as (
        select * from shown where lift > 0 and clearly and criterion in (select unnest($criteria))
    )
"""
VISITS = f"""{CLEARLY_BELOW}
    select school_id, fsum(lift) as whole from clearly_below group by school_id order by whole desc, school_id
"""
VISITED_FOR = f"""{CLEARLY_BELOW}
    select school_id, criterion from clearly_below order by school_id, lift desc, criterion
"""


class Need(StrEnum):
    """What kind of effort a criterion calls for."""

    CITY = "city"  # low in many schools: one effort for the city
    VISITS = "visits"  # low in a few: visits
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CriterionNeed:
    """A criterion over the schools shown: how many they are, and how many are below the goal by their pulled means.

    `lift`: what it would take to bring each of those to the goal, in levels, summed over the schools.
    """

    criterion: str
    need: Need
    schools: int
    below: int
    lift: float


@dataclass(frozen=True, slots=True)
class SchoolNeed:
    """A school that lies clearly below the goal where most schools do not lie below it: a visit would help it. `lift`:
    what is left to the goal, in levels, summed over these criteria."""

    school_id: str
    lift: float


def criterion_needs(
    view: View, viewer: Viewer, framework: Framework, year: int, schools: Collection[str] | None = None
) -> tuple[CriterionNeed, ...]:
    """One a criterion that any of these schools (None: all) is shown on, those that take the most first.

    Only for goals that are a mean: pulled means say nothing of medians and shares, and the answer is then empty.
    """
    if framework.goal.statistic != "mean":
        return ()
    found = view.rows(NEEDS, _asked(viewer, framework, year, schools))
    needs = (CriterionNeed(criterion, _need(below, of), of, below, lift) for criterion, of, below, lift in found)
    return tuple(sorted(needs, key=lambda need: (-need.lift, need.criterion)))


def school_needs(
    view: View,
    viewer: Viewer,
    framework: Framework,
    year: int,
    needs: Iterable[CriterionNeed],
    schools: Collection[str] | None = None,
) -> tuple[SchoolNeed, ...]:
    """One a school that a visit would help, those that need the most first; `needs`: of the same schools."""
    return view.records(SchoolNeed, VISITS, _of_visits(viewer, framework, year, needs, schools))


def visited_for(
    view: View,
    viewer: Viewer,
    framework: Framework,
    year: int,
    needs: Iterable[CriterionNeed],
    schools: Collection[str] | None = None,
) -> dict[str, list[str]]:
    """School -> the criteria that a visit would help it with, furthest from the goal first, of those schools."""
    found: dict[str, list[str]] = {}
    for school, criterion in view.rows(VISITED_FOR, _of_visits(viewer, framework, year, needs, schools)):
        found.setdefault(school, []).append(criterion)
    return found


def pulled_means(
    view: View, viewer: Viewer, framework: Framework, year: int, schools: Collection[str] | None = None
) -> dict[str, list[tuple[str, float]]]:
    """criterion -> (school, pulled mean) of each that is shown on it, the lowest first."""
    found: dict[str, list[tuple[str, float]]] = {}
    sql = f"{PULLED} select criterion, school_id, pulled_mean from shown order by criterion, pulled_mean, school_id"
    for criterion, school, mean in view.rows(sql, _asked(viewer, framework, year, schools)):
        found.setdefault(criterion, []).append((school, mean))
    return found


def _need(below: int, of: int) -> Need:
    return Need.CITY if below / of > MANY else Need.VISITS if below else Need.NONE


def _of_visits(
    viewer: Viewer, framework: Framework, year: int, needs: Iterable[CriterionNeed], schools: Collection[str] | None
) -> dict:
    for_visits = [need.criterion for need in needs if need.need is Need.VISITS]
    return {**_asked(viewer, framework, year, schools), "criteria": for_visits}


def _asked(viewer: Viewer, framework: Framework, year: int, schools: Collection[str] | None) -> dict:
    return {
        "framework": framework.id,
        "year": year,
        "goal": framework.goal.level,
        "schools": viewer.told_of(schools),
    }
