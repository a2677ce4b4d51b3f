"""A trend's figures as columns of a table."""

from __future__ import annotations

from collections.abc import Callable

from analytics.maturity.trends import Trend
from analytics.model.provenance import Missing
from analytics.words.language import Words
from analytics.words.trends import BESIDE_CITY, DIRECTION
from pages.ui.content import Item, TableColumn, count_column, level_column, share_column, text_column, year_column


def trend_columns(
    of: Callable[[Item], Trend | None], say: Words, *, of_city: bool = False
) -> tuple[TableColumn[Item], ...]:
    """Of the trend that stands beside an item of the table; without one its figures are hidden. A pace that cannot be
    told, after fewer than three rounds, is none."""

    def figure(take: Callable[[Trend], object]) -> Callable[[Item], object]:
        def taken(item: Item) -> object:
            trend = of(item)
            if trend is None:
                return Missing.HIDDEN
            value = take(trend)
            return Missing.NOT_APPLICABLE if value is None else value

        return taken

    return (
        year_column(figure(lambda trend: trend.first_year), say, say("From")),
        year_column(figure(lambda trend: trend.last_year), say, say("To")),
        count_column(say("Rounds"), figure(lambda trend: trend.rounds), say),
        level_column(say("Smoothed level"), figure(lambda trend: trend.level), say),
        level_column(say("Pace per year"), figure(lambda trend: trend.pace), say),
        level_column(say("Pace, from"), figure(lambda trend: trend.pace_low), say),
        level_column(say("Pace, to"), figure(lambda trend: trend.pace_high), say),
        text_column(say("Direction"), figure(lambda trend: trend.direction and say.marked(DIRECTION[trend.direction]))),
        share_column(say("How sure the direction is"), figure(lambda trend: trend.direction_sure), say),
        *(() if of_city else (text_column(say("Beside the city"), figure(lambda trend: _beside(trend, say))),)),
    )


def _beside(trend: Trend, say: Words) -> str | None:
    return None if trend.beside_city is None else say.marked(BESIDE_CITY[trend.beside_city])
