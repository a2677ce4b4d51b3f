"""What was foretold of each round, and what is foretold of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from analytics.maturity.city import allow_city
from analytics.maturity.methods.prediction import may_be_foretold
from analytics.model.figures import Basis
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Forecast:
    """A round, foretold from the one before it: how many of the `schools` meet the goal on every criterion.

    `low`..`high` holds nine times in ten, if the model is right; `actual` is what came of it, None where that is yet to
    be. `moves`: how many moves of the city between two rounds it goes by. `basis`, a value of Basis: how it is known
    how people's answers go together.
    """

    framework: str
    year: int
    from_year: int
    schools: int
    expected: float
    low: int
    high: int
    actual: int | None
    moves: int
    basis: str

    @property
    def held(self) -> bool:
        """Whether what came lay in the range; asked of rounds that have been."""
        return self.actual is not None and self.low <= self.actual <= self.high

    @property
    def says_little(self) -> bool:
        """Whether the range is so wide that it says next to nothing: over half of the schools."""
        return self.high - self.low > self.schools / 2


def forecasts(view: View, viewer: Viewer, framework: str) -> tuple[Forecast, ...]:
    """Every round of the framework that was or is foretold, oldest first; of those that were, also by what is only
    assumed of how people's answers go together."""
    allow_city(viewer)
    sql = "select framework, year, from_year, schools, expected, low, high, actual, moves, basis from forecast"
    return view.records(Forecast, sql + " where framework = ? order by year", [framework])


def rests_on_few(view: View, viewer: Viewer, framework: str, year: int) -> bool:
    """Whether so many of the round's figures are of under twenty answers that nothing is foretold from them."""
    allow_city(viewer)
    sql = "select noise_n from cell where framework = ? and year = ? and mean is not null"
    return not may_be_foretold([n for (n,) in view.rows(sql, [framework, year])])


MISSES = 0.1  # of ranges that hold nine times in ten
BY_CHANCE = 0.05


def is_to_be_trusted(record: Sequence[Forecast]) -> bool:
    """Whether the ranges of rounds that have been held what came, so that the next one's is worth telling: in half of
    them or more, and in no fewer than chance explains of ranges that hold nine times in ten."""
    n, missed = len(record), sum(not found.held for found in record)
    at_least = sum(comb(n, k) * MISSES**k * (1 - MISSES) ** (n - k) for k in range(missed, n + 1))
    return 2 * missed <= n and at_least >= BY_CHANCE


def told(found: Sequence[Forecast]) -> tuple[Forecast, ...]:
    """Those that rest on people's answers, or on how they are known to go together."""
    return tuple(forecast for forecast in found if forecast.basis != Basis.ASSUMED)
