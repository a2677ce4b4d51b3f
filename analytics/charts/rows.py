"""One row a thing, on the level scale: dots with intervals, and bars of what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GRID, GROUND, INK, OTHER, PALE, SCHOOL, SPREAD
from analytics.charts.marked import bold
from analytics.charts.style import LevelAxis, figure, goal_line, level_axis, scatter, wrapped

ROW, HEADER, TOP = 46, 34, 4
NEAR, AIR, LAST = 6, 18, 14  # pixels from a mark up to its own name; down to the next row; down to the axis
NAMES_EDGE = 84  # room for level names that a phone must stand on end
SIDE = 38  # room for half a level name
LABEL_WIDTH, HEADING_WIDTH = 56, 40  # characters


@dataclass(frozen=True, slots=True)
class DotRow:
    """A labelled row: the figure with its interval, what it is compared with (hollow), and that one's spread."""

    label: str
    value: float | None
    hover: str
    low: float | None = None
    high: float | None = None
    other: float | None = None
    other_hover: str = ""
    spread: tuple[float, float] | None = None
    absent: str = ""  # said in place of the dot where there is no figure
    group: float | None = None  # a second comparison, as a diamond
    group_hover: str = ""
    faint: bool = False  # drawn pale: nothing to be made much of
    strong: bool = False  # its name in bold


@dataclass(frozen=True, slots=True)
class GroupName:
    """A row that only names the group below it."""

    label: str


class Named(Protocol):
    """Any row that has a name: dots, bars, headings."""

    @property
    def label(self) -> str: ...


def dots(rows: Sequence[DotRow | GroupName], axis: LevelAxis, language: str, colour: str = SCHOOL) -> go.Figure:
    """Dots with intervals, the row's name above them; hollow dots and pale bars for what they are compared with."""
    places, height = places_of(rows)
    below = room_below(axis)
    drawn = [(row, y) for row, y in zip(rows, places, strict=True) if isinstance(row, DotRow)]
    traces = []
    spread = [(row.spread, y) for row, y in drawn if row.spread]
    if spread:
        bands = [(low, high, y) for (low, high), y in spread]
        traces += [_pieces(bands, OTHER, 10), _pieces(bands, SPREAD, 8)]  # with an edge: it is too pale without
    intervals = [(row.low, row.high, y) for row, y in drawn if row.low is not None and row.high is not None]
    if intervals:
        clipped = [(max(low, axis.lowest), min(high, axis.levels[-1]), y) for low, high, y in intervals]
        traces.append(_pieces(clipped, colour, 2))
    others = [(row.other, y, row.other_hover) for row, y in drawn if row.other is not None]
    if others:
        hollow = {"symbol": "circle-open", "size": 10, "color": CITY, "line": {"width": 2}}
        traces.append(_markers(others, hollow))
    groups = [(row.group, y, row.group_hover) for row, y in drawn if row.group is not None]
    if groups:
        diamond = {"symbol": "diamond-open", "size": 10, "color": CITY, "line": {"width": 2}}
        traces.append(_markers(groups, diamond))
    for shade, faint in ((PALE, True), (colour, False)):
        points = [(row.value, y, row.hover) for row, y in drawn if row.value is not None and row.faint is faint]
        if points:
            solid = {"symbol": "circle", "size": 10, "color": shade, "line": {"width": 1, "color": GROUND}}
            traces.append(_markers(points, solid))
    annotations = labels_of(rows, places, -SIDE)
    annotations += [
        {
            "x": axis.lowest,
            "y": y,
            "text": row.absent,
            "showarrow": False,
            "xanchor": "left",
            "font": {"size": 12, "color": CITY},
        }
        for row, y in drawn
        if row.value is None
    ]
    return figure(
        traces,
        height=TOP + height + below,
        margin=(SIDE, SIDE, TOP, below),
        language=language,
        xaxis=level_axis(axis),
        yaxis=row_axis(height),
        annotations=annotations,
        shapes=[goal_line(axis, "v")],
    )


def named_dots(rows: Sequence[DotRow], axis: LevelAxis, language: str, city: float | None, city_name: str) -> go.Figure:
    """Many rows, their names at the left: a dot with its interval each, and the city as one line.

    `other` is a hollow dot on the same row: there, the school's own figure pulled towards the city.
    """
    row_height = 21
    places = [-(i + 0.5) * row_height for i in range(len(rows))]
    drawn = list(zip(rows, places, strict=True))
    intervals = [
        (max(r.low, axis.lowest), min(r.high, axis.levels[-1]), y)
        for r, y in drawn
        if r.low is not None and r.high is not None
    ]
    traces = [_pieces(intervals, PALE, 2.2)] if intervals else []
    others = [(row.other, y, row.other_hover) for row, y in drawn if row.other is not None]
    solid = {"symbol": "circle", "size": 8, "color": SCHOOL}
    traces.append(_markers([(row.value, y, row.hover) for row, y in drawn if row.value is not None], solid))
    if others:  # in front and wider, so that it is seen round the filled one where the two fall together
        hollow = {"symbol": "circle-open", "size": 11, "color": CITY, "line": {"width": 1.6}}
        traces.append(_markers(others, hollow))
    annotations = [
        {
            "x": axis.lowest,
            "y": y,
            "text": row.absent,
            "showarrow": False,
            "xanchor": "left",
            "font": {"size": 12, "color": CITY},
        }
        for row, y in drawn
        if row.value is None
    ]
    shapes = [goal_line(axis, "v")]
    if city is not None:
        shapes.append(
            {
                "type": "line",
                "x0": city,
                "x1": city,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": CITY, "width": 1.5},
                "layer": "below",
            }
        )
        annotations.append(
            {
                "x": city,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": city_name,
                "showarrow": False,
                "font": {"size": 12, "color": CITY},
            }
        )
    height = row_height * len(rows)
    return figure(
        traces,
        height=height + 22 + NAMES_EDGE,
        margin=(150, SIDE, 22, NAMES_EDGE),
        language=language,
        xaxis=level_axis(axis) | {"tickangle": None, "autotickangles": [0, -90], "automargin": True},
        yaxis={
            "range": [-height, 0],
            "tickvals": places,
            "ticktext": [wrapped(row.label, 24, 1) for row in rows],
            "tickfont": {"size": 12},
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        annotations=annotations,
        shapes=shapes,
    )


def places_of(rows: Sequence) -> tuple[list[float], int]:
    """Where each row's marks stand (downwards, in pixels below the top) and the height of all rows."""
    places, down = [], 0.0
    for row in rows:
        extra = 16 * _label(row).count("\n")
        down += (HEADER if isinstance(row, GroupName) else ROW) + extra
        # A mark stands below its name, over the row's air; a heading's text hangs from the top of its own.
        places.append(-(down - (12 + extra if isinstance(row, GroupName) else AIR)))
    return places, int(down - AIR + LAST)


def row_axis(height: int) -> dict:
    """An unseen axis on which one unit is one pixel."""
    return {"range": [-height, 0], "visible": False, "fixedrange": True}


def room_below(axis: LevelAxis) -> int:
    """The pixels that the level names take below the plot: a line each, or as many as they are broken into."""
    return 12 + 14 * (1 + max(tick.count("\n") for tick in axis.ticks()))


def labels_of(rows: Sequence[Named], places: Sequence[float], shift: int, near: int = NEAR) -> list[dict]:
    """The rows' names: `near` above the marks, from the left edge; group names in bold."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": shift,
            "y": y + (8 if isinstance(row, GroupName) else near),
            "yanchor": "top" if isinstance(row, GroupName) else "bottom",
            "text": _label(row),
            "showarrow": False,
            "align": "left",
            "bgcolor": GROUND,
            "borderpad": 0,
            "font": {"size": 13 if isinstance(row, GroupName) else 12, "color": INK},
        }
        for row, y in zip(rows, places, strict=True)
    ]


def _label(row: Named) -> str:
    """The row's name, broken into lines that a phone has room for."""
    if isinstance(row, GroupName):
        return bold(wrapped(row.label, HEADING_WIDTH, 2))
    label = wrapped(row.label, LABEL_WIDTH, 2)
    return bold(label) if isinstance(row, DotRow) and row.strong else label


def _pieces(pieces: Sequence[tuple[float, float, float]], colour: str, width: float) -> dict:
    """Separate horizontal strokes as one trace."""
    x, y = [], []
    for low, high, at in pieces:
        x += [low, high, None]
        y += [at, at, None]
    return scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip", cliponaxis=False)


def _markers(points: Sequence[tuple[float, float, str]], marker: dict) -> dict:
    return scatter(
        x=[x for x, _, _ in points],
        y=[y for _, y, _ in points],
        mode="markers",
        marker=marker,
        hovertext=[hover for _, _, hover in points],
        hoverinfo="text",
        cliponaxis=False,
    )
