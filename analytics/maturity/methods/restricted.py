"""The restricted likelihood (REML) of the random-intercept model, from each school's n, mean and standard deviation.

Source: Searle, Casella & McCulloch, Variance Components (1992), chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Profile:
    """The likelihood at some ratios of tau^2 to sigma^2, an entry each, with the city and sigma^2 at their best."""

    deviance: np.ndarray  # -2 log likelihood, but for a constant
    slope: np.ndarray  # of the deviance, along the ratio
    city: np.ndarray
    sigma2: np.ndarray


def profile(ratio: np.ndarray, n: np.ndarray, mean: np.ndarray, within: float, freedom: float) -> Profile:
    """The REML likelihood; `within` is the sum of squares around the schools' own means, and is above 0; `freedom` the
    answers that it is of, less 1, and 1 more for each school of whose answers only the mean is known."""
    weight = n / (1 + np.outer(ratio, n))
    total = weight.sum(axis=1)
    city = weight @ mean / total
    squares = weight * (mean - city[:, None]) ** 2
    residual = within + squares.sum(axis=1)
    deviance = freedom * np.log(residual) + np.log1p(np.outer(ratio, n)).sum(axis=1) + np.log(total)
    slope = total - (weight**2).sum(axis=1) / total - freedom * (weight * squares).sum(axis=1) / residual
    return Profile(deviance, slope, city, residual / freedom)
