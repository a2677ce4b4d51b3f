"""Publishing how the trend would have done: a framework's last round, foretold from those before it, beside what came.

Held against it are the last value, which is what anybody would say who knows no better, and a straight line of each
school's own. What is foretold of a criterion is its smoothed level and pace; of an area and the whole the mean of that
over the criteria that are shown in both rounds, and so of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analytics.maturity.methods.lines import LEAST_ROUNDS
from analytics.maturity.methods.nesting import mean_of_known
from analytics.maturity.methods.trend import Trends, trends
from analytics.maturity.publish.kept import KeptFigures
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.together import Together
from analytics.maturity.publish.trends import TOGETHER, table_of
from analytics.model.figures import Layer
from analytics.model.frameworks import WHOLE, Framework

BACKTEST = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("rounds", pa.int32()), ("layer", pa.string()),
     ("figures", pa.int32()), ("trend", pa.float64()), ("last_value", pa.float64()), ("own_line", pa.float64())]
)  # fmt: skip


def backtest_tables(
    frameworks: Sequence[Framework], grids: dict[str, ShownRounds], together: dict[str, Together], kept: KeptFigures
) -> dict[str, pa.Table]:
    """The rows of trend_backtest, of every framework with three rounds or more."""
    rows = []
    for framework in frameworks:
        grid = grids[framework.id]
        if len(grid.years) < LEAST_ROUNDS:
            continue
        errors, areas = _errors(grid, together[framework.id].on(WHOLE, TOGETHER), kept)
        there = ~np.isnan(errors[0])
        named = framework.id, int(grid.years[-1]), len(grid.years) - 1
        layers = (
            (Layer.WHOLE, [mean_of_known(part, 0, keep=True) for part in errors]),
            (
                Layer.AREA,
                [np.stack([mean_of_known(part[areas == area], 0) for area in np.unique(areas)]) for part in errors],
            ),
            (Layer.CRITERION, errors),
        )
        if there.any():
            rows += [
                (*named, layer.value, int((~np.isnan(off[0])).sum()), *(float(np.nanmean(part**2)) for part in off))
                for layer, off in layers
            ]
    return {"trend_backtest": table_of(rows, BACKTEST)}


def _errors(grid: ShownRounds, together: float, kept: KeptFigures) -> tuple[list[np.ndarray], np.ndarray]:
    """How far the trend, the last value and each one's own line lay from the last round (criteria x schools, nan where
    not all three can be told: shown in it, in the round before and in one more), and each criterion's area."""
    mean, noise, years = grid.mean[..., :-1], grid.sure_noise()[..., :-1], grid.years[:-1]
    known = ~np.isnan(mean)
    asked = np.flatnonzero(known.any(axis=(1, 2)))
    _, area_of = np.unique([grid.areas.index(grid.criteria[at][0]) for at in asked], return_inverse=True)
    levels = grid.framework.levels
    thirds = (levels[-1] - levels[0]) / 3
    found = Trends(*kept.of(trends, mean[asked], noise[asked], years, area_of, together, thirds))
    ahead, first = grid.years[-1] - years[-1], 1 + area_of.max() + 1
    trend = (found.level[first:, :-1, -1] + ahead * found.pace[first:, :-1]).clip(levels[0], levels[-1])
    mean, known = mean[asked], known[asked]
    year = np.where(known, years, np.nan)
    centre, middle = (mean_of_known(part, 2, keep=True) for part in (year, mean))
    apart = np.where(known, years - centre, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (apart * np.where(known, mean - middle, 0.0)).sum(axis=2) / (apart**2).sum(axis=2)
    line = middle[..., 0] + slope * (grid.years[-1] - centre[..., 0])
    came = grid.mean[asked, :, -1]
    off = [told - came for told in (trend, mean[..., -1], line)]
    every = np.isfinite(off).all(axis=0)
    return [np.where(every, part, np.nan) for part in off], area_of
