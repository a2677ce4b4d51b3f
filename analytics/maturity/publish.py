"""Publishing: the figures of a version, computed once, with everything that must be hidden already hidden.

Reads individual answers, writes the figures that pages read. Aggregates are built from the written cells, so that no
hidden answer can be won back from them by subtraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.cells import compute_cells
from analytics.maturity.disclosure import CERTAIN_FROM, DISTRIBUTION_FROM, RESPONSE_FROM, cell_status
from analytics.maturity.intervals import mean_interval
from analytics.maturity.variance import random_intercept
from analytics.model import Framework, Status

NUMBER = pa.float64()
SQL = Path(__file__).parent / "sql"

LEVEL_COUNTS = """
    with counted as (
        select year, school_id, criterion, level, count(*) as answers
        from answers.answer where framework = $framework group by all
        union all
        select year, school_id, criterion, level, answers from answers.level_count where framework = $framework
    )
    select
        dense_rank() over (order by counted.year, counted.school_id, counted.criterion) - 1 as cell,
        counted.year, counted.school_id, counted.criterion, criterion.area, level, answers, people.response_rate
    from counted
    join round_people as people on people.framework = $framework and people.year = counted.year
        and people.school_id = counted.school_id
    join criterion on criterion.framework = $framework and criterion.id = counted.criterion
    order by cell
"""


def publish(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Iterable[Framework],
    hide_below: int,
    on_step: Callable[[], None] = lambda: None,
) -> None:
    """Fills the published tables of the new view from the answers file attached as `answers`."""
    _run(connection, "round_people.sql")
    spreads = []
    for framework in frameworks:
        spreads.extend(_publish_cells(connection, framework, hide_below))
        on_step()
    _publish_areas(connection)
    columns = {"framework": pa.string(), "year": pa.int16(), "criterion": pa.string(), "tau": pa.float64()}
    spread = pa.table(
        {name: pa.array([row[i] for row in spreads], type_) for i, (name, type_) in enumerate(columns.items())}
    )
    connection.register("spread", spread)
    _run(connection, "city.sql")
    limits = {"hide_below": hide_below, "response_from": RESPONSE_FROM, "certain_from": CERTAIN_FROM}
    connection.execute((SQL / "school_round.sql").read_text("utf-8"), limits)
    connection.unregister("spread")
    on_step()


def _publish_cells(connection: duckdb.DuckDBPyConnection, framework: Framework, hide_below: int) -> list[tuple]:
    """Writes the framework's cells; returns (framework, year, criterion, tau) a criterion-round."""
    rows = connection.execute(LEVEL_COUNTS, {"framework": framework.id}).to_arrow_table()
    if not rows.num_rows:
        return []
    cell = rows["cell"].to_numpy()
    level = rows["level"].fill_null(255).to_numpy().astype(int)
    answers = rows["answers"].to_numpy()
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    levels = np.array(framework.levels)
    counts = np.zeros((len(first), len(levels)), dtype=np.int64)
    known = level != 255
    np.add.at(counts, (cell[known], level[known] - framework.scale_min), answers[known])
    dont_know = np.bincount(cell[~known], weights=answers[~known], minlength=len(first)).astype(np.int64)

    figures = compute_cells(counts, levels, framework.goal)
    rate = rows["response_rate"].to_numpy(zero_copy_only=False)[first]
    status = cell_status(figures.n, rate, hide_below)
    hidden = status == Status.HIDDEN.value
    keys = rows.take(first)
    year, criterion = keys["year"].to_numpy(), keys["criterion"].to_numpy(zero_copy_only=False)
    pulled, spreads = np.full(len(first), np.nan), []
    for y, c in sorted(set(zip(year.tolist(), criterion.tolist(), strict=True))):
        these = np.flatnonzero((year == y) & (criterion == c) & ~hidden)
        model = random_intercept(figures.n[these], figures.mean[these], figures.sd[these])
        if model:
            pulled[these] = model.pulled(figures.mean[these], figures.n[these])
            spreads.append((framework.id, y, c, model.tau))

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
            "pulled_mean": shown(pulled),
            "levels": pa.array(by_level, pa.list_(pa.int32())),
            "goal_met": shown(figures.goal_met, pa.bool_()),
            "status": pa.array(status.tolist()),
        }
    )
    connection.register("published", published)
    connection.execute("insert into cell by name select * from published")
    connection.unregister("published")
    return spreads


def _publish_areas(connection: duckdb.DuckDBPyConnection) -> None:
    _run(connection, "area_cell.sql")
    parts = connection.execute("select * from area_parts").to_arrow_table()
    if not parts.num_rows:
        return

    def numbers(name: str) -> np.ndarray:
        return parts[name].cast(pa.float64()).to_numpy(zero_copy_only=False)

    followed, widest = numbers("followed_error"), numbers("widest_error")
    has_people = ~np.isnan(followed)
    error = np.where(has_people, followed, widest)
    people = np.where(has_people, numbers("respondents"), numbers("fewest"))
    low, high = mean_interval(numbers("mean"), error * np.sqrt(people), people)
    basis = np.where(np.isnan(error), None, np.where(has_people, "respondents", "bound"))
    columns = parts.select(
        ["framework", "year", "school_id", "area", "mean", "shown", "asked", "at_goal", "respondents"]
    )
    for name, values in (("ci_low", low), ("ci_high", high)):
        columns = columns.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    columns = columns.append_column("interval_basis", pa.array(basis.tolist(), pa.string()))
    connection.register("areas", columns)
    connection.execute(
        "insert into area_cell by name select * replace (if(shown = 0, null, at_goal) as at_goal) from areas"
    )
    connection.unregister("areas")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((SQL / name).read_text("utf-8"))
