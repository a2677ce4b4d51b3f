"""All schools at once: a heat map in the level ramp, the figure in each cell, hidden cells hatched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GROUND
from analytics.charts.style import LevelAxis, bar, figure, leading, mean_colour, scatter, text_on, wrapped

ROW = 22
FEW = 8  # columns that have room for their names


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of cells; a None value is hatched where the cell is hidden, and empty where nothing was asked."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    hovers: tuple[str, ...]
    hidden: tuple[bool, ...]
    ways: tuple[str, ...]  # where a click on a cell leads


def heat_map(rows: Sequence[HeatRow], columns: Sequence[str], axis: LevelAxis, language: str) -> go.Figure:
    """Rows from the top in the order given; few columns get their whole names, many get them shortened."""
    many = len(columns) > FEW
    heads = [wrapped(name, 23, 2) for name in columns]
    cells, texts = _cells(rows, axis), _texts(rows, axis, 11 if many else 12)
    hatched = _hatched([(c, r) for r, row in enumerate(rows) for c, hidden in enumerate(row.hidden) if hidden], rows)
    lines = max((head.count("\n") + 1 for head in heads), default=1)
    top = 14 + 14 * lines if not many else 26
    return figure(
        [*cells, *texts, *hatched],
        height=top + ROW * max(len(rows), 1) + 8,
        margin=(140, 4, top, 6),
        language=language,
        barmode="overlay",
        xaxis={
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": heads,
            "tickfont": {"size": 12 if not many else 10},
            "autotickangles": [0, -90],  # a phone has no room for them lying down
            "automargin": True,
            "range": [-0.5, len(columns) - 0.5],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "autorange": False,
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": [wrapped(row.name, 23, 1) for row in rows],
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )


def _shown(rows: Sequence[HeatRow]) -> list[tuple[int, int, float]]:
    return [(c, r, value) for r, row in enumerate(rows) for c, value in enumerate(row.values) if value is not None]


def _cells(rows: Sequence[HeatRow], axis: LevelAxis) -> list[dict]:
    """A trace a colour, of bars as wide as they are high: a heat map of Plotly's own is an image, which the dark theme
    could not turn."""
    by_colour: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for c, r, value in _shown(rows):
        by_colour[mean_colour(axis, value)].append((c, r))
    return [
        bar(
            x=[c for c, _ in cells],
            y=[1] * len(cells),
            base=[r - 0.5 for _, r in cells],
            width=1,
            marker={"color": colour, "line": {"color": GROUND, "width": 1}},
            hovertext=[rows[r].hovers[c] for c, r in cells],
            hoverinfo="text",
            **leading([rows[r].ways[c] for c, r in cells]),
        )
        for colour, cells in sorted(by_colour.items())
    ]


def _texts(rows: Sequence[HeatRow], axis: LevelAxis, size: int) -> list[dict]:
    """The figures in the cells, the dark and the light ones."""
    by_colour: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for c, r, value in _shown(rows):
        by_colour[text_on(mean_colour(axis, value))].append((c, r))
    return [
        scatter(
            x=[c for c, _ in cells],
            y=[r for _, r in cells],
            text=[rows[r].texts[c] for c, r in cells],
            mode="text",
            textfont={"size": size, "color": colour},
            hoverinfo="skip",
        )
        for colour, cells in sorted(by_colour.items())
    ]


def _hatched(cells: Sequence[tuple[int, int]], rows: Sequence[HeatRow]) -> list[dict]:
    """The hidden cells as hatched squares, and a point in each that says why on hovering."""
    if not cells:
        return []
    x, y = [], []
    for c, r in cells:
        x += [c - 0.48, c + 0.48, c + 0.48, c - 0.48, c - 0.48, None]
        y += [r - 0.46, r - 0.46, r + 0.46, r + 0.46, r - 0.46, None]
    pattern = {"shape": "/", "fgcolor": CITY, "bgcolor": GROUND, "size": 6, "solidity": 0.15}
    area = scatter(
        x=x, y=y, fill="toself", fillpattern=pattern, mode="lines", line={"width": 0.5, "color": CITY}, hoverinfo="skip"
    )
    reasons = scatter(
        x=[c for c, _ in cells],
        y=[r for _, r in cells],
        mode="markers",
        marker={"size": 14, "opacity": 0},
        hovertext=[rows[r].hovers[c] for c, r in cells],
        hoverinfo="text",
        **leading([rows[r].ways[c] for c, r in cells]),
    )
    return [area, reasons]
