"""How many schools will be at the goal: what happened, what would have been foreseen, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.ribbon import Era


@dataclass(frozen=True, slots=True)
class ForecastRound:
    """A round: the number of schools at the goal, of how many, and the forecast made before it.

    `actual` is None for the round to come; `low`, `high` and `expected` are None where no forecast was possible.
    `text` is written at the round's mark ("12", "14–21"); without it nothing is written.
    """

    year: int
    actual: int | None
    low: int | None
    high: int | None
    expected: int | None
    of: int
    hover: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ForecastNames:
    """What the marks are called: the dots, the pale bars behind them, the bar of the round to come."""

    actual: str
    earlier: str
    ahead: str


def forecast(
    rounds: Sequence[ForecastRound], language: str, *, names: ForecastNames, eras: Sequence[Era] = ()
) -> go.Figure:
    """Rounds by year: dots in front of pale bars, the next round as a stronger bar. The y axis starts at 0."""
    raise NotImplementedError
