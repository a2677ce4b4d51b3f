"""95 % intervals of a mean and of a share."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri, stdtrit

LEVEL = 0.95


def mean_interval(mean: np.ndarray, sd: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Student's t around means of n answers with sample standard deviation sd (n-1); nan where n < 2."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(np.maximum(n - 1, 1), (1 + LEVEL) / 2) * sd / np.sqrt(n)
    half = np.where(n < 2, np.nan, half)
    return mean - half, mean + half


def share_interval(successes: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's score interval of shares, within 0-1; nan where n = 0. Source: Wilson, JASA 22 (1927), 209-212."""
    z = ndtri((1 + LEVEL) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = successes / n
        half = z * np.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
        low, high = ((share + z**2 / (2 * n) + side * half) / (1 + z**2 / n) for side in (-1, 1))
    # Nobody and everybody are 0 and 1 to the last digit, whatever the rounding.
    return np.where(successes == 0, 0 * share, low), np.where(successes == n, share, high)
