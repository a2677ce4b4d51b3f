"""All schools at once: a heat map in the level ramp, the figure in each cell, hidden cells hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from analytics.charts.style import (
    CITY,
    LevelAxis,
    figure,
    heatmap,
    mean_scale,
    scatter,
    text_on,
    wrapped,
)

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


def heat_map(rows: Sequence[HeatRow], columns: Sequence[str], axis: LevelAxis, language: str) -> go.Figure:
    """Rows from the top in the order given; few columns get their whole names, many get them shortened."""
    many = len(columns) > FEW
    heads = [wrapped(name, 23, 2) for name in columns]
    scale = mean_scale(axis)
    cells = heatmap(
        z=[row.values for row in rows],
        hovertext=[row.hovers for row in rows],
        hoverinfo="text",
        zmin=axis.lowest,
        zmax=axis.levels[-1],
        colorscale=scale,
        showscale=False,
        xgap=1,
        ygap=1,
    )
    texts = _texts(rows, axis, scale, 10 if many else 11)
    hatched = _hatched([(c, r) for r, row in enumerate(rows) for c, hidden in enumerate(row.hidden) if hidden], rows)
    lines = max((head.count("<br>") + 1 for head in heads), default=1)
    top = 14 + 14 * lines if not many else 26
    return figure(
        [cells, *texts, *hatched],
        height=top + ROW * max(len(rows), 1) + 8,
        margin=(140, 4, top, 6),
        language=language,
        xaxis={
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": heads,
            "tickfont": {"size": 11 if not many else 10},
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
            "tickfont": {"size": 11},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )


def _texts(rows: Sequence[HeatRow], axis: LevelAxis, scale: list[tuple[float, str]], size: int) -> list[dict]:
    """The figures in the cells, the dark and the light ones; Plotly's own choice reads badly on middling colours."""
    span = axis.levels[-1] - axis.lowest
    written = [(c, r, v, row.texts[c]) for r, row in enumerate(rows) for c, v in enumerate(row.values) if v is not None]
    places = sorted({(value - axis.lowest) / span for _, _, value, _ in written})
    colours = (
        dict(zip(places, sample_colorscale([list(stop) for stop in scale], places), strict=True)) if places else {}
    )
    on = {place: text_on(str(colour)) for place, colour in colours.items()}
    return [
        scatter(
            x=[c for c, *_ in cells],
            y=[r for _, r, *_ in cells],
            text=[text for *_, text in cells],
            mode="text",
            textfont={"size": size, "color": colour},
            hoverinfo="skip",
        )
        for colour in sorted(set(on.values()))
        if (cells := [cell for cell in written if on[(cell[2] - axis.lowest) / span] == colour])
    ]


def _hatched(cells: Sequence[tuple[int, int]], rows: Sequence[HeatRow]) -> list[dict]:
    """The hidden cells as hatched squares, and a point in each that says why on hovering."""
    if not cells:
        return []
    x, y = [], []
    for c, r in cells:
        x += [c - 0.48, c + 0.48, c + 0.48, c - 0.48, c - 0.48, None]
        y += [r - 0.46, r - 0.46, r + 0.46, r + 0.46, r - 0.46, None]
    pattern = {"shape": "/", "fgcolor": CITY, "bgcolor": "#FFFFFF", "size": 6, "solidity": 0.15}
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
    )
    return [area, reasons]
