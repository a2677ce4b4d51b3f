"""95 % intervals of a mean and of a share."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95


def mean_interval(mean: np.ndarray, sd: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Student's t around means of n answers with sample standard deviation sd (n-1); nan where n < 2."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(np.maximum(n - 1, 1), (1 + LEVEL) / 2) * sd / np.sqrt(n)
    half = np.where(n < 2, np.nan, half)
    return mean - half, mean + half


def share_interval(successes: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's score interval of shares, within 0-1; nan where n = 0."""
    low, high = proportion_confint(successes, np.maximum(n, 1), alpha=1 - LEVEL, method="wilson")
    # Nobody and everybody are 0 and 1 to the last digit, whatever the rounding.
    low, high = np.where(successes == 0, 0.0, low), np.where(successes == n, 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)
