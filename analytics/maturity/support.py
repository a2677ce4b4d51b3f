"""Where support pays: which criterion is low everywhere, which in a few schools, and what it would take.

Everything here goes by pulled means, so that a small school is not visited for its noise. The goal itself is always
decided on raw figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from analytics.maturity.schools import Cell
from analytics.model.frameworks import Framework

MANY = 1 / 3  # of the schools: more than can be visited one by one


class Need(StrEnum):
    """What kind of effort a criterion calls for."""

    CITY = "city"  # low in many schools: one effort for the city
    VISITS = "visits"  # low in a few: visits
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CriterionNeed:
    """A criterion over the schools shown: those below the goal by their pulled means, furthest from it first.

    `lift`: what it would take to bring each of them to the goal, in levels, summed over the schools. `shrunken`: each
    school's pulled mean. `clearly`: those whose 95 % interval lies below the goal as a whole.
    """

    criterion: str
    need: Need
    schools: int
    below: tuple[str, ...]
    lift: float
    shrunken: Mapping[str, float]
    clearly: frozenset[str]


@dataclass(frozen=True, slots=True)
class SchoolNeed:
    """A school that lies clearly below the goal where most schools do not lie below it: a visit would help it with
    these criteria, furthest from the goal first; `lift` in levels, summed over them."""

    school_id: str
    criteria: tuple[str, ...]
    lift: float


def criterion_needs(framework: Framework, cells: Iterable[Cell]) -> tuple[CriterionNeed, ...]:
    """One a criterion that any school is shown on, those that take the most first.

    Only for goals that are a mean: pulled means say nothing of medians and shares, and the answer is then empty.
    """
    if framework.goal.statistic != "mean":
        return ()
    shrunken: dict[str, dict[str, float]] = {criterion.id: {} for criterion in framework.criteria}
    clearly: dict[str, set[str]] = {criterion.id: set() for criterion in framework.criteria}
    for cell in cells:
        if cell.shrunken is not None:
            shrunken[cell.criterion][cell.school_id] = cell.shrunken
            if cell.ci_high is not None and cell.ci_high < framework.goal.level:
                clearly[cell.criterion].add(cell.school_id)
    goal, needs = framework.goal.level, []
    for criterion, by_school in shrunken.items():
        if by_school:
            below = sorted((s for s, value in by_school.items() if value < goal), key=lambda s: (by_school[s], s))
            share = len(below) / len(by_school)
            need = Need.CITY if share > MANY else Need.VISITS if below else Need.NONE
            lift = sum(goal - by_school[school] for school in below)
            sure = frozenset(clearly[criterion])
            needs.append(CriterionNeed(criterion, need, len(by_school), tuple(below), lift, by_school, sure))
    return tuple(sorted(needs, key=lambda need: (-need.lift, need.criterion)))


def school_needs(framework: Framework, needs: Iterable[CriterionNeed]) -> tuple[SchoolNeed, ...]:
    """One a school that a visit would help, those that need the most first."""
    goal = framework.goal.level
    found: dict[str, list[tuple[float, str]]] = {}
    for need in needs:
        if need.need is Need.VISITS:
            for school in need.clearly.intersection(need.below):
                found.setdefault(school, []).append((goal - need.shrunken[school], need.criterion))
    made = [
        SchoolNeed(
            school, tuple(c for _, c in sorted(lifts, key=lambda lift: (-lift[0], lift[1]))), sum(v for v, _ in lifts)
        )
        for school, lifts in found.items()
    ]
    return tuple(sorted(made, key=lambda need: (-need.lift, need.school_id)))
