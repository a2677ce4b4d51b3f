"""Where the city's schools need support: every school on every criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.rows import Heading
from analytics.charts.style import LevelAxis


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A criterion: each school's pulled estimate with what hovering says, the city's mean, and the answer in words."""

    label: str
    values: tuple[float, ...]
    hovers: tuple[str, ...]
    city: float | None
    text: str


def support(rows: Sequence[SupportRow | Heading], axis: LevelAxis, language: str) -> go.Figure:
    """A row a criterion: a dot a school in the colour of its side of the goal, the city's mean as a dark tick."""
    raise NotImplementedError
