"""Publishing trends: from the third round of a framework on, a pace and a smoothed level for every school and the city.

Made from what is shown and nothing else: a school with hidden cells has fewer figures to tell a pace from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.lines import LEAST_ROUNDS
from analytics.maturity.methods.trend import Trends, trends
from analytics.maturity.publish.shown import Figures, RoundKey, Thing
from analytics.model.figures import CITY, BesideCity, TrendStatus
from analytics.model.frameworks import WHOLE, Framework

TOGETHER = 0.35
"""The correlation of a person's answers over criteria where nobody's can be followed: the middle of 0.2-0.5. What is
too much or too little of it is taken up by how far schools are found to move from round to round."""
LEAST_NOISE = 1e-4  # the square of a standard error: even where all in the city answer alike there is some

BESIDE = {-1: BesideCity.SLOWER, 0: BesideCity.CANNOT_TELL, 1: BesideCity.FASTER}

NAMES = ["framework", "school_id", "area", "criterion"]
TREND = pa.schema(
    [(name, pa.string()) for name in NAMES]
    + [("rounds", pa.int32()), ("first_year", pa.int16()), ("last_year", pa.int16())]
    + [(name, pa.float64()) for name in ("level", "pace", "pace_low", "pace_high", "direction_sure")]
    + [("beside_city", pa.string()), ("status", pa.string())]
)
TREND_LEVEL = pa.schema([(name, pa.string()) for name in NAMES] + [("year", pa.int16()), ("level", pa.float64())])


def publish_trends(
    connection: duckdb.DuckDBPyConnection, frameworks: Sequence[Framework], figures: dict[str, Figures]
) -> None:
    """Writes trend and trend_level from what is shown."""
    together = people_together(figures)
    rows, levels = [], []
    for framework in frameworks:
        grid = ShownRounds(framework, figures)
        if len(grid.years) >= LEAST_ROUNDS:
            told = grid.trends(together.get(framework.id, together.get("", TOGETHER)))
            rows += grid.rows(told)
            levels += grid.levels(told)
    for table, schema, found in (("trend", TREND, rows), ("trend_level", TREND_LEVEL, levels)):
        columns = list(zip(*found, strict=True)) or [()] * len(schema)
        made = pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)
        connection.register("trends", made)
        connection.execute(f"insert into {table} by name select * from trends")
        connection.unregister("trends")


def people_together(figures: dict[str, Figures]) -> dict[str, float]:
    """How a person's answers on the criteria of a framework go together (a correlation), from the rounds in which
    people are followed; '': over all frameworks that have any."""
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    for (framework, _), round_ in _rounds(figures):
        whole = round_.get((WHOLE, ""))
        errors = np.sqrt([figure.noise for (_, criterion), figure in round_.items() if criterion])
        if whole is None or whole.counted is None or len(errors) < 2 or not np.isfinite([*errors, whole.noise]).all():
            continue
        alone = (errors**2).sum()
        found = np.array([len(errors) ** 2 * whole.noise - alone, errors.sum() ** 2 - alone])
        sums[framework] += found
        sums[""] += found
    return {id_: float(np.clip(more / most, 0.0, 0.95)) for id_, (more, most) in sums.items() if most > 0}


def _rounds(figures: dict[str, Figures]) -> Iterable[tuple[RoundKey, dict]]:
    for school_id in sorted(figures):
        yield from sorted(figures[school_id].items())


class ShownRounds:
    """What is shown of a framework, as criteria x schools x rounds."""

    def __init__(self, framework: Framework, figures: dict[str, Figures]):
        self.framework = framework
        shown = {
            (school_id, year): {thing: figure for thing, figure in things.items() if thing[1]}
            for school_id, rounds in figures.items()
            for (id_, year), things in rounds.items()
            if id_ == framework.id
        }
        told = {thing for things in shown.values() for thing in things}
        self.years = np.array(sorted({year for (_, year), things in shown.items() if things}), dtype=float)
        self.schools = sorted({school_id for (school_id, _), things in shown.items() if things})
        self.criteria: list[Thing] = [(c.area, c.id) for c in framework.criteria if (c.area, c.id) in told]
        self.areas = list(dict.fromkeys(area for area, _ in self.criteria))
        self.things: list[Thing] = [(WHOLE, ""), *((area, "") for area in self.areas), *self.criteria]
        self.mean, self.sd, self.n = np.full((3, len(self.criteria), len(self.schools), len(self.years)), np.nan)
        place = {thing: number for number, thing in enumerate(self.criteria)}
        school = {school_id: number for number, school_id in enumerate(self.schools)}
        round_ = {year: number for number, year in enumerate(self.years)}
        for (school_id, year), things in shown.items():
            for thing, figure in things.items():
                at = place[thing], school[school_id], round_[year]
                self.mean[at], self.sd[at], self.n[at] = figure.mean, figure.sd, figure.n

    def trends(self, together: float) -> Trends:
        """Of the framework's schools, the city last."""
        area_of = np.array([self.areas.index(area) for area, _ in self.criteria])
        levels = self.framework.levels
        return trends(self.mean, self.noise(), self.years, area_of, together, (levels[-1] - levels[0]) / 3)

    def noise(self) -> np.ndarray:
        """The squares of the means' standard errors. A few answers tell little of their own spread, and those at the
        end of the scale too small a one: it is taken together with as much as ten answers would tell of the city's."""
        variance, freedom = self.sd**2, np.maximum(self.n - 1, 0)
        known = ~np.isnan(variance)
        sums = np.where(known, variance * freedom, 0.0).sum(axis=1, keepdims=True)
        answers = np.where(known, freedom, 0.0).sum(axis=1, keepdims=True)
        city = np.divide(sums, answers, out=np.zeros_like(sums), where=answers > 0)
        own = np.where(known, variance * freedom, 0.0)
        return np.where(
            np.isnan(self.mean),
            np.nan,
            np.maximum((own + 10 * city) / (np.where(known, freedom, 0) + 10) / self.n, LEAST_NOISE),
        )

    def rows(self, told: Trends) -> list[tuple]:
        """Of the table trend."""
        low, high = self.framework.levels[0], self.framework.levels[-1]
        rounds, half, sure, side = told.rounds, told.half, told.sure, told.side
        level = np.clip(told.level, low, high)
        found = []
        for number, school_id in enumerate([*self.schools, CITY]):
            for row, (area, criterion) in enumerate(self.things):
                if not rounds[row, number]:
                    continue
                there = np.flatnonzero(told.there[row, number])
                key = self.framework.id, school_id, area, criterion, int(rounds[row, number])
                span = int(self.years[there[0]]), int(self.years[there[-1]]), float(level[row, number, there[-1]])
                if rounds[row, number] < LEAST_ROUNDS:
                    found.append((*key, *span, None, None, None, None, None, TrendStatus.TOO_FEW_ROUNDS.value))
                    continue
                pace, reach = float(told.pace[row, number]), float(half[row, number])
                beside = BESIDE[int(side[row, number])].value if school_id != CITY else None
                figures = pace, pace - reach, pace + reach, float(sure[row, number]), beside
                found.append((*key, *span, *figures, TrendStatus.OK.value))
        return found

    def levels(self, told: Trends) -> list[tuple]:
        """Of the table trend_level: of each round that is shown."""
        level = np.clip(told.level, self.framework.levels[0], self.framework.levels[-1])
        return [
            (self.framework.id, school_id, area, criterion, int(self.years[at]), float(level[row, number, at]))
            for number, school_id in enumerate([*self.schools, CITY])
            for row, (area, criterion) in enumerate(self.things)
            for at in np.flatnonzero(told.there[row, number])
        ]
