"""Certifiering: which schools reach the goal on every criterion and how sure that is, how far each has come towards
being certified, what those who certify found, and how many will reach the goal next round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.dialogue.certification import Stage, funnel_by_year, labels, stages
from analytics.maturity.forecast import Forecast, forecasts, told
from analytics.maturity.readiness import in_the_way_of_schools, standing
from analytics.maturity.rounds import SchoolRound, outcomes, school_rounds
from analytics.model.figures import GoalOutcome, Standing, Status
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.frameworks import criterion_title
from analytics.words.language import N_, Words
from pages.shared.list_editor import events_editor
from pages.shared.marks import as_of
from pages.shared.ready_words import FEW_LEFT, at_goal_figure, few_left, schools_at_goal, small_schools_note
from pages.shared.schools_choice import choose_page, none_fits, on_page, page_words, schools_in, where
from pages.shared.words_block import reckoned_block
from pages.talks.certification.findings import differences_block, findings_block
from pages.talks.certification.forecast import forecast_block, worth_telling
from pages.talks.certification.lists import Nearness, by_nearness, lists_block
from pages.talks.certification.pictures import ReadySchool, ready_block
from pages.talks.certification.register import register_block
from pages.talks.certification.road import course_block, funnel_block
from pages.talks.certification.routine import routine_block
from pages.talks.certification.stages import (
    certified_figure,
    held_before,
    how_far,
    not_applied,
    not_on_the_way,
    register_schools,
)
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, Subject, provenance_of
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions

BY_NAME, BY_DISTRICT, SUREST = "namn", "omrade", "sakrast"
COUNTED = {  # how surely those that reach the goal do so
    Standing.MET_SURE: N_("{n} surely"),
    Standing.MET_LIKELY: N_("{n} probably"),
    Standing.MET_EVEN: N_("{n} too close to call"),
    Standing.MET_BARELY: N_("{n} only just"),
    Standing.NOT_MET_NEAR: None,
    Standing.NOT_MET: None,
    Standing.CANNOT_BE_TOLD: None,
}


def render(ask: Ask) -> None:
    say = ask.say
    with page_head(say, questions(say)["certifiering"]):
        chosen = controls.choose_group(ask, controls.choose_round(ask))
        ask = ask.of_rounds(chosen.framework)
        orders = {BY_NAME: say("Name"), BY_DISTRICT: say("District"), SUREST: say("Surest first")}
        sort = controls.choose("sort", say("Sort by"), orders, BY_NAME)
        found = access.composed(schools_in, ask, chosen.framework, chosen.year, chosen.district, chosen.stage)
        page = choose_page(ask, found)
    if not found:
        none_fits(say)
        return
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage, sort, page)
    # By the version in force and not the figures' own: an event that was recorded must show at once.
    content = access.composed(compose, ask, *parameters, as_of(ask, chosen.framework, chosen.year).isoformat())
    notices.draw(ask, replace(content, notices=()))
    viewer = ask.viewer  # who that is now is found out each time that it is asked
    events_editor(ask, tuple(school.id for school in ask.catalogue.schools if viewer.may_see(school.id)))
    notices.small_print(content.notices)


def compose(
    ask: Ask,
    framework_id: str,
    year: int,
    district: str | None,
    stage: str | None,
    sort: str,
    page: int,
    looked_at: str | None = None,
) -> Content:
    """The page for one round, filtered and sorted; the register as it was on the day `looked_at` (ISO; None: the last
    of the year)."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    day = date.fromisoformat(looked_at) if looked_at else framework.calendar.ends(year)
    found = _ready_schools(ask, framework, year, schools_in(ask, framework_id, year, district, stage))
    judged = [school.round for school in found]
    there = register_schools(ask, district, stage)
    register = [row for row in stages(ask.view, ask.viewer, day, framework_id) if row.school_id in there]
    marks = [row for row in labels(ask.view, ask.viewer, day) if row.school_id in there]
    last = max([year, *(row.day.year for row in register)])
    funnel = funnel_by_year(ask.view, ask.viewer, framework, last, day)
    foretold = told(forecasts(ask.view, ask.viewer, framework_id))
    hidden = sum(row.status == Status.HIDDEN for row in judged)
    ready = ready_block(ask, framework, on_page(_sorted(found, sort), page), judged)
    said = [
        _in_full(framework, judged, where(ask, district, stage), say),
        how_far(ask, register, year if day == framework.calendar.ends(year) else None),
        not_applied(ask, judged, register),
        held_before(ask, framework, day, there),
        small_schools_note(framework, say),
    ]
    folds = (
        ready,
        routine_block(ask, framework, register),
        register_block(ask, framework, register, marks, day),
        funnel_block(ask, funnel),
        course_block(ask, framework, year, {school.school.id for school in found}),
        findings_block(ask, framework, day),
        differences_block(ask, framework, day),
        forecast_block(ask, framework, year, foretold),
        reckoned_block(said, say),
    )
    return Content(
        answer=_answer(found, register, where(ask, district, stage), say),
        provenance=provenance_of(
            [row.provenance for row in judged]
            + [event.provenance for row in register for event in row.events]
            + [label.provenance for label in marks]
        ),
        figures=_key_figures(ask, framework, found, register, worth_telling(foretold, year)),
        about=Subject(
            where(ask, district, stage),
            year,
            framework_id,
            more=tuple((key, page_words(say, page)) for key in ("lists", "ready")),
        ),
        table=lists_block(ask, framework, _sorted(found, sort), register, ready),
        notices=tuple(filter(None, [left_out_notice(hidden, ask.catalogue, say)])),
        blocks=tuple(block for block in folds if block is not None),
    )


def _ready_schools(ask: Ask, framework: Framework, year: int, schools: Sequence[School]) -> list[ReadySchool]:
    rounds = {row.school_id: row for row in school_rounds(ask.view, ask.viewer, framework.id, year)}
    ways = in_the_way_of_schools(ask.view, ask.viewer, framework.id, year)
    return [ReadySchool(school, rounds[school.id], ways.get(school.id, ())) for school in schools]


def _sorted(found: Sequence[ReadySchool], sort: str) -> list[ReadySchool]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == SUREST:
        return sorted(found, key=lambda s: (s.round.ready is None, -(s.round.ready or 0), -s.round.at_goal))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda s: (s.school.district is None, s.school.district or ""))
    return list(found)


def _answer(found: Sequence[ReadySchool], register: Sequence[Stage], of: str, say: Words) -> str:
    """How many can apply and how many of them have not, and how many are near: two sentences."""
    lists = by_nearness(found)
    can, told = lists[Nearness.CAN_APPLY], len(found) - len(lists[Nearness.CANNOT_TELL])
    first = say.plural(
        "{can} of {n} school can apply.", "{can} of {n} schools can apply.", told, can=say.integer(len(can))
    )
    waiting = not_on_the_way([school.round for school in can], register)
    if register and waiting:
        first = say.plural(
            "{can} of {schools} schools can apply; {n} has not done so.",
            "{can} of {schools} schools can apply; {n} have not done so.",
            len(waiting),
            can=say.integer(len(can)),
            schools=say.integer(told),
        )
    elif register and can:
        first = say.plural(
            "{n} of {schools} schools can apply, and has done so.",
            "{n} of {schools} schools can apply, and all have done so.",
            len(can),
            schools=say.integer(told),
        )
    elif not told:
        first = f"{say('No school can be shown')}."
        return f"{of}: {first}" if of else first
    near = len(lists[Nearness.NEAR])
    second = say.plural("{n} more is near.", "{n} more are near.", near) if near else say("No other school is near.")
    whole = f"{first} {second}"
    return f"{of}: {whole}" if of else whole


def _in_full(framework: Framework, judged: Sequence[SchoolRound], of: str, say: Words) -> str:
    """The rule and how surely it is met, school by school counted."""
    count = outcomes(judged)
    judged_of = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    sentence = schools_at_goal(count[GoalOutcome.MET], judged_of, framework, say)
    sure = Counter(map(standing, judged))
    parts = [say.marked(text, n=sure[stands]) for stands, text in COUNTED.items() if text and sure[stands]]
    sentences = [": ".join(filter(None, [of, sentence, say.listing(parts) if parts else ""])) + "."]
    near = sure[Standing.NOT_MET_NEAR]
    if near:
        sentences.append(
            say.plural(
                "Of the {missed} that do not, {n} is so close that chance decides.",
                "Of the {missed} that do not, {n} are so close that chance decides.",
                near,
                missed=say.integer(count[GoalOutcome.NOT_MET]),
            )
        )
    few = sum(standing(row) is Standing.NOT_MET and row.shown - row.at_goal <= FEW_LEFT for row in judged)
    return " ".join(filter(None, [*sentences, few_left(few, say)]))


def _key_figures(
    ask: Ask,
    framework: Framework,
    found: Sequence[ReadySchool],
    register: Sequence[Stage],
    ahead: Forecast | None,
) -> tuple[KeyFigure, ...]:
    say, judged = ask.say, [school.round for school in found]
    figures = [at_goal_figure(outcomes(judged), say), certified_figure(judged, register, say)]
    ways = Counter(cell.criterion for school in found for cell in school.in_the_way)
    if ways:
        criterion, schools = min(ways.items(), key=lambda item: (-item[1], item[0]))
        title = criterion_title(framework, criterion, say)
        figures.append(
            KeyFigure(
                say("Most often in the way"),
                say.plural("{n} school", "{n} schools", schools),
                title,
            )
        )
    if ahead:
        figures.append(
            KeyFigure(
                say("Expected at the goal in {year}", year=say.round(ahead.year)),
                f"{say.integer(ahead.low)}–{say.integer(ahead.high)}",
                say("of {n} schools in the city's forecast, if they carry on as before", n=say.integer(ahead.schools))
                if ahead.actual is None
                else say(
                    "of {n} schools in the city's forecast; the outcome was {actual}",
                    n=say.integer(ahead.schools),
                    actual=ahead.actual,
                ),
            )
        )
    return tuple(figures)
