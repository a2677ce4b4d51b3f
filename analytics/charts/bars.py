"""What people answered: one stacked bar a row, aligned at the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, INK, edge_of
from analytics.charts.rows import TOP, GroupName, labels_of, places_of, row_axis
from analytics.charts.style import LevelAxis, bar, figure, level_colours, text_on

BAR, REACH, BELOW = 17, 10, 28  # pixels: a bar, the stroke up and down from its middle, room for its sides' names
PIXELS_WRITTEN, PIXELS_NARROWEST = 28, 340  # a share as text, and the whole picture on a phone


@dataclass(frozen=True, slots=True)
class BarRow:
    """A labelled row: the share of answers on each level, lowest first; None where it may not be shown."""

    label: str
    shares: tuple[float, ...] | None
    texts: tuple[str, ...]  # a text a level, written in the bar where it fits
    hovers: tuple[str, ...]
    absent: str = ""


def bars(rows: Sequence[BarRow | GroupName], axis: LevelAxis, language: str, sides: tuple[str, str]) -> go.Figure:
    """One stacked bar a row, aligned at the goal: below it to the left, at it and above to the right."""
    places, height = places_of(rows)
    drawn = [(row, y) for row, y in zip(rows, places, strict=True) if isinstance(row, BarRow)]
    shown = [(row, row.shares, y) for row, y in drawn if row.shares]
    colours = level_colours(axis)
    below = axis.goal - axis.lowest
    reach = [(sum(shares[:below]), sum(shares[below:])) for _, shares, _ in shown] or [(1, 1)]
    left, right = max(low for low, _ in reach) + 0.02, max(high for _, high in reach) + 0.02
    written_from = (left + right) * PIXELS_WRITTEN / PIXELS_NARROWEST
    traces = []
    for level in [*range(below - 1, -1, -1), *range(below, len(axis.names))]:
        sign = -1 if level < below else 1
        traces.append(
            bar(
                orientation="h",
                y=[y for *_, y in shown],
                x=[sign * shares[level] for _, shares, _ in shown],
                width=BAR,
                marker={
                    "color": colours[level],
                    "line": {"color": edge_of(colours[level]), "width": 0.8},
                },
                text=[row.texts[level] if shares[level] >= written_from else "" for row, shares, _ in shown],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont={"size": 12, "color": text_on(colours[level])},
                hovertext=[row.hovers[level] for row, *_ in shown],
                hoverinfo="text",
            )
        )
    annotations = labels_of(rows, places, 0, near=REACH + 1)
    annotations += [
        {"x": 0, "y": y, "text": row.absent, "showarrow": False, "font": {"size": 13, "color": CITY}}
        for row, y in drawn
        if not row.shares
    ]
    annotations += [
        {
            "x": x,
            "y": 0,
            "yref": "paper",
            "yanchor": "top",
            "yshift": -6,
            "xref": "paper",
            "xanchor": anchor,
            "text": text,
            "showarrow": False,
            "font": {"size": 13, "color": CITY},
        }
        for x, anchor, text in ((0, "left", f"← {sides[0]}"), (1, "right", f"{sides[1]} →"))
    ]
    stroke = {"type": "line", "x0": 0, "x1": 0, "line": {"color": INK, "width": 1.5}}
    return figure(
        traces,
        height=TOP + height + BELOW,
        margin=(6, 6, TOP, BELOW),
        language=language,
        barmode="relative",
        xaxis={
            "range": [-left, right],
            "visible": False,
            "fixedrange": True,
        },
        yaxis=row_axis(height),
        annotations=annotations,
        shapes=[stroke | {"y0": y - REACH, "y1": y + REACH} for _, _, y in shown],
    )
