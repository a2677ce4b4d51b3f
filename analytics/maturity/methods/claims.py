"""When a difference may be called clear: t-tests whose claims are controlled together within a family.

A family is what one reader sees side by side: a school's criteria, its areas, the city's criteria (Benjamini &
Hochberg 1995). Where nothing is different, at most one family in twenty makes any claim. It is not one claim in twenty:
where most families have nothing to tell, many of the claims that are made are false.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy.special import stdtr, stdtrit

FALSE_CLAIMS = 0.05
STEPS = 0.03, 0.01, 0.01
"""What of FALSE_CLAIMS is spent on the whole, on the areas and on the criteria, if nothing is handed down to them."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Of each difference: whether it is clear, and the least that would have been (nan: the answers cannot tell)."""

    clear: np.ndarray
    needed: np.ndarray


def claims(
    difference: np.ndarray,
    error: np.ndarray,
    freedom: np.ndarray,
    family: np.ndarray,
    level: float | np.ndarray = FALSE_CLAIMS,
) -> Claims:
    """Differences with their standard errors and degrees of freedom; `family` says which are controlled together, and
    `level` how often one without any difference may claim something (an entry each, the same in a family).

    A difference is clear exactly where it is no smaller than what is needed, given the others in its family. Where the
    error is 0 or unknown nothing is claimed and nothing needed can be told.
    """
    known = error > 0
    clear, needed = np.zeros(len(difference), dtype=bool), np.full(len(difference), np.nan)
    p = _two_sided(difference[known], error[known], freedom[known])
    levels = np.broadcast_to(level, len(difference))[known]
    enough = np.empty(len(p))
    for _, these in of_one_size(members(family[known])):
        enough[these] = enough_evidence(p[these], levels[these[:, 0]])
    clear[known] = p <= enough
    needed[known] = -stdtrit(freedom[known], enough / 2) * error[known]
    return Claims(clear, needed)


def from_the_whole_down(
    difference: np.ndarray, error: np.ndarray, freedom: np.ndarray, whose: np.ndarray, step: np.ndarray
) -> Claims:
    """Claims of schools (numbered by `whose`) on the whole (step 0), their areas (1) and their criteria (2).

    A step has its own part of FALSE_CLAIMS, and what the step above hands down: all that it had, if something was clear
    there or nothing could be judged; else that is spent (the fallback procedure, Wiens 2003). So where nothing is
    different at most one school in twenty makes any claim, whatever depends on what; and within a step Benjamini &
    Hochberg's rule holds at what the step has.
    """
    clear, needed = np.zeros(len(difference), dtype=bool), np.full(len(difference), np.nan)
    at_hand = np.zeros(whose.max(initial=-1) + 1)
    for which, own in enumerate(STEPS):
        at_hand += own
        these = np.flatnonzero(step == which)
        school = whose[these]
        found = claims(difference[these], error[these], freedom[these], school, at_hand[school])
        clear[these], needed[these] = found.clear, found.needed
        spent = np.zeros(len(at_hand), dtype=bool)
        spent[school[~np.isnan(found.needed)]] = True
        spent[school[found.clear]] = False
        at_hand[spent] = 0
    return Claims(clear, needed)


def clear_in_list(
    difference: np.ndarray, error: np.ndarray, freedom: np.ndarray, clear: np.ndarray, lists: np.ndarray
) -> np.ndarray:
    """Which of the differences that are clear to their own schools are so in a list of schools too: `lists` says which
    stand together. One that is not clear to its school counts as one without any evidence, which it has less of."""
    found, known = np.zeros(len(difference), dtype=bool), np.flatnonzero(error > 0)
    p = np.where(clear[known], _two_sided(difference[known], error[known], freedom[known]), 1.0)
    for these in members(lists[known]):
        steps = FALSE_CLAIMS * np.arange(1, len(these) + 1) / len(these)
        within = np.flatnonzero(np.sort(p[these]) <= steps)
        if len(within):
            found[known[these]] = p[these] <= steps[within[-1]]
    return found


def enough_evidence(p: np.ndarray, level: float | np.ndarray = FALSE_CLAIMS) -> np.ndarray:
    """For each p value of families (a row each, `level` of each), the largest that would have been a claim, the others
    being what they are.

    Benjamini & Hochberg claim p where, for some r, p and at least r-1 others are no larger than r / m of the level.
    """
    (families, m), level = p.shape, np.broadcast_to(level, len(p))
    ranks, below = np.arange(m), np.empty(p.shape, dtype=np.int64)
    for each in np.unique(level):  # there are few
        below[level == each] = np.searchsorted(each * (ranks + 1) / m, p[level == each])
    # below: of each p, the steps that it is above; within: of each step, how many are no larger.
    places = below + np.arange(families)[:, None] * (m + 1)
    within = np.bincount(places.ravel(), minlength=families * (m + 1)).reshape(families, m + 1)[:, :m].cumsum(axis=1)
    without = np.where(within > ranks, ranks, 0).max(axis=1, keepdims=True)  # whichever p is taken out
    above = np.maximum.accumulate(np.where(within >= ranks, ranks, 0), axis=1)  # if it is none of those within
    own = np.where(below > 0, np.take_along_axis(above, np.maximum(below - 1, 0), axis=1), 0)
    return level[:, None] * (np.maximum(without, own) + 1) / m


def _two_sided(difference: np.ndarray, error: np.ndarray, freedom: np.ndarray) -> np.ndarray:
    """p values of t-tests."""
    return 2 * stdtr(freedom, -np.abs(difference) / error)


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


def at_least_from_the_mean(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """How far each school's mean lies from the mean of them all, at the least that it may: of a mean that is told as a
    bound it is only known between what (`low`, `high`) it lies. 0 where it may be on either side."""
    above, below = low - high.mean(), high - low.mean()
    return np.where(above > 0, above, np.minimum(below, 0.0))


def members(family: np.ndarray) -> list[np.ndarray]:
    """The places of each family's members."""
    order = np.argsort(family, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(family[order])) + 1) if len(order) else []


def of_one_size(families: Sequence[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Which families are of one size, and they stacked, a row each: one call a size is many times as fast."""
    sizes = np.array([len(these) for these in families])
    each = [np.flatnonzero(sizes == size) for size in np.unique(sizes)]
    return [(places, np.stack([families[place] for place in places])) for places in each]


def numbered(keys: Iterable[Hashable]) -> np.ndarray:
    """A number a key, the same for keys that are equal: families by name -> families by number."""
    numbers: dict[Hashable, int] = defaultdict(count().__next__)
    return np.array([numbers[key] for key in keys], dtype=np.int64)
