"""Publishing what each round looked like beforehand, from the round before it, and what the next one looks like now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.methods.prediction import (
    DRAWS,
    LEAST_MOVES,
    RANGE,
    Drift,
    SchoolEstimate,
    drift,
    may_be_foretold,
    move,
    next_means,
    presents,
)
from analytics.maturity.methods.resampling import SEED
from analytics.maturity.publish.followed import SchoolRoundKey
from analytics.maturity.publish.kept import KeptFigures, digest_of
from analytics.maturity.publish.rows import put_in
from analytics.maturity.publish.shown import Figures, RoundKey
from analytics.maturity.rounds import lineage
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Framework

# One row a school-round that can be told: every criterion that was asked is shown, and so is whether it meets the goal.
TOLD = """
    select framework, year, school_id, bool_and(goal_met) from cell
    group by all having bool_and(goal_met is not null) order by all
"""

BASES = "select distinct framework, interval_basis from area_cell where area = ? and interval_basis is not null"

FORECAST = pa.schema(
    [("framework", pa.string()), ("year", pa.int16()), ("from_year", pa.int16()), ("schools", pa.int32()),
     ("expected", pa.float64()), ("low", pa.int32()), ("high", pa.int32()), ("actual", pa.int32()),
     ("moves", pa.int32()), ("basis", pa.string())]
)  # fmt: skip


class ForecastDraw:
    """A round that is foretold from the one before it: counts, draw by draw, the schools that would meet the goal."""

    def __init__(
        self,
        framework: Framework,
        year: int,
        after: int,
        drift: Drift,
        presents: dict[str, SchoolEstimate],
        assumed: float | None = None,
    ):
        self.framework, self.year, self.after, self.moves = framework, year, after, len(drift.moves)
        self._assumed = assumed
        self._drift, self._presents = drift, presents
        self._city = drift.of_city(np.random.default_rng([SEED, year]))
        self._met = np.zeros(DRAWS, dtype=np.int64)
        self._taken = 0
        self._digest, self._found = b"", None

    def is_known(self, rounds: Mapping[str, bytes], kept: KeptFigures) -> bool:
        """Whether it was drawn before; `rounds`: school -> the digest of what its resamples are made of. They are taken
        in this order, each with a chance of its own. Where schools do not differ all is the same but which of a round's
        resamples are taken, which goes by what is `assumed`."""
        drift = self._drift.moves, self._drift.school_sd, self._drift.criterion_sd, self._drift.usual
        schools = [
            (digest, present.mean, present.stands, float(present.level_weight), present.weight)
            for school_id, digest in rounds.items()
            if (present := self._presents.get(school_id))
        ]
        self._digest = digest_of("forecast", self.framework.goal.level, self.year, drift, schools, self._assumed)
        self._found = kept.known(self._digest)
        return self._found is not None

    def take(self, school_id: str, resampled: np.ndarray) -> None:
        """A school's means in each resample of the round (a row each), a column a criterion that was asked."""
        if self._found is None and (present := self._presents.get(school_id)):
            self._taken += 1
            rng = np.random.default_rng([SEED, self.year, self._taken])
            means = next_means(present, self._drift, resampled, self._city, rng)
            self._met += (means >= self.framework.goal.level).all(axis=1)

    def row(self, met: dict[str, bool] | None, kept: KeptFigures) -> dict:
        """A row of the table; `met`: who met the goal in the round that was foretold, if it has been."""
        if self._found is None:
            low, high = np.quantile(self._met, RANGE, method="nearest")
            self._found = kept.keep(self._digest, (np.array([self._met.mean(), low, high]),))
        expected, low, high = self._found[0].tolist()
        return {
            "framework": self.framework.id,
            "year": self.after,
            "from_year": self.year,
            "schools": len(self._presents),
            "expected": expected,
            "low": int(low),
            "high": int(high),
            "actual": None if met is None else sum(met[school] for school in self._presents),
            "moves": self.moves,
        }


class ForecastDraws:
    """What is foretold of every round that has one before it in its framework, and of the round after the last one.

    A framework whose goal is no mean is left out (moves of means say nothing of medians and shares), and so is the
    round after the last where another framework has come instead.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        frameworks: Sequence[Framework],
        figures: dict[str, Figures],
        assumed: float | None = None,
    ):
        """`assumed`: as what it is assumed how people's answers go together, where `figures` assume it otherwise than
        what is published."""
        self._assumed = assumed
        self._met: dict[RoundKey, dict[str, bool]] = defaultdict(dict)
        for framework, year, school_id, met in connection.execute(TOLD).fetchall():
            self._met[framework, year][school_id] = met
        years = defaultdict(list)
        for framework, year in connection.execute("select distinct framework, year from cell order by all").fetchall():
            years[framework].append(year)
        self._years = years
        replaced = {framework.previous for framework in frameworks if years[framework.id]}
        steps = [(f, step) for f in frameworks for step in pairwise(years[f.id])]
        moves = {(f.id, after): move((f.id, before), (f.id, after), figures) for f, (before, after) in steps}
        self._forecasts: dict[RoundKey, ForecastDraw] = {}
        for framework in frameworks:
            own = years[framework.id]
            if not own or framework.goal.statistic != "mean":
                continue
            chain = {older.id for older in lineage(frameworks, framework.id) if older.levels == framework.levels}
            ahead = [] if framework.id in replaced else [own[-1] + (own[-1] - own[-2] if len(own) > 1 else 1)]
            for year, after in pairwise([*own, *ahead]):
                known = [m for (id_, to), m in moves.items() if m and id_ in chain and to <= year]
                thirds = (framework.levels[-1] - framework.levels[0]) / 3
                self._add(framework, year, after, drift(known, thirds), figures)

    def _add(
        self, framework: Framework, year: int, after: int, drift: Drift | None, figures: dict[str, Figures]
    ) -> None:
        round_ = (framework.id, year)
        told = sorted(self._met[round_])
        if after in self._years[framework.id]:
            told = [school_id for school_id in told if school_id in self._met[framework.id, after]]
        if drift is None or len(told) < 2:
            return
        order = {criterion.id: place for place, criterion in enumerate(framework.criteria)}
        things = sorted({t for s in told for t in figures[s][round_] if t[1]}, key=lambda thing: order[thing[1]])
        told = [school_id for school_id in told if all(thing in figures[school_id][round_] for thing in things)]
        starts = [figures[school_id][round_][thing].n for school_id in told for thing in things]
        if len(told) > 1 and may_be_foretold(starts):
            found = dict(zip(told, presents([figures[s] for s in told], round_, things), strict=True))
            self._forecasts[round_] = ForecastDraw(framework, year, after, drift, found, self._assumed)

    def to_be_drawn_from(self, rounds: Mapping[SchoolRoundKey, bytes], kept: KeptFigures) -> set[SchoolRoundKey]:
        """The rounds whose resamples it needs, as a forecast is not known from before. `rounds`: all that there are,
        with the digest of what their resamples are made of."""
        of_rounds: dict[RoundKey, dict[str, bytes]] = defaultdict(dict)
        for (framework, year, school_id), digest in rounds.items():
            of_rounds[framework, year][school_id] = digest
        drawn = {round_ for round_, each in self._forecasts.items() if not each.is_known(of_rounds[round_], kept)}
        return {key for key in rounds if key[:2] in drawn}

    def take(self, key: SchoolRoundKey, resampled: np.ndarray) -> None:
        """A school's round, resampled."""
        if forecast := self._forecasts.get(key[:2]):
            forecast.take(key[2], resampled)

    def rows(self, kept: KeptFigures) -> dict[RoundKey, dict]:
        """What the draws came to, by the round that is foretold."""
        found = {}
        for forecast in self._forecasts.values():
            round_ = forecast.framework.id, forecast.after
            found[round_] = forecast.row(self._met[round_] if forecast.after in self._years[round_[0]] else None, kept)
        return found


def write_forecasts(
    connection: duckdb.DuckDBPyConnection, forecasts: Sequence[ForecastDraws], kept: KeptFigures
) -> None:
    """Writes what the draws came to; where some of `forecasts` assume otherwise how people's answers go together, a
    range that holds them all. By that, or by too few moves, nothing is told of a round that has not been: the model is
    only tried on those that have."""
    bases: dict[str, list[str]] = defaultdict(list)
    for framework, basis in connection.execute(BASES, [WHOLE]).fetchall():
        bases[framework].append(basis)
    found, rows = [each.rows(kept) for each in forecasts], []
    for round_, row in found[0].items():
        every = [each[round_] for each in found if round_ in each]
        row["basis"] = max(bases[round_[0]], key=[basis.value for basis in Basis].index)
        row |= {"low": min(each["low"] for each in every), "high": max(each["high"] for each in every)}
        row["expected"] = float(np.mean([each["expected"] for each in every]))
        if row["actual"] is not None or (row["basis"] != Basis.ASSUMED and row["moves"] >= LEAST_MOVES):
            rows.append(row)
    rows.sort(key=lambda row: (row["framework"], row["year"]))
    put_in(connection, "forecast", pa.Table.from_pylist(rows, FORECAST))
