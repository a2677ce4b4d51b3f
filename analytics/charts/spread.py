"""Do the schools grow more alike: their P10-P90 over the years, and under it the spread that is not noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.ribbon import Era
from analytics.charts.style import LevelAxis


@dataclass(frozen=True, slots=True)
class SpreadYear:
    """A round: P10, mean and P90 of the schools, and tau (their standard deviation without noise) with its interval.

    A figure that does not exist is None and is not drawn.
    """

    year: int
    p10: float | None
    mean: float | None
    p90: float | None
    tau: float | None
    tau_low: float | None
    tau_high: float | None
    hover: str


@dataclass(frozen=True, slots=True)
class SpreadNames:
    """What the two panels show, in a few words each."""

    top: str
    bottom: str


def spread(
    pieces: Sequence[Sequence[SpreadYear]],
    axis: LevelAxis,
    language: str,
    *,
    names: SpreadNames,
    eras: Sequence[Era] = (),
) -> go.Figure:
    """Two panels over one year axis, a piece a framework: no line joins the pieces."""
    raise NotImplementedError
