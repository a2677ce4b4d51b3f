"""How much schools differ once sampling noise is taken out: the random-intercept model, by REML.

answer = city + school + person, school ~ N(0, tau^2), person ~ N(0, sigma^2). Everything the likelihood needs is in
each school's n, mean and standard deviation, so one criterion takes less than a millisecond; tests hold it against
MixedLM of statsmodels. Source: Searle, Casella & McCulloch, Variance Components (1992), chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

RATIOS = np.concatenate([[0.0], np.geomspace(1e-6, 1e8, 57)])
"""Of tau^2 to sigma^2: where the likelihood's slope is looked at, to find every valley of it."""


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """tau and sigma in levels; `city` is the mean of the schools' distribution, weighted by what each tells of it."""

    tau: float
    sigma: float
    city: float

    def pulled(self, mean: np.ndarray, n: np.ndarray) -> np.ndarray:
        """Means of n answers pulled towards the city by their uncertainty: tau^2 / (tau^2 + sigma^2 / n); in levels."""
        if self.tau == 0 and self.sigma == 0:
            return np.array(mean, dtype=float)
        weight = self.tau**2 / (self.tau**2 + self.sigma**2 / n)
        return self.city + weight * (mean - self.city)


@dataclass(frozen=True, slots=True)
class Profile:
    """The likelihood at some ratios of tau^2 to sigma^2, an entry each, with the city and sigma^2 at their best."""

    deviance: np.ndarray  # -2 log likelihood, but for a constant
    slope: np.ndarray  # of the deviance, along the ratio
    city: np.ndarray
    sigma2: np.ndarray


def random_intercept(n: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> RandomIntercept | None:
    """The model fitted to schools with n answers, mean and standard deviation (n-1), an entry each.

    None for fewer than two schools. Without any noise within schools sigma is 0, and tau what the means show.
    """
    if len(n) < 2:
        return None
    n, mean = n.astype(float), mean.astype(float)
    within = float(np.sum((n - 1) * sd**2))
    if within <= 0:  # everybody in each school agrees: there is no noise to take out
        return RandomIntercept(float(np.std(mean, ddof=1)), 0.0, float(np.mean(mean)))
    slope = profile(RATIOS, n, mean, within).slope
    valleys = np.flatnonzero((slope[:-1] < 0) & (slope[1:] >= 0))
    bottoms = [
        brentq(lambda ratio: profile(np.array([ratio]), n, mean, within).slope[0], *RATIOS[i : i + 2], xtol=1e-15)
        for i in valleys
    ]
    ratios = np.array([RATIOS[0], *bottoms, RATIOS[-1]])
    found = profile(ratios, n, mean, within)
    best = np.argmin(found.deviance)
    sigma2 = found.sigma2[best]
    return RandomIntercept(float(np.sqrt(ratios[best] * sigma2)), float(np.sqrt(sigma2)), float(found.city[best]))


def profile(ratio: np.ndarray, n: np.ndarray, mean: np.ndarray, within: float) -> Profile:
    """The REML likelihood; `within` is the sum of squares around the schools' own means, and is above 0."""
    weight = n / (1 + np.outer(ratio, n))
    total = weight.sum(axis=1)
    city = weight @ mean / total
    squares = weight * (mean - city[:, None]) ** 2
    residual = within + squares.sum(axis=1)
    freedom = n.sum() - 1
    deviance = freedom * np.log(residual) + np.log1p(np.outer(ratio, n)).sum(axis=1) + np.log(total)
    slope = total - (weight**2).sum(axis=1) / total - freedom * (weight * squares).sum(axis=1) / residual
    return Profile(deviance, slope, city, residual / freedom)
