"""What came of what was agreed: a bar a row, cut by how far things have come; and changes beside the expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import BELOW, CITY, FROM_GOAL, GRID, GROUND, INK, SCHOOL, edge_of
from analytics.charts.money import laid_out, name_of, names_at, pixel_axis, strokes
from analytics.charts.rows import AIR, NEAR, labels_of, places_of, row_axis
from analytics.charts.style import bar, figure, scatter, text_on

STATES = (FROM_GOAL[1], FROM_GOAL[0], BELOW[1], CITY)
"""Done, under way, late, given up. The pale one is outlined."""
BAR = 18
LEAST_WRITTEN = 0.045  # of the longest bar: a number fits in no less on a phone
SIDE, EDGE = 26, 26  # room for half a tick's text, and for its line
NAMES = 4  # from the left edge


@dataclass(frozen=True, slots=True)
class StateRow:
    """A named bar: how many in each state, with what hovering says of each; `note` in grey under the name."""

    label: str
    counts: tuple[int, ...]
    hovers: tuple[str, ...]
    note: str = ""


def states(rows: Sequence[StateRow], language: str) -> go.Figure:
    """A stacked bar a row under its name; each part's number is written in it where it fits."""
    texts = [name_of(row.label, row.note) for row in rows]
    places = laid_out(texts, BAR)
    longest = max((sum(row.counts) for row in rows), default=0) or 1
    traces = [
        bar(
            orientation="h",
            y=[-middle for middle in places.bars],
            x=[row.counts[state] for row in rows],
            width=BAR,
            marker={"color": STATES[state], "line": {"color": edge_of(STATES[state]), "width": 0.8}},
            text=[str(n) if (n := row.counts[state]) >= LEAST_WRITTEN * longest else "" for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": 13, "color": text_on(STATES[state])},
            hovertext=[row.hovers[state] for row in rows],
            hoverinfo="text",
        )
        for state in range(len(STATES))
    ]
    return figure(
        traces,
        height=places.height + 4,
        margin=(2, 2, 2, 2),
        language=language,
        barmode="stack",
        xaxis={"visible": False, "fixedrange": True, "range": [0, longest * 1.02]},
        yaxis=pixel_axis(places),
        annotations=names_at(texts, places),
        shapes=[strokes([0], places.bars, BAR // 2 + 2, CITY)],
    )


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change in levels with its interval, where it has one; hollow: what it is compared with."""

    label: str
    value: float
    hover: str
    low: float | None = None
    high: float | None = None
    hollow: bool = False


def changes(rows: Sequence[ChangeRow], ticks: Sequence[tuple[float, str]], language: str) -> go.Figure:
    """A dot a row under its name, on an axis of changes; no change is a dark line beside the marks. `ticks` reach past
    all rows."""
    places, height = places_of(rows)
    drawn = list(zip(rows, places, strict=True))
    x, y = [], []
    for row, place in drawn:
        if row.low is not None and row.high is not None:
            x += [row.low, row.high, None]
            y += [place, place, None]
    traces = [scatter(x=x, y=y, mode="lines", line={"color": SCHOOL, "width": 2}, hoverinfo="skip", cliponaxis=False)]
    for hollow, marker in (
        (False, {"symbol": "circle", "size": 11, "color": SCHOOL, "line": {"width": 1, "color": GROUND}}),
        (True, {"symbol": "circle-open", "size": 11, "color": CITY, "line": {"width": 2}}),
    ):
        points = [(row, place) for row, place in drawn if row.hollow is hollow]
        traces.append(
            scatter(
                x=[row.value for row, _ in points],
                y=[place for _, place in points],
                mode="markers",
                marker=marker,
                hovertext=[row.hover for row, _ in points],
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    low, high = ticks[0][0], ticks[-1][0]
    path = " ".join(f"M0,{place + NEAR} L0,{max(place - AIR, -height)}" for place in places)  # through no name
    return figure(
        traces,
        height=height + EDGE,
        margin=(SIDE, SIDE, 0, EDGE),
        language=language,
        xaxis={
            "range": [low, high],
            "tickvals": [value for value, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"size": 13, "color": CITY},
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=row_axis(height),
        annotations=labels_of(rows, places, NAMES - SIDE),
        shapes=[{"type": "path", "path": path or "M0,0", "layer": "below", "line": {"color": INK, "width": 1.2}}],
    )
