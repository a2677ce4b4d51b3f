"""How the trend would have done on a framework's last round, from the rounds before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from analytics.maturity.city import allow_city
from analytics.model.figures import Layer
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class TrendBacktest:
    """A layer's `figures` in the last round (`year`), foretold from the `rounds` before it: mean squared errors of the
    trend, of the value in the round before, and of a straight line through each one's own rounds; in levels squared."""

    framework: str
    year: int
    rounds: int
    layer: Layer
    figures: int
    trend: float
    last_value: float
    own_line: float

    @property
    def typical(self) -> tuple[float, float, float]:
        """The errors' root mean squares, in levels."""
        return sqrt(self.trend), sqrt(self.last_value), sqrt(self.own_line)


def trend_backtests(view: View, viewer: Viewer, framework: str) -> tuple[TrendBacktest, ...]:
    """The whole, the areas and the criteria; empty for a framework of fewer than three rounds."""
    allow_city(viewer)
    sql = "select framework, year, rounds, layer, figures, trend, last_value, own_line from trend_backtest"
    found = view.records(TrendBacktest, sql + " where framework = ?", [framework])
    order = list(Layer)
    return tuple(
        sorted((replace(row, layer=Layer(row.layer)) for row in found), key=lambda row: order.index(row.layer))
    )
