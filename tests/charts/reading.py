"""What in a picture cannot be read or seen, on white and in the dark theme: contrasts, measured of what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analytics.charts.chances import STRIP
from analytics.charts.colours import BAND, GRID, GROUND, IN_THE_DARK, MEANS_BELOW, MEANS_FROM_GOAL, SPREAD, ZONES
from tests.charts.colours import contrast

TEXT, MARK = 4.5, 3.0
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|rgba?\([^)]*\)")
SPAN = re.compile(r"color:(#\w{6})[^>]*>([^<]*)")
THEMES = ({light: light for light in IN_THE_DARK}, IN_THE_DARK)


def hard_to_see(figure: dict) -> set[str]:
    """What is under the contrast that it must have, with the contrast; '' before what has a colour of its own."""
    found = {f"{colour} is not declared" for colour in _colours(figure) - set(IN_THE_DARK)}
    if found:
        return found
    for theme in THEMES:
        for what, colour, behind in _written(figure):
            reads = min(contrast(theme[colour], theme[each]) for each in behind)
            if reads < TEXT:
                found.add(f"{what} in {theme[colour]}: {reads:.2f}")
        for what, colours in _marks(figure):
            seen = max(contrast(theme[colour], theme[GROUND]) for colour in colours)
            if seen < MARK:
                found.add(f"{what} in {[theme[colour] for colour in colours]}: {seen:.2f}")
    return found


def _colours(part: object) -> set[str]:
    """Every colour in what is drawn; the cells of a heat map, which a filter turns, have their figures on them."""
    if isinstance(part, dict):
        return {c for name, each in part.items() if name != "colorscale" for c in _colours(each)}
    if isinstance(part, list | tuple):
        return {c for each in part for c in _colours(each)}
    return {solid(c) for c in COLOUR.findall(part)} if isinstance(part, str) else set()


def solid(colour: str) -> str:
    """#RRGGBB of a colour that may be seen through."""
    if colour.startswith("#"):
        return colour.upper()
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"[\d.]+", colour)[:3])


def _written(figure: dict) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is written, its colour, and what it stands on."""
    layout = figure["layout"]
    bands = [shape for shape in layout.get("shapes", ()) if "fillcolor" in shape]
    ink = layout["font"]["color"]
    for axis in (layout[name] for name in layout if name[1:5] == "axis"):
        yield "a tick", axis.get("tickfont", {}).get("color", ink), (GROUND,)
        yield "an axis", axis.get("title", {}).get("font", {}).get("color", ink), (GROUND,)
    for note in layout.get("annotations", ()):
        ground = (GROUND, *(shape["fillcolor"] for shape in bands if _stands_on(note, shape)))
        yield note["text"], note.get("font", {}).get("color", ink), ground
        for colour, text in SPAN.findall(note["text"]):
            if len(text.strip()) > 1:
                yield text, colour, ground
    for trace in figure["data"]:
        if trace["type"] == "bar" and trace.get("text"):
            yield "a figure in a bar", trace["textfont"]["color"], tuple(_each(trace["marker"]["color"]))
        if (
            trace["type"] == "scatter"
            and "text" in trace.get("mode", "")
            and isinstance(trace["textfont"]["color"], list | tuple)
        ):
            for on, colour in zip(trace["marker"]["color"], trace["textfont"]["color"], strict=True):
                yield "a figure on a mark", colour, (on,)


def _stands_on(note: dict, band: dict) -> bool:
    """Whether a text is at the height of a band, which is told in pixels above the plot or by the axis."""
    low, high = sorted((band["y0"], band["y1"]))
    by_pixels = band.get("yref") == "paper"
    if by_pixels != (note.get("yref") == "paper"):
        return False
    return low <= (note.get("yshift", 0) if by_pixels else note["y"]) <= high


def _marks(figure: dict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What tells something, and the colours that it is seen by: its own, or its edge's."""
    for note in figure["layout"].get("annotations", ()):
        for colour, text in SPAN.findall(note["text"]):
            if len(text.strip()) == 1:
                yield f"a mark in a text ({text})", (colour,)
    for shape in figure["layout"].get("shapes", ()):
        if shape["type"] in ("line", "path") and shape["line"]["color"] != GRID:
            yield "a line across", (solid(shape["line"]["color"]),)
    edged = [str(trace.get("x")) for trace in figure["data"] if _line(trace) not in (SPREAD, GRID, None)]
    for trace in figure["data"]:
        mode, line = trace.get("mode", ""), _line(trace)
        if trace.get("fill") == "toself":
            if (fill := trace.get("fillcolor")) not in (BAND, None):  # the band's edges are lines of their own
                yield "an area", (solid(fill), solid(line or fill))
        elif "lines" in mode and line != GRID and not (line == SPREAD and str(trace["x"]) in edged):
            yield "a line", (solid(str(line)),)
        marker = trace.get("marker", {})
        if marker and marker.get("opacity") != 0 and ("markers" in mode or trace["type"] == "bar"):
            edges = _each(marker.get("line", {}).get("color", GROUND))
            for colour in set(_each(marker.get("color", GROUND))):
                if not _ground(trace):
                    yield f"a {trace['type']}", (solid(colour), *map(solid, edges))


def _ground(trace: dict) -> bool:
    """What something else stands on that tells it: a stretch of a strip whose zones are named above, with a dot on it;
    a heat map's cell, with its figure."""
    if trace["type"] != "bar" or not isinstance(trace["marker"]["color"], str):
        return False
    strip = trace["marker"]["color"] in ZONES and trace.get("width") == STRIP
    return strip or (trace["marker"]["color"] in (*MEANS_BELOW, *MEANS_FROM_GOAL) and trace.get("width") == 1)


def _line(trace: dict) -> str | None:
    line = trace.get("line", {})
    return line.get("color") if line.get("width") else None


def _each(colours: str | Iterable[str]) -> list[str]:
    return [colours] if isinstance(colours, str) else list(colours)
