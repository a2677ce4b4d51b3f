"""The arithmetic of cells: from answers per level to means, shares, medians, spreads and intervals, all at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.maturity.methods.intervals import Scale, mean_interval, share_interval
from analytics.model.frameworks import Goal


@dataclass(frozen=True, slots=True)
class Cells:
    """Figures of many cells, an entry each; nan where n = 0 (median: the lowest level). Nothing is hidden here: that is
    publish's to do. Means, median and standard deviation (n-1) in levels, shares 0-1."""

    n: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    share_at_goal: np.ndarray
    share_low: np.ndarray
    share_high: np.ndarray
    median: np.ndarray
    goal_met: np.ndarray


def compute_cells(counts: np.ndarray, levels: np.ndarray, goal: Goal) -> Cells:
    """Figures of cells from `counts` (cells x levels, answers per level, don't know left out), in whole numbers."""
    n = counts.sum(axis=1)
    at_goal = counts[:, levels >= goal.level].sum(axis=1)
    total = counts @ levels
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        # Whole numbers until the last step: a mean that is exactly 3 must not miss the goal by a rounding error.
        sum_of_squares = n * (counts @ levels**2) - total**2
        sd = np.sqrt(sum_of_squares / (n * (n - 1.0)))
        share = at_goal / n
    reached = counts.cumsum(axis=1) * 2 >= n[:, None]
    median = levels[np.argmax(reached, axis=1)]
    match goal.statistic:
        case "mean":
            goal_met = total >= goal.level * n
        case "median":
            goal_met = median >= goal.level
        case _:
            goal_met = share >= goal.share
    ci_low, ci_high = mean_interval(mean, sd, n, Scale.of(levels))
    share_low, share_high = share_interval(at_goal, n)
    return Cells(n, mean, sd, ci_low, ci_high, share, share_low, share_high, median, goal_met & (n > 0))
