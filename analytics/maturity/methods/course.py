"""The city's course on the whole, on each area and each criterion: lines in nested layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.departures import LASTING, PASSING, Departures
from analytics.maturity.methods.lines import lines
from analytics.maturity.methods.nesting import Nesting


class Course(NamedTuple):
    """Of each thing: the city's smoothed level each round, its pace, the pace's variance; and the sum of its layers'
    squared variances by their degrees of freedom, which says how well the variance is known (Satterthwaite 1946)."""

    level: np.ndarray
    pace: np.ndarray
    variance: np.ndarray
    unknown: np.ndarray


def course(city: np.ndarray, years: np.ndarray, nesting: Nesting, schools: Sequence[Departures]) -> Course:
    """`city`: criteria x rounds, nan where a criterion was not asked. `schools`: how they depart from it in each layer,
    which says of what kind its own moves are."""
    shared, own = chained(city)
    left = city - own[:, None] - shared
    areas = nesting.area_means(left)
    left = left - areas[nesting.area_of]
    left[nesting.alone[nesting.area_of]] = np.nan  # no other than its area, as a lone area is no other than the whole
    if len(areas) == 1:
        areas[:] = np.nan
    several = ~nesting.alone
    free = 1.0, 1 - 1 / len(areas), 1 - several.sum() / max(several[nesting.area_of].sum(), 1)
    drawn = [
        lines(series, years, layer.sd[PASSING] ** 2, layer.sd[LASTING] ** 2, share)
        for series, layer, share in zip((shared[None], areas, left), schools, free, strict=True)
    ]
    asked = ~np.isnan(city)
    last = asked[:, np.flatnonzero(asked.any(axis=0))[-1]]
    # A thing's level is told of the criteria that were asked last.
    level = [own[these][last[these]] if last[these].any() else own[these] for these in nesting.criteria]
    return Course(
        nesting.summed(lambda layer, group: np.nan_to_num(drawn[layer].level[group]))
        + np.array([known.mean() for known in level])[:, None],
        nesting.summed(lambda layer, group: drawn[layer].pace[group]),
        nesting.summed(lambda layer, group: drawn[layer].error[group] ** 2),
        nesting.summed(lambda layer, group: drawn[layer].error[group] ** 4 / max(drawn[layer].freedom, 1.0)),
    )


def chained(city: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The course over rounds that the criteria (rows) share, and each one's own level, by least squares: rounds are
    linked through the criteria asked in both, so none that is added or dropped moves the course."""
    there = ~np.isnan(city)
    criterion, round_ = np.nonzero(there)
    design = np.zeros((len(criterion), sum(city.shape)))
    design[np.arange(len(criterion)), criterion] = 1
    design[np.arange(len(criterion)), len(city) + round_] = 1
    found = np.linalg.lstsq(design, city[there], rcond=None)[0]
    own, shared = found[: len(city)], found[len(city) :]
    shared = np.where(there.any(axis=0), shared, np.nan)
    middle = np.nanmean(shared)
    return shared - middle, own + middle
