"""Projects in time: from start to end with time gone and budget paid, and what is paid against what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics.charts.colours import BAND, CITY, GOAL, GRID, SCHOOL, SPREAD, edge_of
from analytics.charts.money import BAR, laid_out, name_of, names_at, pixel_axis, strokes
from analytics.charts.style import bar, figure

TIME, PAID = 12, 5  # pixels: the bar of time, and the thin one of what is paid
MANY_YEARS = 9  # more of them, and a phone has room for every other name only
TOP, FOOT, SIDE, AIR = 44, 22, 2, 6


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """A project from start to end. `gone`: the share of its time, 0-1; `paid`: the share of its own budget, which may
    be above 1 (the thin bar then fills the length, and `note` says how much) or below 0; None if no budget is told."""

    label: str
    note: str
    start: date
    end: date
    gone: float
    paid: float | None
    hover: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A named bar that is a share of a whole, and the share that was expected (None: nothing was)."""

    label: str
    share: float
    expected: float | None
    hover: str
    note: str = ""


def timeline(spans: Sequence[TimelineSpan], looked_at: date, looked_at_text: str, language: str) -> go.Figure:
    """A bar a project on one axis of years, and a line on the day that is looked at."""
    texts = [name_of(span.label, span.note) for span in spans]
    places = laid_out(texts, BAR + 4)
    first = min([span.start.year for span in spans] + [looked_at.year])
    last = max([span.end.year for span in spans] + [looked_at.year])
    between = range(first, last + 1)
    named = [year for year in between if len(between) <= MANY_YEARS or (year - first) % 2 == 0]
    line = year_of(looked_at, ending=True)
    reach = BAR // 2 + 4
    shapes = [
        strokes([*between, last + 1], places.bars, reach, GRID),
        strokes([line], places.bars, reach, GOAL, 1.6) | {"name": "looked at", "layer": "above"},
    ]
    late = (line - first) / (last + 1 - first) > 0.5
    year_names = {"yref": "paper", "y": 0, "yanchor": "top", "showarrow": False, "font": {"size": 12, "color": CITY}}
    annotations = [
        *names_at(texts, places),
        *({"x": year + 0.5, "text": str(year), **year_names} for year in named),
        {
            "x": line,
            "xanchor": "right" if late else "left",
            "xshift": -3 if late else 3,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 20,
            "text": looked_at_text,
            "showarrow": False,
            "font": {"size": 12, "color": GOAL},
        },
    ]
    flag = {
        "type": "line",
        "yref": "paper",
        "y0": 1,
        "y1": 1 + 34 / places.height,
        "line": {"color": GOAL, "width": 1.6},
    }
    shapes.append(flag | {"x0": line, "x1": line})
    return figure(
        _traces(spans, places.bars),
        height=places.height + AIR + TOP + FOOT,
        margin=(SIDE, SIDE, TOP, FOOT),
        language=language,
        barmode="overlay",
        xaxis={
            "range": [first, last + 1],
            "side": "top",
            "tickvals": [year + 0.5 for year in named],
            "ticktext": [str(year) for year in named],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": CITY},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=pixel_axis(places) | {"range": [-places.height, AIR]},
        annotations=annotations,
        shapes=shapes,
    )


def shares(rows: Sequence[ShareRow], ticks: Sequence[tuple[float, str]], language: str) -> go.Figure:
    """A bar a row on a scale of shares, a black mark where it was expected to reach."""
    texts = [name_of(row.label, row.note) for row in rows]
    places = laid_out(texts)
    top = max([ticks[-1][0], *(row.share for row in rows), *(row.expected or 0 for row in rows)])
    low = min([0, *(row.share for row in rows)])  # below 0 where more was repaid than paid
    grid = [
        strokes([value for value, _ in ticks[1:]], places.bars, BAR // 2 + 4, GRID),
        strokes([0], places.bars, BAR // 2 + 4, CITY),
    ]
    marks = [
        {
            "type": "line",
            "x0": row.expected,
            "x1": row.expected,
            "y0": -middle - BAR / 2 - 4,
            "y1": -middle + BAR / 2 + 4,
            "line": {"color": GOAL, "width": 3},
        }
        for row, middle in zip(rows, places.bars, strict=True)
        if row.expected is not None
    ]
    bars = bar(
        orientation="h",
        y=[-middle for middle in places.bars],
        x=[row.share for row in rows],
        width=BAR,
        marker={"color": SCHOOL},
        hovertext=[row.hover for row in rows],
        hoverinfo="text",
    )
    return figure(
        [bars],
        height=places.height + 30,
        margin=(14, 20, 2, 28),
        language=language,
        xaxis={
            "range": [low * 1.01, top * 1.01],
            "tickvals": [value for value, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"size": 12, "color": CITY},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis=pixel_axis(places),
        annotations=names_at(texts, places, -14),
        shapes=[*grid, *marks],
    )


def year_of(day: date, ending: bool = False) -> float:
    """A day as a place on the axis of years: its morning, or where it is `ending` its evening."""
    first = date(day.year, 1, 1)
    return day.year + ((day - first).days + ending) / ((date(day.year + 1, 1, 1) - first).days)


def _traces(spans: Sequence[TimelineSpan], middles: Sequence[int]) -> list[dict]:
    starts = [year_of(span.start) for span in spans]
    lengths = [year_of(span.end, ending=True) - start for span, start in zip(spans, starts, strict=True)]
    time = [-middle + PAID / 2 + 1 for middle in middles]
    thin = [at - TIME / 2 - PAID / 2 - 2 for at in time]
    told = [place for place, span in enumerate(spans) if span.paid is not None]

    def drawn(which: Sequence[int], share, at: Sequence[float], width: int, colour: str, **more) -> dict:
        return bar(
            orientation="h",
            base=[starts[i] for i in which],
            x=[lengths[i] * share(spans[i]) for i in which],
            y=[at[i] for i in which],
            width=width,
            marker={"color": colour, "line": {"color": edge_of(colour), "width": 1}},
            **more,
        )

    every = range(len(spans))
    hovers = {"hovertext": [span.hover for span in spans], "hoverinfo": "text"}
    return [
        drawn(every, lambda span: 1, time, TIME, SPREAD, **hovers),
        drawn(every, lambda span: min(max(span.gone, 0), 1), time, TIME, CITY, **hovers),
        drawn(told, lambda span: 1, thin, PAID, BAND, hoverinfo="skip"),
        drawn(told, lambda span: min(max(span.paid or 0, 0), 1), thin, PAID, SCHOOL, hoverinfo="skip"),
    ]
