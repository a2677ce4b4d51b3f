"""How schools spread: a dot a school on the level scale, one row a round; bars of counts over the rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.colours import BAND, CITY, FROM_GOAL, INK, OTHER
from analytics.charts.marked import bold
from analytics.charts.ribbon import HEADING, Era, begun, heading
from analytics.charts.style import LevelAxis, bar, figure, goal_line, level_axis, scatter

ROW, EDGE, STEP = 96, 52, 5
SIDE = 38  # room for half a level name
BAR_ROW, BAR_SIDE = 36, 44


@dataclass(frozen=True, slots=True)
class StripRow:
    """A round: each school's figure with what hovering says, and the city's mean."""

    name: str
    values: tuple[float, ...]
    hovers: tuple[str, ...]
    city: float | None
    city_text: str


def strip(rows: Sequence[StripRow], axis: LevelAxis, language: str, *, eras: Sequence[Era] = ()) -> go.Figure:
    """Dots stacked where they would cover each other; the city's mean as a short line with its figure.

    With `eras` a heading names the framework over its rounds; a round is found there by its name, its year.
    """
    x, y, hovers, annotations, shapes = [], [], [], [], [goal_line(axis, "v")]
    starts = begun([row.name for row in rows], eras)
    down = 0
    for i, row in enumerate(rows):
        if i in starts:
            band, name = heading(starts[i], -down, HEADING - 6, list(starts).index(i), SIDE)
            shapes.append(band)
            annotations.append(name)
            down += HEADING
        down += ROW
        base = 10 - down
        stacked: Counter[int] = Counter()
        bins = (axis.levels[-1] - axis.lowest) * 16
        highest = max(Counter(round((v - axis.lowest) * 16) for v in row.values).values(), default=1)
        step = min(STEP, (ROW - 36) / highest)  # a high pile is pressed together, so that it stays in its row
        for value, hover in zip(row.values, row.hovers, strict=True):
            place = round((value - axis.lowest) / (axis.levels[-1] - axis.lowest) * bins)
            x.append(axis.lowest + place * (axis.levels[-1] - axis.lowest) / bins)
            y.append(base + step * (stacked[place] + 0.5))
            stacked[place] += 1
            hovers.append(hover)
        annotations.append(
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "xshift": -SIDE,
                "y": base + ROW - 34,
                "text": bold(row.name),
                "showarrow": False,
                "font": {"size": 12},
            }
        )
        if row.city is not None:
            line = {"color": CITY, "width": 2}
            shapes.append(
                {"type": "line", "x0": row.city, "x1": row.city, "y0": base - 4, "y1": base + ROW - 36, "line": line}
            )
            annotations.append(
                {
                    "x": row.city,
                    "y": base + ROW - 36,
                    "yanchor": "bottom",
                    "text": row.city_text,
                    "showarrow": False,
                    "font": {"size": 12, "color": CITY},
                }
            )
    dots = scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"size": 5.5, "color": FROM_GOAL[0]},
        hovertext=hovers,
        hoverinfo="text",
        cliponaxis=False,
    )
    return figure(
        [dots],
        height=down + EDGE + 4,
        margin=(SIDE, SIDE, 4, EDGE),
        language=language,
        xaxis=level_axis(axis),
        yaxis={"range": [-down, 0], "visible": False, "fixedrange": True},
        annotations=annotations,
        shapes=shapes,
    )


@dataclass(frozen=True, slots=True)
class CountBar:
    """A round: how many of how many."""

    name: str
    count: int
    of: int
    text: str
    hover: str


def counts(bars: Sequence[CountBar], language: str, *, eras: Sequence[Era] = ()) -> go.Figure:
    """Filled bars in front of pale ones (how many there are in all), the count written beside them.

    With `eras` a heading names the framework over its rounds; a round is found there by its name, its year.
    """
    starts = begun([bar.name for bar in bars], eras)
    headings, places, down = [], [], 0
    for i in range(len(bars)):
        if i in starts:
            headings.append(heading(starts[i], -down, HEADING - 6, len(headings), BAR_SIDE))
            down += HEADING
        down += BAR_ROW
        places.append(BAR_ROW / 2 - down)
    whole = bar(
        orientation="h",
        y=places,
        x=[bar.of for bar in bars],
        marker={"color": BAND, "line": {"color": OTHER, "width": 1}},
        hoverinfo="skip",
        width=0.6 * BAR_ROW,
    )
    part = bar(
        orientation="h",
        y=places,
        x=[bar.count for bar in bars],
        marker={"color": FROM_GOAL[1]},
        hovertext=[bar.hover for bar in bars],
        hoverinfo="text",
        width=0.6 * BAR_ROW,
    )
    written = {"xanchor": "left", "xshift": 5, "showarrow": False, "font": {"size": 12, "color": INK}}
    return figure(
        [whole, part],
        height=down + 16,
        margin=(BAR_SIDE, 8, 4, 12),
        language=language,
        barmode="overlay",
        xaxis={"visible": False, "fixedrange": True, "range": [0, max((bar.of for bar in bars), default=1) * 1.02]},
        yaxis={
            "range": [-max(down, 1), 0],
            "tickvals": places,
            "ticktext": [bar.name for bar in bars],
            "fixedrange": True,
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
        },
        annotations=[
            *(
                {"x": bar.count, "y": place, "text": bar.text, **written}
                for bar, place in zip(bars, places, strict=True)
            ),
            *(name for _, name in headings),
        ],
        shapes=[band for band, _ in headings],
    )
