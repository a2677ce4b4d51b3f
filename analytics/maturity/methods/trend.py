"""Trends: a level each round and a pace a year for every school and the city, on the whole, each area, each criterion.

One model over a framework's rounds, in nested layers. A school's criterion = the city's + how the school departs from
it on the whole + how the area departs within the school + how the criterion departs within the area. Each layer has
its own spread between schools (departures.py), and what one layer leaves is the next one's; the layers' estimates are
independent but for a little, so their variances add up. The city's course is made of lines of its own (course.py), in
the same layers. A criterion that is added or dropped, a school that opens, closes or skips a round, are figures that
are not there: what is there is held against the city's on the same criteria.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtr

from analytics.maturity.methods.course import course
from analytics.maturity.methods.departures import USUAL, Departures, departures
from analytics.maturity.methods.intervals import t_factor
from analytics.maturity.methods.nesting import Nesting, mean_of_known

PACE_LEVEL = 0.9  # of the intervals of a pace
KNOWN = 1e6  # degrees of freedom of what is as good as known
Z = float(ndtri((1 + PACE_LEVEL) / 2))


class Trends(NamedTuple):
    """Of things (the whole, then areas, then criteria) for the city and its schools, an entry each: `level` (things x
    schools x rounds), pace with its standard error and the degrees of freedom that this is known by, and the same of
    how much faster than the city's it is (0 for the city, which comes last of the schools). `there`: which rounds
    there are; with fewer than three no pace can be told."""

    level: np.ndarray
    pace: np.ndarray
    error: np.ndarray
    freedom: np.ndarray
    beside: np.ndarray
    beside_error: np.ndarray
    there: np.ndarray

    @property
    def rounds(self) -> np.ndarray:
        return self.there.sum(axis=2)

    @property
    def half(self) -> np.ndarray:
        """How far the 90 % interval of the pace reaches to each side."""
        return t_factor(self.freedom, PACE_LEVEL) * self.error

    @property
    def beside_half(self) -> np.ndarray:
        """The same of how much faster than the city's it is."""
        return Z * self.beside_error

    @property
    def side(self) -> np.ndarray:
        """1 or -1 where the pace is faster or slower than the city's, as the 90 % interval of the difference has it."""
        return np.where(np.abs(self.beside) > self.beside_half, np.sign(self.beside), 0).astype(int)

    @property
    def sure(self) -> np.ndarray:
        """How sure it is that the pace goes up, if it is above 0, or down: 0.5-1."""
        apart = np.divide(np.abs(self.pace), self.error, out=np.zeros_like(self.pace), where=self.error > 0)
        return stdtr(self.freedom, apart)


def trends(
    mean: np.ndarray, noise: np.ndarray, years: np.ndarray, area_of: np.ndarray, together: float, thirds: float
) -> Trends:
    """`mean` and `noise` (its sampling variance): criteria x schools x rounds, nan where nothing is shown. `area_of`:
    the number of each criterion's area. `together`: the correlation of a person's answers over criteria. `thirds`: a
    third of the scale, in levels. There are at least two rounds; no criterion is without any figure."""
    nesting, shown = Nesting(area_of), ~np.isnan(mean)
    start = mean_of_known(mean, 1)  # the city's, as it looks before schools that come and go are reckoned with
    schools = _layers(mean - start[:, None], noise, years, nesting, together, USUAL * thirds)
    city = start + schools[0].city + schools[1].city[area_of] + schools[2].city
    found = course(np.where(shown.any(axis=1), city, np.nan), years, nesting, schools)

    def with_city(of_schools: np.ndarray, of_city: np.ndarray) -> np.ndarray:
        return np.concatenate([of_schools, of_city[:, None]], axis=1)

    none = np.zeros(len(found.pace))
    beside = with_city(nesting.summed(lambda layer, group: schools[layer].pace[group]), none)
    variance = with_city(nesting.summed(lambda layer, group: schools[layer].pace_variance[group]), none)
    total = variance + found.variance[:, None]
    unknown = np.broadcast_to(found.unknown[:, None], total.shape)
    freedom = np.divide(total**2, unknown, out=np.full(total.shape, KNOWN), where=unknown > 0)
    apart = nesting.summed(lambda layer, group: schools[layer].level[group])
    there = np.stack([shown[these].any(axis=0) for these in nesting.criteria])
    return Trends(
        with_city(found.level[:, None] + apart, found.level),
        found.pace[:, None] + beside,
        np.sqrt(total),
        np.minimum(freedom, KNOWN),
        beside,
        np.sqrt(variance),
        np.concatenate([there, there.any(axis=1, keepdims=True)], axis=1),
    )


def _layers(
    apart: np.ndarray, noise: np.ndarray, years: np.ndarray, nesting: Nesting, together: float, usual: np.ndarray
) -> list[Departures]:
    """Schools' departures (from `apart`, their means less the city's): on the whole, of areas, of criteria."""
    shown, area_of = ~np.isnan(apart), nesting.area_of
    whole, areas = mean_of_known(apart, 0, keep=True), nesting.area_means(apart)
    several = (nesting.in_areas(shown) > 1)[area_of]
    criteria = np.where(several, apart - areas[area_of], np.nan)
    # People answer all the criteria: what they share falls out of departures within a school and stays in the whole.
    count, in_area = np.maximum(shown.sum(axis=0), 1), np.maximum(nesting.in_areas(shown), 1)
    alone = (1 - together) * noise
    of_criteria = alone * (1 - 1 / in_area[area_of])
    of_areas = nesting.area_means(alone) * np.maximum(1 / in_area - 1 / count, 0)
    of_whole = together * mean_of_known(np.sqrt(noise), 0) ** 2 + mean_of_known(alone, 0) / count
    # Where a school shows fewer criteria than the city, its whole is made of others.
    known = ~np.isnan(criteria)
    differ = float(np.mean(criteria[known] ** 2 - of_criteria[known])) if known.any() else 0.0
    lacking = 1 / count - 1 / np.maximum(shown.any(axis=1).sum(axis=0), 1)
    layers = [
        _layer(whole, (of_whole + max(differ, 0.0) * lacking)[None], years, usual),
        _layer(np.where(in_area < count, areas - whole, np.nan), of_areas, years, usual),
        _layer(criteria, of_criteria, years, usual),
    ]
    layers[2].pace_variance[nesting.alone[area_of]] = 0.0  # an area's only criterion departs from it by nothing
    return layers


def _layer(value: np.ndarray, noise: np.ndarray, years: np.ndarray, usual: np.ndarray) -> Departures:
    """Departures, or none at all where a layer is no other than the one above it, and of a city's only school."""
    if value.shape[1] > 1 and (~np.isnan(value)).any():
        return departures(value, noise, years, usual)
    groups, schools, rounds = value.shape
    none = np.zeros((groups, schools))
    return Departures(np.zeros((groups, rounds)), np.zeros(value.shape), none, none.copy(), np.zeros(4))
