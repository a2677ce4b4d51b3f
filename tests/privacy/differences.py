"""An attacker who has everything that is published, of all versions, and looks at what it differs by.

Pure functions of published figures; each says what follows from them for certain. What he cannot be kept from is said
in SECURITY.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement, product

import numpy as np
from scipy.optimize import LinearConstraint, brentq, milp

from analytics.maturity.methods.intervals import Scale, mean_interval

Levels = Sequence[int]  # answers per level, the lowest first
HIDE_BELOW, FEW = 5, range(5, 10)


def error_of_interval(mean: float, low: float, high: float, n: int, scale: Scale) -> float:
    """The standard error that an area's interval was made from, of n people."""

    def wider(error: float) -> float:
        found = mean_interval(np.array([mean]), np.array([error * np.sqrt(n)]), np.array([n]), scale)
        return float(found[1][0] - found[0][0]) - (high - low)

    return float(brentq(wider, 1e-6, 1.2 / np.sqrt(n), xtol=1e-14))


def cross_sum(one: Levels, other: Levels, error: float, levels: Sequence[int]) -> float:
    """The sum over n people of their answers to two criteria, multiplied: what an area's standard error tells of how
    the same people answered both, when all have answered both."""
    n, scale = sum(one), np.array(levels)
    parts = [np.array(counts) @ scale for counts in (one, other)]
    squares = [np.array(counts) @ scale**2 for counts in (one, other)]
    of_sums = error**2 * 4 * n * (n - 1)  # sum of (a person's two answers - their mean) squared
    return float((of_sums + sum(parts) ** 2 / n - sum(squares)) / 2)


def certain(one: Levels, other: Levels, cross: float, levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """(a level of the one criterion that fewer than five people answered, a level of the other, how many of them
    answered that) - where nothing else fits: tables of whole numbers with these margins and this sum of products."""
    size = len(levels)
    weights = np.array([a * b for a, b in product(levels, levels)], dtype=float)
    rows = np.kron(np.eye(size), np.ones(size))
    columns = np.kron(np.ones(size), np.eye(size))
    fits = [
        LinearConstraint(rows, one, one),
        LinearConstraint(columns, other, other),
        LinearConstraint(weights, cross - 0.25, cross + 0.25),
    ]
    found = []
    for place in range(size * size):
        here, there = divmod(place, size)
        if not 0 < one[here] < HIDE_BELOW:  # of more nothing is told that a group of five may not tell
            continue
        aim = np.eye(size * size)[place]
        least, most = (milp(way * aim, constraints=fits, integrality=np.ones(size * size)).fun for way in (1, -1))
        if round(least) == round(-most) > 0:
            found.append((levels[here], levels[there], round(least)))
    return found


def late_answers(before: Levels, now: Levels) -> Counter[int]:
    """How those answered who came between two versions of which both tell the distribution: place of a level -> how
    many more."""
    return Counter({place: n - b for place, (b, n) in enumerate(zip(before, now, strict=True)) if n != b})


def sizes_that_fit(means: Iterable[float]) -> list[int]:
    """How many answered, of 5-9, where the same people answered every criterion: by the decimals of its means."""
    told = list(means)
    fit = [n for n in FEW if all(any(round(total / n, 1) == mean for total in range(n, 4 * n + 1)) for mean in told)]
    return fit


def sets_that_fit(mean: float, n: int, levels: Sequence[int]) -> int:
    """In how many ways n people may have answered for this mean to be told of them."""
    every = combinations_with_replacement(levels, n)
    return sum(round(sum(given) / n, 1) == mean for given in every)


def who_came(before: tuple[int, float], now: tuple[int, float]) -> float:
    """The figure of the one school that has come between two versions of a city's mean of schools (how many schools,
    their mean)."""
    return now[0] * now[1] - before[0] * before[1]


def the_other(mean_of_schools: float, own: float) -> float:
    """Of a round with two schools, what the other has, told by the city's mean to the one."""
    return 2 * mean_of_schools - own
