"""The house style of every picture: type, axes, the ramp of levels, and how labels are wrapped and kept apart.

Neighbours in the level ramp differ enough for grey print, and text always stands beside a colour (docs/decisions.md).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import (
    BELOW,
    CITY,
    DARK_ON_FILL,
    FROM_GOAL,
    GOAL,
    GRID,
    GROUND,
    INK,
    LIGHT_ON_FILL,
    MEANS_BELOW,
    MEANS_FROM_GOAL,
    contrast,
    shades,
)
from analytics.charts.half_imported import ask_for_whole_modules
from analytics.charts.marked import as_written, bold

ask_for_whole_modules()

FONT = "'Source Sans', system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

CONFIG = {"displayModeBar": False, "showTips": False, "doubleClick": False, "typesetMath": False}
"""What Plotly may do in the browser: hover, and nothing else (no toolbar, no upload, no zoom that traps a finger, no
formula in a name)."""


@dataclass(frozen=True, slots=True)
class LevelAxis:
    """A framework's scale as an axis: its lowest level, its level names, its goal, and what the goal line is called."""

    lowest: int
    names: tuple[str, ...]
    goal: int
    goal_name: str

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(range(self.lowest, self.lowest + len(self.names)))

    def ticks(self, width: int = 11) -> list[str]:
        """The level names, the goal's one bold and named as such."""
        texts = [wrapped(name, width) for name in self.names]
        whole = len(self.goal_name) <= width
        goal = self.goal_name if whole else "\n".join(wrapped(part, width) for part in self.goal_name.split(" – "))
        texts[self.goal - self.lowest] = bold(goal)
        return texts


class Picture(go.Figure):
    """A finished figure. It is told as it was made: Plotly's own telling copies it and looks for arrays to pack, of
    which ours have none, and takes a quarter of drawing a page."""

    def to_dict(self) -> dict:
        return {"data": self._data, "layout": self._layout}

    def __repr__(self) -> str:
        """Plotly's own writes in the dictionary that it shows, which here is the one that is drawn."""
        return f"<Picture of {len(self.to_dict()['data'])} traces>"


def scatter(**properties) -> dict:
    """A trace of points or lines."""
    return {"type": "scatter", **properties}


def leading(ways: Sequence[str]) -> dict[str, list[str]]:
    """What makes a trace's points lead somewhere when they are clicked; nothing where none does. `ways`: an address a
    point, '' for none (pages/ui/assets/drawn.js follows them)."""
    return {"ids": list(ways)} if any(ways) else {}


def bar(**properties) -> dict:
    """A trace of bars."""
    return {"type": "bar", **properties}


def figure(
    traces: Sequence[dict], *, height: int, margin: tuple[int, int, int, int], language: str, **layout
) -> go.Figure:
    """A figure in the house style. `margin`: left, right, top, bottom.

    Plotly's own check of every property takes ten times as long as the rest of a page; the tests run it on every
    figure instead of every visitor.
    """
    left, right, top, bottom = margin
    return Picture(
        _validate=False,
        data=as_written(list(traces)),
        layout=as_written(
            {
                "template": "none",
                "height": height,
                "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 2},
                "font": {"family": FONT, "size": 12, "color": INK},
                "separators": ", " if language == "sv" else ".,",
                "showlegend": False,
                "hovermode": "closest",
                "dragmode": False,
                "paper_bgcolor": GROUND,
                "plot_bgcolor": GROUND,
                "hoverlabel": {
                    "bgcolor": GROUND,
                    "bordercolor": CITY,
                    "font": {"family": FONT, "size": 12, "color": INK},
                },
                **layout,
            }
        ),
    )


def level_axis(axis: LevelAxis) -> dict:
    """The whole scale, level names at the ticks."""
    half = 0.12
    return {
        "range": [axis.lowest - half, axis.levels[-1] + half],
        "tickvals": list(axis.levels),
        "ticktext": axis.ticks(),
        "tickangle": 0,
        "tickfont": {"size": 12, "color": CITY},
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def standing_level_axis(axis: LevelAxis) -> tuple[dict, list[dict]]:
    """The same axis standing, and its level names as texts above their grid lines, inside the plot: a phone has no
    room beside it, and Plotly's own inside labels hide years of the other axis."""
    names = [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 2,
            "y": level,
            "yanchor": "bottom",
            "text": text,
            "showarrow": False,
            "font": {"size": 12, "color": CITY},
        }
        for level, text in zip(axis.levels, axis.ticks(40), strict=True)
    ]
    upright = level_axis(axis) | {"showticklabels": False, "range": [axis.lowest - 0.12, axis.levels[-1] + 0.3]}
    return upright, names


def goal_line(axis: LevelAxis, direction: str) -> dict:
    """The goal as one thin dark line across the plot; its name stands at the tick."""
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": axis.goal, "y1": axis.goal}
    if direction == "v":
        ends = {"y0": 0, "y1": 1, "yref": "paper", "x0": axis.goal, "x1": axis.goal}
    return {"type": "line", "line": {"color": GOAL, "width": 1.2, "dash": "dash"}, "layer": "below", **ends}


def level_colours(axis: LevelAxis) -> list[str]:
    """A colour a level: the ramp that turns at the goal, stretched to the scale."""
    below = axis.goal - axis.lowest
    above = len(axis.names) - below
    return [*shades(BELOW, below), *shades(FROM_GOAL, above)]


def mean_colour(axis: LevelAxis, mean: float) -> str:
    """The same ramp for means, in steps: the stronger, the further from the goal, where it jumps."""
    if mean < axis.goal:
        return _step(MEANS_BELOW, (mean - axis.lowest) / (axis.goal - axis.lowest))
    room = axis.levels[-1] - axis.goal
    return _step(MEANS_FROM_GOAL, (mean - axis.goal) / room if room else 0.5)


def _step(ramp: Sequence[str], share: float) -> str:
    return ramp[min(int(share * len(ramp)), len(ramp) - 1)]


def text_on(colour: str) -> str:
    """Dark or light, whichever reads better on the colour."""
    return max((LIGHT_ON_FILL, DARK_ON_FILL), key=lambda text: contrast(text, colour))


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """The text broken into lines of about `width` characters; what does not fit ends in an ellipsis."""
    parts = textwrap.wrap(text, width, break_long_words=False)
    if len(parts) > lines:
        last = " ".join(parts[lines - 1 :])
        cut = last.rfind(" ", 0, width) if " " in last[:width] else width - 1
        parts = [*parts[: lines - 1], last[:cut].rstrip() + (" …" if last[cut : cut + 1] == " " else "…")]
    return "\n".join(parts)


def kept_apart(values: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """The values, moved so that things of these sizes, centred on them, do not overlap within low..high.

    Their order is kept. From the lowest up each is moved as far as it must; then the whole pile is moved down where it
    has grown past the top.
    """
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed: list[float] = []
    for place, i in enumerate(order):
        floor = low if not place else placed[-1] + (sizes[order[place - 1]] + sizes[i]) / 2
        placed.append(max(values[i], floor))
    overlap = sum(placed[place] - values[i] for place, i in enumerate(order)) / max(len(order), 1)
    shift = min(overlap, placed[0] - low) if placed else 0
    placed = [value - shift for value in placed]
    ceiling = high
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], ceiling)
        ceiling = placed[place] - (sizes[order[place]] + sizes[order[place - 1]]) / 2 if place else ceiling
    result = [0.0] * len(values)
    for place, i in enumerate(order):
        result[i] = placed[place]
    return result
