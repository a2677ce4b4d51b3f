"""How forecasts and trends would have done on the city's own rounds: each is foretold from those before it."""

from __future__ import annotations

from analytics.maturity.backtest import TrendBacktest, trend_backtests
from analytics.maturity.forecast import Forecast, forecasts
from analytics.model.figures import Basis, Layer
from analytics.model.frameworks import Framework
from analytics.words.language import N_
from pages.data.method.section import Section
from pages.ui.content import Ask, Table, TableColumn, count_column, level_column, text_column, year_column

LAYER = {Layer.WHOLE: N_("All areas"), Layer.AREA: N_("Areas"), Layer.CRITERION: N_("Criteria")}
KNOWN = {
    Basis.RESPONDENTS: N_("people's answers"),
    Basis.CORRELATION: N_("counts, with the framework's correlation"),
    Basis.BORROWED: N_("counts, with another framework's correlation"),
    Basis.ASSUMED: N_("counts, with an assumed correlation"),
}


def backtest_sections(ask: Ask, framework: Framework) -> list[Section]:
    """Of the framework's rounds; empty where there are fewer than three."""
    ask = ask.of_rounds(framework.id)
    found = [row for row in forecasts(ask.view, ask.viewer, framework.id) if row.actual is not None]
    trend = trend_backtests(ask.view, ask.viewer, framework.id)
    return [section for section in (_forecasts(ask, found), _trends(ask, trend)) if section is not None]


def _forecasts(ask: Ask, found: list[Forecast]) -> Section | None:
    say = ask.say
    if not found:
        return None
    held = sum(row.held for row in found)
    columns: tuple[TableColumn[Forecast], ...] = (
        year_column(lambda row: row.year, say),
        count_column(say("Schools"), lambda row: row.schools, say),
        count_column(say("Foretold from"), lambda row: row.low, say),
        count_column(say("Foretold to"), lambda row: row.high, say),
        count_column(say("It became"), lambda row: int(row.actual or 0), say),
        text_column(say("Held"), lambda row: say("yes") if row.held else say("no")),
        count_column(say("Steps known"), lambda row: row.moves, say),
        text_column(say("Goes by"), lambda row: say.marked(KNOWN[Basis(row.basis)])),
    )
    return Section(
        "provad-prognos-har",
        say("Tried here: did the forecast's range hold what came?"),
        (
            say.plural(
                "{n} round of this framework has been forecast from those before it, by what was known then; "
                "the range held in {held}. Of a range that holds nine times in ten one in ten should miss.",
                "{n} rounds of this framework have been forecast from those before them, by what was known "
                "then; the range held in {held}. Of a range that holds nine times in ten one in ten should "
                "miss.",
                len(found),
                held=held,
            ),
            say(
                "With fewer than three steps between rounds, or with counts alone and a correlation that is "
                "only assumed, the next round is not forecast on any page: here is only how it would have gone."
            ),
        ),
        table=Table.of(columns, found),
    )


def _trends(ask: Ask, found: tuple[TrendBacktest, ...]) -> Section | None:
    say = ask.say
    if not found:
        return None
    columns: tuple[TableColumn[TrendBacktest], ...] = (
        text_column(say("Of"), lambda row: say.marked(LAYER[row.layer])),
        count_column(say("Figures"), lambda row: row.figures, say),
        level_column(say("The trend"), lambda row: row.typical[0], say),
        level_column(say("The last value"), lambda row: row.typical[1], say),
        level_column(say("Each one's own line"), lambda row: row.typical[2], say),
    )
    last = found[-1]
    better = say(
        "On the criteria the trend's squared error is {last} times that of the last value, and {line} times that of a"
        " straight line through each one's own rounds: below 1 is better.",
        last=say.number(last.trend / last.last_value),
        line=say.number(last.trend / last.own_line),
    )
    return Section(
        "provad-trend-har",
        say("Tried here: did the trend come nearer the last round than the last value did?"),
        (
            say.plural(
                "The round of {year} has been forecast from the {n} round before it. The figures are typical "
                "errors (root mean squares), in levels.",
                "The round of {year} has been forecast from the {n} rounds before it. The figures are typical "
                "errors (root mean squares), in levels.",
                last.rounds,
                year=say.round(last.year),
            ),
            better,
        ),
        table=Table.of(columns, found),
    )
