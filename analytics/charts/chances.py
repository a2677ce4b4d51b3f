"""How sure is it that the goal is reached: a dot on a strip of 0-100 %, cut where the wording changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GROUND, INK, OTHER, SCHOOL, ZONES
from analytics.charts.ribbon import LETTER, PHONE
from analytics.charts.style import bar, figure, scatter, wrapped
from analytics.model.present import present

CUTS = (0.0, 0.20, 0.80, 0.95, 1.0)
"""Where one wording gives way to the next: not yet, cannot tell, likely, reached."""
ROW, TALL, STRIP, LINE = 21, 42, 14, 15  # pixels: a row, one with its name above, its strip, a line of text
NAMES, EDGE, TOP, BOTTOM = 150, 8, 4 * LINE + 6, 28
BESIDE, ABOVE = 24, 56  # letters of a name at the left; longer ones stand above the strips


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """A school or criterion: `share` (0-1) of the resamples that reach the goal, and that in words (short: "84 %").

    `note` says why where there is no share.
    """

    label: str
    share: float | None
    hover: str
    text: str
    note: str = ""
    below: str = ""  # under the strip, in lines as long as a phone is wide


def below(row: ChanceRow) -> str:
    """What stands under the row's strip."""
    return wrapped(row.below, int((PHONE - EDGE) / LETTER), 2)


def chances(rows: Sequence[ChanceRow], language: str, *, zones: tuple[str, str, str, str]) -> go.Figure:
    """A strip a row; `zones` names the four zones from the lowest up."""
    above = any(len(row.label) > BESIDE for row in rows)
    left = EDGE if above else NAMES
    longest = max((len(row.text) for row in rows if row.share is not None), default=0)
    right = int(max(longest * LETTER + 18, 24))
    room = int((PHONE - left - right) / LETTER)
    key = _key(zones, room)
    labels = [wrapped(row.label, ABOVE, 2) if above else wrapped(row.label, BESIDE, 1) for row in rows]
    places, down = [], 0
    for row, label in zip(rows, labels, strict=True):
        down += TALL + LINE * label.count("\n") if above else ROW
        places.append(-down + ROW / 2)
        down += LINE * (below(row).count("\n") + 1) if row.below else 0
    drawn = [(row, y) for row, y in zip(rows, places, strict=True) if row.share is not None]
    traces = [
        bar(
            orientation="h",
            base=[100 * low] * len(drawn),
            x=[100 * (high - low)] * len(drawn),
            y=[y for _, y in drawn],
            width=STRIP,
            marker={"color": colour},
            hovertext=[row.hover for row, _ in drawn],
            hoverinfo="text",
        )
        for (low, high), colour in zip(pairwise(CUTS), ZONES, strict=True)
    ]
    traces.append(
        scatter(
            x=[100 * present(row.share) for row, _ in drawn],
            y=[y for _, y in drawn],
            mode="markers",
            marker={"size": 9, "color": SCHOOL, "line": {"width": 1, "color": GROUND}},
            hovertext=[row.hover for row, _ in drawn],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    common = {"xref": "x", "yref": "y", "xanchor": "left", "showarrow": False, "borderpad": 0}
    annotations = [
        {"x": 103, "xshift": 4, "y": y, "text": row.text, "font": {"size": 12, "color": INK}, **common}
        for row, y in drawn
    ]
    annotations += [
        {
            "x": 0,
            "y": y,
            "text": wrapped(row.note, int((PHONE - left) / 5.7), 1),
            "font": {"size": 12, "color": CITY},
            **common,
        }
        for row, y in zip(rows, places, strict=True)
        if row.share is None
    ]
    annotations += [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -left + 2,
            "y": y - ROW / 2 + 1,
            "yref": "y",
            "yanchor": "top",
            "text": below(row),
            "align": "left",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": CITY},
        }
        for row, y in zip(rows, places, strict=True)
        if row.below
    ]
    if above:
        annotations += [
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "xshift": -left + 2,
                "y": y + ROW / 2 - 2,
                "yref": "y",
                "yanchor": "bottom",
                "text": label,
                "align": "left",
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 12, "color": INK},
            }
            for label, y in zip(labels, places, strict=True)
        ]
    texts, leaders = key
    return figure(
        traces,
        height=max(down, ROW) + BOTTOM + TOP,
        margin=(left, right, TOP, BOTTOM),
        language=language,
        barmode="overlay",
        xaxis={
            "range": [-3, 103],
            "tickvals": [0, 20, 80, 95],
            "ticktext": ["0", "20\N{NO-BREAK SPACE}%", "80", "95"],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": CITY},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [-max(down, ROW), 0],
            "tickvals": [] if above else places,
            "ticktext": [] if above else labels,
            "tickfont": {"size": 12},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        annotations=[*annotations, *texts],
        shapes=leaders,
    )


def _key(zones: tuple[str, str, str, str], room: int) -> tuple[list[dict], list[dict]]:
    """The zones' names above the strips, each with a thin line down to its zone: one under the other, as the two
    upper zones are far narrower than their names."""
    middles = [50 * (low + high) for low, high in pairwise(CUTS)]
    texts, lines = [], []
    # The first name starts at its zone's left end, the others end at their zone's middle or start there, so that no
    # line crosses a name: the widest zone lowest, the last one highest.
    for level, (zone, x, anchor) in enumerate(
        ((1, middles[1], "center"), (0, 0, "left"), (2, middles[2], "right"), (3, middles[3], "right"))
    ):
        texts.append(
            {
                "x": x,
                "xref": "x",
                "xanchor": anchor,
                "xshift": -3 if anchor == "right" else 0,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": LINE * level,
                "text": wrapped(zones[zone], room, 1),
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 12, "color": INK},
            }
        )
        if level:
            lines.append(
                {
                    "type": "line",
                    "x0": x,
                    "x1": x,
                    "xref": "x",
                    "yref": "paper",
                    "yanchor": 1,
                    "ysizemode": "pixel",
                    "y0": 0,
                    "y1": LINE * level + (LINE - 4 if anchor == "right" else 1),
                    "line": {"color": OTHER, "width": 1},
                }
            )
    return texts, lines
