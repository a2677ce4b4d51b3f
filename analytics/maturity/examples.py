"""Worked examples for the method page: small invented schools, counted by the functions that count everything else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr

from analytics.maturity.methods.cells import compute_cells
from analytics.maturity.methods.claims import claims, welch
from analytics.maturity.methods.consensus import Consensus, consensus
from analytics.maturity.methods.intervals import Scale, staff_mean_interval
from analytics.maturity.methods.resampling import RESAMPLES
from analytics.maturity.methods.shrinkage import known_tau
from analytics.maturity.methods.variance import RandomIntercept
from analytics.model.frameworks import Goal
from analytics.model.present import present

LEVELS, GOAL = np.array([1, 2, 3, 4]), Goal(3)
INVITED = 40
THEN, NOW = (2, 11, 12, 3), (1, 10, 15, 5)  # answers per level, lowest first, in two rounds
TAU, SIGMA, CITY, SMALL, LARGE, HIGH = 0.3, 0.8, 2.8, 8, 60, 3.4
TOGETHER, CAMPS = (0, 15, 15, 0), (15, 0, 0, 15)
TRUE, CRITERIA, SIZES = 3.2, 25, (15, 60)


@dataclass(frozen=True, slots=True)
class MeanExample:
    """An invented school's answers on one criterion: mean and its intervals in levels, share at the goal 0-1."""

    levels: tuple[int, ...]
    n: int
    mean: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    invited: int
    staff_low: float
    staff_high: float


@dataclass(frozen=True, slots=True)
class ChangeExample:
    """The same criterion in two rounds: answers, means, the difference and what it would have taken, in levels."""

    before_n: int
    n: int
    before: float
    mean: float
    difference: float
    needed: float
    clear: bool


@dataclass(frozen=True, slots=True)
class ShrinkageExample:
    """A mean of so many answers, and what it is pulled to."""

    n: int
    mean: float
    shrunken: float


@dataclass(frozen=True, slots=True)
class GoalChance:
    """How often a school of this size meets the goal by the raw rule, when it truly stands above it."""

    n: int
    share: float


def mean_example() -> MeanExample:
    """One criterion, one round."""
    found = compute_cells(np.array([NOW]), LEVELS, GOAL)
    staff_low, staff_high = staff_mean_interval(
        found.mean, found.sd, found.n, Scale.of(LEVELS), np.array([float(INVITED)])
    )
    told = (found.n, found.mean, found.ci_low, found.ci_high, found.share_at_goal, found.share_low, found.share_high)
    n, mean, low, high, share, share_low, share_high = (value[0].item() for value in told)
    staff = staff_low[0].item(), staff_high[0].item()
    return MeanExample(NOW, n, mean, low, high, share, share_low, share_high, INVITED, *staff)


def change_example() -> ChangeExample:
    """The same criterion the year before."""
    found = compute_cells(np.array([THEN, NOW]), LEVELS, GOAL)
    error, freedom = welch(found.sd[1:], found.n[1:], found.sd[:1], found.n[:1])
    difference = found.mean[1:] - found.mean[:1]
    claim = claims(difference, error, freedom, np.zeros(1))
    (before_n, n), (before, mean) = found.n.tolist(), found.mean.tolist()
    return ChangeExample(before_n, n, before, mean, difference[0].item(), claim.needed[0].item(), bool(claim.clear[0]))


def shrinkage_examples() -> tuple[ShrinkageExample, ShrinkageExample]:
    """A small and a large school with the same mean."""
    model = RandomIntercept(TAU, SIGMA, CITY, TAU, TAU, known_tau(TAU, SIGMA, CITY))
    sizes = np.array([SMALL, LARGE])
    small, large = model.shrunken(HIGH, sizes).tolist()
    return ShrinkageExample(SMALL, HIGH, small), ShrinkageExample(LARGE, HIGH, large)


def agreement_examples() -> tuple[tuple[tuple[int, ...], Consensus], ...]:
    """Two staffs with the same mean."""
    return tuple((levels, present(consensus(levels))) for levels in (TOGETHER, CAMPS))


@cache
def goal_examples() -> tuple[GoalChance, ...]:
    """Schools that truly stand at TRUE on every one of CRITERIA criteria, drawn anew many times.

    Answers are a person's level plus chance, rounded to the scale, so that a person's answers go together.
    """
    rng, found = np.random.default_rng(2022), []
    person, chance = 0.42, 0.60  # standard deviations, as in the demo data
    before = np.linspace(LEVELS[0], LEVELS[-1], 10_001)  # means before rounding, and as they are after it
    steps = (before[:, None] - (LEVELS[1:] - 0.5)) / np.hypot(person, chance)
    level = np.interp(TRUE, LEVELS[0] + ndtr(steps).sum(axis=1), before)
    for n in SIZES:
        people = rng.normal(level, person, (RESAMPLES, n, 1))
        answers = people + rng.normal(0, chance, (RESAMPLES, n, CRITERIA))
        means = np.clip(np.rint(answers), LEVELS[0], LEVELS[-1]).mean(axis=1)
        found.append(GoalChance(n, float((means >= GOAL.level).all(axis=1).mean())))
    return tuple(found)
