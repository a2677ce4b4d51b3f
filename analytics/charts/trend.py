"""How has it moved: lines over the years on the full scale, broken where the framework changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import CITY, OTHER, SPREAD
from analytics.charts.marked import bare, bold
from analytics.charts.ribbon import Era, break_line, ribbon
from analytics.charts.style import LevelAxis, figure, goal_line, kept_apart, leading, level_axis, scatter, wrapped
from analytics.model.present import present

HEIGHT = 330  # whole on a laptop's first screen, below the answer
LEFT, RIGHT, TOP, BOTTOM = 86, 140, 12, 26
SIZE, LINE, LETTER = 13, 17, 7  # pixels: of letters, from line to line, and a little more than a letter's width
REACH = 16  # pixels from a line's end to its name
LETTERS = 22  # of a name on a line, as far as there is room on the right


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure in a year; `value` is None where there is none to draw. `low`..`high` is its spread or interval."""

    year: int
    value: float | None
    hover: str
    low: float | None = None
    high: float | None = None
    way: str = ""  # where a click on it leads


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A named line in pieces: a gap between pieces is a break. `dashed` joins points across a reworded criterion."""

    name: str
    pieces: tuple[tuple[TrendPoint, ...], ...]
    colour: str
    width: float = 2.0
    dashed: tuple[tuple[TrendPoint, TrendPoint], ...] = ()
    intervals: bool = False  # draw each point's low..high as a whisker
    labelled: bool = True
    end: str = ""  # how its last value is written, before its name

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        return tuple(point for piece in self.pieces for point in piece if point.value is not None)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A vertical mark between two years, and what happened there."""

    before: int
    text: str


def trend(
    lines: Sequence[TrendLine],
    axis: LevelAxis,
    language: str,
    *,
    band: Sequence[Sequence[TrendPoint]] = (),
    breaks: Sequence[SeriesBreak] = (),
    eras: Sequence[Era] = (),
    called: Callable[[int], str] = str,
) -> go.Figure:
    """Lines with their names at their ends, in front of a pale band (low..high of each point in `band`, in pieces).

    `eras` are drawn as a ribbon of frameworks at the top, in place of the texts of the breaks. `called`: how a year is
    written on the axis.
    """
    traces = [_band(piece) for piece in band if piece]
    for line in lines:
        for first, second in line.dashed:
            traces.append(_run((first, second), line, dash="dot", hover=False))
        traces.extend(_run(piece, line) for piece in line.pieces if any(p.value is not None for p in piece))
    years = sorted(
        {point.year for line in lines for piece in line.pieces for point in piece} | {p.year for b in band for p in b}
    )
    if not years:
        years = [0]
    first, last = years[0], years[-1]
    room = 0.04 * max(last - first, 1)  # so that the first dot does not lie on the axis
    low, high = first - room, last + room
    band_over = ribbon(eras, low, high, LEFT + RIGHT)
    top = max(TOP if eras or not breaks else TOP + LINE, band_over.height + 4)
    upright = level_axis(axis)
    upright |= {"tickfont": {"size": SIZE, "color": CITY}}
    annotations = _end_names(lines, axis, HEIGHT - top - BOTTOM)
    letters = max((len(part) for told in annotations for part in bare(told["text"]).split("\n")), default=0)
    right = min(RIGHT, REACH + 8 + letters * LETTER)
    shapes = [goal_line(axis, "h"), *(break_line(change.before) for change in breaks)]
    shapes += band_over.shapes
    annotations += band_over.annotations or [
        {
            "x": change.before - 0.5,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "text": change.text,
            "showarrow": False,
            "font": {"size": SIZE, "color": CITY},
        }
        for change in breaks
    ]
    return figure(
        traces,
        height=HEIGHT,
        margin=(LEFT, right, top, BOTTOM),
        language=language,
        xaxis={
            "range": [low, high],
            "tickvals": years,
            "ticktext": year_ticks(years, {change.before for change in breaks}, called),
            "tickangle": 0,
            "tickfont": {"size": SIZE},
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": OTHER,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=upright,
        annotations=annotations,
        shapes=shapes,
    )


def _end_names(lines: Sequence[TrendLine], axis: LevelAxis, height: int) -> list[dict]:
    """The lines' last values and names beside their ends, as near as they can stand without covering one another; a
    thin line leads from each to its own. `height`: of the plot, in pixels."""
    named = [line for line in lines if line.labelled and line.points]
    whole = [wrapped(f"{line.end} {line.name}".strip(), LETTERS, 3) for line in named]
    fits = sum(LINE * name.count("\n") + LINE for name in whole) <= height
    names = whole if fits else [wrapped(f"{line.end} {line.name}".strip(), LETTERS, 2) for line in named]
    lowest, highest = level_axis(axis)["range"]
    per_pixel = (highest - lowest) / height
    heights = [(LINE * name.count("\n") + LINE) * per_pixel for name in names]
    values = [present(line.points[-1].value) for line in named]
    ends = kept_apart(values, heights, lowest, highest)
    return [
        {
            "x": line.points[-1].year,
            "y": value,
            "xref": "x",
            "yref": "y",
            "text": _strong_end(name, line.end),
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": line.colour,
            "standoff": 4,
            "ax": REACH,
            "ay": round((value - end) / per_pixel),
            "xanchor": "left",
            "align": "left",
            "font": {"size": SIZE, "color": CITY if line.colour == OTHER else line.colour},
        }
        for line, value, name, end in zip(named, values, names, ends, strict=True)
    ]


def _strong_end(name: str, end: str) -> str:
    """The name that begins with its line's last value, with that in bold where it stands on one line."""
    return bold(end) + name[len(end) :] if end and name.startswith(end) else name


def year_ticks(years: Sequence[int], starts: set[int], called: Callable[[int], str] = str) -> list[str]:
    """Whole years: of many those that a phone has room for, the ends and the first of each framework before others."""
    if len(years) <= 4:
        return [called(year) for year in years]
    told: list[int] = []
    for year in (years[0], years[-1], *sorted(starts.intersection(years)), *years):
        if all(abs(year - other) >= (2 if len(years) <= 6 else 3) for other in told):
            told.append(year)
    return [called(year) if year in told else "" for year in years]


def _run(piece: Sequence[TrendPoint], line: TrendLine, dash: str = "solid", hover: bool = True) -> dict:
    whiskers = None
    if line.intervals and hover:
        whiskers = {
            "type": "data",
            "symmetric": False,
            "array": [None if p.value is None or p.high is None else p.high - p.value for p in piece],
            "arrayminus": [None if p.value is None or p.low is None else p.value - p.low for p in piece],
            "thickness": 1.4,
            "width": 4,
            "color": line.colour,
        }
    return scatter(
        x=[point.year for point in piece],
        y=[point.value for point in piece],
        mode="lines+markers" if hover else "lines",
        line={"color": line.colour, "width": line.width, "dash": dash},
        marker={"color": line.colour, "size": 7 if line.width > 2 else 5},
        error_y=whiskers,
        hovertext=[point.hover for point in piece],
        hoverinfo="text" if hover else "skip",
        connectgaps=False,
        cliponaxis=False,
        **leading([point.way for point in piece] if hover else ()),
    )


def _band(piece: Sequence[TrendPoint]) -> dict:
    drawn = [point for point in piece if point.low is not None and point.high is not None]
    years = [point.year for point in drawn]
    if len(years) == 1:  # one round alone has no width: give it some, so that it shows
        drawn, years = [drawn[0], drawn[0]], [years[0] - 0.12, years[0] + 0.12]
    return scatter(
        x=years + years[::-1],
        y=[point.low for point in drawn] + [point.high for point in reversed(drawn)],
        fill="toself",
        fillcolor=SPREAD,
        line={"width": 0.8, "color": OTHER},
        mode="lines",
        hoverinfo="skip",
    )
