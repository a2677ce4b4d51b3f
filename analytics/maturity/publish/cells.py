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
    criterion_rounds = list(zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True))
    ratio = city_ratios(counts, levels, figures.n, criterion_rounds, _carried_levels(connection, framework))
    told = told_cells(framework, counts, figures, ratio, hide_below)
    status = cell_status(figures.n, keys["response_rate"].to_numpy(), hide_below)
    hidden = status == Status.HIDDEN.value
    shrunken, side, noise = _against_the_city(framework, keys, told, ~hidden, kept)
    for row in noise:
        these = row.pop("these")
        row["spread_ratio"] = float(ratio[these[0]])
        row |= _of_answers(figures.n, told, counts, these)
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


def _of_answers(n: np.ndarray, told: ToldCells, counts: np.ndarray, these: np.ndarray) -> dict:
    """The city's share on a criterion in a round, from its cells of ten answers or more as they are told, and its
    answers per level, from those of twenty or more."""
    with_share = these[~np.isnan(told.entering[these])]
    spread = these[n[these] >= CERTAIN_FROM]  # a sum with smaller ones would tell of one that comes later
    answers, at_goal = float(n[with_share].sum()), float((told.entering[with_share] * n[with_share]).sum())
    low, high = map(float, share_interval(np.array(at_goal), np.array(answers)))
    return {
        "share_at_goal": at_goal / answers if answers else None,
        "share_low": low if answers else None,
        "share_high": high if answers else None,
        "levels": counts[spread].sum(axis=0).tolist() if len(spread) else None,
    }


def _among_schools(n: np.ndarray, mean: np.ndarray, sd: np.ndarray, own: np.ndarray) -> Arrays:
    """Of a round's schools on a criterion: AMONG_SCHOOLS; and a column a school: its pulled mean, the error of its
    distance from the mean of them all and the degrees of freedom of that. `own`: as own_sd of ToldCells."""
    variance, schools = sd**2 / n, np.full((3, len(n)), np.nan)
    ends = *of_schools(mean, variance, n, np.ones(len(n))), *of_schools(mean, variance, n, n)
    model = random_intercept(n, mean, sd if np.isnan(own).all() else own, interval=False)
    if model is None:
        return np.array([*ends, *[np.nan] * 3]), schools
    schools[0] = model.shrunken(mean, n)
    schools[1:] = against_the_mean(sd, model.sigma, n)
    return np.array([*ends, model.tau, model.sigma, model.share_between]), schools


def _against_the_city(
    framework: Framework, keys: pa.Table, told: ToldCells, shown: np.ndarray, kept: KeptFigures
) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Each cell's pulled mean and side of the city's mean, and the city's rows of NOISE, each with the places of
    `these` cells that it is of; from shown cells alone, as they are told."""
    shrunken, difference, error, freedom = (np.full(len(shown), np.nan) for _ in range(4))
    noise, (low, high) = [], told.ends(Scale.of(framework.levels))
    for (year, criterion), these in _criterion_rounds(keys, shown):
        entering = (each[these] for each in (told.noise_n, told.mean, told.noise_sd, told.own_sd))
        city, schools = kept.of(_among_schools, *entering)
        row: dict = {"framework": framework.id, "year": year, "criterion": criterion, "these": these}
        row |= {name: None if np.isnan(v) else v for name, v in zip(AMONG_SCHOOLS, city.tolist(), strict=True)}
        if len(these) > 1:
            difference[these] = at_least_from_the_mean(low[these], high[these])
            shrunken[these], error[these], freedom[these] = schools
        noise.append(row)
    school_round = numbered(zip(keys["year"].to_pylist(), keys["school_id"].to_pylist(), strict=True))
    side = np.zeros(len(shown), dtype=np.int8)
    known = ~np.isnan(difference)
    found = claims(difference[known], error[known], freedom[known], school_round[known])
    side[known] = np.sign(difference[known]) * found.clear
    return shrunken, side, noise


def _criterion_rounds(keys: pa.Table, shown: np.ndarray) -> Iterator[tuple[tuple[int, str], np.ndarray]]:
    """((year, criterion), the places of its shown cells), one a criterion-round that has any."""
    places = defaultdict(list)
    for place, key in enumerate(zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True)):
        if shown[place]:
            places[key].append(place)
    for key, found in places.items():
        yield key, np.array(found)
