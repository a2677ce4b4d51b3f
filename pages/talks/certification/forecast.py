"""Certifiering's forecast: how many schools reach the goal next round, and how earlier forecasts held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.forecast import ForecastNames, ForecastRound, forecast
from analytics.maturity.city import city_basis
from analytics.maturity.forecast import Forecast, forecasts, is_to_be_trusted, rests_on_few, told
from analytics.maturity.methods.disclosure import CERTAIN_FROM
from analytics.maturity.methods.prediction import LEAST_MOVES
from analytics.maturity.rounds import Round, lineage
from analytics.model.figures import Basis
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.language import Words
from pages.shared.parts import or_unknown
from pages.ui.content import Ask, Block, Fold, Table, TableColumn, count_column, text_column, year_column


@dataclass(frozen=True)
class _Row:
    """A round with how many of the schools are at the goal, where that is known, and what was foretold of it."""

    year: int
    schools: int
    met: int | None
    prediction: Forecast | None


def next_forecast(foretold: Sequence[Forecast], year: int) -> Forecast | None:
    """What was foretold from this year's round."""
    return next((found for found in foretold if found.from_year == year), None)


def worth_telling(foretold: Sequence[Forecast], year: int) -> Forecast | None:
    """What was foretold from this year's round, where the ranges before it have held."""
    before, ahead = [found for found in foretold if found.year <= year], next_forecast(foretold, year)
    return ahead if ahead and ahead.moves >= LEAST_MOVES and is_to_be_trusted(before) else None


def forecast_fold(ask: Ask, framework_id: str, year: int, foretold: Sequence[Forecast]) -> Fold:
    say, ahead = ask.say, worth_telling(foretold, year)
    title = say("How many will reach the goal next round?")
    short = ""
    if ahead:
        span = say.span(say.integer(ahead.low), say.integer(ahead.high))
        short = say("{span} of {n}", span=span, n=say.integer(ahead.schools))
    return Fold("forecast", title, forecast_made, (framework_id, year), short)


def forecast_made(ask: Ask, framework_id: str, year: int) -> Block:
    foretold = told(forecasts(ask.view, ask.viewer, framework_id))
    return forecast_block(ask, ask.catalogue.framework(framework_id), year, foretold)


def forecast_block(ask: Ask, framework: Framework, year: int, foretold: Sequence[Forecast]) -> Block:
    """Rounds up to the chosen year with what was foretold of each, and the round after it."""
    say = ask.say
    ahead = worth_telling(foretold, year)
    record = [found for found in foretold if found.year <= year]
    before = {found.year: found for found in record if found.moves >= LEAST_MOVES}
    own = [found for found in ask.catalogue.rounds if found.framework == framework.id and found.year <= year]
    rounds = [_been(ask, found, before.get(found.year)) for found in own]
    rounds += [_to_come(ask, ahead)] if ahead else []
    headline = _headline(ask, framework, year, ahead, record)
    rows = [_row(found, before.get(found.year)) for found in own]
    if ahead:
        rows.append(_Row(ahead.year, ahead.schools, ahead.actual, ahead))
    columns: tuple[TableColumn[_Row], ...] = (
        year_column(lambda row: row.year, say),
        count_column(say("Schools"), lambda row: row.schools, say),
        count_column(say("Foretold from"), lambda row: or_unknown(row.prediction.low if row.prediction else None), say),
        count_column(say("Foretold to"), lambda row: or_unknown(row.prediction.high if row.prediction else None), say),
        count_column(say("At the goal"), lambda row: or_unknown(row.met), say),
        text_column(say("Held"), lambda row: _held(row.prediction, say)),
    )
    return Block(
        key="forecast",
        headline=headline,
        alt=say(
            "Dots: schools at the goal on every criterion per round. Bars behind them: what was forecast of the"
            " round beforehand. {headline}.",
            headline=headline.rstrip("."),
        ),
        table=Table.of(columns, rows),
        figure=forecast(
            rounds,
            say.language,
            names=ForecastNames(
                say("at the goal"),
                say("forecast before the round"),
                say("forecast for {year}", year=say.round(ahead.year)) if ahead else "",
            ),
            called=say.round,
        ),
        note=_note(ask, bool(ahead or before)),
    )


def _been(ask: Ask, found: Round, prediction: Forecast | None) -> ForecastRound:
    """A round that has been; of the schools that the forecast was about, where there was one."""
    say = ask.say
    met, of = (
        (found.met, found.met + found.not_met)
        if prediction is None
        else (present(prediction.actual), prediction.schools)
    )
    hover = say.plural(
        "{year}: {met} of {n} school at the goal",
        "{year}: {met} of {n} schools at the goal",
        of,
        year=say.round(found.year),
        met=say.integer(met),
    )
    if prediction is None:
        return ForecastRound(found.year, met, None, None, None, of, hover, say.integer(met))
    hover += "\n" + say("forecast: {low} to {high}", low=say.integer(prediction.low), high=say.integer(prediction.high))
    return ForecastRound(
        found.year, met, prediction.low, prediction.high, round(prediction.expected), of, hover, say.integer(met)
    )


def _to_come(ask: Ask, ahead: Forecast) -> ForecastRound:
    """The round after the chosen one, as it was foretold; nothing of what came of it."""
    say = ask.say
    hover = say.plural(
        "{year}: {low} to {high} of {n} school forecast at the goal",
        "{year}: {low} to {high} of {n} schools forecast at the goal",
        ahead.schools,
        year=say.round(ahead.year),
        low=ahead.low,
        high=ahead.high,
    )
    text = f"{ahead.low}–{ahead.high}"
    return ForecastRound(ahead.year, None, ahead.low, ahead.high, round(ahead.expected), ahead.schools, hover, text)


def _row(found: Round, prediction: Forecast | None) -> _Row:
    """A round that has been; with a forecast, of the schools that it was about."""
    if prediction is None:
        return _Row(found.year, found.met + found.not_met, found.met, None)
    return _Row(found.year, prediction.schools, prediction.actual, prediction)


def _held(prediction: Forecast | None, say: Words) -> str:
    if prediction is None:
        return say("no forecast")
    if prediction.actual is None:
        return say("not yet known")
    return say("yes") if prediction.held else say("no")


def _headline(ask: Ask, framework: Framework, year: int, ahead: Forecast | None, before: Sequence[Forecast]) -> str:
    say = ask.say
    if ahead is None and not is_to_be_trusted(before):
        return say.plural(
            "How many will reach the goal next round cannot be determined: tried on {n} earlier round, the "
            "model's range held in {held}.",
            "How many will reach the goal next round cannot be determined: tried on {n} earlier rounds, the "
            "model's range held in {held}.",
            len(before),
            held=sum(found.held for found in before),
        )
    if ahead is None:
        return why_none(ask, framework, year)
    figures = {"year": say.round(ahead.year), "from_year": say.round(year), "low": ahead.low, "high": ahead.high}
    parts = []
    if ahead.actual is not None:
        parts.append(
            say.plural(
                "From the round of {from_year}, {low} to {high} of {n} school would have been forecast at the "
                "goal in {year}; it became {actual}.",
                "From the round of {from_year}, {low} to {high} of {n} schools would have been forecast at the "
                "goal in {year}; it became {actual}.",
                ahead.schools,
                actual=ahead.actual,
                **figures,
            )
        )
    elif framework.covers(ahead.year):
        parts.append(
            say.plural(
                "In {year}, {low} to {high} of {n} school will reach the goal if they go on as they have.",
                "In {year}, {low} to {high} of {n} schools will reach the goal if they go on as they have.",
                ahead.schools,
                **figures,
            )
        )
    else:
        parts.append(
            say.plural(
                "In {year}, {low} to {high} of {n} school would reach the goal if they go on as they have, and if"
                " {year} asks the same as {from_year}.",
                "In {year}, {low} to {high} of {n} schools would reach the goal if they go on as they have, and if"
                " {year} asks the same as {from_year}.",
                ahead.schools,
                **figures,
            )
        )
    if ahead.says_little:
        parts.append(say("The range is so wide that it says next to nothing."))
    if before:
        parts.append(
            say.plural(
                "Tried on {n} earlier round, its range held in {held}.",
                "Tried on {n} earlier rounds, its range held in {held}.",
                len(before),
                held=sum(found.held for found in before),
            )
        )
    else:
        parts.append(say("There is no earlier round to try the model on."))
    return " ".join(parts)


def why_none(ask: Ask, framework: Framework, year: int) -> str:
    """Why nothing is foretold of the round after this year's."""
    say, catalogue = ask.say, ask.catalogue
    if framework.goal.statistic != "mean":
        return say("There is no forecast: the goal is no mean, and how means have moved says nothing of it.")
    newer = next((f for f in catalogue.frameworks if f.previous == framework.id and catalogue.years(f.id)), None)
    if newer and year == catalogue.years(framework.id)[-1]:
        return say(
            "There is no forecast from {year}: the framework was replaced by {new}, with other criteria.",
            year=say.round(year),
            new=newer.title.in_(say.language),
        )
    if city_basis(ask.view, ask.viewer, framework.id, year) is Basis.ASSUMED:
        return say(
            "There is no forecast from {year}: what each person answered is not known, and nothing tells how one"
            " person's answers go together. How the model would have done on earlier rounds is on the page Method.",
            year=say.round(year),
        )
    same = [f for f in lineage(catalogue.frameworks, framework.id) if f.levels == framework.levels]
    moves = sum(max(sum(known <= year for known in catalogue.years(f.id)) - 1, 0) for f in same)
    if moves < LEAST_MOVES:
        return say.plural(
            "There is no forecast from {year}: it takes {least} steps from one round to the next to tell how the city"
            " moves, and so far there is {n}.",
            "There is no forecast from {year}: it takes {least} steps from one round to the next to tell how the city"
            " moves, and so far there are {n}.",
            moves,
            year=say.round(year),
            least=LEAST_MOVES,
        )
    if rests_on_few(ask.view, ask.viewer, framework.id, year):
        return say(
            "There is no forecast from {year}: most figures rest on fewer than {least} answers, and are given "
            "too roughly to start from.",
            year=say.round(year),
            least=CERTAIN_FROM,
        )
    return say(
        "There is no forecast from {year}: too few schools can be compared between rounds.", year=say.round(year)
    )


def _note(ask: Ask, prediction: bool) -> str:
    say = ask.say
    if not prediction:
        return say("Dots: how many schools reached the goal on every criterion in each round. The whole city.")
    return say(
        "The whole city. The model starts from where each school stands, moves it as the city has moved between"
        " rounds and as much as schools have departed from that, and lets chance decide who answers. The range "
        "holds nine times in ten if the model is right. A bar behind a dot is what the model, knowing only the "
        "rounds before, would have said; it is about the schools that can be determined in both rounds. More on"
        " the page Method."
    )
