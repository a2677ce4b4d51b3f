"""Publishing areas, school by school and over the city, from the cells that were published before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import against_the_mean, at_least_from_the_mean, claims, members, numbered
from analytics.maturity.methods.intervals import Scale, mean_interval, of_schools
from analytics.maturity.methods.together import ASSUMED, Noise
from analytics.maturity.methods.variance import RandomIntercept, random_intercept
from analytics.maturity.publish.kept import Arrays, KeptFigures
from analytics.maturity.publish.rows import put_in
from analytics.maturity.publish.together import Together, people_together
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework

NUMBER = pa.float64()
DRAWS, SEED = 1000, 2022
PLACES = [25, 974]  # of the draws, in order: a place is told as the range that holds nineteen in twenty

WORST = [basis.value for basis in Basis].index


class Areas(NamedTuple):
    """The rows of area_cell, an entry each, with what their noise is: `error` is the standard error of the mean, told
    by `people`; nan where nothing is shown. `basis`: by what it is known how the criteria's noise goes together; where
    that is ASSUMED the error is the largest of those within the range. `counted`: `people` may be told. `partly`: some
    of the criteria are hidden. `noise`: what the errors are made of; `together`: how people's answers go together, by
    framework. `ends`: between what the mean lies, where some criteria's are told as bounds."""

    keys: list[tuple[str, int, str, str]]  # framework, year, school, area
    mean: np.ndarray
    error: np.ndarray
    people: np.ndarray
    basis: np.ndarray
    counted: np.ndarray
    partly: np.ndarray
    noise: Noise
    together: dict[str, Together]
    ends: tuple[np.ndarray, np.ndarray]

    def assuming(self, together: float) -> Areas:
        """The same, with another correlation where it is assumed."""
        error = np.where(self.basis == Basis.ASSUMED, self.noise.error(together), self.error)
        return self._replace(error=error)


def publish_areas(
    connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], parts: pa.Table, kept: KeptFigures
) -> Areas:
    """Writes area_cell from `parts` (rows as area_cell.sql makes them) and registers the city's rows as `noise`."""

    def numbers(name: str) -> np.ndarray:
        return parts[name].cast(NUMBER).to_numpy()

    keys = list(zip(*(parts[name].to_pylist() for name in ("framework", "year", "school_id", "area")), strict=True))
    noise = Noise(numbers("apart"), numbers("errors"), numbers("shown"))
    # Of a single criterion the counts say all that people would.
    alone = noise.criteria == 1
    followed = np.where(alone, noise.errors, numbers("followed_error"))
    respondents = np.where(alone, numbers("fewest"), numbers("respondents"))
    counted = ~np.isnan(followed) & parts["own"].to_numpy()  # of few answers it is told that they are few
    together = people_together(keys, noise, followed, respondents, frameworks)
    correlations = np.array([together[framework].on(area, ASSUMED[1]) for framework, _, _, area in keys])
    has_people = ~np.isnan(followed)
    areas = Areas(
        keys,
        numbers("mean"),
        np.where(has_people, followed, noise.error(correlations)),
        np.where(has_people, respondents, numbers("fewest")),
        np.where(has_people, Basis.RESPONDENTS.value, [together[framework].basis.value for framework, *_ in keys]),
        counted,
        numbers("shown") < numbers("asked"),
        noise,
        together,
        (numbers("mean_low"), numbers("mean_high")),
    )
    scales = {framework.id: Scale.of(framework.levels) for framework in frameworks}
    scale = Scale.each([scales[framework] for framework, *_ in areas.keys])
    low, high = mean_interval(areas.mean, areas.error * np.sqrt(areas.people), areas.people, scale)
    shrunken, rank_low, rank_high, side, city = _against_the_city(areas, kept)
    table = parts.select(["framework", "year", "school_id", "area", "mean", "shown", "asked", "at_goal"])
    for name, values, type_ in (
        ("respondents", np.where(counted, respondents, np.nan), pa.int32()),
        ("ci_low", low, NUMBER),
        ("ci_high", high, NUMBER),
        ("pulled_mean", shrunken, NUMBER),
        ("rank_low", rank_low, pa.int16()),
        ("rank_high", rank_high, pa.int16()),
        ("city_side", side, pa.int8()),
    ):
        column = pa.array(values, type_, mask=np.isnan(values)) if type_ == NUMBER else _whole(values, type_)
        table = table.append_column(name, column)
    table = table.append_column("interval_basis", pa.array(areas.basis, pa.string(), mask=np.isnan(areas.error)))
    put_in(connection, "area_cell", table)
    connection.register("noise", pa.Table.from_pylist(city, CITY_NOISE))
    return areas


CITY_NOISE_FIGURES = (
    "ci_low", "ci_high", "between_school_sd", "between_low", "between_high", "within_school_sd", "share_between"
)  # fmt: skip
CITY_NOISE = pa.schema(  # one row a round x area over the city, named as in city_area
    [("framework", pa.string()), ("year", pa.int16()), ("area", pa.string()), ("interval_basis", pa.string())]
    + [(name, NUMBER) for name in CITY_NOISE_FIGURES]
)


def _against_the_city(
    areas: Areas, kept: KeptFigures
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[dict]]:
    """Pulled means, places from and to, sides of the city's mean; and rows of CITY_NOISE."""
    shrunken, rank_low, rank_high, difference, error, freedom = (np.full(len(areas.keys), np.nan) for _ in range(6))
    rows = []
    for these in members(numbered([(f, y, a) for f, y, _, a in areas.keys])):
        framework, year, _, area = areas.keys[these[0]]
        these = these[~np.isnan(areas.mean[these]) & (areas.people[these] > 1) & ~np.isnan(areas.error[these])]
        row = {"framework": framework, "year": year, "area": area}
        if len(these):
            row["interval_basis"] = basis = max(areas.basis[these], key=WORST)
            mean, n, errors = areas.mean[these], areas.people[these], areas.error[these]
            city, schools = kept.of(_among_schools, mean, n, errors, bool(basis != Basis.ASSUMED))
            row |= dict(zip(CITY_NOISE_FIGURES, city.tolist(), strict=True))
            if len(these) > 1:
                difference[these] = at_least_from_the_mean(*(end[these] for end in areas.ends))
            for told, values in zip((error, freedom, shrunken, rank_low, rank_high), schools, strict=True):
                told[these] = values
        rows.append({name: None if isinstance(v, float) and not np.isfinite(v) else v for name, v in row.items()})
    side = np.where(np.isnan(areas.mean), np.nan, 0.0)
    told = ~np.isnan(difference)
    # The areas are one family; the whole, which is made of them, is a claim of its own.
    family = numbered([(f, y, s, a == WHOLE) for f, y, s, a in areas.keys])[told]
    found = claims(difference[told], error[told], freedom[told], family)
    side[told] = np.sign(difference[told]) * found.clear
    # Made of other criteria than the city's mean is, so that neither side nor place would be the school's doing.
    for values in (side, rank_low, rank_high):
        values[areas.partly] = np.nan
    return shrunken, rank_low, rank_high, side, rows


def _among_schools(mean: np.ndarray, n: np.ndarray, errors: np.ndarray, noise_is_known: bool) -> Arrays:
    """Of a round's schools in an area: CITY_NOISE_FIGURES; and a column a school: the error of its distance from the
    mean of them all and the degrees of freedom of that, its pulled mean, and its places from and to."""
    low, high = of_schools(mean, errors**2, n, np.ones(len(n)))
    sd = errors * np.sqrt(n)
    model = random_intercept(n, mean, sd)
    schools = np.full((5, len(n)), np.nan)
    if model is None:
        return np.array([low, high, *[np.nan] * 5]), schools
    schools[:2] = against_the_mean(sd, model.sigma, n)
    if not noise_is_known:  # it would be taken out as if it were
        return np.array([low, high, *[np.nan] * 5]), schools
    schools[2] = model.shrunken(mean, n)
    schools[3:] = places(model, mean, sd, n)
    between = model.tau, model.tau_low, model.tau_high, model.sigma, model.share_between
    return np.array([low, high, *between]), schools


def places(model: RandomIntercept, mean: np.ndarray, sd: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From and to which place each school may stand, 1 the highest: the schools' levels are drawn from what the answers
    tell of each, and ranked, many times (Goldstein & Spiegelhalter 1996).

    `sd` is the standard deviation of a school's n answers. One whose staff is divided is less sure of its place than
    its number of answers says; none is surer than the schools are in common.
    """
    error = np.maximum(sd, model.sigma) / np.sqrt(n)
    known = np.divide(model.tau**2, model.tau**2 + error**2, out=np.ones(len(n)), where=model.tau + error > 0)
    stands, unsure = model.city + known * (mean - model.city), model.tau * np.sqrt(1 - known)
    if not unsure.any():  # no spread, or no noise: schools that stand alike share their places
        from scipy.stats import rankdata  # here: it takes a second to import, which is seldom needed

        return tuple(rankdata(-stands, method=method) for method in ("min", "max"))
    drawn = np.random.default_rng(SEED).standard_normal((DRAWS, len(n)))
    drawn *= unsure
    drawn += stands
    order = np.argsort(np.negative(drawn, out=drawn), axis=1)
    place = np.empty((DRAWS, len(n)), dtype=np.int32)
    np.put_along_axis(place, order, np.arange(1, len(n) + 1, dtype=np.int32)[None, :], axis=1)
    # A school's places side by side: short integers are sorted quicker than the two that are asked for are looked for.
    places = np.ascontiguousarray(place.T)
    places.sort(axis=1)
    low, high = places[:, PLACES].T
    return low, high


def _whole(values: np.ndarray, type_: pa.DataType) -> pa.Array:
    empty = np.isnan(values)
    return pa.array(np.where(empty, 0, values).astype(int), type_, mask=empty)
