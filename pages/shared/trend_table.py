"""Trends as rows: a name, the course of its level over the years, where it stands, its pace, and that in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analytics.charts.spark import Course, LevelFrame, PaceFrame
from analytics.maturity.trends import Trend
from analytics.model.present import present
from analytics.words.language import Words
from pages.shared.row_table import Chip, RowCell, RowColumn, TableHeadings, TableRow, row_table
from pages.shared.small_pictures import (
    CITY,
    OWN,
    Now,
    level_picture,
    level_symbols,
    over,
    pace_picture,
    pace_symbol,
    years_over,
)
from pages.shared.trend_words import levels_words, scale_heading
from pages.ui import html

LEVELS, PACES = (112, 22), (112, 22)  # pixels, of a row's two pictures
ROOM = 32  # pixels between two texts over a picture


@dataclass(frozen=True, slots=True)
class TrendRow:
    """`address`: where its name leads, '' for nowhere; `words`: the trend, or why there is none; `numbers`: in columns
    of their own; `now`: what is told of this round, None where nothing is. `kinds`: of which chips it is; `chief`: one
    that the others are part of; `chosen`: one that the page is about."""

    name: str
    address: str
    course: Course
    trend: Trend | None
    words: str
    chief: bool = False
    chosen: bool = False
    numbers: tuple[RowCell, ...] = ()
    now: Now | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendHeadings:
    """What stands over the columns. `words`: None where the words stand below the name; `more`: what asks
    for the rest of many rows, of which the first twelve are shown, '' where all are shown at once; `rising`: whether
    the rows go from the lowest of this round up."""

    caption: str
    name: str
    words: str | None
    more: str = ""
    numbers: tuple[str, ...] = ()
    rising: bool = False


def trend_table(
    rows: Sequence[TrendRow],
    heads: TrendHeadings,
    frame: LevelFrame,
    city: Trend | None,
    city_course: Course,
    year: int,
    say: Words,
    chips: Sequence[Chip] = (),
) -> Markup:
    """All rows in one table, on one scale. `frame`: of LEVELS; `city`: drawn behind every row, where it is not all.
    `year`: the round that is told beside the lines, which go on to the last that there is."""
    paces = PaceFrame.around(*PACES, (pace for row in rows for pace in _ends(row.trend)))
    told = any(row.trend for row in rows)  # before the third round there is no pace
    columns = [
        RowColumn(scale_heading(frame, say), "pic", years_over(frame, say)),
        RowColumn(say.round(year), "num", sorted="ascending" if heads.rising else ""),
        *([RowColumn(say("Pace per year"), "pic", _ticks(paces, say))] if told else []),
        *([RowColumn(heads.words, "say")] if told and heads.words else []),
        *(RowColumn(number, "num", short=number) for number in heads.numbers),
    ]

    def row(of: TrendRow) -> TableRow:
        whose = CITY if of.chief and city is not None else OWN
        level, pace = of.now.level if of.now else None, of.trend.pace if of.trend else None
        picture = level_picture(of.course, frame, whose, levels_words(of.course, say), now=of.now)
        cells = [
            RowCell(picture, _order(level)),
            RowCell(of.now.text if of.now else "", _order(level)),
            *([RowCell(pace_picture(of.trend, paces, whose), _order(pace))] if told else []),
            *([RowCell(of.words, _order(pace))] if told and heads.words else []),
            *of.numbers,
        ]
        under = "" if heads.words else of.words
        return TableRow(of.name, of.address, tuple(cells), of.kinds, of.chief, of.chosen, under)

    rest = say("Also show: {columns}", columns=", ".join(heads.numbers)) if heads.numbers and told else ""
    of = TableHeadings(heads.caption, heads.name, heads.more, rest=rest)
    table = row_table(of, columns, [row(each) for each in rows], chips)
    symbols = level_symbols(frame, city_course if city else ()), pace_symbol(paces, city.pace if city else None)
    return html.element("div", *symbols, table, class_="kd-drawn")


def _order(figure: float | None) -> float | str:
    return "" if figure is None else figure


def _ticks(frame: PaceFrame, say: Words) -> Markup:
    """Where nothing moves, and the ends of the scale where there is room."""
    zero = frame.x(0)
    ends = [(x, say.signed(pace, 1)) for pace in frame.paces if abs((x := frame.x(pace)) - zero) > ROOM]
    return over(frame.width, [(zero, say.integer(0)), *ends])


def _ends(trend: Trend | None) -> tuple[float, ...]:
    if trend is None or trend.pace is None:
        return ()
    return present(trend.pace_low), present(trend.pace_high)
