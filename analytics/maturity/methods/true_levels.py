"""Are we there? Where schools truly stand on each criterion, by what is shown of them and how the city's schools vary.

A school's mean on a criterion = the city's + how the school departs from it on the whole + how the area departs within
the school + how the criterion departs within the area + who happened to answer. In each layer the schools' departures
are normal around the city's, with a spread that all areas, or criteria, share. The spread is not taken for known but
for as likely as it is by the restricted likelihood, flat beforehand as in shrinkage.py, and neither is the city's mean:
so where a school truly stands is drawn from all that it may be, given what is shown. The layers are independent but for
a little, and are drawn one by one and added up.
Source: Gelman et al., Bayesian Data Analysis (2013), 5.4 (the normal hierarchical model, noise known).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.nesting import Nesting, mean_of_known
from analytics.maturity.methods.shrinkage import FEWEST

DRAWS = 1000
COARSE, FINE = np.linspace(0, 12, 49), 24  # points along v, where a spread is sinh(v) times a tenth of the noise
NEGLIGIBLE = 12.0  # below the highest log density
LEAST_NOISE = 1e-9  # the square of a standard error


class SpreadLayer(NamedTuple):
    """What may be true of departures (groups x schools) at each of some spreads between schools: `middle` and `sd`
    (spreads x groups x schools), 0 where nothing is shown; `chance`: of the spreads."""

    chance: np.ndarray
    middle: np.ndarray
    sd: np.ndarray


def layer(value: np.ndarray, noise: np.ndarray, free: float) -> SpreadLayer:
    """Of departures (groups x schools, nan where there is none) with their sampling variance. `free`: the share of the
    groups that could be anything (those that sum to 0 could not). Of two schools the spread may be anything: nothing
    is pulled."""
    there = ~np.isnan(value)
    value, noise = np.where(there, value, 0.0), np.where(there, np.maximum(noise, LEAST_NOISE), 1.0)
    if there.any(axis=0).sum() < FEWEST:
        return SpreadLayer(np.ones(1), value[None], np.where(there, np.sqrt(noise), 0.0)[None])
    scale = np.sqrt(np.median(noise[there])) / 10

    def at(v: np.ndarray) -> tuple[np.ndarray, ...]:
        """The log density, the weights of the schools, the groups' means, and what these are known by."""
        weight = there / ((scale * np.sinh(v)[:, None, None]) ** 2 + noise)
        known = np.maximum(weight.sum(axis=2), LEAST_NOISE)
        city = (weight * value).sum(axis=2) / known
        squares = (weight * (value - city[..., None]) ** 2).sum(axis=(1, 2))
        logs = np.log(np.where(there, weight, 1.0)).sum(axis=(1, 2)) - np.log(known).sum(axis=1)
        return np.log(np.cosh(v)) + free * (logs - squares) / 2, weight, city, known

    coarse = at(COARSE)[0]
    told = np.flatnonzero(coarse > coarse.max() - NEGLIGIBLE)
    ends = COARSE[max(told[0] - 1, 0)], COARSE[min(told[-1] + 1, len(COARSE) - 1)]
    log, weight, city, known = at(np.linspace(*ends, FINE))
    chance = np.exp(log - log.max())
    chance[[0, -1]] /= 2
    pulled = weight * noise  # the part of the way to the city
    middle = (1 - pulled) * value + pulled * city[..., None]
    sd = np.sqrt((1 - pulled) * noise + pulled**2 / known[..., None])
    return SpreadLayer(chance / chance.sum(), middle * there, sd * there)


class TrueLevels:
    """Where the schools of a round may stand, if a person's answers go together as they are said to."""

    def __init__(
        self, mean: np.ndarray, noise: np.ndarray, area_of: np.ndarray, together: float, rng: np.random.Generator
    ):
        """`mean` and `noise` (its sampling variance): criteria x schools, nan where nothing is shown; every criterion
        is shown somewhere. `area_of`: the number of each criterion's area. `together`: the correlation of a person's
        answers over criteria."""
        nesting, self._shown = Nesting(area_of), ~np.isnan(mean)
        self._city, self._area_of = mean_of_known(mean, 1), area_of
        apart = mean - self._city[:, None]
        whole, areas = mean_of_known(apart, 0, keep=True), nesting.area_means(apart)
        count, in_area = self._shown.sum(axis=0), nesting.in_areas(self._shown)
        of, at_least = np.maximum(count, 1), np.maximum(in_area, 1)
        alone = (1 - together) * noise
        layers = [
            layer(whole, (together * mean_of_known(np.sqrt(noise), 0) ** 2 + mean_of_known(alone, 0) / of)[None], 1.0),
            layer(
                np.where(in_area < count, areas - whole, np.nan),
                nesting.area_means(alone) * np.maximum(1 / at_least - 1 / of, 0),
                1 - 1 / len(areas),
            ),
            layer(
                np.where(in_area[area_of] > 1, apart - areas[area_of], np.nan),
                alone * (1 - 1 / at_least[area_of]),
                1 - len(areas) / len(area_of),
            ),
        ]
        self._spreads = [_in_turn(one.chance, rng) for one in layers]
        # A school's lie together in memory: each is drawn by itself.
        self._layers = [tuple(_school_by_school(each) for each in (one.middle, one.sd)) for one in layers]
        self._loose: dict[bytes, list[np.ndarray]] = {}

    def drawn(self, school: int, rng: np.random.Generator) -> np.ndarray:
        """The school's levels on the criteria that it shows (columns), a row a draw; those on a criterion lie together
        in memory."""
        shown = self._shown[:, school]
        groups = slice(None), self._area_of[shown], slice(None) if shown.all() else shown
        found = np.tile(self._city[shown].astype(np.float32)[:, None], DRAWS)
        layers = zip(self._layers, self._spreads, groups, self._loosened(shown), strict=True)
        for of_schools, spreads, group, loose in layers:
            middle, sd = (of[school].take(spreads, axis=0) for of in of_schools)
            departs = rng.standard_normal((DRAWS, len(loose)), np.float32) @ loose
            departs *= sd
            departs += middle
            found += departs.T[group]
        return found.T

    def _loosened(self, shown: np.ndarray) -> list[np.ndarray]:
        """What independent chance is multiplied by in each layer, for a school that shows these criteria: its areas sum
        to nothing within the school, its criteria within their area."""
        key = shown.tobytes()
        if key not in self._loose:
            areas = np.arange(self._area_of.max() + 1)
            has = np.isin(areas, self._area_of[shown])
            self._loose[key] = [
                np.ones((1, 1), np.float32),
                summing_to_nothing(np.where(has, 0, -1)),
                summing_to_nothing(np.where(shown, self._area_of, -1)),
            ]
        return self._loose[key]


def _school_by_school(of: np.ndarray) -> np.ndarray:
    """Schools x spreads x groups, of spreads x groups x schools."""
    return np.ascontiguousarray(of.astype(np.float32).transpose(2, 0, 1))


def summing_to_nothing(part: np.ndarray) -> np.ndarray:
    """A matrix that makes independent chances (a row vector, multiplied from the left) sum to 0 within each part, each
    with its variance as it was; one alone in its part is as it was, and so are those of no part (-1)."""
    made = np.eye(len(part), dtype=np.float32)
    for number in np.unique(part[part >= 0]):
        these = np.flatnonzero(part == number)
        if (k := len(these)) > 1:
            made[np.ix_(these, these)] = (np.eye(k) - 1 / k) * np.sqrt(k / (k - 1))
    return made


def _in_turn(chance: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which spread each draw has: each in as many as it is likely, in an order that is left to chance."""
    middles = (np.arange(DRAWS) + 0.5) / DRAWS
    return rng.permutation(np.minimum(np.searchsorted(np.cumsum(chance), middles), len(chance) - 1))
