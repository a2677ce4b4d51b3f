"""When a difference may be called clear: t-tests whose claims are controlled together within a family.

A family is what one reader sees side by side: a school's criteria, its areas, the city's criteria. Among the
claims that a family makes, at most one in twenty is false in the long run (Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

FALSE_CLAIMS = 0.05


@dataclass(frozen=True, slots=True)
class Claims:
    """Of each difference: whether it is clear, and the least that would have been (nan: the answers cannot tell)."""

    clear: np.ndarray
    needed: np.ndarray


def claims(difference: np.ndarray, error: np.ndarray, freedom: np.ndarray, family: np.ndarray) -> Claims:
    """Differences with their standard errors and degrees of freedom; `family` says which are controlled together.

    A difference is clear exactly where it is no smaller than what is needed, given the others in its family. Where the
    error is 0 or unknown nothing is claimed and nothing needed can be told.
    """
    from scipy.stats import false_discovery_control  # here: it takes a second to import, which no page need wait for

    known = error > 0
    clear, needed = np.zeros(len(difference), dtype=bool), np.full(len(difference), np.nan)
    statistic = np.abs(difference[known]) / error[known]
    p = 2 * stdtr(freedom[known], -statistic)
    enough, controlled = np.empty(len(p)), np.empty(len(p), dtype=bool)
    for these in _of_one_size(members(family[known])):
        controlled[these] = false_discovery_control(p[these], axis=1) <= FALSE_CLAIMS
        enough[these] = enough_evidence(p[these])
    clear[known] = controlled
    needed[known] = -stdtrit(freedom[known], enough / 2) * error[known]
    return Claims(clear, needed)


def enough_evidence(p: np.ndarray) -> np.ndarray:
    """For each p value of families (a row each), the largest that would have been a claim, the others being what they
    are.

    Benjamini & Hochberg claim p where, for some r, p and at least r-1 others are no larger than r / m of the level.
    """
    m = p.shape[1]
    steps = FALSE_CLAIMS * np.arange(1, m + 1) / m
    within = p[:, :, None] <= steps
    others = within.sum(axis=1, keepdims=True) - within
    furthest = np.where(others >= np.arange(m), np.arange(m), 0).max(axis=2)
    return steps[furthest]


def welch(sd: np.ndarray, n: np.ndarray, before_sd: np.ndarray, before_n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom of a difference between the means of two anonymous rounds (Welch 1947)."""
    now, before = sd**2 / n, before_sd**2 / before_n
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (now + before) ** 2 / (now**2 / (n - 1) + before**2 / (before_n - 1))
    return np.sqrt(now + before), freedom


def against_the_mean(sd: np.ndarray, sigma: float, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom of each school's distance from the mean of them all, each counted once.

    `sd` is the standard deviation of a school's n answers, `sigma` that of the answers in all the schools. No school is
    taken to have less noise than they have: a few answers that agree by chance would make it sure of itself. The
    others' noise is in it too: else a large school among small ones would be told apart from nothing but their chance.
    """
    schools, variance = len(n), np.maximum(sd, sigma) ** 2 / n
    others = variance / schools**2
    total = variance * (1 - 1 / schools) ** 2 + others.sum() - others
    return np.sqrt(total), np.full(schools, float((n - 1).sum()))


def members(family: np.ndarray) -> list[np.ndarray]:
    """The places of each family's members."""
    order = np.argsort(family, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(family[order])) + 1) if len(order) else []


def _of_one_size(families: list[np.ndarray]) -> list[np.ndarray]:
    """The families stacked, those of one size together, a row each: one call a size is many times as fast."""
    sizes = sorted({len(these) for these in families})
    return [np.array([these for these in families if len(these) == size]) for size in sizes]


def numbered(keys: Iterable[Hashable]) -> np.ndarray:
    """A number a key, the same for keys that are equal: families by name -> families by number."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
