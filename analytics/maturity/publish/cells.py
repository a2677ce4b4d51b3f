"""Publishing cells, school x year x criterion, with everything that must be hidden already hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.cells import Cells, compute_cells
from analytics.maturity.methods.claims import against_the_mean, at_least_from_the_mean, claims, numbered
from analytics.maturity.methods.disclosure import CERTAIN_FROM, DONT_KNOW_FROM, FEW_BELOW, cell_status
from analytics.maturity.methods.intervals import (
    Scale,
    of_schools,
    share_interval,
    staff_mean_interval,
    staff_share_interval,
)
from analytics.maturity.methods.variance import random_intercept
from analytics.maturity.publish.coarse import ToldCells, city_ratios, told_cells
from analytics.maturity.publish.counted import Counted, CountedRound
from analytics.maturity.publish.kept import Arrays, KeptFigures
from analytics.maturity.publish.rows import put_in
from analytics.model.figures import N_BAND, DontKnowBand, Status
from analytics.model.frameworks import Framework

NUMBER = pa.float64()

# One row a criterion-round over the city: what SQL's aggregates cannot say. Named as in city_cell.
NOISE_FIGURES = (
    "ci_low", "ci_high", "answers_low", "answers_high", "share_low", "share_high", "between_school_sd",
    "within_school_sd", "share_between", "share_at_goal", "spread_ratio",
)  # fmt: skip
AMONG_SCHOOLS = (
    "ci_low", "ci_high", "answers_low", "answers_high", "between_school_sd", "within_school_sd", "share_between"
)  # fmt: skip
NOISE = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("criterion", pa.string())]
    + [(name, NUMBER) for name in NOISE_FIGURES]
    + [("levels", pa.list_(pa.int32()))]
)

PEOPLE = """
    select year, school_id, response_rate, if(responded >= ?, invited, null) as invited
    from round_people where framework = ?
"""
KEYS = pa.schema(  # one row a cell
    [("year", pa.int16()), ("school_id", pa.string()), ("criterion", pa.string()), ("area", pa.string()),
     ("response_rate", NUMBER), ("invited", NUMBER)]
)  # fmt: skip


def publish_cells(
    connection: duckdb.DuckDBPyConnection, framework: Framework, hide_below: int, counted: Counted, kept: KeptFigures
) -> list[dict]:
    """Writes the framework's cells; returns rows of NOISE."""
    rounds = [(year, each) for (id_, year), each in sorted(counted.items()) if id_ == framework.id]
    if not rounds:
        return []
    keys = _keys(connection, framework, hide_below, rounds)
    levels = np.array(framework.levels)
    counts = np.concatenate([each.levels for _, each in rounds], dtype=np.int64)
    dont_know = np.concatenate([each.dont_know for _, each in rounds], dtype=np.int64)

    figures = compute_cells(counts, levels, framework.goal)
    rated = list(zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True))
    ratio = city_ratios(counts, levels, figures.n, rated, _carried_levels(connection, framework))
    told = told_cells(framework, counts, figures, ratio, hide_below)
    status = cell_status(figures.n, keys["response_rate"].to_numpy(), hide_below)
    hidden = status == Status.HIDDEN.value
    shrunken, side, noise = _against_the_city(framework, keys, told, ~hidden, kept)
    criterion_rounds = [row.pop("these") for row in noise]
    of_answers = _of_answers(figures.n, told, counts, criterion_rounds)
    for row, these, said in zip(noise, criterion_rounds, of_answers, strict=True):
        row |= {"spread_ratio": float(ratio[these[0]])} | said
    published = _table(framework, keys, counts, dont_know, figures, told, hidden, shrunken, side, status)
    put_in(connection, "cell", published)
    return noise


def _keys(
    connection: duckdb.DuckDBPyConnection,
    framework: Framework,
    hide_below: int,
    rounds: Sequence[tuple[int, CountedRound]],
) -> pa.Table:
    """The cells' KEYS, round by round."""
    asked = connection.execute(PEOPLE, [hide_below, framework.id]).fetchall()
    people = {(year, school_id): said for year, school_id, *said in asked}
    criteria = [(criterion.id, criterion.area) for criterion in framework.criteria]
    parts = []
    for year, each in rounds:
        of_school = zip(*(people[year, school_id] for school_id in each.schools), strict=True)
        of_criterion = zip(*criteria, strict=True)
        columns = [pa.array([year] * len(each.school), pa.int16()), pa.array(each.schools).take(pa.array(each.school))]
        columns += [pa.array(names).take(pa.array(each.criterion)) for names in of_criterion]
        columns += [pa.array(said, NUMBER).take(pa.array(each.school)) for said in of_school]
        parts.append(pa.table(columns, schema=KEYS))
    return pa.concat_tables(parts)


def _carried_levels(connection: duckdb.DuckDBPyConnection, framework: Framework) -> np.ndarray:
    """The answers per level of the framework's cells that are in the view already: those of rounds that are carried."""
    there = "select levels from cell where framework = ? and levels is not null"
    found = [levels for (levels,) in connection.execute(there, [framework.id]).fetchall()]
    return np.array(found, dtype=np.int64).reshape(-1, len(framework.levels))


def _table(
    framework: Framework,
    keys: pa.Table,
    counts: np.ndarray,
    dont_know: np.ndarray,
    figures: Cells,
    told: ToldCells,
    hidden: np.ndarray,
    shrunken: np.ndarray,
    side: np.ndarray,
    status: np.ndarray,
) -> pa.Table:
    """Rows of the table cell."""
    n, few, own = figures.n, figures.n < FEW_BELOW, figures.n >= CERTAIN_FROM
    invited = np.where(own, keys["invited"].to_numpy(), np.nan)
    at_goal = np.rint(np.nan_to_num(figures.share_at_goal) * n)
    staff_low, staff_high = staff_mean_interval(figures.mean, figures.sd, n, Scale.of(framework.levels), invited)
    staff_share_low, staff_share_high = staff_share_interval(at_goal, n, invited)
    unsaid = (dont_know > 0) & (dont_know < DONT_KNOW_FROM)
    dont_know_band = np.full(len(n), None, dtype=object)
    dont_know_band[unsaid] = DontKnowBand.ONE_TO_FOUR.value
    n_band = np.full(len(n), None, dtype=object)
    n_band[few] = N_BAND
    dont_know_band[few] = np.where(dont_know[few] > 0, DontKnowBand.SOME.value, DontKnowBand.NONE.value)

    def shown(values: np.ndarray, type_: pa.DataType = NUMBER, where: np.ndarray | bool = True) -> pa.Array:
        empty = hidden | ~np.broadcast_to(where, len(hidden))
        if values.dtype.kind == "f":
            empty |= np.isnan(values)
        if values.dtype.kind == "f" and not pa.types.is_floating(type_):
            values = np.nan_to_num(values).astype(bool)
        return pa.array(values, type_, mask=empty)

    by_level = [c if its_own else None for its_own, c in zip(own & ~hidden, counts.tolist(), strict=True)]
    text = pa.string()
    return pa.table(
        {
            "framework": pa.array([framework.id] * len(n)),
            **{name: keys[name] for name in ("year", "school_id", "criterion", "area")},
            "n": shown(n, pa.int32(), ~few),
            "dont_know": shown(dont_know, pa.int32(), ~few & ~unsaid),
            "mean": shown(told.mean),
            "sd": shown(figures.sd, where=own),
            "ci_low": shown(told.ci_low),
            "ci_high": shown(told.ci_high),
            "share_at_goal": shown(told.share),
            "share_low": shown(told.share_low),
            "share_high": shown(told.share_high),
            "median": shown(figures.median, pa.uint8(), own),
            "pulled_mean": shown(shrunken),
            "levels": pa.array(by_level, pa.list_(pa.int32())),
            "goal_met": shown(told.goal_met, pa.bool_()),
            "staff_low": shown(staff_low),
            "staff_high": shown(staff_high),
            "staff_share_low": shown(staff_share_low),
            "staff_share_high": shown(staff_share_high),
            "city_side": shown(side, pa.int8()),
            "status": pa.array(status.tolist()),
            "mean_bound": shown(told.mean_bound, text),
            "share_bound": shown(told.share_bound, text),
            "n_band": shown(n_band, text),
            "share_band": shown(told.share_band, text),
            "dont_know_band": shown(dont_know_band, text),
            "noise_sd": shown(told.noise_sd),
            "noise_n": shown(told.noise_n, pa.int32()),
        }
    )


def _of_answers(
    n: np.ndarray, told: ToldCells, counts: np.ndarray, criterion_rounds: Sequence[np.ndarray]
) -> list[dict]:
    """The city's share on each criterion in a round, from its cells (the places of which are given) of ten answers or
    more as they are told, and its answers per level, from those of twenty or more."""
    with_share = [these[~np.isnan(told.entering[these])] for these in criterion_rounds]
    answers = np.array([n[these].sum() for these in with_share], dtype=float)
    at_goal = np.array([(told.entering[these] * n[these]).sum() for these in with_share], dtype=float)
    low, high = share_interval(at_goal, answers)
    # A sum with smaller ones would tell of one that comes later.
    spread = [these[n[these] >= CERTAIN_FROM] for these in criterion_rounds]
    return [
        {
            "share_at_goal": part / whole if whole else None,
            "share_low": least if whole else None,
            "share_high": most if whole else None,
            "levels": counts[these].sum(axis=0).tolist() if len(these) else None,
        }
        for part, whole, least, most, these in zip(
            *(each.tolist() for each in (at_goal, answers, low, high)), spread, strict=True
        )
    ]


def _in_round(
    cells: np.ndarray,
    n: np.ndarray,
    mean: np.ndarray,
    sd: np.ndarray,
    own: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> Arrays:
    """Of a round's criteria, one after another, each with as many `cells`: AMONG_SCHOOLS, a row each; and a column a
    cell: its pulled mean, the error of its distance from the mean of them all and the degrees of freedom of that, and
    that distance. `low`, `high`: between what the means lie; `own`: as own_sd of ToldCells."""
    ends = np.cumsum(cells)[:-1]
    each = zip(*(np.split(part, ends) for part in (n, mean, sd, own, low, high)), strict=True)
    cities, schools = zip(*(_among_schools(*parts) for parts in each), strict=True)
    return np.array(cities), np.concatenate(schools, axis=1)


def _among_schools(
    n: np.ndarray, mean: np.ndarray, sd: np.ndarray, own: np.ndarray, low: np.ndarray, high: np.ndarray
) -> Arrays:
    """Of a round's schools on a criterion, as `_in_round` has them."""
    variance, schools = sd**2 / n, np.full((4, len(n)), np.nan)
    ends = *of_schools(mean, variance, n, np.ones(len(n))), *of_schools(mean, variance, n, n)
    if len(n) > 1:
        schools[3] = at_least_from_the_mean(low, high)
    model = random_intercept(n, mean, sd if np.isnan(own).all() else own, interval=False)
    if model is None:
        return np.array([*ends, *[np.nan] * 3]), schools
    schools[0] = model.shrunken(mean, n)
    schools[1:3] = against_the_mean(sd, model.sigma, n)
    return np.array([*ends, model.tau, model.sigma, model.share_between]), schools


def _against_the_city(
    framework: Framework, keys: pa.Table, told: ToldCells, shown: np.ndarray, kept: KeptFigures
) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Each cell's pulled mean and side of the city's mean, and the city's rows of NOISE, each with the places of
    `these` cells that it is of; from shown cells alone, as they are told."""
    shrunken, error, freedom, difference = of_cells = np.full((4, len(shown)), np.nan)
    noise = list[dict]()
    entering = (told.noise_n, told.mean, told.noise_sd, told.own_sd, *told.ends(Scale.of(framework.levels)))
    for year, criteria in _rounds(keys, shown):
        every = np.concatenate(list(criteria.values()))
        sizes = np.array([len(these) for these in criteria.values()])
        cities, of_cells[:, every] = kept.of(_in_round, sizes, *(each[every] for each in entering))
        for city, (criterion, these) in zip(cities.tolist(), criteria.items(), strict=True):
            row: dict = {"framework": framework.id, "year": year, "criterion": criterion, "these": these}
            noise.append(row | {n: None if np.isnan(v) else v for n, v in zip(AMONG_SCHOOLS, city, strict=True)})
    school_round = numbered(zip(keys["year"].to_pylist(), keys["school_id"].to_pylist(), strict=True))
    side = np.zeros(len(shown), dtype=np.int8)
    known = ~np.isnan(difference)
    found = claims(difference[known], error[known], freedom[known], school_round[known])
    side[known] = np.sign(difference[known]) * found.clear
    return shrunken, side, noise


def _rounds(keys: pa.Table, shown: np.ndarray) -> Iterator[tuple[int, dict[str, np.ndarray]]]:
    """(year, criterion -> the places of its shown cells), one a round that has any."""
    places: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (year, criterion) in enumerate(
        zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True)
    ):
        if shown[place]:
            places[year][criterion].append(place)
    for year, criteria in places.items():
        yield year, {criterion: np.array(found) for criterion, found in criteria.items()}
