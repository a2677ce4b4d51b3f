"""Numbers of schools over the years: a bar a year under each step of a funnel, and years as bars made of parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from markupsafe import Markup

from analytics.charts.colours import CITY, GROUND, INK, SCHOOL, edge_of
from analytics.charts.marked import bold, coloured
from analytics.charts.ribbon import LETTER, PHONE
from analytics.charts.style import bar, figure, text_on, wrapped

HEAD, ROW, BAR, AIR, LINE = 24, 22, 14, 10, 15  # pixels: a step's name, a year, its bar, air between steps, a line
LEFT, RIGHT = 40, 44
PART = 24  # a bar made of parts, which has numbers in it
LEAST = 0.035  # of the whole: a narrower part has no room for its number on a phone


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step of the funnel: its name, and its number of schools per year with what hovering says."""

    name: str
    counts: tuple[tuple[int, int, str], ...]  # year, schools, hover


@dataclass(frozen=True, slots=True)
class BarPart:
    """What a bar is made of, from the left: the part's name, and its colour."""

    name: str
    colour: str


def steps(funnel: Sequence[FunnelStep], language: str, called: Callable[[int], str] = str) -> go.Figure:
    """All on one scale from 0, the number written at each bar's end."""
    most = max((count for step in funnel for _, count, _ in step.counts), default=0) or 1
    places, names, down = [], [], 0
    for step in funnel:
        names.append(-down)
        down += HEAD
        places.append([-(down + ROW * i + ROW / 2) for i in range(len(step.counts))])
        down += ROW * len(step.counts) + AIR
    flat = [(y, *row) for step, at in zip(funnel, places, strict=True) for y, row in zip(at, step.counts, strict=True)]
    bars = bar(
        orientation="h",
        y=[y for y, *_ in flat],
        x=[count for _, _, count, _ in flat],
        width=BAR,
        marker={"color": SCHOOL},
        hovertext=[hover for *_, hover in flat],
        hoverinfo="text",
    )
    return figure(
        [bars],
        height=max(down, ROW) + 6,
        margin=(LEFT, RIGHT, 2, 4),
        language=language,
        xaxis={"range": [0, most], "visible": False, "fixedrange": True},
        yaxis=_years([(y, year) for y, year, *_ in flat], down, called),
        annotations=[
            *(_at_left(y, bold(wrapped(step.name, 46, 1))) for y, step in zip(names, funnel, strict=True)),
            *(
                {
                    "x": count,
                    "xanchor": "left",
                    "xshift": 4,
                    "y": y,
                    "text": str(count),
                    "showarrow": False,
                    "font": {"size": 12, "color": INK},
                }
                for y, _, count, _ in flat
            ),
        ],
        shapes=[_axis(at, BAR) for at in places if at],
    )


def parted(
    years: Sequence[tuple[int, tuple[int, ...], tuple[str, ...]]],
    parts: Sequence[BarPart],
    language: str,
    called: Callable[[int], str] = str,
) -> go.Figure:
    """A bar a year made of its parts, `(year, schools per part, hovers)`; their names stand above, those without any
    schools left out."""
    used = [i for i in range(len(parts)) if any(counts[i] for _, counts, _ in years)]
    most = max((sum(counts) for _, counts, _ in years), default=0) or 1
    key = _key([parts[i] for i in used])
    top = LINE * len(key) + 6
    places = [-(ROW + 10) * (i + 0.5) for i in range(len(years))]
    down = (ROW + 10) * max(len(years), 1)
    traces = [
        bar(
            orientation="h",
            y=places,
            x=[counts[i] for _, counts, _ in years],
            width=PART,
            marker={"color": parts[i].colour, "line": {"width": 1, "color": edge_of(parts[i].colour)}},
            text=[str(counts[i]) if counts[i] >= LEAST * most else "" for _, counts, _ in years],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 12, "color": text_on(parts[i].colour)},
            hovertext=[hovers[i] for *_, hovers in years],
            hoverinfo="text",
        )
        for i in used
    ]
    return figure(
        traces,
        height=down + top + 6,
        margin=(LEFT, 8, top, 4),
        language=language,
        barmode="stack",
        xaxis={"range": [0, most], "visible": False, "fixedrange": True},
        yaxis=_years([(y, year) for y, (year, *_) in zip(places, years, strict=True)], down, called),
        annotations=[
            _at_left(0, line) | {"yanchor": "bottom", "yshift": LINE * (len(key) - 1 - i), "font": {"size": 12}}
            for i, line in enumerate(key)
        ],
    )


def _years(rows: Sequence[tuple[float, int]], down: float, called: Callable[[int], str]) -> dict:
    return {
        "range": [-max(down, ROW), 0],
        "tickvals": [y for y, _ in rows],
        "ticktext": [called(year) for _, year in rows],
        "tickfont": {"size": 12, "color": CITY},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _at_left(y: float, text: str) -> dict:
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -LEFT + 2,
        "y": y,
        "yanchor": "top",
        "text": text,
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": INK},
    }


def _axis(places: Sequence[float], reach: float) -> dict:
    """Where bars begin."""
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": min(places) - reach / 2 - 2,
        "y1": max(places) + reach / 2 + 2,
        "line": {"color": CITY, "width": 1},
    }


def _key(parts: Sequence[BarPart]) -> list[str]:
    """A line a part or more to a line, as a phone has room."""
    lines, length = [], 0
    for part in parts:
        said = _square(part.colour) + f" {part.name}"
        size = len(part.name) + 5
        if not lines or (length + size) * LETTER > PHONE:
            lines.append(said)
            length = size
        else:
            lines[-1] += "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} " + said
            length += size
    return lines


def _square(fill: str) -> Markup:
    """In the colour of what it names; where that is too pale to be seen without an edge, the edge."""
    edge = edge_of(fill)
    colour, square = (fill, "\N{BLACK SQUARE}") if edge == GROUND else (edge, "\N{WHITE SQUARE}")
    return coloured(square, colour)
