"""Is a school's mean out of the ordinary for so few answers: means against answers, with the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.style import LevelAxis


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A school: its answers, its mean, and whether that lies outside the limits. `mine` is written out by name."""

    n: int
    value: float
    hover: str
    outside: bool
    mine: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class FunnelNames:
    """What is written in the funnel: under the x axis, at the centre line, at the limits."""

    x_title: str
    centre_text: str
    limits_text: str


def funnel(
    points: Sequence[FunnelPoint],
    axis: LevelAxis,
    language: str,
    *,
    centre: float,
    limits: Sequence[tuple[int, float, float]],
    names: FunnelNames,
) -> go.Figure:
    """Dots in front of the pale funnel of `limits` (answers, lower, upper; by rising answers) round `centre`."""
    raise NotImplementedError
