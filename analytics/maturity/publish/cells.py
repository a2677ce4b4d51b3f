"""Publishing cells, school x year x criterion, with everything that must be hidden already hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.cells import Cells, compute_cells
from analytics.maturity.methods.claims import against_the_mean, claims, numbered
from analytics.maturity.methods.disclosure import DISTRIBUTION_FROM, cell_status
from analytics.maturity.methods.intervals import (
    Scale,
    of_schools,
    share_interval,
    staff_mean_interval,
    staff_share_interval,
)
from analytics.maturity.methods.variance import random_intercept
from analytics.model.figures import Status
from analytics.model.frameworks import Framework

NUMBER = pa.float64()

# One row a criterion-round over the city: what SQL's aggregates cannot say. Named as in city_cell.
NOISE_FIGURES = (
    "ci_low", "ci_high", "answers_low", "answers_high", "share_low", "share_high", "between_school_sd",
    "within_school_sd", "share_between",
)  # fmt: skip
NOISE = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("criterion", pa.string())]
    + [(name, NUMBER) for name in NOISE_FIGURES]
)

LEVEL_ANSWERS = """
    select
        dense_rank() over (order by year, school_id, criterion.position) - 1 as cell,
        year, school_id, criterion.id as criterion, criterion.area, level, answers, response_rate,
        if(responded >= ?, invited, null) as invited
    from level_answers as given
    join round_people using (framework, year, school_id)
    join criterion on criterion.framework = given.framework and criterion.id = given.criterion
    where given.framework = ?
    order by cell
"""


def publish_cells(connection: duckdb.DuckDBPyConnection, framework: Framework, hide_below: int) -> list[dict]:
    """Writes the framework's cells; returns rows of NOISE."""
    rows = connection.execute(LEVEL_ANSWERS, [hide_below, framework.id]).to_arrow_table()
    if not rows.num_rows:
        return []
    cell = rows["cell"].to_numpy()
    answers = rows["answers"].to_numpy()
    known = rows["level"].is_valid().to_numpy()
    level = rows["level"].fill_null(0).to_numpy().astype(int) - framework.scale_min
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    levels = np.array(framework.levels)
    counts = np.zeros((len(first), len(levels)), dtype=np.int64)
    np.add.at(counts, (cell[known], level[known]), answers[known])
    dont_know = np.bincount(cell[~known], weights=answers[~known], minlength=len(first)).astype(np.int64)

    figures = compute_cells(counts, levels, framework.goal)
    keys = rows.take(first)
    status = cell_status(figures.n, keys["response_rate"].to_numpy(), hide_below)
    hidden = status == Status.HIDDEN.value
    shrunken, side, noise = _against_the_city(framework, keys, figures, ~hidden)
    invited = keys["invited"].cast(NUMBER).to_numpy()
    at_goal = np.rint(figures.share_at_goal * figures.n)
    staff_low, staff_high = staff_mean_interval(figures.mean, figures.sd, figures.n, Scale.of(levels), invited)
    staff_share_low, staff_share_high = staff_share_interval(at_goal, figures.n, invited)

    def shown(values: np.ndarray, type_: pa.DataType = NUMBER) -> pa.Array:
        empty = hidden | (np.isnan(values) if values.dtype.kind == "f" else False)
        return pa.array(values, type_, mask=empty)

    by_level = [
        None if h or n < DISTRIBUTION_FROM else c for h, n, c in zip(hidden, figures.n, counts.tolist(), strict=True)
    ]
    published = pa.table(
        {
            "framework": pa.array([framework.id] * len(first)),
            **{name: keys[name] for name in ("year", "school_id", "criterion", "area")},
            "n": shown(figures.n, pa.int32()),
            "dont_know": shown(dont_know, pa.int32()),
            **{
                name: shown(getattr(figures, name))
                for name in ("mean", "sd", "ci_low", "ci_high", "share_at_goal", "share_low", "share_high")
            },
            "median": shown(figures.median, pa.uint8()),
            "pulled_mean": shown(shrunken),
            "levels": pa.array(by_level, pa.list_(pa.int32())),
            "goal_met": shown(figures.goal_met, pa.bool_()),
            "staff_low": shown(staff_low),
            "staff_high": shown(staff_high),
            "staff_share_low": shown(staff_share_low),
            "staff_share_high": shown(staff_share_high),
            "city_side": shown(side, pa.int8()),
            "status": pa.array(status.tolist()),
        }
    )
    connection.register("published", published)
    connection.execute("insert into cell by name select * from published")
    connection.unregister("published")
    return noise


def _against_the_city(
    framework: Framework, keys: pa.Table, figures: Cells, shown: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Each cell's pulled mean and side of the city's mean, and the city's rows of NOISE; from shown cells alone."""
    shrunken, difference, error, freedom = (np.full(len(shown), np.nan) for _ in range(4))
    noise = []
    for (year, criterion), these in _criterion_rounds(keys, shown):
        n, mean = figures.n[these], figures.mean[these]
        row = {"framework": framework.id, "year": year, "criterion": criterion}
        at_goal = np.rint(figures.share_at_goal[these] * n).sum()
        variance = figures.sd[these] ** 2 / n
        row["ci_low"], row["ci_high"] = of_schools(mean, variance, n, np.ones(len(n)))
        row["answers_low"], row["answers_high"] = of_schools(mean, variance, n, n)
        row["share_low"], row["share_high"] = map(float, share_interval(at_goal, n.sum()))
        model = random_intercept(n, mean, figures.sd[these], interval=False)
        if model:
            shrunken[these] = model.shrunken(mean, n)
            difference[these] = mean - mean.mean()
            error[these], freedom[these] = against_the_mean(figures.sd[these], model.sigma, n)
            row |= {
                "between_school_sd": model.tau,
                "within_school_sd": model.sigma,
                "share_between": None if np.isnan(model.share_between) else model.share_between,
            }
        noise.append(row)
    school_round = numbered(zip(keys["year"].to_pylist(), keys["school_id"].to_pylist(), strict=True))
    side = np.zeros(len(shown), dtype=np.int8)
    told = ~np.isnan(difference)
    found = claims(difference[told], error[told], freedom[told], school_round[told])
    side[told] = np.sign(difference[told]) * found.clear
    return shrunken, side, noise


def _criterion_rounds(keys: pa.Table, shown: np.ndarray) -> Iterator[tuple[tuple[int, str], np.ndarray]]:
    """((year, criterion), the places of its shown cells), one a criterion-round that has any."""
    places = defaultdict(list)
    for place, key in enumerate(zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True)):
        if shown[place]:
            places[key].append(place)
    for key, found in places.items():
        yield key, np.array(found)
