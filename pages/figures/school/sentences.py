"""Min skola in words: the answer and the key figures."""

from __future__ import annotations

from analytics.model.figures import GoalOutcome
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.figures import CRITERIA_AT_GOAL, SCHOOL_MEAN
from analytics.words.goals import goal_level
from analytics.words.language import Words
from analytics.words.schools import nothing_shown
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.consensus import divided
from pages.figures.school.readiness import ready_figure
from pages.shared.key_courses import key_course
from pages.shared.school_links import break_years, parted_years
from pages.ui.content import Ask, KeyFigure

NAMED = 2  # areas that a sentence names; of more it tells how many


def answer(ask: Ask, comparison: SchoolComparison) -> str:
    """Where the school stands beside the city, beside the goal, and whether that has changed: two sentences."""
    if comparison.round.shown == 0:
        return nothing_shown(comparison.school.name, comparison.year, ask.say)
    return " ".join(filter(None, [_beside_city(comparison, ask.say), _goal_and_change(comparison, ask.say)]))


def _beside_city(comparison: SchoolComparison, say: Words) -> str:
    """On which areas the school lies above or below the city; empty where there is nothing to put it beside."""
    titles = {area.id: area.title.in_(say.language) for area in comparison.framework.areas}
    told = [id_ for id_ in titles if _is_told(comparison, id_)]
    above = [titles[id_] for id_ in told if (comparison.areas[id_].city_side or 0) > 0]
    below = [titles[id_] for id_ in told if (comparison.areas[id_].city_side or 0) < 0]
    if not told:
        return ""
    if not above and not below:
        return say("Level with the city in every area.")
    if len(above) == len(titles) > 1:
        return say("Above the city in every area.")
    if len(below) == len(titles) > 1:
        return say("Below the city in every area.")
    names = {"above": _named(above, say), "below": _named(below, say)}
    if above and below:
        said = say("Above the city on {above}, below it on {below}", **names)
    else:
        said = say("Above the city on {above}", **names) if above else say("Below the city on {below}", **names)
    others = len(above) + len(below) < len(titles)
    return say("{said}, level on the others.", said=said) if others else f"{said}."


def _is_told(comparison: SchoolComparison, area: str) -> bool:
    own, city = comparison.areas.get(area), comparison.city_areas.get(area)
    return own is not None and own.mean is not None and city is not None and city.mean is not None


def _named(titles: list[str], say: Words) -> str:
    if len(titles) <= NAMED:
        return say.listing(titles)
    return say.plural("{n} area", "{n} areas", len(titles))


def _goal_and_change(comparison: SchoolComparison, say: Words) -> str:
    of = comparison.round
    hidden = of.asked - of.shown
    if of.outcome == GoalOutcome.MET:
        goal = say.plural("The {n} criterion is at the goal", "All {n} criteria are at the goal", of.shown)
    else:
        goal = say("{part} of {whole} criteria are at the goal", part=of.at_goal, whole=of.shown)
    if hidden:
        goal = say.plural("{goal}, {n} is hidden", "{goal}, {n} are hidden", hidden, goal=goal)
    beside = _two_camps(comparison, say) or _changed(comparison, say)
    return f"{goal}; {beside}." if beside else f"{goal}."


def _two_camps(comparison: SchoolComparison, say: Words) -> str:
    """Said at once where half of the criteria or more hide two camps behind their means."""
    camps, whole = divided(comparison), comparison.accords
    if not camps or 2 * len(camps) < len(whole):
        return ""
    return say("the staff are divided on {part} of {whole}", part=len(camps), whole=len(whole))


def _changed(comparison: SchoolComparison, say: Words) -> str:
    """The highest level at which something has clearly changed; empty where there is nothing to compare."""
    if not comparison.changes:
        return ""
    year = comparison.changes[0].before_year
    clear = [change for change in comparison.changes if change.clear]
    whole = next((change for change in clear if change.area == WHOLE and not change.criterion), None)
    if whole:
        if whole.difference > 0:
            return say("the whole is clearly higher than in {year}", year=say.round(year))
        return say("the whole is clearly lower than in {year}", year=say.round(year))
    areas = sum(not change.criterion for change in clear)
    if areas:
        return say.plural(
            "{n} area has clearly changed since {year}",
            "{n} areas have clearly changed since {year}",
            areas,
            year=say.round(year),
        )
    if clear:
        return say.plural(
            "{n} criterion has clearly changed since {year}",
            "{n} criteria have clearly changed since {year}",
            len(clear),
            year=say.round(year),
        )
    return say("no clear change since {year}", year=say.round(year))


def key_figures(ask: Ask, comparison: SchoolComparison) -> tuple[KeyFigure, ...]:
    """At most four: the mean, the criteria at the goal, whether we can apply, how many responded."""
    say, of = ask.say, comparison.round
    own, city = comparison.areas.get(WHOLE), comparison.city_areas.get(WHOLE)
    figures = []
    if own and own.mean is not None:
        every = [row for row in comparison.own_areas if row.area == WHOLE and row.mean is not None]
        asked = ([row.year for row in every if row.framework == older.id] for older in comparison.chain)
        breaks = break_years(ask, comparison.school.id)
        rounds = [part for years in asked for part in parted_years(years, breaks)]
        digits = min(comparison.digits(row) for row in every)
        beside = "" if city is None or city.mean is None else say("the city: {value}", value=say.number(city.mean))
        mean = say.number(own.mean, comparison.digits(own))
        course = key_course(
            {row.year: present(row.mean) for row in every}, rounds, lambda level: say.number(level, digits), say
        )
        figures.append(KeyFigure(say.marked(SCHOOL_MEAN), mean, beside, course))
        goal = say("{part} of {whole}", part=of.at_goal, whole=of.shown)
        reached = {row.year: row.at_goal for row in every if row.at_goal is not None and row.shown == row.asked}
        figures.append(
            KeyFigure(
                say.marked(CRITERIA_AT_GOAL),
                goal,
                say("goal: {goal}", goal=goal_level(comparison.framework, say)),
                key_course(reached, rounds, say.integer, say),
            )
        )
    ready = ready_figure(ask, comparison)
    if ready:
        figures.append(ready)
    if of.responded_band:
        figures.append(
            KeyFigure(say("Responded"), of.responded_band.replace("-", "–"), say("under ten: not given exactly"))
        )
    if of.responded is not None:
        rate = (
            ""
            if of.response_rate is None or of.invited is None
            else say(
                "{share} of {invited} invited", share=say.percent(of.response_rate), invited=say.integer(of.invited)
            )
        )
        figures.append(
            KeyFigure(say("Responded"), say.integer(of.responded), rate or say("how many were invited is not known"))
        )
    return tuple(figures)
