"""95 % intervals of means and shares: of people like these, of this very staff, and of a city of schools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv, ndtri, stdtrit

LEVEL = 0.95
LEAST_RATIO = 0.01
"""Of a spread to the most that there could be: even where all in the city answer alike there is some."""
Interval = tuple[np.ndarray, np.ndarray]


class Scale(NamedTuple):
    """What a pseudo-answer is drawn from: the ends of a scale, and the mean and variance of its levels, all as likely;
    numbers, or arrays with an entry a mean."""

    low: np.ndarray | float
    high: np.ndarray | float
    centre: np.ndarray | float
    variance: np.ndarray | float

    @classmethod
    def of(cls, levels: Sequence[int] | np.ndarray) -> Scale:
        return cls(float(min(levels)), float(max(levels)), float(np.mean(levels)), float(np.var(levels)))

    @classmethod
    def each(cls, scales: Sequence[Scale]) -> Scale:
        """An entry each."""
        return cls(*np.array(scales, dtype=float).reshape(-1, 4).T)


def t_factor(freedom: np.ndarray | int, level: float | np.ndarray = LEVEL) -> np.ndarray:
    """How many standard errors a two-sided interval reaches to each side: Student's t."""
    return stdtrit(freedom, (1 + level) / 2)


def mean_interval(
    mean: np.ndarray | float,
    sd: np.ndarray | float,
    n: np.ndarray | int,
    scale: Scale,
    correction: np.ndarray | float = 1.0,
) -> Interval:
    """Where the mean of people like these lies, from n answers with their mean and standard deviation (n-1): within the
    scale, and with a width also where all answer alike; nan where the standard deviation is.

    To the answers comes one that is spread evenly over the levels. A beta distribution on the scale has the mean of
    them all and that mean's variance, divided by one answer more; its 2.5 and 97.5 % points are widened to hold the
    mean of the real answers. Held by exact enumeration (tests/maturity/test_intervals.py): Student's t runs off the
    scale near its ends, and has no width where few answers happen to agree. `correction`: what is left to chance, from
    0 (the mean is known) to 1; its square draws the distribution's mean to that of the answers, and its variance to 0.
    """
    together = n + 1
    left = np.square(correction)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (scale.centre - mean) / together  # how far the pseudo-answer moves the mean
        squares = (n - 1) * np.square(sd) + scale.variance + n * together * np.square(away)
        variance = left * squares / together / (together + 1)
        span = np.subtract(scale.high, scale.low)
        at, spread = (mean + left * away - scale.low) / span, variance / span**2
        tells = at * (1 - at) / spread - 1  # as so many answers; without end where nothing is left to chance
        low, high = (
            scale.low + span * betaincinv(at * tells, (1 - at) * tells, (1 + side * LEVEL) / 2) for side in (-1, 1)
        )
    known = left == 0
    low, high = np.where(known, mean, low), np.where(known, mean, high)
    return np.minimum(low, mean), np.maximum(high, mean)


def spread_interval(mean: np.ndarray, n: np.ndarray, ratio: np.ndarray, scale: Scale) -> Interval:
    """The same of n answers whose own spread may not be told: theirs is taken to be the city's (`ratio`, as
    city_spread.py has it)."""
    span = scale.high - scale.low
    at = ((n * mean + scale.centre) / (n + 1) - scale.low) / span
    tells = (n + 2) / np.maximum(ratio, LEAST_RATIO) - 1
    low, high = (
        scale.low + span * betaincinv(at * tells, (1 - at) * tells, (1 + side * LEVEL) / 2) for side in (-1, 1)
    )
    return np.minimum(low, mean), np.maximum(high, mean)


def share_interval(successes: np.ndarray, n: np.ndarray) -> Interval:
    """Wilson's score interval of shares (1927), within 0-1; nan where n = 0.

    Written out, as the well-kept function for it takes a second and a half to import; a test holds this to that one.
    """
    n_or_1, z = np.maximum(n, 1), -ndtri((1 - LEVEL) / 2)
    share, shrunk = successes / n_or_1, 1 + z**2 / n_or_1
    centre = (share + z**2 / (2 * n_or_1)) / shrunk
    half = z * np.sqrt(share * (1 - share) / n_or_1 + z**2 / (4 * n_or_1**2)) / shrunk
    low, high = centre - half, centre + half
    # Nobody and everybody are 0 and 1 to the last digit, whatever the rounding.
    low, high = np.where(successes == 0, 0.0, low), np.where(successes == n, 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def t_interval(mean: np.ndarray | float, sd: np.ndarray | float, n: np.ndarray | int) -> Interval:
    """Student's t around means of n values that no scale bounds, with standard deviation sd (n-1); nan where n < 2."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_factor(np.maximum(n - 1, 1)) * sd / np.sqrt(n)
    half = np.where(n < 2, np.nan, half)
    return mean - half, mean + half


def left_to_chance(n: np.ndarray, invited: np.ndarray) -> np.ndarray:
    """The finite-population correction sqrt((N - n) / (N - 1)): 0 where all of the N invited answered, 1 where few did;
    nan where N is not known (nan) or less than n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(invited >= n, np.sqrt((invited - n) / (invited - 1)), np.nan)


def staff_mean_interval(mean: np.ndarray, sd: np.ndarray, n: np.ndarray, scale: Scale, invited: np.ndarray) -> Interval:
    """What the mean of all the invited would be, had they all answered: for this staff, this year, and no other
    comparison. With the finite-population correction; nan where it is not known how many were invited."""
    return mean_interval(mean, sd, n, scale, left_to_chance(n, invited))


def staff_share_interval(successes: np.ndarray, n: np.ndarray, invited: np.ndarray) -> Interval:
    """The same for a share: Wilson's interval of as many answers as the correction makes them worth."""
    correction = left_to_chance(n, invited)
    share = successes / np.maximum(n, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(correction > 0, n / correction**2, 1.0)
        low, high = share_interval(share * worth, np.where(np.isnan(correction), 0, worth))
    everybody = correction == 0
    return np.where(everybody, share, low), np.where(everybody, share, high)


def of_schools(mean: np.ndarray, variance: np.ndarray, n: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """The interval of a weighted mean of these very schools' means, when only the answers in each are left to chance.

    `variance` is the square of each mean's standard error, from n answers. Degrees of freedom by Satterthwaite (1946).
    (nan, nan) where nothing is known of the errors.
    """
    parts = (weight / weight.sum()) ** 2 * variance
    total = parts.sum()
    if not len(mean) or np.isnan(total) or (n < 2).any():
        return np.nan, np.nan
    centre = float((weight * mean).sum() / weight.sum())
    if total == 0:
        return centre, centre
    half = t_factor(total**2 / (parts**2 / (n - 1)).sum()) * np.sqrt(total)
    return centre - float(half), centre + float(half)
