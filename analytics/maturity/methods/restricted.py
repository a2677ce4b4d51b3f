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
    city: np.ndarray
    sigma2: np.ndarray


def profile(ratio: np.ndarray, n: np.ndarray, mean: np.ndarray, within: float, freedom: float) -> Profile:
    """The REML likelihood; `within` is the sum of squares around the schools' own means, and is above 0; `freedom` the
    answers that it is of, less 1, and 1 more for each school of whose answers only the mean is known."""
    answers = np.outer(ratio, n)
    logs = np.log1p(answers).sum(axis=1)
    _, total, city, squares = _weighted(answers, n, mean)
    residual = within + squares.sum(axis=1)
    return Profile(freedom * np.log(residual) + logs + np.log(total), city, residual / freedom)


def slope(ratio: np.ndarray, n: np.ndarray, mean: np.ndarray, within: float, freedom: float) -> np.ndarray:
    """Of the deviance, along the ratio."""
    weight, total, _, squares = _weighted(np.outer(ratio, n), n, mean)
    residual = within + squares.sum(axis=1)
    squares *= weight
    fitted = freedom * squares.sum(axis=1) / residual
    weight **= 2
    return total - weight.sum(axis=1) / total - fitted


def _weighted(answers: np.ndarray, n: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, ...]:
    """The schools' weights, made in place of ratios x `n`; their sum; the city; and the schools' weighted squares
    around it. Schools are many: each array less is time won."""
    answers += 1
    weight = np.divide(n, answers, out=answers)
    total = weight.sum(axis=1)
    city = weight @ mean / total
    squares = mean - city[:, None]
    squares **= 2
    squares *= weight
    return weight, total, city, squares
