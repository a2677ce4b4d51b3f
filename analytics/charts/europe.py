"""Partner countries on a map of Europe. The outlines come from data/reference/europe.json; its README says how."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

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
    inside = [p for p in _points_in(ring, longest / 18) if WEST < p[0] < EAST - 100]
    return max(inside, key=lambda p: min((p[0] - x) ** 2 + (p[1] - y) ** 2 for x, y in ring))


@cache
def _spread(code: str) -> tuple[tuple[float, float], ...]:
    """Places all over a country, its islands included."""
    return tuple(point for ring in _outlines()[code] for point in _points_in(ring, APART))


def _points_in(ring: Ring, step: float) -> Iterator[tuple[float, float]]:
    """The points of a grid that are inside the ring."""
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    for i in range(int((east - west) / step) + 1):
        for j in range(int((north - south) / step) + 1):
            point = west + (i + 0.5) * step, south + (j + 0.5) * step
            if _within(point, ring):
                yield point


def _within(point: tuple[float, float], ring: Ring) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1
