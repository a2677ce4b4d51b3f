"""Where the city's schools need support: every school on every criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, FROM_GOAL, GRID, GROUND, INK, LOW, faint
from analytics.charts.marked import bold, coloured, lines
from analytics.charts.rows import HEADING_WIDTH, LABEL_WIDTH, SIDE, GroupName, room_below
from analytics.charts.style import LevelAxis, figure, goal_line, level_axis, scatter, wrapped

ROW, HEADING, LINE, DOTS = 46, 32, 16, 12  # pixels: rows, a line of text, the dots above the row's bottom
TEXT_WIDTH, TOP = 58, 34


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A criterion: each school's pulled estimate with what hovering says, the city's mean, and the answer in words."""

    label: str
    values: tuple[float, ...]
    hovers: tuple[str, ...]
    city: float | None
    text: str


def support(rows: Sequence[SupportRow | GroupName], axis: LevelAxis, language: str) -> go.Figure:
    """A row a criterion: a dot a school in the colour of its side of the goal, the city's mean as a dark tick."""
    places, bottom = [], 0
    for row in rows:
        lines = 1 + _name(row).count("\n")
        bottom += HEADING + LINE * (lines - 1) if isinstance(row, GroupName) else ROW + LINE * (lines - 1)
        places.append(-bottom)
    drawn = [(row, y + DOTS) for row, y in zip(rows, places, strict=True) if isinstance(row, SupportRow)]
    points = [(value, y, hover) for row, y in drawn for value, hover in zip(row.values, row.hovers, strict=True)]
    rail = scatter(
        x=[x for _ in drawn for x in (axis.lowest, axis.levels[-1], None)],
        y=[end for _, y in drawn for end in (y, y, None)],
        mode="lines",
        line={"color": GRID, "width": 1},
        hoverinfo="skip",
    )
    traces = [rail]
    for colour, chosen in (
        (LOW, [p for p in points if p[0] < axis.goal]),
        (FROM_GOAL[0], [p for p in points if p[0] >= axis.goal]),
    ):
        if chosen:
            traces.append(
                scatter(
                    x=[x for x, _, _ in chosen],
                    y=[y for _, y, _ in chosen],
                    mode="markers",
                    marker={"size": 8, "color": faint(colour, 0.3), "line": {"width": 1, "color": colour}},
                    hovertext=[hover for _, _, hover in chosen],
                    hoverinfo="text",
                    cliponaxis=False,
                )
            )
    cities = [(row.city, y) for row, y in drawn if row.city is not None]
    if cities:
        tick = {"symbol": "line-ns", "size": 18, "color": INK, "line": {"width": 2.5, "color": INK}}
        traces.append(
            scatter(
                x=[x for x, _ in cities],
                y=[y for _, y in cities],
                mode="markers",
                marker=tick,
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
    below = room_below(axis)
    return figure(
        traces,
        height=TOP + bottom + 4 + below,
        margin=(SIDE, SIDE, TOP, below),
        language=language,
        xaxis=level_axis(axis),
        yaxis={"range": [-bottom - 4, 0], "visible": False, "fixedrange": True},
        annotations=[*_levels(axis), *(_text(row, y) for row, y in zip(rows, places, strict=True))],
        shapes=[goal_line(axis, "v")],
    )


def _levels(axis: LevelAxis) -> list[dict]:
    """The level names at the top too: the picture is several phones high."""
    return [
        {
            "x": level,
            "xref": "x",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": text,
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": CITY},
        }
        for level, text in zip(axis.levels, axis.ticks(), strict=True)
    ]


def _name(row: SupportRow | GroupName) -> str:
    """The row's name and under it, smaller, its text; broken into lines that a phone has room for."""
    if isinstance(row, GroupName):
        return bold(wrapped(row.label, HEADING_WIDTH, 2))
    name = wrapped(row.label, LABEL_WIDTH, 2)
    if not row.text:
        return name
    return lines(name, coloured(wrapped(row.text, TEXT_WIDTH, 2), CITY, 12))


def _text(row: SupportRow | GroupName, y: float) -> dict:
    heading = isinstance(row, GroupName)
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -SIDE,
        "y": y + (2 if heading else DOTS + 10),
        "yref": "y",
        "yanchor": "bottom",
        "text": _name(row),
        "showarrow": False,
        "align": "left",
        "bgcolor": GROUND,
        "borderpad": 0,
        "font": {"size": 13 if heading else 12, "color": INK},
    }
