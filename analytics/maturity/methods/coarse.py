"""What is told of the mean and the share of a cell of under twenty answers: so coarse that its answers stay its own.

From n, the mean, the share and the interval every such cell could be turned back into its answers. So 5-9 answers tell
the mean to one decimal and of the share a band; 10-19 the mean to two decimals and the share, as a bound where two
people or fewer lie on one side of the goal. A mean so near an end of the scale that (all but) everybody must have
answered that end is a bound as well. The sets of answers that a figure could have been made of are counted, every
one: a band with too few of them beside the mean is told as the one next to it, and a share of 10-19 is not told.
Whether the goal is met is told where what is told decides it, so that it adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, floor

import numpy as np

from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_BELOW
from analytics.model.figures import Bound, ShareBand
from analytics.model.frameworks import Goal

LEAST_SETS_FEW, LEAST_SETS = 5, 2  # of answers, that what is told of 5-9 and of 10-19 could have been made of
END = Fraction(1, 2)  # levels: a mean of 5-9 that lies no farther from an end of the scale is a bound
NEAR = 2  # steps from the end, of all the answers of 10-19 together; and people on one side of the goal
ABOUT_HALF = Fraction(2, 5), Fraction(3, 5)

Told = tuple[Fraction, Bound | None]


@dataclass(frozen=True, slots=True)
class CoarseFigures:
    """The mean and the share (of answers at the goal) as they are told, each with its bound, where it is one. Of 5-9
    answers there is no `share`, of others no `share_band`; `goal_met` is None where the rest does not decide it."""

    mean: float
    mean_bound: Bound | None
    share: float | None
    share_bound: Bound | None
    share_band: ShareBand | None
    goal_met: bool | None


@cache
def coarse_figures(
    n: int, total: int, at_goal: int, levels: tuple[int, ...], goal: Goal, hide_below: int
) -> CoarseFigures:
    """Of n answers, from `hide_below` to 19, that sum to `total`; `at_goal` of them lie at the goal level or above."""
    mean, mean_bound = told_mean(n, total, levels)
    if n < FEW_BELOW:
        share, share_bound = None, None
        told = _told_bands(levels, goal.level, hide_below)[mean, mean_bound][band_of(n, at_goal)]
        shares = _shares_behind(levels, goal.level, hide_below)[mean, mean_bound, told]
        low, high = min(shares), max(shares)
    else:
        told = None
        part = part_of(n, at_goal)
        sizes = _parts(n, levels, goal.level)[mean, mean_bound]
        share, share_bound = (None, None) if part in _not_told(sizes, LEAST_SETS) else _share(n, part)
        low, high = _ends_of_share(share, share_bound)
    if goal.statistic == "mean":
        low, high = _ends_of_mean(mean, mean_bound, levels)
    return CoarseFigures(
        float(mean),
        mean_bound,
        None if share is None else float(share),
        share_bound,
        told,
        _decided(low, high, goal),
    )


def told_mean(n: int, total: int, levels: tuple[int, ...]) -> Told:
    """The mean as it is told, and whether it is a bound."""
    lowest, highest = levels[0], levels[-1]
    mean = Fraction(total, n)
    if n < FEW_BELOW:
        low, high, told = lowest + END, highest - END, rounded(mean, 1)
        at_low, at_high = told <= low, told >= high
    else:
        low, high, told = lowest + Fraction(NEAR, n), highest - Fraction(NEAR, n), rounded(mean, 2)
        at_low, at_high = mean <= low, mean >= high
        low, high = Fraction(ceil(low * 100), 100), Fraction(floor(high * 100), 100)  # so that the bound holds
    if at_low:
        return low, Bound.AT_MOST
    return (high, Bound.AT_LEAST) if at_high else (told, None)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half goes up."""
    return Fraction(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)


def band_of(n: int, at_goal: int) -> ShareBand:
    """Where the share of 5-9 answers lies."""
    share, (low, high) = Fraction(at_goal, n), ABOUT_HALF
    return ShareBand.BELOW_HALF if share < low else ShareBand.ABOVE_HALF if share > high else ShareBand.ABOUT_HALF


def part_of(n: int, at_goal: int) -> int | Bound:
    """How many of 10-19 answers lie at the goal, or that nearly none or nearly all do."""
    return Bound.AT_MOST if at_goal <= NEAR else Bound.AT_LEAST if n - at_goal <= NEAR else at_goal


def _share(n: int, part: int | Bound) -> Told:
    if part is Bound.AT_MOST:
        return Fraction(NEAR, n), part
    if part is Bound.AT_LEAST:
        return Fraction(n - NEAR, n), part
    return Fraction(int(part), n), None


def _ends_of_mean(mean: Fraction, bound: Bound | None, levels: tuple[int, ...]) -> tuple[Fraction, Fraction]:
    """Between which figures the mean may lie, as far as the goal goes: it is a whole level, which rounding so few
    answers never passes."""
    return (
        Fraction(levels[0]) if bound is Bound.AT_MOST else mean,
        Fraction(levels[-1]) if bound is Bound.AT_LEAST else mean,
    )


def _ends_of_share(share: Fraction | None, bound: Bound | None) -> tuple[Fraction, Fraction]:
    if share is None:
        return Fraction(0), Fraction(1)
    return (Fraction(0) if bound is Bound.AT_MOST else share), (Fraction(1) if bound is Bound.AT_LEAST else share)


def _decided(low: Fraction, high: Fraction, goal: Goal) -> bool | None:
    """Whether the goal is met wherever between these the figure lies; None where that depends."""
    match goal.statistic:
        case "mean":
            at_low, at_high = low >= goal.level, high >= goal.level
        case "median":
            at_low, at_high = low > Fraction(1, 2), high > Fraction(1, 2)
        case _:  # divided as the goal itself is decided: 3 of 5 is 0.6
            at_low, at_high = float(low) >= (goal.share or 0), float(high) >= (goal.share or 0)
    return at_low if at_low == at_high else None


def _not_told(sizes: Mapping[Hashable, int], least: int) -> frozenset[Hashable]:
    """Which of the parts that could be told beside a mean are not: those that too few sets of answers lie behind, and
    with them the next fewest, until what is not told is no single one of them either."""
    few = {thing for thing, size in sizes.items() if size < least}
    others = sorted(sizes.keys() - few, key=lambda thing: (sizes[thing], str(thing)))
    while few and sum(sizes[thing] for thing in few) < least and others:
        few.add(others.pop(0))
    return frozenset(few)


@cache
def _told_bands(levels: tuple[int, ...], goal: int, hide_below: int) -> dict[Told, dict[ShareBand, ShareBand]]:
    """Each mean that 5-9 answers may be told with -> band -> the one that it is told as."""
    sizes: dict[Told, Counter[ShareBand]] = {}
    for n in range(hide_below, FEW_BELOW):
        for (total, at_goal), sets in sets_of(n, levels, goal).items():
            sizes.setdefault(told_mean(n, total, levels), Counter())[band_of(n, at_goal)] += sets
    return {mean: _joined(of) for mean, of in sizes.items()}


def _joined(sizes: Mapping[ShareBand, int]) -> dict[ShareBand, ShareBand]:
    """The smallest band is told as the larger one next to it, until each has sets enough."""
    groups = [([band], sizes[band], band) for band in ShareBand if sizes.get(band)]
    while len(groups) > 1 and min(size for _, size, _ in groups) < LEAST_SETS_FEW:
        least = min(range(len(groups)), key=lambda place: groups[place][1])
        beside = [place for place in (least - 1, least + 1) if 0 <= place < len(groups)]
        into = max(beside, key=lambda place: groups[place][1])
        bands, size, name = groups[into]
        groups[into] = (bands + groups[least][0], size + groups[least][1], name)
        del groups[least]
    return {band: name for bands, _, name in groups for band in bands}


@cache
def _shares_behind(
    levels: tuple[int, ...], goal: int, hide_below: int
) -> dict[tuple[Fraction, Bound | None, ShareBand], set[Fraction]]:
    """What is told of the mean and the share of 5-9 answers -> the shares that may be behind."""
    told, found = _told_bands(levels, goal, hide_below), {}
    for n in range(hide_below, FEW_BELOW):
        for total, at_goal in sets_of(n, levels, goal):
            mean = told_mean(n, total, levels)
            found.setdefault((*mean, told[mean][band_of(n, at_goal)]), set()).add(Fraction(at_goal, n))
    return found


@cache
def _parts(n: int, levels: tuple[int, ...], goal: int) -> dict[Told, Counter[Hashable]]:
    """The same of n answers, 10-19, and parts."""
    found: dict[Told, Counter[Hashable]] = {}
    for (total, at_goal), sets in sets_of(n, levels, goal).items():
        found.setdefault(told_mean(n, total, levels), Counter())[part_of(n, at_goal)] += sets
    return found


def sets_of(n: int, levels: tuple[int, ...], goal: int) -> dict[tuple[int, int], int]:
    """(sum, how many at the goal) -> how many sets of n answers, under twenty, have them."""
    found = _all_sets(levels, goal)[n]
    lowest = n * levels[0]
    return {(int(total) + lowest, int(at_goal)): int(found[total, at_goal]) for total, at_goal in np.argwhere(found)}


@cache
def _all_sets(levels: tuple[int, ...], goal: int) -> np.ndarray:
    """Answers x their sum, less the lowest that it can be x how many at the goal -> sets of answers: counted level by
    level, each of them answered by as many as there are, by one fewer, ..."""
    most = CERTAIN_FROM - 1
    found = np.zeros((most + 1, most * (levels[-1] - levels[0]) + 1, most + 1), dtype=np.int64)
    found[0, 0, 0] = 1
    for level in levels:
        up, there = level - levels[0], int(level >= goal)
        for n in range(1, most + 1):
            found[n, up:, there:] += found[n - 1, : found.shape[1] - up, : found.shape[2] - there]
    return found
