"""Partner countries on a map of Europe. The outlines come from data/reference/europe.json; its README says how."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from analytics.charts.colours import BAND, COUNTRIES, GROUND, SCHOOL
from analytics.charts.marked import bold
from analytics.charts.style import figure, scatter, text_on
from analytics.model.installed import DATA

OUTLINES = DATA / "reference" / "europe.json"
SHADES = tuple(zip((1, 2, 4, 8), COUNTRIES, strict=True))
"""From this many projects, this colour: fixed steps, so that two years' maps may be compared."""
WEST, EAST, SOUTH, NORTH = -1900, 2560, -1980, 2260  # km from 52 N 10 E
HEIGHT = 470
TOO_SMALL = 12_000  # square kilometres: drawn as a disc, with the number in it
APART = 130  # kilometres between the places in a country where its hover text shows

Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MapCountry:
    """A country (ISO alpha-2) with its number of projects; `hover` says it in words under the name."""

    code: str
    name: str
    count: int
    hover: str = ""


def on_the_map(code: str) -> bool:
    """Whether the map has the country: the others must be told beside it."""
    return code in _outlines()


def europe_map(countries: Sequence[MapCountry], language: str) -> go.Figure:
    """Europe with the partner countries shaded by number of projects, the number written in each."""
    partners = {c.code: c for c in countries if c.count > 0 and on_the_map(c.code)}
    discs = [c for c in partners.values() if _area(_largest(c.code)) < TOO_SMALL]
    rest = [ring for code, rings in _outlines().items() if code not in partners for ring in rings]
    traces = [_shapes(rest, BAND, GROUND)]
    for shade in dict(SHADES).values():
        filled = [r for code, c in partners.items() if _shade(c.count) == shade for r in _outlines()[code]]
        if filled:
            traces.append(_shapes(filled, shade, SCHOOL))
    traces.append(_hovers([c for c in partners.values() if c not in discs]))
    traces.append(_numbers(list(partners.values()), discs))
    still = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return figure(
        traces,
        height=HEIGHT,
        margin=(0, 0, 0, 0),
        language=language,
        xaxis={"range": [WEST, EAST], **still},
        yaxis={"range": [SOUTH, NORTH], "scaleanchor": "x", "scaleratio": 1, **still},
        hoverdistance=40,
    )


def _shapes(rings: Sequence[Ring], colour: str, border: str) -> dict:
    """Areas as one trace, with a gap between one ring and the next."""
    x, y = [], []
    for ring in rings:
        x += [*(point[0] for point in ring), None]
        y += [*(point[1] for point in ring), None]
    return scatter(
        x=x[:-1],
        y=y[:-1],
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line={"color": border, "width": 0.7},
        hoverinfo="skip",
    )


def _numbers(countries: Sequence[MapCountry], discs: Sequence[MapCountry]) -> dict:
    """The numbers, and under those of countries too small to see a disc."""
    places = [_place(c.code) for c in countries]
    shades = [_shade(c.count) for c in countries]
    return scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="markers+text",
        marker={
            "size": [15 if c in discs else 1 for c in countries],
            "color": shades,
            "line": {"width": 0.7, "color": SCHOOL},
        },
        text=[bold(str(c.count)) for c in countries],
        textfont={"size": 12, "color": [text_on(shade) for shade in shades], "shadow": "auto"},
        hovertext=[_hover(c) for c in countries],
        hoverinfo="text",
    )


def _hovers(countries: Sequence[MapCountry]) -> dict:
    """Unseen points all over a country, so that its text shows wherever one points at it."""
    points = [(x, y, _hover(c)) for c in countries for x, y in _spread(c.code)]
    return scatter(
        x=[x for x, _, _ in points],
        y=[y for _, y, _ in points],
        mode="markers",
        marker={"size": 8, "opacity": 0},
        hovertext=[text for _, _, text in points],
        hoverinfo="text",
    )


def _hover(country: MapCountry) -> str:
    return bold(country.name) + (f"\n{country.hover}" if country.hover else "")


def _shade(count: int) -> str:
    return [colour for start, colour in SHADES if count >= start][-1]


@cache
def _outlines() -> dict[str, tuple[Ring, ...]]:
    """A country's rings, the first of them the largest; km from 52 N 10 E."""
    told = json.loads(OUTLINES.read_text("utf-8"))
    return {code: tuple(tuple((x, y) for x, y in ring) for ring in rings) for code, rings in told.items()}


def _largest(code: str) -> Ring:
    return _outlines()[code][0]


def _area(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2


@cache
def _place(code: str) -> tuple[float, float]:
    """Where a country's number stands: the place in its largest piece that is farthest from the border's corners."""
    ring = _largest(code)
    longest = max(max(p[axis] for p in ring) - min(p[axis] for p in ring) for axis in (0, 1))
    inside = _points_in(ring, longest / 18)
    inside = inside[(inside[:, 0] > WEST) & (inside[:, 0] < EAST - 100)]
    x, y = np.array(ring, float).T
    near = ((inside[:, :1] - x) ** 2 + (inside[:, 1:] - y) ** 2).min(axis=1)
    east, north = inside[near.argmax()].tolist()
    return east, north


@cache
def _spread(code: str) -> tuple[tuple[float, float], ...]:
    """Places all over a country, its islands included."""
    return tuple((x, y) for ring in _outlines()[code] for x, y in _points_in(ring, APART).tolist())


def _points_in(ring: Ring, step: float) -> np.ndarray:
    """The points (x, y) of a grid that are inside the ring."""
    x, y = np.array(ring, float).T
    columns = x.min() + (np.arange(int((x.max() - x.min()) / step) + 1) + 0.5) * step
    rows = y.min() + (np.arange(int((y.max() - y.min()) / step) + 1) + 0.5) * step
    points = np.stack(np.meshgrid(columns, rows, indexing="ij"), axis=-1).reshape(-1, 2)
    return points[_within(points, ring)]


def _within(points: np.ndarray, ring: Ring) -> np.ndarray:
    """Of each point whether a ray from it crosses the ring an odd number of times."""
    x, y = points[:, :1], points[:, 1:]
    (x0, y0), (x1, y1) = np.array(ring[:-1], float).T, np.array(ring[1:], float).T
    rising = np.where(y1 == y0, 1.0, y1 - y0)  # where an edge lies level no ray crosses it
    crossed = ((y0 > y) != (y1 > y)) & (x < x0 + (y - y0) * (x1 - x0) / rising)
    return crossed.sum(axis=1) % 2 == 1
