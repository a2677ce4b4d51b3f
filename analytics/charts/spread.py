"""Do the schools grow more alike: their P10-P90 over the years, and under it the spread that is not noise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GRID, GROUND, INK, OTHER, SCHOOL, SPREAD
from analytics.charts.marked import bold
from analytics.charts.ribbon import Era, break_line, ribbon
from analytics.charts.style import LevelAxis, bar, figure, goal_line, scatter, standing_level_axis, wrapped
from analytics.charts.trend import year_ticks
from analytics.model.present import present

HEIGHT, LEFT, RIGHT, BOTTOM, TITLE = 520, 4, 8, 30, 36  # pixels; the title has room for two lines


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
    called: Callable[[int], str] = str,
) -> go.Figure:
    """Two panels over one year axis, a piece a framework: no line joins the pieces."""
    shown = [year for piece in pieces for year in piece]
    years = sorted({found.year for found in shown}) or [0]
    first, last = years[0], years[-1]
    low, high = first - 0.36 * max(last - first, 2) - 0.35, last + (0.35 if last > first else 0.8)
    most = max((v for y in shown for v in (y.tau, y.tau_high) if v is not None), default=0.0)
    top, ticks = _scale(most)
    traces = []
    for piece in pieces:
        traces += [trace for trace in (_bars(piece), _means(piece), _taus(piece)) if trace]
    upright, level_names = standing_level_axis(axis)
    band = ribbon(eras, low, high, LEFT + RIGHT, lift=TITLE)
    over = band.height or TITLE
    starts = [piece[0].year for piece in pieces if piece and piece[0].year != first]
    goal = goal_line(axis, "h") | {"yref": "y"}
    return figure(
        traces,
        height=HEIGHT + over,
        margin=(LEFT, RIGHT, over + 2, BOTTOM),
        language=language,
        xaxis={
            "range": [low, high],
            "tickvals": years,
            "ticktext": year_ticks(years, set(starts), called),
            "tickangle": 0,
            "tickfont": {"size": 12},
            "anchor": "y2",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=upright | {"domain": [0.42, 1]},
        yaxis2={
            "range": [0, top],
            "domain": [0, 0.32],
            "tickvals": ticks,
            "showticklabels": False,
            "gridcolor": GRID,
            "zeroline": True,
            "zerolinecolor": OTHER,
            "fixedrange": True,
        },
        barmode="overlay",
        annotations=[
            *level_names,
            *_standing(ticks, language),
            _title(names.top, 1),
            _title(names.bottom, 0.32),
            *band.annotations,
        ],
        shapes=[goal, *(break_line(year) for year in starts), *band.shapes],
    )


def _bars(piece: Sequence[SpreadYear]) -> dict | None:
    """None where nothing of the piece is shown."""
    shown = [year for year in piece if year.p10 is not None and year.p90 is not None]
    if not shown:
        return None
    return bar(
        x=[year.year for year in shown],
        base=[year.p10 for year in shown],
        y=[present(year.p90) - present(year.p10) for year in shown],
        width=0.42,
        marker={"color": SPREAD, "line": {"color": OTHER, "width": 1}},
        hovertext=[year.hover for year in shown],
        hoverinfo="text",
    )


def _means(piece: Sequence[SpreadYear]) -> dict | None:
    """Ticks on the bars, joined by a thin line that has a gap where a round has no mean."""
    if all(year.mean is None for year in piece):
        return None
    return scatter(
        x=[year.year for year in piece],
        y=[year.mean for year in piece],
        mode="lines+markers",
        line={"color": CITY, "width": 1.2},
        marker={"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": SCHOOL}},
        hovertext=[year.hover for year in piece],
        hoverinfo="text",
        connectgaps=False,
        cliponaxis=False,
    )


def _taus(piece: Sequence[SpreadYear]) -> dict | None:
    if all(year.tau is None for year in piece):
        return None

    def reach(year: SpreadYear, end: float | None) -> float | None:
        return None if end is None or year.tau is None else abs(end - year.tau)

    return scatter(
        x=[year.year for year in piece],
        y=[year.tau for year in piece],
        yaxis="y2",
        mode="lines+markers",
        line={"color": SCHOOL, "width": 1.2},
        marker={"size": 8, "color": SCHOOL},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [reach(year, year.tau_high) for year in piece],
            "arrayminus": [reach(year, year.tau_low) for year in piece],
            "thickness": 1.6,
            "width": 5,
            "color": SCHOOL,
        },
        hovertext=[year.hover for year in piece],
        hoverinfo="text",
        connectgaps=False,
        cliponaxis=False,
    )


def _scale(most: float) -> tuple[float, list[float]]:
    """The lower panel's end and its ticks, from 0, four at most above it."""
    step = next(step for step in (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0) if most / step <= 4)
    count = max(1, int(most / step + 0.999))
    return step * count + step * 0.45, [round(step * i, 2) for i in range(count + 1)]


def _standing(ticks: Sequence[float], language: str) -> list[dict]:
    comma = "," if language == "sv" else "."
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 2,
            "y": tick,
            "yref": "y2",
            "yanchor": "bottom",
            "text": f"{tick:g}".replace(".", comma),
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": CITY},
        }
        for tick in ticks
    ]


def _title(text: str, y: float) -> dict:
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 2,
        "y": y,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 2,
        "align": "left",
        "text": bold(wrapped(text, 46, 2)),
        "showarrow": False,
        "bgcolor": GROUND,  # over the dotted line
        "borderpad": 0,
        "font": {"size": 12, "color": INK},
    }
