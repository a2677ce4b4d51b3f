"""How much schools differ once sampling noise is taken out: the random-intercept model, by REML.

answer = city + school + person, school ~ N(0, tau^2), person ~ N(0, sigma^2). Everything the likelihood needs is in
each school's n, mean and standard deviation, so one criterion takes less than a millisecond; tests hold it against
MixedLM of statsmodels. Source: Searle, Casella & McCulloch, Variance Components (1992), chapter 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, lambertw, ndtri

from analytics.maturity.methods.intervals import LEVEL
from analytics.maturity.methods.restricted import profile, slope
from analytics.maturity.methods.roots import root
from analytics.maturity.methods.shrinkage import TauPosterior, tau_posterior

RISE = float(chdtri(1, 1 - LEVEL))
"""How far above its lowest point the deviance lies at the ends of a 95 % interval."""

Z = float(ndtri((1 + LEVEL) / 2))
"""Standard errors that a 95 % interval goes to each side."""

RATIOS = np.concatenate([[0.0], np.geomspace(1e-6, 1e8, 57)])
"""Of tau^2 to sigma^2: where the likelihood's slope is looked at, to find every valley of it."""


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """tau and sigma in levels; `city` is the mean of the schools' distribution, weighted by what each tells of it.

    `tau_low`..`tau_high` is the 95 % interval of tau by the profile likelihood; `posterior` what else tau may be.
    """

    tau: float
    sigma: float
    city: float
    tau_low: float
    tau_high: float
    posterior: TauPosterior

    @property
    def share_between(self) -> float:
        """The part of the answers' variance that lies between schools (the intraclass correlation); nan without any."""
        total = self.tau**2 + self.sigma**2
        return self.tau**2 / total if total else np.nan

    def shrunken(self, mean: np.ndarray | float, n: np.ndarray) -> np.ndarray:
        """Means of n answers pulled towards the city by their uncertainty and that of tau; in levels. None is pulled
        farther than chance in its own answers may have put it (Efron & Morris, JASA 67, 1972, 130-139): a school that
        is like no other is not made to be like them."""
        reach = Z * self.sigma / np.sqrt(n)
        return np.clip(self.posterior.shrunken(mean, n), mean - reach, mean + reach)


def random_intercept(
    n: np.ndarray, mean: np.ndarray, sd: np.ndarray, *, interval: bool = True
) -> RandomIntercept | None:
    """The model fitted to schools with n answers, mean and standard deviation (n-1), an entry each (nan: its answers
    tell nothing of sigma); without an `interval` of tau (nan) in a third of the time.

    None for fewer than two schools. Without any noise within schools sigma is 0, and tau what the means show.
    """
    if len(n) < 2:
        return None
    n, mean = n.astype(float), mean.astype(float)
    own = ~np.isnan(sd)
    within = float(np.sum((n[own] - 1) * sd[own] ** 2))
    freedom = float(np.sum(n[own] - 1)) + len(n) - 1
    if within <= 0:  # everybody in each school agrees: there is no noise to take out
        tau, known = float(np.std(mean, ddof=1)), len(mean) - 1
        low, high = tau * np.sqrt(known / chdtri(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
        posterior = tau_posterior(n, mean, 0.0, freedom)
        return RandomIntercept(tau, 0.0, float(np.mean(mean)), float(low), float(high), posterior)
    slopes = slope(RATIOS, n, mean, within, freedom)
    valleys = np.flatnonzero((slopes[:-1] < 0) & (slopes[1:] >= 0))
    bottoms = [
        root(lambda ratio: slope(np.array([ratio]), n, mean, within, freedom)[0], low, high, xtol=1e-15)
        for low, high in ((RATIOS[i], RATIOS[i + 1]) for i in valleys)
    ]
    ratios = np.array([RATIOS[0], *bottoms, RATIOS[-1]])
    found = profile(ratios, n, mean, within, freedom)
    best = np.argmin(found.deviance)
    sigma2 = found.sigma2[best]
    low = high = np.nan
    if interval:
        low, high = _tau_interval(ratios[best], found.deviance[best], n, mean, within, freedom)
    tau, sigma, city = (float(value) for value in (np.sqrt(ratios[best] * sigma2), np.sqrt(sigma2), found.city[best]))
    return RandomIntercept(tau, sigma, city, low, high, tau_posterior(n, mean, within, freedom))


def _tau_interval(
    best: float, least: float, n: np.ndarray, mean: np.ndarray, within: float, freedom: float
) -> tuple[float, float]:
    """The least and the largest tau where the deviance, sigma at its best for that tau, is no more than RISE above its
    lowest point: looked for among the ratios that sigma at its best for the ratio allows."""

    def above(ratio: float) -> float:
        return profile(np.array([ratio]), n, mean, within, freedom).deviance[0] - least - RISE

    def taus(ratio: np.ndarray, branch: int) -> np.ndarray:
        """At each ratio the largest tau that is allowed (branch 0), or the least (-1). With u = its best sigma^2 /
        sigma^2 the deviance rises by freedom * (u - 1 - log u), which Lambert's W solves for u."""
        found = profile(ratio, n, mean, within, freedom)
        left = (RISE - (found.deviance - least)) / freedom
        left = np.maximum(left, 1e-12)  # where nothing is left the branches meet, and W is not told
        return np.sqrt(ratio * found.sigma2 / -lambertw(-np.exp(-1 - left), branch).real)

    low = 0.0
    if best > 0 and above(0.0) > 0:
        low = -_largest(lambda ratio: -taus(ratio, -1), root(above, 0.0, best), best)
    if above(RATIOS[-1]) <= 0:
        return low, np.inf
    return low, _largest(lambda ratio: taus(ratio, 0), best, root(above, best, RATIOS[-1]))


def _largest(of: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> float:
    """The top of a curve that has one between low and high: looked for ever closer to the highest of some points."""
    for _ in range(8):
        points = np.linspace(low, high, 33)
        values = of(points)
        top = int(np.argmax(values))
        low, high = points[max(top - 1, 0)], points[min(top + 1, 32)]
    return float(values[top])
