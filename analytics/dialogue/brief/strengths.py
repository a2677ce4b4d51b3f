"""A school's strongest sides in a round, what stands between it and the goal, and how far its staff agree."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.dialogue.brief.position import SchoolFigures
from analytics.maturity.methods.consensus import Consensus, consensus
from analytics.maturity.readiness import in_the_way, standing, surest_to_miss
from analytics.maturity.schools import Cell
from analytics.model.figures import Accord, Standing
from analytics.model.frameworks import Framework
from analytics.model.present import present

STRENGTHS, MISSES, DIVIDED = 3, 5, 2  # that are named


@dataclass(frozen=True, slots=True)
class Roughly:
    """How a figure of under twenty answers is told that is not told exactly: as a bound, in bands."""

    bound: str | None
    n_band: str | None
    share_band: str | None


def roughly(cell: Cell, framework: Framework) -> Roughly | None:
    """How the figure in the goal's own statistic is told; None where it is told exactly."""
    bound = cell.mean_bound if framework.goal.statistic == "mean" else cell.share_bound
    return Roughly(bound, cell.n_band, cell.share_band) if bound or cell.n_band else None


@dataclass(frozen=True, slots=True)
class Strength:
    """One of the criteria that the school surely stands highest on, in levels, which is no strength where it is below
    the goal (`met` False) or the city. `above_city`, `below_city`: clearly so."""

    criterion: str
    mean: float
    low: float
    city: float | None
    above_city: bool
    below_city: bool
    met: bool
    roughly: Roughly | None = None

    @property
    def holds(self) -> bool:
        """Whether it may be called a strength."""
        return self.met and not self.below_city


@dataclass(frozen=True, slots=True)
class GoalComparison:
    """A criterion beside the goal: `figure` is the goal's own statistic, in levels or a share 0-1. `ready`: the share
    of resamples that meet the goal, None under ten answers. `roughly`: how the figure is told where not exactly."""

    criterion: str
    figure: float | None
    met: bool
    ready: float | None
    roughly: Roughly | None = None


@dataclass(frozen=True, slots=True)
class GoalObstacles:
    """What stands between the school and the goal. `misses`: the surest to miss it first, with `more` that are not
    named. `unsure`: where none misses it, the one or two that most easily would in a new round. `hidden` criteria."""

    standing: Standing | None
    at_goal: int
    shown: int
    ready: float | None
    misses: tuple[GoalComparison, ...]
    more: int
    unsure: tuple[GoalComparison, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class DividedCriterion:
    """A criterion that divides the staff: `lower` of the answers (0-1) lie at `low` or below, `upper` at `high` or
    above."""

    criterion: str
    low: int
    high: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class ConsensusSummary:
    """How many criteria the staff agree on, are divided on, and all that may be told; the deepest divisions by name."""

    told: int
    agreed: int
    divided: int
    deepest: tuple[DividedCriterion, ...]


def strengths(figures: SchoolFigures) -> tuple[Strength, ...]:
    """The criteria whose interval's lower end is highest, so that chance does not pick them; the highest first."""
    found = []
    for cell in figures.cells:
        if cell.mean is not None and cell.ci_low is not None:
            city = figures.city_cells.get(cell.criterion)
            above, below = cell.city_side == 1, cell.city_side == -1
            rough = Roughly(cell.mean_bound, cell.n_band, None) if cell.mean_bound or cell.n_band else None
            beside = city.mean if city else None
            found.append(
                Strength(cell.criterion, cell.mean, cell.ci_low, beside, above, below, bool(cell.goal_met), rough)
            )
    surest = sorted(found, key=lambda strength: (-strength.low, -strength.mean))[:STRENGTHS]
    return tuple(sorted(surest, key=lambda strength: -strength.mean))


def goal_obstacles(figures: SchoolFigures) -> GoalObstacles:
    """The goal on every criterion. Nothing is told of it where nothing is shown."""
    of = figures.round
    if of is None:
        return GoalObstacles(None, 0, 0, None, (), 0, (), 0)
    missed = [cell for cell in figures.cells if cell.goal_met is False]
    by_share = all(cell.ready is not None for cell in missed)
    if by_share:  # by shares or by means, as in readiness
        missed.sort(key=surest_to_miss)
    else:
        missed.sort(key=lambda cell: present(cell.mean))
    told = tuple(_beside_goal(figures, cell) for cell in missed[:MISSES])
    unsure = () if missed else tuple(_beside_goal(figures, cell) for cell in in_the_way(figures.cells))
    more = len(missed) - len(told)
    return GoalObstacles(standing(of), of.at_goal, of.shown, of.ready, told, more, unsure, of.asked - of.shown)


def _beside_goal(figures: SchoolFigures, cell: Cell) -> GoalComparison:
    return GoalComparison(
        cell.criterion,
        goal_figure(cell, figures.framework),
        bool(cell.goal_met),
        cell.ready,
        roughly(cell, figures.framework),
    )


def goal_figure(cell: Cell, framework: Framework) -> float | None:
    """The school's figure in the goal's own statistic; None where it is hidden, or told in words alone."""
    match framework.goal.statistic:
        case "share":
            return cell.share_at_goal
        case "median":
            return None if cell.median is None else float(cell.median)
        case _:
            return cell.mean


def accords(figures: SchoolFigures) -> ConsensusSummary:
    """How far the staff agree, on the criteria that have answers enough to say."""
    found: list[tuple[Consensus, Cell]] = []
    for cell in figures.cells:
        told = consensus(cell.levels) if cell.levels is not None else None
        if told is not None:
            found.append((told, cell))
    divided = sorted(
        ((told, cell) for told, cell in found if told.kind is Accord.DIVIDED), key=lambda pair: pair[0].consensus
    )
    agreed = sum(told.kind is Accord.AGREED for told, _ in found)
    deepest = tuple(_camps(told, cell, figures.framework) for told, cell in divided[:DIVIDED])
    return ConsensusSummary(len(found), agreed, len(divided), deepest)


def _camps(told: Consensus, cell: Cell, framework: Framework) -> DividedCriterion:
    (low, high), levels = present(told.camps), present(cell.levels)
    answers, first = sum(levels), framework.scale_min
    lower, upper = sum(levels[: low + 1]) / answers, sum(levels[high:]) / answers
    return DividedCriterion(cell.criterion, first + low, first + high, lower, upper)
