"""Publishing cells of under twenty answers: what is told of each, and what it enters everything else as."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.cells import Cells
from analytics.maturity.methods.city_spread import city_ratio, ratios, spread_at, upper_quartiles
from analytics.maturity.methods.claims import members, numbered
from analytics.maturity.methods.coarse import CoarseFigures, coarse_figures
from analytics.maturity.methods.disclosure import CERTAIN_FROM, FEW_AS, FEW_BELOW, FEW_INTERVAL
from analytics.maturity.methods.intervals import Scale, share_interval, spread_interval
from analytics.model.figures import Bound
from analytics.model.frameworks import Framework

CriterionRound = tuple[int, str]  # year, criterion


class ToldCells(NamedTuple):
    """Cells as they are told, an entry each; nan (of goal_met too) where nothing is. `entering`: the share that it adds
    to the city's. `noise_sd` of `noise_n` answers is what the mean's noise is reckoned with, and `own_sd` what the
    cell's own answers may tell of the city's spread: from twenty, which tell it themselves."""

    mean: np.ndarray
    mean_bound: np.ndarray
    share: np.ndarray
    share_bound: np.ndarray
    share_band: np.ndarray
    entering: np.ndarray
    goal_met: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    share_low: np.ndarray
    share_high: np.ndarray
    noise_sd: np.ndarray
    noise_n: np.ndarray
    own_sd: np.ndarray

    def ends(self, scale: Scale) -> tuple[np.ndarray, np.ndarray]:
        """Between what the means lie: of those that are told as bounds, to the scale's end."""
        low = np.where(self.mean_bound == Bound.AT_MOST, scale.low, self.mean)
        return low, np.where(self.mean_bound == Bound.AT_LEAST, scale.high, self.mean)


def told_cells(
    framework: Framework,
    counts: np.ndarray,
    figures: Cells,
    ratio: np.ndarray,
    limit: int,
) -> ToldCells:
    """`ratio`: the city's spread for each cell; hidden ones stay as they are."""
    levels = np.array(framework.levels)
    scale, n = Scale.of(levels), figures.n
    small = np.flatnonzero((n >= limit) & (n < CERTAIN_FROM))
    at_goal = np.rint(np.nan_to_num(figures.share_at_goal) * n).astype(int)
    total = counts @ levels
    coarse = [
        coarse_figures(*each, framework.levels, framework.goal, limit)
        for each in zip(n[small].tolist(), total[small].tolist(), at_goal[small].tolist(), strict=True)
    ]

    def told(values: np.ndarray, name: str) -> np.ndarray:
        found = values.astype(float)
        found[small] = [np.nan if (v := getattr(each, name)) is None else v for each in coarse]
        return found

    def words(name: str) -> np.ndarray:
        found = np.full(len(n), None, dtype=object)
        found[small] = [getattr(each, name) for each in coarse]
        return found

    mean, share = told(figures.mean, "mean"), told(figures.share_at_goal, "share")
    few = np.where(n < FEW_BELOW, FEW_AS, n)
    noise_sd = figures.sd.copy()
    noise_sd[small] = spread_at(mean[small], few[small], ratio[small], scale)
    ci_low, ci_high = figures.ci_low.copy(), figures.ci_high.copy()
    surely = np.where(n < FEW_BELOW, FEW_INTERVAL, n)
    ci_low[small], ci_high[small] = spread_interval(mean[small], surely[small], ratio[small], scale)
    entering, share_low, share_high = share.copy(), figures.share_low.copy(), figures.share_high.copy()
    entering[small], share_low[small], share_high[small] = _shares(n[small], coarse)
    return ToldCells(
        mean, words("mean_bound"), share, words("share_bound"), words("share_band"), entering,
        told(figures.goal_met, "goal_met"), ci_low, ci_high, share_low, share_high, noise_sd, few,
        np.where(n >= CERTAIN_FROM, figures.sd, np.nan),
    )  # fmt: skip


def _shares(n: np.ndarray, coarse: list[CoarseFigures]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each adds to the city's share, of a bound the middle of what it may be; and the interval, that of a bound
    from the lowest that it may be to the highest."""
    told = np.array([np.nan if each.share is None else each.share for each in coarse], dtype=float)
    most = np.array([each.share_bound is Bound.AT_LEAST for each in coarse], dtype=bool)
    least = np.array([each.share_bound is Bound.AT_MOST for each in coarse], dtype=bool)
    low, high = np.where(least, 0.0, told), np.where(most, 1.0, told)
    known = ~np.isnan(told)
    of = np.where(known, n, 0)
    ends = [share_interval(np.rint(np.nan_to_num(share) * of), of)[side] for side, share in enumerate((low, high))]
    return (low + high) / 2, ends[0], ends[1]


def city_ratios(
    counts: np.ndarray, levels: np.ndarray, n: np.ndarray, rounds: list[CriterionRound], others: np.ndarray
) -> np.ndarray:
    """The city's spread for each cell: of its criterion in its round, else of the round, else of the framework.
    `others`: the answers per level of the framework's cells of twenty or more that are counted no more."""
    own = n >= CERTAIN_FROM
    found = np.full(len(n), np.nan)
    found[own] = ratios(counts[own], levels)
    of = np.full(len(n), np.nan)
    for family in (numbered(rounds), numbered([year for year, _ in rounds])):
        upper = upper_quartiles([_known(found[these]) for these in members(family)])
        of = np.where(np.isnan(of), upper[family], of)
    return np.where(np.isnan(of), city_ratio([np.concatenate([_known(found), ratios(others, levels)])], levels), of)


def _known(ratio: np.ndarray) -> np.ndarray:
    return ratio[~np.isnan(ratio)]
