"""95 % intervals of means and shares: of people like these, of this very staff, and of a city of schools."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri, stdtrit

LEVEL = 0.95
Interval = tuple[np.ndarray, np.ndarray]


def t_factor(freedom: np.ndarray | int, level: float | np.ndarray = LEVEL) -> np.ndarray:
    """How many standard errors a two-sided interval reaches to each side: Student's t."""
    return stdtrit(freedom, (1 + level) / 2)


def mean_interval(mean: np.ndarray | float, sd: np.ndarray | float, n: np.ndarray | int) -> Interval:
    """Student's t around means of n answers with sample standard deviation sd (n-1); nan where n < 2."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_factor(np.maximum(n - 1, 1)) * sd / np.sqrt(n)
    half = np.where(n < 2, np.nan, half)
    return mean - half, mean + half


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


def left_to_chance(n: np.ndarray, invited: np.ndarray) -> np.ndarray:
    """The finite-population correction sqrt((N - n) / (N - 1)): 0 where all of the N invited answered, 1 where few did;
    nan where N is not known (nan) or less than n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(invited >= n, np.sqrt((invited - n) / (invited - 1)), np.nan)


def staff_mean_interval(mean: np.ndarray, sd: np.ndarray, n: np.ndarray, invited: np.ndarray) -> Interval:
    """What the mean of all the invited would be, had they all answered: for this staff, this year, and no other
    comparison. Student's t with the finite-population correction; nan where it is not known how many were invited."""
    return mean_interval(mean, sd * left_to_chance(n, invited), n)


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
