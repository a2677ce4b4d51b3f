"""Which framework held when: a thin band over a year axis, a heading over rows of rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.colours import BAND, CITY, INK, SPREAD
from analytics.charts.style import wrapped

GREYS = (BAND, SPREAD)
LINE, GAP = 15, 3  # pixels: a line of text, and the air under the band
LETTER = 5.4  # pixels, the average letter at this size
MOST_LINES = 3  # of a name
PHONE = 346  # pixels that a picture has on a phone 390 wide
YEAR = re.compile(r"\d{4}(/\d\d)?$")
YEARS = re.compile(r" \d{4}(\N{EN DASH}\d{4})?$")  # at the end of a name
JOINT = re.compile(r"(?<=\w{3}[^\Ws])s(?=[bdfghjlmnrv]\w{3})")
HEADING = 24  # pixels, heading and the air under it


@dataclass(frozen=True, slots=True)
class Era:
    """The years (both included) in which one framework was used, and its name; any length, it is shortened to fit."""

    first: int
    last: int
    name: str
    called: str = ""  # the years as the framework calls them; empty: as they are

    @property
    def title(self) -> str:
        years = self.called or f"{self.first}\N{EN DASH}{self.last}"
        return f"{self.name} ({years})"


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What to add to a picture, and the pixels it takes above the plot."""

    shapes: tuple[dict, ...] = ()
    annotations: tuple[dict, ...] = ()
    height: int = 0


def ribbon(eras: Sequence[Era], low: float, high: float, margins: int, lift: int = 0) -> Ribbon:
    """A band above a year axis that goes from `low` to `high`, `lift` pixels above the plot.

    `margins` is what the picture's left and right margins take of its width: names are cut to what a phone has room
    for then, in two lines at most, and stand whole in what hovering says. Where not even a short word fits, the years.
    """
    seen = sorted((era for era in eras if era.first - 0.5 < high and era.last + 0.5 > low), key=lambda era: era.first)
    if not seen:
        return Ribbon()
    ends = []
    for i, era in enumerate(seen):
        # The axis begins before its first year, where the level names stand: the first band takes that too.
        start = low if i == 0 else max(era.first - 0.5, low)
        ends.append((start, high if i == len(seen) - 1 else min(era.last + 0.5, high)))
    letters = [int((end - start) / (high - low) * (PHONE - margins) / LETTER) for start, end in ends]
    texts = [_fitted(era, room) for era, room in zip(seen, letters, strict=True)]
    height = LINE * (1 + max(text.count("\n") for text in texts)) + 4
    bottom, shapes, annotations = lift + GAP, [], []
    for i, (era, (start, end), text) in enumerate(zip(seen, ends, texts, strict=True)):
        shapes.append(
            {
                "type": "rect",
                "x0": start,
                "x1": end,
                "yref": "paper",
                "yanchor": 1,
                "ysizemode": "pixel",
                "y0": bottom,
                "y1": bottom + height,
                "fillcolor": GREYS[i % 2],
                "line": {"width": 0},
            }
        )
        annotations.append(
            {
                "x": (start + end) / 2,
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "yanchor": "middle",
                "yshift": bottom + height / 2,
                "text": text,
                "hovertext": era.title,
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 12, "color": INK},
            }
        )
    return Ribbon(tuple(shapes), tuple(annotations), bottom + height)


def break_line(year: int) -> dict:
    """The dotted line before a framework's first year."""
    dotted = {"color": CITY, "width": 1, "dash": "dot"}
    x = year - 0.5
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": dotted, "layer": "below"}


def begun(names: Sequence[str], eras: Sequence[Era]) -> dict[int, Era]:
    """By row: the era that begins there, for rows named by their year: 2021, or 2021/22."""
    found, before = {}, None
    for row, name in enumerate(names):
        era = next((era for era in eras if YEAR.match(name) and era.first <= int(name[:4]) <= era.last), None)
        if era is not None and era != before:
            found[row] = era
        before = era
    return found


def heading(era: Era, top: float, height: float, number: int, left: int) -> tuple[dict, dict]:
    """A band across the picture from `top` down, as the shape and the text. `left`: pixels of its left margin."""
    shape = {
        "type": "rect",
        "xref": "paper",
        "xanchor": 0,
        "xsizemode": "pixel",
        "x0": -left,
        "x1": 4000,  # as far as the picture goes: what is outside is not drawn
        "y0": top,
        "y1": top - height,
        "fillcolor": GREYS[number % 2],
        "line": {"width": 0},
        "layer": "below",
    }
    text = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left + 4,
        "y": top - height / 2,
        "yref": "y",
        "yanchor": "middle",
        "text": _cut(era.name, int((PHONE - 8) / LETTER), 1),
        "hovertext": era.title,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 12, "color": INK},
    }
    return shape, text


def broken(text: str, letters: int) -> str:
    """The text, each word that is longer than a line parted by a hyphen: after the s that joins a Swedish compound
    (utbildnings-förvaltningen), where one stands in the line; else it is left as it is."""
    words = []
    for word in text.split(" "):
        while len(word) > letters and (joints := [f.end() for f in JOINT.finditer(word) if f.end() < letters]):
            words.append(word[: joints[-1]] + "-")
            word = word[joints[-1] :]
        words.append(word)
    return " ".join(words)


def _fitted(era: Era, letters: int) -> str:
    """The name in a few lines of so many letters; the years where a line has no room for a word."""
    if letters >= 7:
        return _cut(era.name, letters, MOST_LINES)
    first, last = (f"{year % 100:02d}" for year in (era.first, era.last))
    short = f"{first}\N{EN DASH}{last}" if era.last > era.first else f"\N{RIGHT SINGLE QUOTATION MARK}{first}"
    return short if letters >= len(short) else ""


def _cut(name: str, letters: int, lines: int) -> str:
    """The name whole, or without what follows its dash or the years that the axis has, or as much of that as fits; a
    word that is longer than a line is broken."""
    plain = name.split(" \N{EN DASH} ")[0]
    for text in (name, plain, YEARS.sub("", plain)):
        parts = wrapped(broken(text, letters), letters, lines).split("\n")
        if not parts[-1].endswith("…") and all(len(part) <= letters for part in parts):
            break
    return "\n".join(part if len(part) <= letters else part[: letters - 1].rstrip() + "…" for part in parts)
