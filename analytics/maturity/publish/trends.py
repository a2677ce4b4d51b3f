"""Publishing trends: from the third round of a framework on, a pace and a smoothed level for every school and the city.

Made from what is shown and nothing else: a school with hidden cells has fewer figures to tell a pace from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analytics.maturity.methods.lines import LEAST_ROUNDS
from analytics.maturity.methods.trend import Trends, trends
from analytics.maturity.publish.kept import KeptFigures
from analytics.maturity.publish.shown_rounds import ShownRounds
from analytics.maturity.publish.together import Together
from analytics.model.figures import CITY, BesideCity, TrendStatus
from analytics.model.frameworks import WHOLE, Framework

TOGETHER = 0.35
"""The correlation of a person's answers over criteria where nobody's can be followed: the middle of what is assumed.
What is too much or too little of it is taken up by how far schools are found to move from round to round."""

BESIDE = {-1: BesideCity.SLOWER, 0: BesideCity.CANNOT_TELL, 1: BesideCity.FASTER}

NAMES = ["framework", "school_id", "area", "criterion"]
TREND = pa.schema(
    [(name, pa.string()) for name in NAMES]
    + [("rounds", pa.int32()), ("first_year", pa.int16()), ("last_year", pa.int16())]
    + [(name, pa.float64()) for name in ("level", "pace", "pace_low", "pace_high", "direction_sure")]
    + [("beside_city", pa.string()), ("status", pa.string())]
)
TREND_LEVEL = pa.schema([(name, pa.string()) for name in NAMES] + [("year", pa.int16()), ("level", pa.float64())])


def trend_tables(
    frameworks: Sequence[Framework], grids: dict[str, ShownRounds], together: dict[str, Together], kept: KeptFigures
) -> dict[str, pa.Table]:
    """The rows of trend and trend_level, from what is shown of each framework."""
    rows, levels = [], []
    for framework in frameworks:
        grid = grids[framework.id]
        if len(grid.years) >= LEAST_ROUNDS:
            told = trends_of(grid, together[framework.id].on(WHOLE, TOGETHER), kept)
            rows += _rows(grid, told)
            levels += _levels(grid, told)
    return {"trend": table_of(rows, TREND), "trend_level": table_of(levels, TREND_LEVEL)}


def table_of(rows: Sequence[tuple], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


def trends_of(grid: ShownRounds, together: float, kept: KeptFigures) -> Trends:
    """Of the framework's schools, the city last."""
    area_of = np.array([grid.areas.index(area) for area, _ in grid.criteria])
    levels = grid.framework.levels
    thirds = (levels[-1] - levels[0]) / 3
    return Trends(*kept.of(trends, grid.mean, grid.sure_noise(), grid.years, area_of, together, thirds))


def _rows(grid: ShownRounds, told: Trends) -> list[tuple]:
    """Of the table trend."""
    low, high = grid.framework.levels[0], grid.framework.levels[-1]
    rounds, half, sure, side = told.rounds, told.half, told.sure, told.side
    level, known = np.clip(told.level, low, high), grid.pace_is_known()
    found = []
    for number, school_id in enumerate([*grid.schools, CITY]):
        for row, (area, criterion) in enumerate(grid.things):
            if not rounds[row, number]:
                continue
            there = np.flatnonzero(told.there[row, number])
            key = grid.framework.id, school_id, area, criterion, int(rounds[row, number])
            span = int(grid.years[there[0]]), int(grid.years[there[-1]]), float(level[row, number, there[-1]])
            if rounds[row, number] < LEAST_ROUNDS or not known[row, number]:
                why = TrendStatus.TOO_FEW_ROUNDS if rounds[row, number] < LEAST_ROUNDS else TrendStatus.TOO_FEW_ANSWERS
                found.append((*key, *span, None, None, None, None, None, why.value))
                continue
            pace, reach = float(told.pace[row, number]), float(half[row, number])
            beside = BESIDE[int(side[row, number])].value if school_id != CITY else None
            figures = pace, pace - reach, pace + reach, float(sure[row, number]), beside
            found.append((*key, *span, *figures, TrendStatus.OK.value))
    return found


def _levels(grid: ShownRounds, told: Trends) -> list[tuple]:
    """Of the table trend_level: of each round that is shown."""
    level = np.clip(told.level, grid.framework.levels[0], grid.framework.levels[-1])
    return [
        (grid.framework.id, school_id, area, criterion, int(grid.years[at]), float(level[row, number, at]))
        for number, school_id in enumerate([*grid.schools, CITY])
        for row, (area, criterion) in enumerate(grid.things)
        for at in np.flatnonzero(told.there[row, number])
    ]
