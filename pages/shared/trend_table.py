"""Trends as rows: a name, the course of its level over the years, where it stands, its pace, and that in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analytics.charts.spark import Course, LevelFrame, PaceFrame
from analytics.maturity.trends import Trend
from analytics.model.present import present
from analytics.words.language import Words
from pages.shared.small_pictures import (
    CITY,
    OWN,
    UNREAD,
    level_picture,
    level_symbols,
    pace_picture,
    pace_symbol,
    scale,
    svg,
)
from pages.shared.trend_words import level_words, levels_words
from pages.ui import html

LEVELS, PACES = (124, 40), (124, 40)  # pixels, of a row's two pictures
ROOM = 32  # pixels between two texts over a picture
FOLDED_FROM = 25  # rows: of more, the first twenty or so are shown until all are asked for (style.css)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """`address`: where its name leads, '' for nowhere; `words`: the trend, or why there is none; `numbers`: in columns
    of their own, each a text or a link. `chief`: one that the others are part of; `chosen`: one that the page is about.
    """

    name: str
    address: str
    course: Course
    trend: Trend | None
    words: str
    chief: bool = False
    chosen: bool = False
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendHeadings:
    """What stands over the columns. `words`: None where the words stand below the name; `more`: what asks
    for the rest of many rows, '' where all are shown at once."""

    caption: str
    name: str
    words: str | None
    more: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frames:
    levels: LevelFrame
    paces: PaceFrame
    last: int  # the year that levels are of unless something else is said
    city: bool  # the city is drawn behind the others, grey


def trend_table(
    rows: Sequence[TrendRow],
    heads: TrendHeadings,
    frame: LevelFrame,
    city: Trend | None,
    city_course: Course,
    say: Words,
) -> Markup:
    """All rows in one table, on one scale. `frame`: of LEVELS; `city`: drawn behind every row, where it is not all."""
    paces = PaceFrame.around(*PACES, (pace for row in rows for pace in _ends(row.trend)))
    last = max((row.trend.last_year for row in rows if row.trend), default=0)
    frames = _Frames(frame, paces, last, city is not None)
    folded = bool(heads.more) and len(rows) > FOLDED_FROM
    head = html.element(
        "tr",
        _head(heads.name, "kd-name"),
        html.element("th", say("Level"), _years(frame), scope="col", class_="kd-pic"),
        _head(str(last), "num"),
        html.element("th", say("Pace a year"), _ticks(paces, say), scope="col", class_="kd-pic"),
        *([_head(heads.words, "kd-say")] if heads.words else []),
        *(_head(number, "num") for number in heads.numbers),
    )
    table = html.element(
        "table",
        html.element("caption", heads.caption, class_="kd-unseen"),
        html.element("thead", head),
        html.element("tbody", *(_row(row, heads, frames, say) for row in rows)),
        class_="kd-trends kd-folded" if folded else "kd-trends",
    )
    more = html.element("button", heads.more, type="button", class_="kd-more") if folded else ""
    symbols = level_symbols(frame, city_course if city else ()), pace_symbol(paces, city.pace if city else None)
    return html.element("div", *symbols, table, more, class_="kd-drawn")


def _row(row: TrendRow, heads: TrendHeadings, frames: _Frames, say: Words) -> Markup:
    name = html.link(row.name, row.address) if row.address else row.name
    words = html.element("td" if heads.words else "div", row.words, class_="kd-say")
    whose = CITY if row.chief and frames.city else OWN
    levels = level_picture(row.course, frames.levels, whose, levels_words(row.course, say))
    numbers = zip(row.numbers, heads.numbers, strict=bool(row.numbers))
    cells = [
        html.element("th", name, *([] if heads.words else [words]), scope="row"),
        html.element("td", levels, class_="kd-pic"),
        html.element("td", level_words(row.trend, frames.last, say) if row.trend else "", class_="num"),
        html.element("td", pace_picture(row.trend, frames.paces, whose), class_="kd-pic"),
        *([words] if heads.words else []),
        *(html.element("td", number, class_="num", **{"data-heading": heading}) for number, heading in numbers),
    ]
    kind = "kd-chief" if row.chief else "kd-chosen" if row.chosen else ""
    return html.element("tr", *cells, **({"class_": kind} if kind else {}))


def _years(frame: LevelFrame) -> Markup:
    """The first and the last year, and those in which a framework begins where there is room between."""
    return _over(frame.width, [(frame.x(year), str(year)) for year in frame.told_years])


def _ticks(frame: PaceFrame, say: Words) -> Markup:
    """Where nothing moves, and the ends of the scale where there is room."""
    zero = frame.x(0)
    ends = [(x, say.signed(pace, 1)) for pace in frame.paces if abs((x := frame.x(pace)) - zero) > ROOM]
    return _over(frame.width, [(zero, say.integer(0)), *ends])


def _over(width: int, marks: Sequence[tuple[float, str]]) -> Markup:
    return svg(width, 14, [scale(width, marks)], UNREAD)


def _head(text: str, kind: str) -> Markup:
    return html.element("th", text, scope="col", class_=kind)


def _ends(trend: Trend | None) -> tuple[float, ...]:
    if trend is None or trend.pace is None:
        return ()
    return present(trend.pace_low), present(trend.pace_high)
