"""How far a school's mean is pulled towards the city's, when what schools differ by is itself uncertain.

Where tau is known a mean of n answers keeps n / (n + sigma^2 / tau^2) of its distance to the city. It is not known:
with few schools the best guess is often 0, and would pull a school of all ones to the city's mean. So the pull is
averaged over every tau there may be, by its restricted likelihood, none thought likelier than another beforehand:
Bayes's rule, flat in the city's mean, in tau and in log sigma (Gelman, Bayesian Analysis 1, 2006, 515-533). Of the
three only the ratio of tau to sigma is left to be summed over; the others go out by integration.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from analytics.maturity.methods.restricted import profile

FEWEST = 3
"""Schools; of two, tau may be anything, and nothing is pulled."""

COARSE = np.linspace(0, 36, 73)
FINE, STEP = 64, 0.15  # points at the least, and how far apart they lie at most
NEGLIGIBLE = 30.0  # below the highest log density of the coarse points: it adds nothing that a double would show


@dataclass(frozen=True, slots=True)
class TauPosterior:
    """What tau may be, as points with their chances (they sum to 1). `noise`: sigma^2 / tau^2, how many answers tell as
    much of a school as the other schools do, 0 to infinity; `city`: the city's mean, in levels, were that so."""

    noise: np.ndarray
    chance: np.ndarray
    city: np.ndarray

    def shrunken(self, mean: np.ndarray | float, n: np.ndarray) -> np.ndarray:
        """Means of n answers pulled towards the city; in levels."""
        kept = n / (n + self.noise[:, None])
        return mean * (self.chance @ kept) + (self.chance * self.city) @ (1 - kept)


def known_tau(tau: float, sigma: float, city: float) -> TauPosterior:
    """Where nothing is uncertain; tau or sigma is above 0."""
    noise = sigma**2 / tau**2 if tau else np.inf
    return TauPosterior(np.array([noise]), np.ones(1), np.array([city]))


def tau_posterior(n: np.ndarray, mean: np.ndarray, within: float, freedom: float) -> TauPosterior:
    """Of two schools or more with n answers and mean, an entry each; `within` is the sum of squares around the schools'
    own means, with `freedom` as profile has it. Without such noise, or with two schools, nothing is pulled.

    The sum is the trapezoidal rule along v, where tau / sigma = sinh(v) / sqrt(the most answers): the density is even
    and smooth there and falls off as fast as exp(-v), so that few points give it to many digits (they are laid where
    the density is, however narrow).
    """
    if len(n) < FEWEST or within <= 0:
        return known_tau(1.0, 0.0, float(np.mean(mean)))
    scale = 1 / n.max()

    def log_density(v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = profile(scale * np.sinh(v) ** 2, n, mean, within, freedom)
        return np.log(np.cosh(v)) - (found.deviance - np.log(found.sigma2)) / 2, found.city

    coarse, _ = log_density(COARSE)
    there = np.flatnonzero(coarse > coarse.max() - NEGLIGIBLE)
    low, high = COARSE[max(there[0] - 1, 0)], COARSE[min(there[-1] + 1, len(COARSE) - 1)]
    points = np.linspace(low, high, max(FINE, ceil((high - low) / STEP)))
    log, city = log_density(points)
    chance = np.exp(log - log.max())
    chance[[0, -1]] /= 2
    with np.errstate(divide="ignore"):
        noise = 1 / (scale * np.sinh(points) ** 2)
    return TauPosterior(noise, chance / chance.sum(), city)
