"""Översikt in words: the answer and the key figures."""

from __future__ import annotations

from analytics.maturity.city import CityArea, at_goal, clearly_different
from analytics.maturity.rounds import Round
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.goals import goal_level
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound
from pages.shared.key_courses import key_course
from pages.ui.content import Ask, KeyFigure
from pages.ui.phrases import upper_first

SAME_SCHOOLS = 0.05  # above this difference in the number of schools, two rounds' counts are not subtracted


def ranked_areas(framework: Framework, by_area: dict[str, CityArea]) -> list[CityArea]:
    """The areas that are shown, the lowest first."""
    rows = [by_area[area.id] for area in framework.areas if area.id in by_area and by_area[area.id].mean is not None]
    return sorted(rows, key=lambda row: present(row.mean))


def answer(ask: Ask, city: CityRound) -> str:
    """How many schools are at the goal, and how the areas have moved: two sentences."""
    say, this = ask.say, city.round
    first = say.plural(
        "{met} of {n} school is at the goal on every criterion",
        "{met} of {n} schools are at the goal on every criterion",
        this.met + this.not_met,
        met=say.integer(this.met),
    )
    since = since_before(city, say)
    said = [areas_moved(city, say), lowest(city, say)]
    second = upper_first("; ".join(filter(None, said)))
    return f"{first}, {since}. {second}." if since else f"{first}. {second}." if second else f"{first}."


def areas_moved(city: CityRound, say: Words) -> str:
    """Which areas have clearly moved, as part of a sentence; empty where none can be compared."""
    changes = list(city.area_changes.values())
    if not changes:
        return ""
    titles = {area.id: area.title.in_(say.language) for area in city.framework.areas}
    raised = [change.area for change in changes if change.clear and change.difference > 0]
    lowered = [change.area for change in changes if change.clear and change.difference < 0]
    if len(raised) == len(changes) > 1:
        return say("every area has risen")
    if len(lowered) == len(changes) > 1:
        return say("every area has fallen")
    if not raised and not lowered:
        return say("no area shows a clear change")
    parts = []
    if raised:
        one = titles[raised[0]]
        parts.append(say.plural("{area} has risen", "{n} areas have risen", len(raised), area=one))
    if lowered:
        one = titles[lowered[0]]
        parts.append(say.plural("{area} has fallen", "{n} areas have fallen", len(lowered), area=one))
    return say.listing(parts)


def lowest(city: CityRound, say: Words) -> str:
    """Which area stands lowest, where that can be told; empty where there is one alone."""
    ranked = ranked_areas(city.framework, city.by_area)
    if len(ranked) < 2:
        return ""
    if not clearly_different(ranked[0], ranked[-1]):
        return say("the areas are level with each other")
    titles = {area.id: area.title.in_(say.language) for area in city.framework.areas}
    return say("{area} is lowest", area=titles[ranked[0].area])


def since_before(city: CityRound, say: Words) -> str:
    """How the number of schools at the goal compares with the round before, in words."""
    this, before = city.round, city.last
    if before is None:
        return ""
    told, told_before = this.met + this.not_met, before.met + before.not_met
    if abs(told - told_before) > SAME_SCHOOLS * told:
        return say("{part} of {whole} in {year}", part=before.met, whole=told_before, year=say.round(before.year))
    more = this.met - before.met
    if more == 0:
        return say("as many as in {year}", year=say.round(before.year))
    if more > 0:
        return say.plural("{n} more than in {year}", "{n} more than in {year}", more, year=say.round(before.year))
    return say.plural("{n} fewer than in {year}", "{n} fewer than in {year}", -more, year=say.round(before.year))


def key_figures(ask: Ask, city: CityRound) -> tuple[KeyFigure, ...]:
    """At most four, each with its course over the rounds."""
    say, this, whole = ask.say, city.round, city.by_area.get(WHOLE)
    figures = [
        KeyFigure(
            say("Schools at the goal on every criterion"),
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
            say("Criteria where the city is at the goal"),
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
