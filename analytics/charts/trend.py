"""How has it moved: lines over the years on the full scale, broken where the framework changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.ribbon import Era, break_line, ribbon
from analytics.charts.style import (
    CITY,
    SPREAD,
    LevelAxis,
    figure,
    goal_line,
    kept_apart,
    scatter,
    standing_level_axis,
    wrapped,
)
from analytics.model.present import present

HEIGHT = 400
LEFT, RIGHT, TOP, BOTTOM = 4, 112, 34, 34


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure in a year; `value` is None where there is none to draw. `low`..`high` is its spread or interval."""

    year: int
    value: float | None
    hover: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A named line in pieces: a gap between pieces is a break. `dashed` joins points across a reworded criterion."""

    name: str
    pieces: tuple[tuple[TrendPoint, ...], ...]
    colour: str
    width: float = 2.0
    dashed: tuple[tuple[TrendPoint, TrendPoint], ...] = ()
    intervals: bool = False  # draw each point's low..high as a whisker
    labelled: bool = True

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        return tuple(point for piece in self.pieces for point in piece if point.value is not None)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A vertical mark between two years, and what happened there."""

    before: int
    text: str


def trend(
    lines: Sequence[TrendLine],
    axis: LevelAxis,
    language: str,
    *,
    band: Sequence[Sequence[TrendPoint]] = (),
    breaks: Sequence[SeriesBreak] = (),
    eras: Sequence[Era] = (),
) -> go.Figure:
    """Lines with their names at their ends, in front of a pale band (low..high of each point in `band`, in pieces).

    `eras` are drawn as a ribbon of frameworks at the top, in place of the texts of the breaks.
    """
    traces = [_band(piece) for piece in band if piece]
    for line in lines:
        for first, second in line.dashed:
            traces.append(_run((first, second), line, dash="dot", hover=False))
        traces.extend(_run(piece, line) for piece in line.pieces if any(p.value is not None for p in piece))
    years = sorted(
        {point.year for line in lines for piece in line.pieces for point in piece} | {p.year for b in band for p in b}
    )
    if not years:
        years = [0]
    named = [line for line in lines if line.labelled and line.points]
    span = axis.levels[-1] - axis.lowest + 0.42
    names = [wrapped(line.name, 17, 3) for line in named]
    per_pixel = span / (HEIGHT - TOP - BOTTOM)
    heights = [(14 * name.count("<br>") + 18) * per_pixel for name in names]
    ends = kept_apart([present(line.points[-1].value) for line in named], heights, axis.lowest, axis.levels[-1] + 0.15)
    first, last = years[0], years[-1]
    left = 0.38 * max(last - first, 1) + 0.2  # room for the level names
    annotations = [
        {
            "x": line.points[-1].year,
            "y": end,
            "xref": "x",
            "yref": "y",
            "text": name,
            "showarrow": False,
            "xanchor": "left",
            "align": "left",
            "xshift": 9,
            "font": {"size": 11, "color": line.colour},
        }
        for line, name, end in zip(named, names, ends, strict=True)
    ]
    upright, level_names = standing_level_axis(axis)
    annotations += level_names
    shapes = [goal_line(axis, "h"), *(break_line(change.before) for change in breaks)]
    low, high = first - left, last + 0.15
    band_over = ribbon(eras, low, high, LEFT + RIGHT)
    shapes += band_over.shapes
    annotations += band_over.annotations or [
        {
            "x": change.before - 0.5,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": change.text,
            "showarrow": False,
            "font": {"size": 11, "color": CITY},
        }
        for change in breaks
    ]
    top = max(TOP, band_over.height + 4)
    return figure(
        traces,
        height=HEIGHT - TOP + top,
        margin=(LEFT, RIGHT, top, BOTTOM),
        language=language,
        xaxis={
            "range": [low, high],
            "tickvals": years,
            "ticktext": year_ticks(years, {change.before for change in breaks}),
            "tickangle": 0,
            "tickfont": {"size": 11},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=upright,
        annotations=annotations,
        shapes=shapes,
    )


def year_ticks(years: Sequence[int], starts: set[int]) -> list[str]:
    """Whole years where a phone has room for all; else the first of each framework whole, if not next to each other,
    and the rest with two digits; of more than seven years all with two."""
    whole = set(years)
    if len(years) > 5:
        whole = {year for year in {years[0], *starts} if year - 1 not in {years[0], *starts}}
    if len(years) > 7:
        whole = set()
    return [str(year) if year in whole else f"\N{RIGHT SINGLE QUOTATION MARK}{year % 100:02d}" for year in years]


def _run(piece: Sequence[TrendPoint], line: TrendLine, dash: str = "solid", hover: bool = True) -> dict:
    whiskers = None
    if line.intervals and hover:
        whiskers = {
            "type": "data",
            "symmetric": False,
            "array": [None if p.value is None or p.high is None else p.high - p.value for p in piece],
            "arrayminus": [None if p.value is None or p.low is None else p.value - p.low for p in piece],
            "thickness": 1.4,
            "width": 4,
            "color": line.colour,
        }
    return scatter(
        x=[point.year for point in piece],
        y=[point.value for point in piece],
        mode="lines+markers" if hover else "lines",
        line={"color": line.colour, "width": line.width, "dash": dash},
        marker={"color": line.colour, "size": 7 if line.width > 2 else 5},
        error_y=whiskers,
        hovertext=[point.hover for point in piece],
        hoverinfo="text" if hover else "skip",
        connectgaps=False,
        cliponaxis=False,
    )


def _band(piece: Sequence[TrendPoint]) -> dict:
    drawn = [point for point in piece if point.low is not None and point.high is not None]
    years = [point.year for point in drawn]
    if len(years) == 1:  # one round alone has no width: give it some, so that it shows
        drawn, years = [drawn[0], drawn[0]], [years[0] - 0.12, years[0] + 0.12]
    return scatter(
        x=years + years[::-1],
        y=[point.low for point in drawn] + [point.high for point in reversed(drawn)],
        fill="toself",
        fillcolor=SPREAD,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )
