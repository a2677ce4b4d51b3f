"""Certifiering: which schools reach the goal on every criterion and how sure that is, how far each has come towards
being certified, what those who certify found, and how many will reach the goal next round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.dialogue.certification import Stage, funnel_by_year, labels, stages
from analytics.maturity.forecast import Forecast, forecasts, told
from analytics.maturity.readiness import most_in_the_way, standing
from analytics.maturity.rounds import SchoolsAlike, group_outcomes
from analytics.model.figures import GoalOutcome, Standing, Status
from analytics.model.frameworks import Framework
from analytics.words.frameworks import criterion_title
from analytics.words.language import N_, Words
from pages.shared.list_editor import events_editor
from pages.shared.marks import as_of
from pages.shared.ready_words import at_goal_figure, few_left, schools_at_goal, small_schools_note
from pages.shared.schools_choice import choose_page, none_fits, page_words, schools_in, where
from pages.shared.words_block import reckoned_block
from pages.talks.certification.findings import findings_blocks
from pages.talks.certification.forecast import forecast_fold, worth_telling
from pages.talks.certification.found import (
    BY_DISTRICT,
    BY_NAME,
    SUREST,
    SchoolsFound,
    chosen_schools,
    count_by,
    ready_schools,
    schools_found,
)
from pages.talks.certification.lists import Nearness, by_nearness, has_few_left, lists_block, nearness_lists, schools_of
from pages.talks.certification.pictures import ready_block, ready_table, ready_title, sure_in_short
from pages.talks.certification.register import register_fold
from pages.talks.certification.road import course_fold, funnel_block
from pages.talks.certification.routine import routine_block
from pages.talks.certification.stages import (
    certified_figure,
    held_before,
    how_far,
    not_applied,
    not_on_the_way,
)
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Block, Content, Fold, KeyFigure, Subject, Table, provenance_of
from pages.ui.head import page_head
from pages.ui.later import LaterRows
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions

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
    chosen, of = (framework_id, year, district, stage), (ask.view, ask.viewer)
    found = schools_found(ask, *chosen, sort)
    lists = by_nearness(found.alike)
    is_chosen = chosen_schools(ask, district, stage)
    register = [row for row in stages(*of, day, framework_id) if is_chosen(row.school_id)]
    marks = [row for row in labels(*of, day) if is_chosen(row.school_id)]
    waiting, some = not_on_the_way(ask, found, lists[Nearness.CAN_APPLY], register)
    last = max([year, *(row.day.year for row in register)])
    foretold = told(forecasts(*of, framework_id))
    hidden = sum(row.schools for row in found.alike if row.status == Status.HIDDEN)
    place = (*chosen, sort, page)
    rows = LaterRows(ready_rows, ask, *place)
    said = [
        _in_full(framework, found.alike, where(ask, district, stage), say),
        how_far(ask, register, year if day == framework.calendar.ends(year) else None),
        not_applied(ask, waiting, some),
        held_before(ask, framework, day, is_chosen),
        small_schools_note(framework, say),
    ]
    folds = (
        Fold("ready", ready_title(say), ready_fold, place, sure_in_short(found.alike, say)),
        routine_block(ask, framework, register),
        register_fold(ask, (framework_id, day.isoformat(), district, stage), register, marks),
        funnel_block(ask, funnel_by_year(*of, framework, last, day)),
        course_fold(ask, found, chosen),
        *findings_blocks(ask, framework, day),
        forecast_fold(ask, framework_id, year, foretold),
        reckoned_block(said, say),
    )
    return Content(
        answer=_answer(lists, register, waiting, where(ask, district, stage), say),
        provenance=provenance_of(
            [row.provenance for row in found.alike]
            + [event.provenance for row in register for event in row.events]
            + [label.provenance for label in marks]
        ),
        figures=_key_figures(ask, found, register, worth_telling(foretold, year)),
        about=Subject(
            where(ask, district, stage),
            year,
            framework_id,
            more=tuple((key, page_words(say, page)) for key in ("lists", "ready")),
        ),
        table=lists_block(
            ask, framework, nearness_lists(ask, found), register, replace(ready_table(ask, framework, ()), rows=rows)
        ),
        notices=tuple(filter(None, [left_out_notice(hidden, ask.catalogue, say)])),
        blocks=tuple(block for block in folds if block is not None),
    )


def ready_fold(
    ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None, sort: str, page: int
) -> Block:
    found = schools_found(ask, framework_id, year, district, stage, sort)
    return ready_block(ask, ready_schools(ask, found, page), found)


def ready_rows(
    ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None, sort: str, page: int
) -> Table:
    """The same schools, for the files of the lists."""
    found = schools_found(ask, framework_id, year, district, stage, sort)
    return ready_table(ask, found.framework, ready_schools(ask, found, page))


def _answer(
    lists: Mapping[Nearness, Sequence[SchoolsAlike]], register: Sequence[Stage], waiting: int, of: str, say: Words
) -> str:
    """How many can apply and how many of them have not, and how many are near: two sentences."""
    count = {kind: schools_of(alike) for kind, alike in lists.items()}
    can, told = count[Nearness.CAN_APPLY], sum(count.values()) - count[Nearness.CANNOT_TELL]
    first = say.plural("{can} of {n} school can apply.", "{can} of {n} schools can apply.", told, can=say.integer(can))
    if register and waiting:
        first = say.plural(
            "{can} of {schools} schools can apply; {n} has not done so.",
            "{can} of {schools} schools can apply; {n} have not done so.",
            waiting,
            can=say.integer(can),
            schools=say.integer(told),
        )
    elif register and can:
        first = say.plural(
            "{n} of {schools} schools can apply, and has done so.",
            "{n} of {schools} schools can apply, and all have done so.",
            can,
            schools=say.integer(told),
        )
    elif not told:
        first = f"{say('No school can be shown')}."
        return f"{of}: {first}" if of else first
    near = count[Nearness.NEAR]
    second = say.plural("{n} more is near.", "{n} more are near.", near) if near else say("No other school is near.")
    whole = f"{first} {second}"
    return f"{of}: {whole}" if of else whole


def _in_full(framework: Framework, alike: Sequence[SchoolsAlike], of: str, say: Words) -> str:
    """The rule and how surely it is met, school by school counted."""
    count = group_outcomes(alike)
    judged_of = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    sentence = schools_at_goal(count[GoalOutcome.MET], judged_of, framework, say)
    sure = count_by(alike, standing)
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
    few = Counter[int]()
    for row in alike:
        if standing(row) is Standing.NOT_MET and has_few_left(row):
            few[row.shown] += row.schools
    return " ".join(filter(None, [*sentences, few_left(few, say)]))


def _key_figures(
    ask: Ask, found: SchoolsFound, register: Sequence[Stage], ahead: Forecast | None
) -> tuple[KeyFigure, ...]:
    say, framework = ask.say, found.framework
    figures = [at_goal_figure(group_outcomes(found.alike), say), certified_figure(found.alike, register, say)]
    way = most_in_the_way(ask.view, ask.viewer, framework.id, found.year, found.among)
    if way:
        criterion, schools = way
        title = criterion_title(framework, criterion, say)
        figures.append(KeyFigure(say("Most often in the way"), say.plural("{n} school", "{n} schools", schools), title))
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
