"""How much schools differ once sampling noise is taken out: the random-intercept model, by REML.

answer = city + school + person, school ~ N(0, tau^2), person ~ N(0, sigma^2). Everything the likelihood needs is in each
school's n, mean and standard deviation, so one criterion takes about a millisecond; tests hold it against statsmodels'
MixedLM. Source: Searle, Casella & McCulloch, Variance Components (1992), chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

LARGEST_RATIO = 1e4  # of tau^2 to sigma^2


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """tau and sigma in levels; `city` is the mean of the schools' distribution, weighted by what each tells of it."""

    tau: float
    sigma: float
    city: float

    def pulled(self, mean: np.ndarray, n: np.ndarray) -> np.ndarray:
        """Means pulled towards the city by their uncertainty: tau^2 / (tau^2 + sigma^2 / n)."""
        if self.tau == 0 and self.sigma == 0:
            return np.array(mean, dtype=float)
        weight = self.tau**2 / (self.tau**2 + self.sigma**2 / n)
        return self.city + weight * (mean - self.city)


def random_intercept(n: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> RandomIntercept | None:
    """The model fitted to schools with n answers, mean and standard deviation; None for fewer than two schools."""
    if len(n) < 2:
        return None
    n, mean = n.astype(float), mean.astype(float)
    within = float(np.sum((n - 1) * sd**2))
    answers = float(n.sum())
    if within <= 0:  # everybody in each school agrees: there is no noise to take out
        return RandomIntercept(float(np.std(mean, ddof=1)), 0.0, float(np.mean(mean)))

    def parts(ratio: float) -> tuple[float, float, float]:
        weight = n / (1 + ratio * n)
        city = float(np.sum(weight * mean) / np.sum(weight))
        return city, within + float(np.sum(weight * (mean - city) ** 2)), float(np.sum(weight))

    def deviance(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        _, residual, weights = parts(ratio)
        return (answers - 1) * np.log(residual) + float(np.sum(np.log1p(ratio * n))) + np.log(weights)

    best = minimize_scalar(
        deviance, bounds=(np.log(1e-8), np.log(LARGEST_RATIO)), method="bounded", options={"xatol": 1e-6}
    )
    ratio = float(np.exp(best.x))
    _, residual, weights = parts(0.0)
    at_zero = (answers - 1) * np.log(residual) + np.log(weights)
    if at_zero <= best.fun + 1e-9:  # the best variance between schools is none at all
        ratio = 0.0
    city, residual, _ = parts(ratio)
    sigma2 = residual / (answers - 1)
    return RandomIntercept(float(np.sqrt(ratio * sigma2)), float(np.sqrt(sigma2)), city)
