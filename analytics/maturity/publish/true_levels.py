"""Publishing whether schools are at the goal in truth: the chance of it, by what is shown of them and of the city."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.resampling import SEED
from analytics.maturity.methods.together import ASSUMED
from analytics.maturity.methods.true_levels import TrueLevels
from analytics.maturity.publish.kept import Arrays, KeptFigures
from analytics.maturity.publish.readiness import SHARE
from analytics.maturity.publish.shown import Figures, ShownMean
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.together import Together
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present

# One row a shown cell of a framework whose goal is a share, or a median: more than half at it.
SHARES = f"""
    select school_id, year, area, criterion, noise_n, {SHARE} as share from cell
    where framework = ? and share is not null order by all
"""
KEYS = [("framework", pa.string()), ("year", pa.int16()), ("school_id", pa.string())]
CELL_THERE = pa.schema([*KEYS, ("criterion", pa.string()), ("there", pa.float64())])
ROUND_THERE = pa.schema([*KEYS, *((name, pa.float64()) for name in ("there", "there_low", "there_high"))])


def goal_grids(
    connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], grids: dict[str, ShownRounds]
) -> dict[str, ShownRounds]:
    """By framework what its goal is about: the means that are shown, or the shares."""
    return {
        framework.id: grids[framework.id]
        if framework.goal.statistic == "mean"
        else ShownRounds(framework, _shares(connection, framework))
        for framework in frameworks
    }


def true_level_tables(
    frameworks: Sequence[Framework], grids: dict[str, ShownRounds], together: dict[str, Together], kept: KeptFigures
) -> tuple[pa.Table, pa.Table]:
    """The chances that schools truly are at the goal, of `goal_grids`: of each cell, and of each school-round."""
    cells, rounds = [CELL_THERE.empty_table()], [ROUND_THERE.empty_table()]
    for framework in frameworks:
        grid = grids[framework.id]
        noise, of = grid.noise(), together[framework.id]
        correlations = ASSUMED if of.basis is Basis.ASSUMED else (of.on(WHOLE, ASSUMED[1]),)
        for place, year in enumerate(grid.years.astype(int).tolist()):
            names = framework.id, year
            mean, noise_then = grid.mean[..., place], noise[..., place]
            asked, shown = (np.flatnonzero((~np.isnan(mean)).any(axis=axis)) for axis in (1, 0))
            if not len(shown):
                continue
            _, area_of = np.unique([grid.areas.index(grid.criteria[at][0]) for at in asked], return_inverse=True)
            schools, criteria = [grid.schools[at] for at in shown], [grid.criteria[at][1] for at in asked]
            these, level = np.ix_(asked, shown), _there_from(framework)
            found = [
                kept.of(_chances, mean[these], noise_then[these], area_of, level, names, schools, each)[0]
                for each in correlations
            ]
            every = np.mean(found, axis=0)
            low, high = np.min(found, axis=0)[:, 0], np.max(found, axis=0)[:, 0]
            told = ~np.isnan(every[:, 1:])
            school, criterion = np.nonzero(told)
            of_cells = pa.array(schools).take(pa.array(school)), pa.array(criteria).take(pa.array(criterion))
            cells.append(_table(CELL_THERE, *names, *of_cells, every[:, 1:][told]))
            rounds.append(_table(ROUND_THERE, *names, pa.array(schools), every[:, 0], low, high))
    return pa.concat_tables(cells), pa.concat_tables(rounds)


def _table(schema: pa.Schema, framework: str, year: int, *columns: pa.Array | np.ndarray) -> pa.Table:
    """Rows of a round."""
    keys = pa.array([framework]), pa.array([year], pa.int16())
    rows = np.zeros(len(columns[0]), dtype=int)
    return pa.table([*(key.take(pa.array(rows)) for key in keys), *(pa.array(column) for column in columns)], schema)


def _there_from(framework: Framework) -> float:
    """From which mean, or share, on the goal is reached."""
    goal = framework.goal
    # A median reaches the goal where more than half do.
    return goal.level if goal.statistic == "mean" else present(goal.share) if goal.share else 1 / 2


def _chances(
    mean: np.ndarray,
    noise: np.ndarray,
    area_of: np.ndarray,
    level: float,
    names: tuple[str, int],
    schools: Sequence[str],
    together: float,
) -> Arrays:
    """Of each school that is shown in a round, a row each: the chance that it is at the goal (its `level`) on all that
    it shows, and on each of the criteria (nan where it is not shown)."""
    model, shown = TrueLevels(mean, noise, area_of, together, _generator(*names)), ~np.isnan(mean)
    chances = np.full((len(schools), 1 + len(mean)), np.nan)
    for number, school_id in enumerate(schools):
        there = model.drawn(number, _generator(*names, school_id)) >= level
        chances[number, 0] = there.all(axis=1).mean()
        chances[number, 1:][shown[:, number]] = there.sum(axis=0, dtype=np.int16) / len(there)
    return (chances,)


def _shares(connection: duckdb.DuckDBPyConnection, framework: Framework) -> dict[str, Figures]:
    """Shares at the goal, told as means of answers that are 0 or 1."""
    found: dict[str, Figures] = {}
    for school_id, year, area, criterion, n, share in connection.execute(SHARES, [framework.id]).fetchall():
        spread = ShownMean(share, np.sqrt(share * (1 - share) * n / (n - 1)), n, n)
        found.setdefault(school_id, {}).setdefault((framework.id, year), {})[area, criterion] = spread
    return found


def _generator(*names: object) -> np.random.Generator:
    return np.random.default_rng([SEED, zlib.crc32("/".join(map(str, names)).encode())])
