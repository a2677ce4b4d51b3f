"""Publishing: the figures of a version, computed once, with everything that must be hidden already hidden.

Reads individual answers, writes the figures that pages read. Aggregates are built from the written cells, so that no
hidden answer can be won back from them by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.cells import compute_cells
from analytics.maturity.disclosure import CERTAIN_FROM, DISTRIBUTION_FROM, RESPONSE_FROM, cell_status
from analytics.maturity.intervals import mean_interval
from analytics.maturity.variance import random_intercept
from analytics.model import HIDE_BELOW_FLOOR, Framework, Status

NUMBER = pa.float64()
SQL = Path(__file__).parent / "sql"

SPREAD = pa.schema(  # one row a criterion-round; tau: the standard deviation between schools
    [("framework", pa.string()), ("year", pa.int16()), ("criterion", pa.string()), ("tau", pa.float64())]
)

LEVEL_ANSWERS = """
    select
        dense_rank() over (order by year, school_id, criterion.position) - 1 as cell,
        year, school_id, criterion.id as criterion, criterion.area, level, answers, response_rate
    from level_answers as given
    join round_people using (framework, year, school_id)
    join criterion on criterion.framework = given.framework and criterion.id = given.criterion
    where given.framework = ?
    order by cell
"""


def publish(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Iterable[Framework],
    hide_below: int,
    on_step: Callable[[], None] = lambda: None,
) -> None:
    """Fills the published tables of the new view from the answers file attached as `answers`.

    Hides cells with fewer than `hide_below` answers, and with fewer than five whatever it says.
    """
    hide_below = max(hide_below, HIDE_BELOW_FLOOR)
    _run(connection, "level_answers.sql")
    _run(connection, "round_people.sql", hide_below=hide_below)
    spreads: list[dict] = []
    for framework in frameworks:
        spreads.extend(_publish_cells(connection, framework, hide_below))
        on_step()
    _publish_areas(connection, hide_below)
    connection.register("spread", pa.Table.from_pylist(spreads, SPREAD))
    _run(connection, "city.sql")
    connection.unregister("spread")
    _run(connection, "school_round.sql", hide_below=hide_below, response_from=RESPONSE_FROM, certain_from=CERTAIN_FROM)
    on_step()


def _publish_cells(connection: duckdb.DuckDBPyConnection, framework: Framework, hide_below: int) -> list[dict]:
    """Writes the framework's cells; returns rows of SPREAD."""
    rows = connection.execute(LEVEL_ANSWERS, [framework.id]).to_arrow_table()
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
    pulled, spreads = np.full(len(first), np.nan), []
    for (year, criterion), these in _criterion_rounds(keys, ~hidden):
        model = random_intercept(figures.n[these], figures.mean[these], figures.sd[these])
        if model:
            pulled[these] = model.pulled(figures.mean[these], figures.n[these])
            spreads.append({"framework": framework.id, "year": year, "criterion": criterion, "tau": model.tau})

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


def _criterion_rounds(keys: pa.Table, shown: np.ndarray) -> Iterator[tuple[tuple[int, str], np.ndarray]]:
    """((year, criterion), the places of its shown cells), one a criterion-round that has any."""
    places = defaultdict(list)
    for place, key in enumerate(zip(keys["year"].to_pylist(), keys["criterion"].to_pylist(), strict=True)):
        if shown[place]:
            places[key].append(place)
    for key, found in places.items():
        yield key, np.array(found)


def _publish_areas(connection: duckdb.DuckDBPyConnection, hide_below: int) -> None:
    """Writes the areas of all frameworks from the cells written before."""
    _run(connection, "area_cell.sql", hide_below=hide_below)
    parts = connection.execute("select * from area_parts").to_arrow_table()

    def numbers(name: str) -> np.ndarray:
        return parts[name].cast(pa.float64()).to_numpy()

    followed, widest = numbers("followed_error"), numbers("widest_error")
    has_people = ~np.isnan(followed)
    error = np.where(has_people, followed, widest)
    people = np.where(has_people, numbers("respondents"), numbers("fewest"))
    low, high = mean_interval(numbers("mean"), error * np.sqrt(people), people)
    basis = np.where(np.isnan(error), None, np.where(has_people, "respondents", "bound"))
    names = ["framework", "year", "school_id", "area", "mean", "shown", "asked", "at_goal", "respondents"]
    areas = parts.select(names)
    for name, values in (("ci_low", low), ("ci_high", high)):
        areas = areas.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    areas = areas.append_column("interval_basis", pa.array(basis.tolist(), pa.string()))
    connection.register("areas", areas)
    connection.execute("insert into area_cell by name select * from areas")
    connection.unregister("areas")


def _run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: float) -> None:
    connection.execute((SQL / name).read_text("utf-8"), parameters)
