"""Is a school's mean out of the ordinary for so few answers: means against answers, with the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import BAND, CITY, FROM_GOAL, GROUND, INK, OTHER, PALE, SCHOOL, faint
from analytics.charts.marked import bold
from analytics.charts.ribbon import LETTER, PHONE
from analytics.charts.style import (
    LevelAxis,
    figure,
    goal_line,
    kept_apart,
    leading,
    scatter,
    standing_level_axis,
    wrapped,
)

HEIGHT = 420
LEFT, RIGHT, TOP, BOTTOM = 4, 98, 8, 52


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A school: its answers, its mean, and whether that lies outside the limits. `mine` is written out by name."""

    n: int
    value: float
    hover: str
    outside: bool
    mine: bool = False
    name: str = ""
    way: str = ""  # where a click on it leads


@dataclass(frozen=True, slots=True)
class FunnelNames:
    """What is written in the funnel: under the x axis, at the centre line, at the limits."""

    x_title: str
    centre_text: str
    limits_text: str


def funnel(
    points: Sequence[FunnelPoint],
    axis: LevelAxis,
    language: str,
    *,
    centre: float,
    limits: Sequence[tuple[int, float, float]],
    names: FunnelNames,
) -> go.Figure:
    """Dots in front of the pale funnel of `limits` (answers, lower, upper; by rising answers) round `centre`."""
    traces = [_limits(limits), *_edges(limits)] if limits else []
    most = max([p.n for p in points] + [n for n, _, _ in limits], default=10)
    last = most * 1.04
    first = -0.4 * last  # room for the level names
    traces.append(_straight(centre, limits[0][0] if limits else 0, most))
    for outside, colour in ((False, PALE), (True, FROM_GOAL[1])):
        traces.append(_dots([p for p in points if p.outside is outside and not p.mine], colour))
    traces.append(_mine([p for p in points if p.mine]))
    upright, texts = standing_level_axis(axis)
    beside = [(centre, names.centre_text, INK)]
    if limits:
        beside.append((limits[-1][2], names.limits_text, CITY))
    texts += _beside(beside, axis, most)
    texts += _labels(points, axis, (first, last), texts[-len(beside) :])
    ticks = [n for n in range(0, most + 1, _step(most)) if n]
    return figure(
        [trace for trace in traces if trace["x"]],
        height=HEIGHT,
        margin=(LEFT, RIGHT, TOP, BOTTOM),
        language=language,
        xaxis={
            "range": [first, last],
            "tickvals": ticks,
            "tickangle": 0,
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=upright,
        annotations=[*texts, _under(names.x_title, last / 2)],
        shapes=[goal_line(axis, "h")],
    )


def _under(text: str, x: float) -> dict:
    """The x axis' title, under the figures and not under the level names."""
    return {
        "x": x,
        "xref": "x",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -22,
        "text": text,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": INK},
    }


def _step(most: int) -> int:
    """Five steps at most, on round numbers."""
    return next(step for size in range(6) for step in (10**size, 2 * 10**size, 5 * 10**size) if most / step <= 5)


def _limits(limits: Sequence[tuple[int, float, float]]) -> dict:
    n = [n for n, _, _ in limits]
    outline = [low for _, low, _ in limits] + [high for _, _, high in reversed(limits)]
    return scatter(
        x=n + n[::-1],
        y=outline,
        fill="toself",
        fillcolor=BAND,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _edges(limits: Sequence[tuple[int, float, float]]) -> list[dict]:
    n = [n for n, _, _ in limits]
    thin = {"color": OTHER, "width": 1}
    return [
        scatter(x=n, y=[limit[side] for limit in limits], mode="lines", line=thin, hoverinfo="skip") for side in (1, 2)
    ]


def _straight(centre: float, first: float, last: float) -> dict:
    line = {"color": CITY, "width": 1.5}
    return scatter(x=[first, last], y=[centre, centre], mode="lines", line=line, hoverinfo="skip")


def _dots(points: Sequence[FunnelPoint], colour: str) -> dict:
    return scatter(
        x=[p.n for p in points],
        y=[p.value for p in points],
        mode="markers",
        marker={"size": 8, "color": colour, "line": {"width": 1, "color": GROUND}},
        hovertext=[p.hover for p in points],
        hoverinfo="text",
        cliponaxis=False,
        **leading([p.way for p in points]),
    )


def _mine(points: Sequence[FunnelPoint]) -> dict:
    """My school: larger and with a dark edge, filled like the others of its side of the limits."""
    colours = [FROM_GOAL[1] if p.outside else PALE for p in points]
    return _dots(points, SCHOOL) | {"marker": {"size": 13, "color": colours, "line": {"width": 2, "color": INK}}}


def _beside(named: Sequence[tuple[float, str, str]], axis: LevelAxis, x: float) -> list[dict]:
    """Texts in the right margin, at the ends of what they name."""
    texts = [wrapped(text, 15, 4) for _, text, _ in named]
    per_pixel = (axis.levels[-1] - axis.lowest + 0.42) / (HEIGHT - TOP - BOTTOM)
    heights = [(14 * text.count("\n") + 18) * per_pixel for text in texts]
    places = kept_apart([y for y, _, _ in named], heights, axis.lowest, axis.levels[-1] + 0.15)
    return [
        {
            "x": x,
            "xref": "x",
            "y": y,
            "yref": "y",
            "xanchor": "left",
            "xshift": 9,
            "align": "left",
            "text": text,
            "showarrow": False,
            "font": {"size": 12, "color": colour},
        }
        for y, text, (_, _, colour) in zip(places, texts, named, strict=True)
    ]


def _labels(
    points: Sequence[FunnelPoint], axis: LevelAxis, ends: tuple[float, float], beside: Sequence[dict]
) -> list[dict]:
    """Names beside my dot, always, and beside those outside the limits where they cover nothing on a phone: no dot, no
    name, and none of the texts `beside` the plot.

    A wider picture only has more air between the dots, while names keep their size.
    """
    plot = PHONE - LEFT - RIGHT
    across = plot / (ends[1] - ends[0])
    down = (HEIGHT - TOP - BOTTOM) / (axis.levels[-1] - axis.lowest + 0.42)
    at = {id(p): ((p.n - ends[0]) * across, (p.value - axis.lowest + 0.12) * down) for p in points}
    names_end = -ends[0] * across
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in at.values()]
    for text in beside:
        y, half = (text["y"] - axis.lowest + 0.12) * down, 8 + 7 * text["text"].count("\n")
        taken.append((plot, y - half, PHONE, y + half))
    texts = []
    wanted = [p for p in points if p.name and (p.mine or p.outside)]
    for point in sorted(wanted, key=lambda p: (not p.mine, -abs(p.value - _middle(points)))):
        text = wrapped(point.name, 24, 1)
        width = len(text) * LETTER * (1.1 if point.mine else 1)
        x, y = at[id(point)]
        end = plot + (RIGHT - 8 if point.mine else 0)
        choices = [
            ("left", 9, 0, (x + 8, y - 7, x + 9 + width, y + 7)),
            ("right", -9, 0, (x - 9 - width, y - 7, x - 8, y + 7)),
            ("center", 0, 14, (x - width / 2, y + 7, x + width / 2, y + 21)),
            ("center", 0, -14, (x - width / 2, y - 21, x + width / 2, y - 7)),
            ("left", 0, 14, (x, y + 7, x + width, y + 21)),
            ("left", 0, -14, (x, y - 21, x + width, y - 7)),
            ("right", 0, 14, (x - width, y + 7, x, y + 21)),
            ("right", 0, -14, (x - width, y - 21, x, y - 7)),
        ]
        if point.mine:  # or farther off, with a line to its dot
            far = [sign * step for step in range(28, 170, 14) for sign in (1, -1)]
            choices += [("left", 0, up, (x, y + up - 7, x + width, y + up + 7)) for up in far]
        inside = [c for c in choices if c[3][0] >= names_end - 1 and c[3][2] < end and c[3][1] > 0] or choices[:1]
        covered = [sum(_meet(c[3], box) for box in taken) for c in inside]
        if min(covered) and not point.mine:
            continue
        anchor, right, up, box = inside[covered.index(min(covered))]
        taken.append(box)
        texts.append(
            {
                "x": point.n,
                "xref": "x",
                "y": point.value,
                "yref": "y",
                "xanchor": anchor,
                "text": bold(text) if point.mine else text,
                "bgcolor": faint(GROUND, 0.75),
                **_placed(right, up),
                "borderpad": 0,
                "font": {"size": 12, "color": INK},
            }
        )
    return texts


def _placed(right: int, up: int) -> dict:
    """So many pixels from the dot, and far from it with a thin line between them."""
    if abs(up) < 28:
        return {"showarrow": False, "xshift": right, "yshift": up}
    line = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": INK, "standoff": 7}
    return {"showarrow": True, "ax": right, "ay": -up, **line}


def _middle(points: Sequence[FunnelPoint]) -> float:
    return sum(p.value for p in points) / len(points)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
