"""Publishing how sure each school's goal is, and what the next round may bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.disclosure import DISTRIBUTION_FROM
from analytics.maturity.methods.resampling import Resampled, resample_counts, resample_people
from analytics.maturity.publish.forecast import ForecastDraws
from analytics.model.frameworks import WHOLE, Framework

# One row a shown cell and a level that somebody answered.
COUNTS = """
    select cell.framework, cell.year, cell.school_id, criterion.position, level, answers
    from level_answers join cell using (framework, year, school_id, criterion)
    join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    where cell.status <> 'hidden' and level is not null
    order by all
"""

# One row an answer in a shown cell, of the rounds where people may be followed over the criteria.
ANSWERS = """
    select cell.framework, cell.year, cell.school_id, respondent, criterion.position, level
    from answers.answer as answer join cell using (framework, year, school_id, criterion)
    join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    join area_cell using (framework, year, school_id)
    where cell.status <> 'hidden' and level is not null and area_cell.area = ? and interval_basis = 'respondents'
    order by cell.framework, cell.year, cell.school_id, respondent
"""

CELL_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("criterion", pa.string()),
     ("ready", pa.float64())]
)  # fmt: skip
ROUND_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("ready", pa.float64()),
     ("ready_basis", pa.string())]
)  # fmt: skip

SchoolRoundKey = tuple[str, int, str]  # framework, year, school


def publish_readiness(
    connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], forecasts: ForecastDraws, on_step: Callable
) -> None:
    """Fills cell.ready and the temp table round_ready, and hands each round's resamples to `forecasts`."""
    by_id = {framework.id: framework for framework in frameworks}
    people = _people(connection, by_id)
    cells, rounds = [], []
    for key, counts in _counts(connection, by_id).items():
        framework = by_id[key[0]]
        asked, criteria = framework.criteria, np.flatnonzero(counts.sum(axis=1))
        found, followed = _resampled(key, framework, criteria, counts[criteria], people.get(key))
        met = found.meets(framework.goal)
        names = [asked[place].id for place in criteria]
        keys = dict(zip(("framework", "year", "school_id"), key, strict=True))
        # Of a few answers the share would tell more of who answered what than of how sure the criterion is.
        told = counts[criteria].sum(axis=1) >= DISTRIBUTION_FROM
        shares = zip(names, met.mean(axis=0).tolist(), told, strict=True)
        cells += [keys | {"criterion": c, "ready": share} for c, share, enough in shares if enough]
        basis = "respondents" if followed else "approximate"
        rounds.append(keys | {"ready": float(met.all(axis=1).mean()), "ready_basis": basis})
        forecasts.take(key, found.mean)
        on_step()
    connection.register("ready_cells", pa.Table.from_pylist(cells, CELL_READY))
    connection.execute(
        "update cell set ready = r.ready from ready_cells as r where r.framework = cell.framework"
        " and r.year = cell.year and r.school_id = cell.school_id and r.criterion = cell.criterion"
    )
    connection.unregister("ready_cells")
    connection.register("round_ready", pa.Table.from_pylist(rounds, ROUND_READY))


def _resampled(
    key: SchoolRoundKey, framework: Framework, criteria: np.ndarray, counts: np.ndarray, people: np.ndarray | None
) -> tuple[Resampled, bool]:
    """A round's resamples on its shown criteria, and whether people were followed over them."""
    name = "/".join(map(str, key))
    if people is not None and (np.isfinite(people).sum(axis=0)[criteria] == counts.sum(axis=1)).all():
        return resample_people(people[:, criteria], framework.goal, name), True
    return resample_counts(counts, np.array(framework.levels), framework.goal, name), False


def _counts(
    connection: duckdb.DuckDBPyConnection, frameworks: dict[str, Framework]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> its answers, a row a criterion and a column a level; only 0 in the rows that are hidden or not asked."""
    found: dict[SchoolRoundKey, np.ndarray] = {}
    for framework_id, year, school_id, position, level, answers in connection.execute(COUNTS).fetchall():
        framework = frameworks[framework_id]
        key = (framework_id, year, school_id)
        if key not in found:
            found[key] = np.zeros((len(framework.criteria), len(framework.levels)), dtype=np.int64)
        found[key][position, level - framework.scale_min] = answers
    return found


def _people(
    connection: duckdb.DuckDBPyConnection, frameworks: dict[str, Framework]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> levels, a row a person and a column a criterion, nan where none was given."""
    rows = connection.execute(ANSWERS, [WHOLE]).to_arrow_table()
    if not rows.num_rows:
        return {}
    key = [rows[name].combine_chunks().dictionary_encode() for name in ("framework", "school_id")]
    columns = [k.indices.to_numpy() for k in key] + [rows[name].to_numpy() for name in ("year", "respondent")]
    position, level = rows["position"].to_numpy(), rows["level"].to_numpy()
    starts = np.flatnonzero(np.any([np.diff(c, prepend=c[0] - 1) != 0 for c in columns[:3]], axis=0))
    found = {}
    for start, end in zip(starts, [*starts[1:], rows.num_rows], strict=True):
        framework_id, school_id = (k.dictionary[int(c[start])].as_py() for k, c in zip(key, columns, strict=False))
        _, person = np.unique(columns[3][start:end], return_inverse=True)
        levels = np.full((person.max() + 1, len(frameworks[framework_id].criteria)), np.nan)
        levels[person, position[start:end]] = level[start:end]
        found[framework_id, int(columns[2][start]), school_id] = levels
    return found
