"""What the labels of Översikt's folds tell."""

from __future__ import annotations

from analytics.maturity.city import at_goal
from analytics.maturity.city_words import gap_since
from analytics.model.frameworks import WHOLE
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound


def at_the_goal(city: CityRound, say: Words) -> str:
    return say("{n} at the goal", n=sum(at_goal(cell, city.framework.goal) for cell in city.now))


def lowest_and_highest(city: CityRound, say: Words) -> str:
    """The criteria's means in the city; empty where none is shown."""
    means = [cell.mean for cell in city.now if cell.mean is not None]
    if not means:
        return ""
    return say("the city's means {span}", span=say.span(say.number(min(means)), say.number(max(means))))


def schools_then_and_now(city: CityRound, say: Words) -> str:
    """The schools at the goal now, and in the round before."""
    if city.last is None:
        return ""
    now, then = say.integer(city.round.met), say.integer(city.last.met)
    return say("{now}, against {then} in {year}", now=now, then=then, year=say.round(city.last.year))


def gaps(city: CityRound, area: str | None, say: Words) -> str:
    """Whether the schools' differences have clearly changed; empty where that cannot be told."""
    change = gap_since(city, area or WHOLE)
    if change is None:
        return ""
    since = say.round(change.before.year)
    if not change.clear:
        return say("no clear change since {year}", year=since)
    return say("yes, clearly since {year}", year=since) if change.difference > 0 else say("no, they are closing")
