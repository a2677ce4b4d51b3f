"""Publishing areas, school by school and over the city, from the cells that were published before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.claims import against_the_mean, claims, members, numbered
from analytics.maturity.methods.intervals import Scale, mean_interval, of_schools
from analytics.maturity.methods.variance import RandomIntercept, random_intercept
from analytics.model.frameworks import WHOLE, Framework

NUMBER = pa.float64()
DRAWS, SEED = 1000, 2022
PLACES = 0.025, 0.975  # of the draws: a place is told as the range that holds nineteen in twenty

Run = Callable[..., None]


class Areas(NamedTuple):
    """The rows of area_cell, an entry each, with what their noise is: `error` is the standard error of the mean (the
    largest it can be, where `followed` is not), told by `people`; nan where nothing is shown. `partly`: some of the
    criteria are hidden."""

    keys: list[tuple[str, int, str, str]]  # framework, year, school, area
    mean: np.ndarray
    error: np.ndarray
    people: np.ndarray
    followed: np.ndarray
    partly: np.ndarray


def publish_areas(connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], parts: pa.Table) -> Areas:
    """Writes area_cell from `parts` (rows as area_cell.sql makes them) and registers the city's rows as `noise`."""

    def numbers(name: str) -> np.ndarray:
        return parts[name].cast(NUMBER).to_numpy()

    followed, widest = numbers("followed_error"), numbers("widest_error")
    has_people = ~np.isnan(followed)
    names = ["framework", "year", "school_id", "area"]
    areas = Areas(
        list(zip(*(parts[name].to_pylist() for name in names), strict=True)),
        numbers("mean"),
        np.where(has_people, followed, widest),
        np.where(has_people, numbers("respondents"), numbers("fewest")),
        has_people,
        numbers("shown") < numbers("asked"),
    )
    scales = {framework.id: Scale.of(framework.levels) for framework in frameworks}
    scale = Scale.each([scales[framework] for framework, *_ in areas.keys])
    low, high = mean_interval(areas.mean, areas.error * np.sqrt(areas.people), areas.people, scale)
    basis = np.where(has_people, "respondents", "bound")
    shrunken, rank_low, rank_high, side, city = _against_the_city(areas)
    table = parts.select([*names, "mean", "shown", "asked", "at_goal", "respondents"])
    for name, values, type_ in (
        ("ci_low", low, NUMBER),
        ("ci_high", high, NUMBER),
        ("pulled_mean", shrunken, NUMBER),
        ("rank_low", rank_low, pa.int16()),
        ("rank_high", rank_high, pa.int16()),
        ("city_side", side, pa.int8()),
    ):
        column = pa.array(values, type_, mask=np.isnan(values)) if type_ == NUMBER else _whole(values, type_)
        table = table.append_column(name, column)
    table = table.append_column("interval_basis", pa.array(basis, pa.string(), mask=np.isnan(areas.error)))
    connection.register("areas", table)
    connection.execute("insert into area_cell by name select * from areas")
    connection.unregister("areas")
    connection.register("noise", pa.Table.from_pylist(city, CITY_NOISE))
    return areas


CITY_NOISE_FIGURES = (
    "ci_low", "ci_high", "between_school_sd", "between_low", "between_high", "within_school_sd", "share_between"
)  # fmt: skip
CITY_NOISE = pa.schema(  # one row a round x area over the city, named as in city_area
    [("framework", pa.string()), ("year", pa.int16()), ("area", pa.string())]
    + [(name, NUMBER) for name in CITY_NOISE_FIGURES]
)


def _against_the_city(areas: Areas) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[dict]]:
    """Pulled means, places from and to, sides of the city's mean; and rows of CITY_NOISE."""
    shrunken, rank_low, rank_high, difference, error, freedom = (np.full(len(areas.keys), np.nan) for _ in range(6))
    rows = []
    for these in members(numbered([(f, y, a) for f, y, _, a in areas.keys])):
        framework, year, _, area = areas.keys[these[0]]
        these = these[~np.isnan(areas.mean[these]) & (areas.people[these] > 1) & ~np.isnan(areas.error[these])]
        row = {"framework": framework, "year": year, "area": area}
        if len(these):
            mean, n = areas.mean[these], areas.people[these]
            row["ci_low"], row["ci_high"] = of_schools(mean, areas.error[these] ** 2, n, np.ones(len(n)))
            sd = areas.error[these] * np.sqrt(n)
            model = random_intercept(n, mean, sd)
            if model:
                shrunken[these] = model.shrunken(mean, n)
                difference[these] = mean - mean.mean()
                error[these], freedom[these] = against_the_mean(sd, model.sigma, n)
                rank_low[these], rank_high[these] = places(model, mean, sd, n)
                row |= {
                    "between_school_sd": model.tau,
                    "between_low": model.tau_low,
                    "between_high": model.tau_high,
                    "within_school_sd": model.sigma,
                    "share_between": model.share_between,
                }
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
    drawn = stands + unsure * np.random.default_rng(SEED).standard_normal((DRAWS, len(n)))
    order = np.argsort(-drawn, axis=1)
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(1, len(n) + 1)[None, :], axis=1)
    low, high = np.quantile(place, PLACES, axis=0, method="nearest")
    return low, high


def _whole(values: np.ndarray, type_: pa.DataType) -> pa.Array:
    empty = np.isnan(values)
    return pa.array(np.where(empty, 0, values).astype(int), type_, mask=empty)
