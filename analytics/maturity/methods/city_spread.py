"""The city's spread of answers, for cells of so few that their own would give them away.

A spread is told as a ratio: the variance of a cell's answers, one more among them that is spread evenly over the
levels, to the most that it could be at their mean, (mean - lowest)(highest - mean). The city's is the upper quartile
of its cells of twenty answers or more: most schools have less, so that their intervals hold.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.maturity.methods.intervals import LEAST_RATIO, Scale

QUARTILE = 0.75
ENOUGH = 10  # cells of twenty answers or more: with fewer, those of the framework's other criteria are asked too


def ratios(counts: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Of each cell, told by its answers per level (cells x levels)."""
    given = counts + 1 / len(levels)
    together = given.sum(axis=1)
    mean = given @ levels / together
    variance = given @ levels**2 / together - mean**2
    return variance / ((mean - levels[0]) * (levels[-1] - mean))


def evenly(levels: np.ndarray) -> float:
    """The ratio of answers that are spread evenly over the levels: a careful guess, where the city tells nothing."""
    return float(np.var(levels) / ((np.mean(levels) - levels[0]) * (levels[-1] - np.mean(levels))))


def city_ratio(found: Sequence[np.ndarray], levels: np.ndarray) -> float:
    """The upper quartile of the first of these collections (the criterion's, the round's, the framework's ratios) that
    has enough."""
    upper = upper_quartiles(found)
    return float(upper[~np.isnan(upper)][0]) if not np.isnan(upper).all() else evenly(levels)


def upper_quartiles(found: Sequence[np.ndarray]) -> np.ndarray:
    """Of each of these collections, nan of those that have not enough. Those of one size are asked together: it is the
    asking that takes time."""
    upper, sizes = np.full(len(found), np.nan), np.array([len(these) for these in found])
    for size in np.unique(sizes[sizes >= ENOUGH]).tolist():
        places = np.flatnonzero(sizes == size)
        upper[places] = np.quantile(np.stack([found[place] for place in places]), QUARTILE, axis=1)
    return upper


def spread_at(mean: np.ndarray, n: np.ndarray, ratio: np.ndarray, scale: Scale) -> np.ndarray:
    """The standard deviation that so many answers with these means are taken to have; in levels."""
    pulled = (n * mean + scale.centre) / (n + 1)
    return np.sqrt(np.maximum(ratio, LEAST_RATIO) * (pulled - scale.low) * (scale.high - pulled))
