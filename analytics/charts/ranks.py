"""Between which places a school lies: a bar from the highest to the lowest place, never one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GRID, INK, PALE, SCHOOL
from analytics.charts.marked import bold
from analytics.charts.style import bar, figure, text_on, wrapped

ROW, TALL, NAMES, SIDE, TOP, BOTTOM = 21, 34, 166, 14, 54, 8
WRITTEN = 12  # rows: with no more than this, the places are written at the bars


@dataclass(frozen=True, slots=True)
class RankRow:
    """A school or a criterion: the interval of its place, `low` the better one (1 is the highest mean).

    Both are None where there is no figure; `absent` then says why.
    """

    label: str
    low: int | None
    high: int | None
    hover: str
    mine: bool = False
    absent: str = ""

    @property
    def ends(self) -> tuple[int, int] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


def ranks(rows: Sequence[RankRow], of: int, language: str, *, title: str) -> go.Figure:
    """Bars on the places 1..`of`, in the order given. `title` says which end is the highest."""
    few = len(rows) <= WRITTEN
    labels = [_name(row, 2 if few else 1) for row in rows]
    row_height = TALL if any("\n" in label for label in labels) else ROW
    places = [-(i + 0.5) * row_height for i in range(len(rows))]
    drawn = [(row, row.ends, y) for row, y in zip(rows, places, strict=True) if row.ends]
    traces = [
        bar(
            orientation="h",
            base=[low - 0.5 for _, (low, _), _ in chosen],
            x=[high - low + 1 for _, (low, high), _ in chosen],
            y=[y for *_, y in chosen],
            width=11,
            marker={"color": colour},
            hovertext=[row.hover for row, *_ in chosen],
            hoverinfo="text",
        )
        for colour, chosen in (
            (PALE, [found for found in drawn if not found[0].mine]),
            (SCHOOL, [found for found in drawn if found[0].mine]),
        )
        if chosen
    ]
    small = {"showarrow": False, "font": {"size": 12, "color": CITY}, "xref": "x", "yref": "y", "borderpad": 0}
    annotations = [
        {"x": 0.5, "y": y, "text": row.absent, "xanchor": "left", **small}
        for row, y in zip(rows, places, strict=True)
        if not row.ends
    ]
    if few:
        annotations += [_written(row, *ends, y, of) for row, ends, y in drawn]
    height = row_height * max(len(rows), 1)
    ticks = _ticks(of)
    return figure(
        traces,
        height=height + TOP + BOTTOM,
        margin=(NAMES, SIDE, TOP, BOTTOM),
        language=language,
        barmode="overlay",
        xaxis={
            "range": [0.5, of + 0.5],
            "tickvals": ticks,
            "tickangle": 0,
            "tickfont": {"size": 12, "color": CITY},
            "side": "top",
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
            "title": {"text": wrapped(title, 32, 2), "font": {"size": 12, "color": CITY}, "standoff": 4},
        },
        yaxis={
            "range": [-height, 0],
            "tickvals": places,
            "ticktext": labels,
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        annotations=annotations,
    )


def _name(row: RankRow, lines: int) -> str:
    name = wrapped(row.label, 24, lines)
    return bold(name) if row.mine else name


def _written(row: RankRow, low: int, high: int, y: float, of: int) -> dict:
    """The places in figures, at the end of the bar that has the more room."""
    right = of - high >= low - 1
    wide = high - low > 0.6 * of
    text = f"{low}\N{EN DASH}{high}"
    font = {"size": 12, "color": INK}
    common = {"y": y, "yref": "y", "xref": "x", "text": text, "showarrow": False, "borderpad": 0}
    if wide:
        font["color"] = text_on(SCHOOL if row.mine else PALE)
        return {"x": (low + high) / 2, "xanchor": "center", "font": font, **common}
    if right:
        return {"x": high + 0.5, "xanchor": "left", "xshift": 4, "font": font, **common}
    return {"x": low - 0.5, "xanchor": "right", "xshift": -4, "font": font, **common}


def _ticks(of: int) -> list[int]:
    """1, round numbers, and the last place; no round number so near the last that their figures touch."""
    step = next(s for size in range(5) for s in (10**size, 2 * 10**size, 5 * 10**size) if of / s <= 5)
    return [1, *(n for n in range(step, of, step) if n - 1 >= step * 0.6 and of - n >= step * 0.6), *([of] * (of > 1))]
