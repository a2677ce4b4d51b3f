"""What was foretold of each round, and what is foretold of the next."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.maturity.city import allow_city
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Forecast:
    """A round, foretold from the one before it: how many of the `schools` meet the goal on every criterion.

    `low`..`high` holds nine times in ten, if the model is right; `actual` is what came of it, None where that is yet to
    be. `moves`: how many moves of the city between two rounds it goes by.
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

    @property
    def held(self) -> bool:
        """Whether what came lay in the range; asked of rounds that have been."""
        return self.actual is not None and self.low <= self.actual <= self.high

    @property
    def says_little(self) -> bool:
        """Whether the range is so wide that it says next to nothing: over half of the schools."""
        return self.high - self.low > self.schools / 2


def forecasts(view: View, viewer: Viewer, framework: str) -> tuple[Forecast, ...]:
    """Every round of the framework that was or is foretold, oldest first."""
    allow_city(viewer)
    sql = "select framework, year, from_year, schools, expected, low, high, actual, moves from forecast"
    return view.records(Forecast, sql + " where framework = ? order by year", [framework])
