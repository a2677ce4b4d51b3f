"""How far the city's schools have come towards being certified: in the page's answer, and as a key figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.dialogue.certification import Stage, stages
from analytics.maturity.readiness import standing
from analytics.maturity.rounds import SchoolsAlike
from analytics.maturity.school_lists import alike_besides
from analytics.model.dialogue import Event
from analytics.model.figures import Standing
from analytics.model.frameworks import Framework
from analytics.words.language import Words
from pages.talks.certification.found import Chosen, SchoolsFound, count_by
from pages.talks.certification.register import groups
from pages.ui import controls
from pages.ui.content import Ask, KeyFigure

NAMED = 3  # schools that a sentence names; more are only counted


def how_far(ask: Ask, register: Sequence[Stage], ended: int | None) -> str:
    """How many schools are certified and in process, now or at the end of the year `ended`; empty before any event."""
    say, of = ask.say, groups(register)
    if not register:
        return ""
    certified, process = (len(of.get(event, ())) for event in (Event.CERTIFIED, Event.IN_PROCESS))
    if not process:
        if ended is not None:
            return say.plural(
                "At the end of {year} {n} school was certified.",
                "At the end of {year} {n} schools were certified.",
                certified,
                year=say.round(ended),
            )
        return say.plural("{n} school is certified.", "{n} schools are certified.", certified)
    if ended is not None:
        return say.plural(
            "At the end of {year} {n} school was certified and {process} in process.",
            "At the end of {year} {n} schools were certified and {process} in process.",
            certified,
            year=say.round(ended),
            process=say.integer(process),
        )
    return say.plural(
        "{n} school is certified and {process} in process.",
        "{n} schools are certified and {process} in process.",
        certified,
        process=say.integer(process),
    )


def not_on_the_way(
    ask: Ask, found: SchoolsFound, can_apply: Sequence[SchoolsAlike], register: Sequence[Stage]
) -> tuple[int, list[str]]:
    """How many of those that may well apply are not in the register, or were declined, and the ids of some by name;
    asked where there is a register."""
    if not register:
        return 0, []
    on_the_way = {row.school_id for row in register if row.certified or row.event is not Event.DECLINED}
    of = (ask.view, ask.viewer, found.framework.id, found.year)
    return alike_besides(*of, can_apply, on_the_way, NAMED, found.among)


def not_applied(ask: Ask, waiting: int, some: Sequence[str]) -> str:
    """Which of the schools that may well apply are not in the register, or were declined."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    if not waiting:
        return ""
    if waiting > NAMED:
        return say("{n} schools that may well apply have not done so.", n=say.integer(waiting))
    return say.plural(
        "One school that may well apply has not done so: {names}.",
        "{n} schools that may well apply have not done so: {names}.",
        waiting,
        names=say.listing([names[school_id] for school_id in some]),
    )


def held_before(ask: Ask, framework: Framework, day: date, is_chosen: Chosen) -> str:
    """How many of the schools are certified under the framework that this one follows on: its own count is its own."""
    if framework.previous is None:
        return ""
    say = ask.say
    held = [row for row in stages(ask.view, ask.viewer, day, framework.previous) if row.certified]
    n = sum(is_chosen(row.school_id) for row in held)
    if not n:
        return ""
    title = ask.catalogue.framework(framework.previous).title.in_(say.language)
    return say.plural(
        "{n} school is certified under {title}, which is not counted here.",
        "{n} schools are certified under {title}, which is not counted here.",
        n,
        title=title,
    )


def certified_figure(alike: Sequence[SchoolsAlike], register: Sequence[Stage], say: Words) -> KeyFigure:
    """How many are certified; before the first event of the register, how many surely or probably reach the goal."""
    if not register:
        sure = count_by(alike, standing)
        return KeyFigure(
            say("Surely or probably at the goal"),
            say.integer(sure[Standing.MET_SURE] + sure[Standing.MET_LIKELY]),
            say("a new round with as many answers reaches it in at least 80 cases of 100"),
        )
    of = groups(register)
    return KeyFigure(
        say("Certified schools"),
        say.integer(len(of.get(Event.CERTIFIED, ()))),
        say(
            "{process} in process, {applied} that have applied",
            process=say.integer(len(of.get(Event.IN_PROCESS, ()))),
            applied=say.integer(len(of.get(Event.APPLIED, ()))),
        ),
    )
