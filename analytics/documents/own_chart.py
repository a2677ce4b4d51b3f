"""Figures that an office program draws by itself: what is drawn of them, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

PLAIN = "General"


class Kind(Enum):
    """How figures are drawn."""

    LINE = "line"  # over the years
    BARS = "bars"  # a lying bar a thing and series
    STACKED = "stacked"  # standing bars, the series upon one another
    PARTS = "parts"  # the same, each bar as a whole
    POINTS = "points"  # a dot a thing, along two measures


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of figures, one for each of the chart's categories; None where there is none to show."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn: `categories` are what they are of, or where the dots of POINTS stand along the other axis.
    `scale`: the ends of the axis of values, where it must be whole."""

    kind: Kind
    categories: tuple[str | float | None, ...]
    series: tuple[Series, ...]
    scale: tuple[float, float] | None = None
    number_format: str = PLAIN
