"""Who got what money: a bar a row with the amount written at its end.

Amounts come as floats, for drawing alone; what is written is made by whoever asks, from the Decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from markupsafe import Markup

from analytics.charts.colours import CITY, INK, PALE, SCHOOL
from analytics.charts.marked import bold, coloured, lines
from analytics.charts.style import bar, figure, wrapped

BAR, LINE, SMALL, GAP = 16, 17, 17, 11  # pixels: a bar, a line of a name, a line of what stands under it, air
SIZE, NAME_WIDTH, NOTE_WIDTH = 13, 52, 56  # pixels of letters, and as many as a phone has room for
MOST_HIGH = 318  # pixels of all the years: with its margins the picture is whole on a small screen
ROOM = 1.42  # the longest bar leaves room for its amount, on a phone too


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A named bar; `text` stands at its end, `note` in grey under the name; not `strong`: there to compare with."""

    label: str
    amount: float
    text: str
    hover: str
    note: str = ""
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows stand, in pixels downwards from the top: their names' upper edges, their bars' middles, the whole."""

    names: tuple[int, ...]
    bars: tuple[int, ...]
    height: int


def amounts(rows: Sequence[AmountRow], language: str) -> go.Figure:
    """A bar a row under its name, the amount written at the end."""
    texts = [name_of(row.label, row.note) for row in rows]
    places = laid_out(texts)
    return figure(
        [_bars(rows, [-middle for middle in places.bars], BAR)],
        height=places.height + 4,
        margin=(2, 2, 2, 2),
        language=language,
        xaxis=_amount_axis(rows),
        yaxis=pixel_axis(places),
        annotations=[*names_at(texts, places), *_written(rows, [-middle for middle in places.bars])],
        shapes=[strokes([0], places.bars, BAR // 2 + 2, CITY)],
    )


def years(rows: Sequence[AmountRow], language: str) -> go.Figure:
    """A bar a year, the years at the left in their order."""
    places = list(range(len(rows)))
    alike = all(row.strong for row in rows)
    return figure(
        [_bars(rows, places, 0.62)],
        height=min(34 * len(rows), MOST_HIGH) + 12,
        margin=(44, 2, 2, 8),
        language=language,
        xaxis=_amount_axis(rows),
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": places,
            "ticktext": [bold(row.label) if row.strong and not alike else row.label for row in rows],
            "tickfont": {"size": SIZE},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        annotations=_written(rows, places),
        shapes=[{"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": CITY}}],
    )


def name_of(label: str, note: str = "") -> str:
    """A row's name, and in grey under it what is said of it, in lines that a phone has room for."""
    name = wrapped(label, NAME_WIDTH, 2)
    if not note:
        return name
    grey = wrapped(note, NOTE_WIDTH, 5).split("\n")
    return lines(name, *(coloured(line, CITY, SIZE) for line in grey))


def laid_out(texts: Sequence[str], bar_height: int = BAR) -> Places:
    """Rows under each other, each as high as its name and its bar."""
    names, bars, down = [], [], 0
    for text in texts:
        names.append(down)
        small = text.count("<span") if isinstance(text, Markup) else 0
        down += (text.count("\n") + 1 - small) * LINE + small * SMALL + 6 + bar_height // 2
        bars.append(down)
        down += bar_height - bar_height // 2 + GAP
    return Places(tuple(names), tuple(bars), max(down, GAP))


def names_at(texts: Sequence[str], places: Places, shift: int = 0) -> list[dict]:
    """The rows' names above their bars, from the left edge."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": shift,
            "y": -top,
            "yanchor": "top",
            "text": text,
            "align": "left",
            "showarrow": False,
            "font": {"size": SIZE, "color": INK},
        }
        for text, top in zip(texts, places.names, strict=True)
    ]


def pixel_axis(places: Places) -> dict:
    """An unseen axis on which one unit is one pixel."""
    return {"range": [-places.height, 0], "visible": False, "fixedrange": True}


def strokes(at: Sequence[float], middles: Sequence[int], reach: int, colour: str, width: float = 1) -> dict:
    """Upright lines at these places of the axis, drawn beside the bars alone, so that none runs through a name."""
    path = " ".join(f"M{x},{-middle - reach} L{x},{-middle + reach}" for middle in middles for x in at)
    return {"type": "path", "path": path or "M0,0", "layer": "below", "line": {"color": colour, "width": width}}


def _amount_axis(rows: Sequence[AmountRow]) -> dict:
    lowest = min((row.amount for row in rows if row.amount < 0), default=0)
    longest = max((row.amount for row in rows), default=0)
    longest = max(longest, 0) or (0 if lowest else 1)
    return {"visible": False, "fixedrange": True, "range": [lowest, longest * ROOM - lowest * (ROOM - 1)]}


def _bars(rows: Sequence[AmountRow], places: Sequence[float], width: float) -> dict:
    return bar(
        orientation="h",
        y=list(places),
        x=[row.amount for row in rows],
        width=width,
        marker={"color": [SCHOOL if row.strong else PALE for row in rows]},
        hovertext=[row.hover for row in rows],
        hoverinfo="text",
    )


def _written(rows: Sequence[AmountRow], places: Sequence[float]) -> list[dict]:
    """The amounts at the ends of their bars; of one to the left of the line, at the line."""
    end = {"xanchor": "left", "xshift": 4, "showarrow": False, "font": {"size": SIZE, "color": INK}}
    return [
        {"x": max(row.amount, 0), "y": place, "text": row.text, **end} for row, place in zip(rows, places, strict=True)
    ]
