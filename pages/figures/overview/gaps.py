"""Likvärdighet on Översikt: how much the schools differ, chance taken out, and whether the city closes its gaps."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.charts.spread import SpreadNames, SpreadYear, spread
from analytics.maturity.city import CityArea
from analytics.maturity.equity import GapChange, gap_changes
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.basis import basis_note
from analytics.words.figures import interval
from analytics.words.language import Words
from pages.figures.overview.city_round import city_round
from pages.shared.parts import hover_lines, on_one_scale, or_hidden
from pages.ui.content import (
    Ask,
    Block,
    Table,
    TableColumn,
    count_column,
    level_column,
    share_column,
    text_column,
    year_column,
)
from pages.ui.phrases import axis_of, eras_of


def gaps_fold(ask: Ask, framework_id: str, year: int, since: str, area: str | None) -> Block:
    city = city_round(ask, framework_id, year, since)
    before = city.before.year if city.before else None
    return gaps_block(ask, city.chain, city.areas, year, before, area or WHOLE)


def gaps_block(
    ask: Ask, chain: Sequence[Framework], areas: Sequence[CityArea], year: int, before: int | None, area: str
) -> Block:
    """The spread between schools on an area (or all, WHOLE) over the years, and whether it has changed since `before`.

    The table holds every area.
    """
    say, framework, drawn = ask.say, chain[-1], on_one_scale(chain)
    titles = {found.id: found.title.in_(say.language) for older in chain for found in older.areas}
    titles[WHOLE] = say("All areas")
    changes = {} if before is None else {c.now.area: c for c in gap_changes(areas, framework.id, year, before)}
    shown = [row for row in areas if row.area == area]
    pieces = tuple(tuple(_year(row, say) for row in shown if row.framework == older.id) for older in drawn)
    now = next((row for row in shown if (row.framework, row.year) == (framework.id, year)), None)
    headline = _headline(changes.get(area), now, year, say)
    if area != WHOLE:
        headline = say("{area}: {text}", area=titles[area], text=headline)
    return Block(
        key="gaps",
        headline=headline,
        alt=say(
            "Above, bars from P10 to P90 of the schools' means per year, with the city's mean as a short line. "
            "Below, the standard deviation between schools with chance taken out, and its 95% interval. "
            "{headline}.",
            headline=headline,
        ),
        table=_table(areas, titles, changes, year, say),
        figure=spread(
            pieces,
            axis_of(framework, say),
            say.language,
            names=SpreadNames(
                say("Eight schools in ten, and the city's mean"),
                say("How far a school typically is from the city's mean, chance taken out"),
            ),
            eras=eras_of(drawn, {row.year for row in shown}, say),
            called=say.round,
        ),
        note=" ".join(filter(None, [basis_note((row.interval_basis for row in shown), say), _reading(say)])),
    )


def _reading(say: Words) -> str:
    return say(
        "Bars: P10–P90, where eight schools in ten lie. Dots: the standard deviation between schools, once the "
        "chance in who answered is taken out, with its 95% interval; some two schools in three lie no further "
        "than that from the city's mean. Spreads are not compared between frameworks, which ask different "
        "things."
    )


def _headline(change: GapChange | None, now: CityArea | None, year: int, say: Words) -> str:
    if change is None:
        if now is None or now.between_sd is None:
            return say("How much the schools differ cannot be determined")
        return say(
            "In {year} a school typically stands {sd} levels above or below the city's mean",
            year=say.round(year),
            sd=say.number(now.between_sd),
        )
    digits = _digits(change)
    figures = {
        "year": say.round(change.before.year),
        "then": say.number(present(change.before.between_sd), digits),
        "now": say.number(present(change.now.between_sd), digits),
    }
    if not change.clear:
        return say(
            "No clear change in the city's gaps: a school's typical distance from the city's mean was {then} in"
            " {year} and is {now}",
            **figures,
        )
    if change.difference < 0:
        return say(
            "The city is closing its gaps: a school's typical distance from the city's mean has clearly shrunk since"
            " {year}, from {then} to {now} levels",
            **figures,
        )
    return say(
        "The city's gaps are widening: a school's typical distance from the city's mean has clearly grown since"
        " {year}, from {then} to {now} levels",
        **figures,
    )


def _year(row: CityArea, say: Words) -> SpreadYear:
    if row.mean is None:
        return SpreadYear(row.year, None, None, None, None, None, None, "")
    between = ""
    if row.between_sd is not None:
        between = say(
            "between schools: {sd} ({interval})",
            sd=say.number(row.between_sd),
            interval=interval(row.between_low, row.between_high, say) or say("no interval"),
        )
    p10, p90 = say.number(present(row.p10)), say.number(present(row.p90))
    hover = hover_lines(
        say("{year}: P10–P90 {p10}–{p90}", year=say.round(row.year), p10=p10, p90=p90),
        say.plural("{mean}, mean of {n} school", "{mean}, mean of {n} schools", row.schools, mean=say.number(row.mean)),
        interval(row.ci_low, row.ci_high, say),
        between,
        ""
        if row.share_between is None
        else say("{share} of the variance lies between schools", share=say.percent(row.share_between)),
    )
    return SpreadYear(row.year, row.p10, row.mean, row.p90, row.between_sd, row.between_low, row.between_high, hover)


def _table(
    areas: Sequence[CityArea], titles: dict[str, str], changes: dict[str, GapChange], year: int, say: Words
) -> Table:
    def change_text(row: CityArea) -> str:
        change = changes.get(row.area) if row.year == year else None
        return "" if change is None else _said(change, say)

    columns: tuple[TableColumn[CityArea], ...] = (
        year_column(lambda row: row.year, say),
        text_column(say("Area"), lambda row: titles[row.area]),
        level_column(say("P10"), lambda row: or_hidden(row.p10), say),
        level_column(say("P90"), lambda row: or_hidden(row.p90), say),
        level_column(say("Between schools (SD)"), lambda row: or_hidden(row.between_sd), say),
        level_column(say("Interval from"), lambda row: or_hidden(row.between_low), say),
        level_column(say("Interval to"), lambda row: or_hidden(row.between_high), say),
        share_column(say("Share of the variance between schools"), lambda row: or_hidden(row.share_between), say),
        count_column(say("Schools"), lambda row: row.schools, say),
        text_column(say("Change in words"), change_text),
    )
    return Table.of(columns, areas)


def _digits(change: GapChange) -> int:
    """Two decimals, or three where two would make the change look as large as what is needed."""
    return 3 if round(abs(change.difference), 2) >= round(change.needed, 2) and not change.clear else 2


def _said(change: GapChange, say: Words) -> str:
    figures = {
        "difference": say.signed(change.difference, _digits(change)),
        "year": say.round(change.before.year),
        "needed": say.number(change.needed, _digits(change)),
    }
    if change.clear:
        return say("since {year} {difference}, a clear change ({needed} is needed)", **figures)
    return say("since {year} {difference}, no clear change (at least {needed} is needed)", **figures)
