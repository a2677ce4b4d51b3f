"""Publishing whether a new round would show each school at the goal, and what the next round may bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.disclosure import FEW_BELOW
from analytics.maturity.methods.resampling import Resampled, Resampler
from analytics.maturity.methods.together import ASSUMED
from analytics.maturity.methods.typical import typical_answers, with_share
from analytics.maturity.publish.forecast import ForecastDraws
from analytics.maturity.publish.together import Together
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework

# One row a shown cell whose answers may be told.
COUNTS = """
    select cell.framework, cell.year, cell.school_id, criterion.position, levels
    from cell join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    where levels is not null order by cell.framework, cell.year, cell.school_id
"""

# Of the answers at the goal, as near as it is told.
SHARE = """
    case share_bound when 'at_most' then share_at_goal / 2 when 'at_least' then (1 + share_at_goal) / 2
        else coalesce(share_at_goal, case share_band when 'below_half' then 0.2 when 'about_half' then 0.5
            when 'above_half' then 0.8 end) end"""

# One row a shown cell of under twenty answers, as it is told.
SMALL = f"""
    select cell.year, cell.school_id, criterion.position, mean, noise_sd, noise_n,
        {SHARE} as share
    from cell join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
    where cell.framework = ? and levels is null and mean is not null order by all
"""

# One row a round where people may be followed over the criteria, in the order of their `place`.
FOLLOWED = """
    select framework, year, school_id, row_number() over (order by framework, year, school_id) - 1 as place
    from area_cell where area = $area and interval_basis = 'respondents' order by place
"""

# One row an answer of those rounds, in no order.
ANSWERS = f"""
    with followed as ({FOLLOWED}), shown as (
        select framework, year, school_id, cell.criterion, place, position
        from followed join cell using (framework, year, school_id)
        join criterion on criterion.framework = cell.framework and criterion.id = cell.criterion
        where levels is not null
    )
    select place, respondent, position, level
    from answers.answer join shown using (framework, year, school_id, criterion) where level is not null
"""

CELL_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("criterion", pa.string()),
     ("ready", pa.float64())]
)  # fmt: skip
ROUND_READY = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string()), ("ready", pa.float64()),
     ("ready_low", pa.float64()), ("ready_high", pa.float64()), ("ready_basis", pa.string())]
)  # fmt: skip

SchoolRoundKey = tuple[str, int, str]  # framework, year, school


def publish_readiness(
    connection: duckdb.DuckDBPyConnection,
    frameworks: Sequence[Framework],
    together: dict[str, Together],
    forecasts: Sequence[ForecastDraws],
    on_step: Callable,
) -> None:
    """Registers the cells' shares as `cell_ready` and each school-round's as `round_ready`, and hands its resamples to
    `forecasts`: where it is assumed how answers go together there are two, the most and the least of it."""
    by_id = {framework.id: framework for framework in frameworks}
    people, resampler = _people(connection, by_id), Resampler()
    cells, rounds = [], []
    for key, counts in _counts(connection, by_id).items():
        framework = by_id[key[0]]
        asked, criteria = framework.criteria, np.flatnonzero(counts.sum(axis=1))
        found, basis = _resampled(resampler, key, framework, criteria, counts[criteria], people.get(key), together)
        met = [each.meets(framework.goal) for each in found]
        names = [asked[place].id for place in criteria]
        # Of a few answers the share would tell more of who answered what than of how sure the criterion is.
        told = np.rint(counts[criteria].sum(axis=1)) >= FEW_BELOW
        shares = zip(names, np.mean([each.mean(axis=0) for each in met], axis=0).tolist(), told, strict=True)
        cells += [(*key, criterion, share) for criterion, share, enough in shares if enough]
        every = [float(each.all(axis=1).mean()) for each in met]
        rounds.append((*key, float(np.mean(every)), min(every), max(every), basis.value))
        for forecast, each in zip(forecasts, [*found, found[0]], strict=False):
            forecast.take(key, each.mean)
        on_step()
    connection.register("cell_ready", _table(cells, CELL_READY))
    connection.register("round_ready", _table(rounds, ROUND_READY))


def _table(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    """Rows in the order of the schema's columns."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def _resampled(
    resampler: Resampler,
    key: SchoolRoundKey,
    framework: Framework,
    criteria: np.ndarray,
    counts: np.ndarray,
    people: np.ndarray | None,
    together: dict[str, Together],
) -> tuple[list[Resampled], Basis]:
    """A round's resamples on its shown criteria, and how it is known how people's answers on them go together; where
    that is assumed, with the most and with the least of it."""
    name, goal, levels = "/".join(map(str, key)), framework.goal, np.array(framework.levels)
    if people is not None and (np.isfinite(people).sum(axis=0)[criteria] == counts.sum(axis=1)).all():
        return [resampler.people(people[:, criteria], goal, name)], Basis.RESPONDENTS
    if len(criteria) == 1:
        return [resampler.counts(counts, levels, goal, 0.0, name)], Basis.RESPONDENTS
    of = together[framework.id]
    correlations = ASSUMED[::-1] if of.basis is Basis.ASSUMED else (of.on(WHOLE, ASSUMED[1]),)
    return [resampler.counts(counts, levels, goal, each, name) for each in correlations], of.basis


def _counts(
    connection: duckdb.DuckDBPyConnection, frameworks: dict[str, Framework]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> its answers, a row a criterion and a column a level; only 0 in the rows that are hidden or not asked. Of
    under twenty answers they are such as have what is told of them, and no whole numbers."""
    found: dict[SchoolRoundKey, np.ndarray] = {}

    def of_round(framework: Framework, year: int, school_id: str) -> np.ndarray:
        key = (framework.id, year, school_id)
        if key not in found:
            found[key] = np.zeros((len(framework.criteria), len(framework.levels)))
        return found[key]

    for framework_id, year, school_id, position, levels in connection.execute(COUNTS).fetchall():
        of_round(frameworks[framework_id], year, school_id)[position] = levels
    for framework in frameworks.values():
        small = connection.execute(SMALL, [framework.id]).fetchall()
        for (year, school_id, position, *_), answers in zip(small, _typical(framework, small), strict=True):
            of_round(framework, year, school_id)[position] = answers
    return dict(sorted(found.items()))


def _typical(framework: Framework, small: list[tuple]) -> np.ndarray:
    """Answers per level, a row a cell."""
    levels = np.array(framework.levels)
    mean, sd, n, share = np.array([row[3:] for row in small], dtype=float).reshape(-1, 4).T
    means, same = np.unique(np.stack([mean, sd], axis=1), axis=0, return_inverse=True)
    chances = typical_answers(means[:, 0], means[:, 1], levels)[same.ravel()]
    if framework.goal.statistic != "mean":
        chances = with_share(chances, levels >= framework.goal.level, share)
    return chances * n[:, None]


def _people(
    connection: duckdb.DuckDBPyConnection, frameworks: dict[str, Framework]
) -> dict[SchoolRoundKey, np.ndarray]:
    """round -> levels, a row a person and a column a criterion, nan where none was given."""
    rounds = [tuple(row[:3]) for row in connection.execute(FOLLOWED, {"area": WHOLE}).fetchall()]
    if not rounds:
        return {}
    rows = connection.execute(ANSWERS, {"area": WHOLE}).to_arrow_table()
    place, respondent, position, level = (rows[name].to_numpy() for name in rows.column_names)
    of_round = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place, minlength=len(rounds)))
    found = {}
    for key, these in zip(rounds, np.split(of_round, ends[:-1]), strict=True):
        people, person = np.unique(respondent[these], return_inverse=True)
        levels = np.full((len(people), len(frameworks[key[0]].criteria)), np.nan)
        levels[person, position[these]] = level[these]
        found[key] = levels
    return found
