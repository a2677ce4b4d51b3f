"""Schools' way to being certified: a row a school on one axis of years, a mark an event, what it is now beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics.charts.colours import CITY, GRID, GROUND, INK, OTHER, PALE, SCHOOL
from analytics.charts.marked import bold, coloured, in_a_row
from analytics.charts.ribbon import LETTER, PHONE
from analytics.charts.rows import GroupName
from analytics.charts.style import figure, scatter, wrapped
from analytics.charts.timeline import year_of
from analytics.model.dialogue import Event

SIDE, TOP = 8, 24
LINE, NAME, TRACK, HEAD = 16, 18, 20, 30  # pixels: a line of the key, a name, the track under it, a heading
HELD = PALE  # the track while a certification holds
ON_THE_WAY = OTHER
MARKS = {  # a shape each: no colour carries the meaning alone
    Event.APPLIED: ("circle-open", 8, CITY, "\N{WHITE CIRCLE}"),
    Event.IN_PROCESS: ("circle", 8, CITY, "\N{BLACK CIRCLE}"),
    Event.CERTIFIED: ("square", 10, SCHOOL, "\N{BLACK SQUARE}"),
    Event.RENEWED: ("diamond", 11, SCHOOL, "\N{BLACK DIAMOND}"),
    Event.DECLINED: ("x-thin", 8, INK, "\N{MULTIPLICATION SIGN}"),
}


@dataclass(frozen=True, slots=True)
class StageMark:
    """An event on its day."""

    event: Event
    day: date
    hover: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """A school's events by day; `text` says after its name what it is now, and is shortened where there is no room.
    `held`: the days between which it was certified, the last one None where it still is."""

    label: str
    text: str
    marks: tuple[StageMark, ...]
    held: tuple[tuple[date, date | None], ...] = ()


def stages(rows: Sequence[StageRow | GroupName], until: date, names: dict[Event, str], language: str) -> go.Figure:
    """A row a school under its name, up to the evening of `until`. The marks that are there are named over the picture,
    in a line or more."""
    places, down = [], 0
    for row in rows:
        down += HEAD if isinstance(row, GroupName) else NAME + TRACK
        places.append(-(down - (8 if isinstance(row, GroupName) else TRACK // 2 + 3)))
    drawn = [(row, y) for row, y in zip(rows, places, strict=True) if isinstance(row, StageRow)]
    days = [mark.day for row, _ in drawn for mark in row.marks]
    first = min([day.year for day in days] + [until.year])
    end = year_of(until, ending=True)
    last = max(end, first + 1)
    used = [event for event in MARKS if any(mark.event is event for row, _ in drawn for mark in row.marks)]
    key = _key(used, names)
    years = range(first, int(last) + 1)
    named = [year for year in years if year + 0.5 <= last + 0.05]
    traces = [
        _tracks([(year_of(row.marks[0].day), end, y) for row, y in drawn if _open(row)], ON_THE_WAY, 1.5),
        _tracks([(year_of(row.marks[0].day), year_of(row.marks[-1].day), y) for row, y in drawn], ON_THE_WAY, 1.5),
        _tracks([(year_of(a), year_of(b) if b else end, y) for row, y in drawn for a, b in row.held], HELD, 5),
        *(_marks(event, drawn) for event in used),
    ]
    return figure(
        [trace for trace in traces if trace["x"]],
        height=down + TOP + LINE * len(key) + 14,
        margin=(SIDE, SIDE, TOP + LINE * len(key), 14),
        language=language,
        xaxis={
            "range": [first - 0.02, last],
            "side": "top",
            "tickvals": [year + 0.5 for year in named],
            "ticktext": [str(year) for year in named],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": CITY},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"range": [-down - 2, 2], "visible": False, "fixedrange": True},
        annotations=[*_names(rows, places), *_key_lines(key)],
        shapes=_year_lines(years, places, rows, last),
    )


def _open(row: StageRow) -> bool:
    """Whether the way goes on: a school that was declined stands still."""
    return row.marks[-1].event is not Event.DECLINED


def _tracks(pieces: Sequence[tuple[float, float, float]], colour: str, width: float) -> dict:
    x, y = [], []
    for start, end, at in pieces:
        x += [start, end, None]
        y += [at, at, None]
    return scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")


def _marks(event: Event, drawn: Sequence[tuple[StageRow, float]]) -> dict:
    symbol, size, colour, _ = MARKS[event]
    there = [(mark, y) for row, y in drawn for mark in row.marks if mark.event is event]
    edge = {"width": 2, "color": colour} if symbol in ("circle-open", "x-thin") else {"width": 1, "color": GROUND}
    return scatter(
        x=[year_of(mark.day) for mark, _ in there],
        y=[y for _, y in there],
        mode="markers",
        marker={"symbol": symbol, "size": size, "color": colour, "line": edge},
        hovertext=[mark.hover for mark, _ in there],
        hoverinfo="text",
        cliponaxis=False,
    )


def _names(rows: Sequence[StageRow | GroupName], places: Sequence[float]) -> list[dict]:
    """Each name over its track, and what the school is now after it, as far as a phone has room."""
    texts = []
    for row, y in zip(rows, places, strict=True):
        if isinstance(row, GroupName):
            text, lift = bold(row.label), -8
        else:
            room = int((PHONE - 2 * SIDE) / LETTER) - len(row.label) - 2
            now = wrapped(row.text, room, 1) if room > 6 else ""
            text, lift = in_a_row(row.label, coloured(now, CITY, 12)), 5
        texts.append(
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "xshift": -SIDE + 2,
                "y": y + lift,
                "yanchor": "bottom",
                "text": text,
                "align": "left",
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 13 if isinstance(row, GroupName) else 12, "color": INK},
            }
        )
    return texts


def _key(used: Sequence[Event], names: dict[Event, str]) -> list[str]:
    """The marks and their names, in as many lines as a phone needs."""
    lines, length = [], 0
    for event in used:
        part = coloured(MARKS[event][3], MARKS[event][2]) + f" {names[event]}"
        size = len(names[event]) + 5
        if not lines or (length + size) * LETTER > PHONE - SIDE:
            lines.append(part)
            length = size
        else:
            lines[-1] += "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} " + part
            length += size
    return lines


def _key_lines(key: Sequence[str]) -> list[dict]:
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -SIDE + 2,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": TOP - 4 + LINE * (len(key) - 1 - i),
            "text": line,
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 12, "color": INK},
        }
        for i, line in enumerate(key)
    ]


def _year_lines(years: range, places: Sequence[float], rows: Sequence, last: float) -> list[dict]:
    """Where each year begins, beside the tracks alone, so that none runs through a name."""
    tracks = [y for row, y in zip(rows, places, strict=True) if isinstance(row, StageRow)]
    path = " ".join(f"M{year},{y - 7} L{year},{y + 5}" for year in years if year <= last for y in tracks)
    return [{"type": "path", "path": path, "layer": "below", "line": {"color": GRID, "width": 1}}] if path else []
