"""Översikt in words: the answer and the key figures."""

from __future__ import annotations

from analytics.maturity.city import at_goal
from analytics.maturity.city_words import city_answer
from analytics.maturity.rounds import Round
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.figures import CITY_AT_GOAL, SCHOOLS_AT_GOAL
from analytics.words.goals import goal_level
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound
from pages.shared.key_courses import key_course
from pages.ui.content import Ask, KeyFigure


def answer(ask: Ask, city: CityRound) -> str:
    """How many schools are at the goal, how the areas have moved, and whether the schools draw apart: two sentences."""
    return city_answer(city, ask.say)


def key_figures(ask: Ask, city: CityRound) -> tuple[KeyFigure, ...]:
    """At most four, each with its course over the rounds."""
    say, this, whole = ask.say, city.round, city.by_area.get(WHOLE)
    figures = [
        KeyFigure(
            say.marked(SCHOOLS_AT_GOAL),
            say("{part} of {whole}", part=say.integer(this.met), whole=say.integer(this.met + this.not_met)),
            _sure_note(this, say),
            key_course({row.year: row.met for row in city.rounds}, city.years, say.integer, say),
        )
    ]
    if whole and whole.mean is not None:
        means = {row.year: row.mean for row in city.areas if row.area == WHOLE and row.mean is not None}
        course = key_course(means, city.years, say.number, say)
        figures.append(
            KeyFigure(say("The city's mean, all criteria"), say.number(whole.mean), _change_note(city, say), course)
        )
    goal = city.framework.goal
    reached = {year: sum(at_goal(c, goal) for c in city.cells if c.year == year) for year in city.years[-1]}
    figures.append(
        KeyFigure(
            say.marked(CITY_AT_GOAL),
            say("{part} of {whole}", part=say.integer(reached[city.year]), whole=say.integer(len(city.now))),
            say("goal: {goal}", goal=goal_level(city.framework, say)),
            key_course(reached, city.years, say.integer, say),
        )
    )
    return (*figures, *_responded(city, say))


def _sure_note(this: Round, say: Words) -> str:
    """For how many of the schools at the goal it is sure or likely."""
    if not this.met:
        return say.plural("{n} undecided", "{n} undecided", this.cannot_tell) if this.cannot_tell else ""
    if not this.sure:
        return say("sure or likely for none")
    return say("sure or likely for {n}", n=say.integer(this.sure))


def _change_note(city: CityRound, say: Words) -> str:
    change = city.whole_change
    if change is None:
        return ""
    if change.clear:
        return say(
            "{difference} since {year}", difference=say.signed(change.difference), year=say.round(change.before_year)
        )
    return say("no clear change since {year}", year=say.round(change.before_year))


def _responded(city: CityRound, say: Words) -> tuple[KeyFigure, ...]:
    this = city.round
    if this.invited:
        shares = {row.year: present(row.responded_of_invited) / row.invited for row in city.rounds if row.invited}
        note = say(
            "{responded} of {invited} invited",
            responded=say.integer(present(this.responded_of_invited)),
            invited=say.integer(this.invited),
        )
        course = key_course(shares, city.years, say.percent, say)
        return (KeyFigure(say("Responded"), say.percent(shares[this.year]), note, course),)
    if this.responded:
        return (KeyFigure(say("Responded"), say.integer(this.responded), say("how many were invited is not given")),)
    return ()
