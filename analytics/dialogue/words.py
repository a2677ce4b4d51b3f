"""What roles, states, stages and labels are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analytics.dialogue.certification import Stage
from analytics.model.dialogue import Event, Mark, Progress, Responsible
from analytics.words.labels import label_of
from analytics.words.language import Words


def role_name(role: Responsible, say: Words) -> str:
    """The role that answers for an action, as Göteborg's plan has it."""
    return label_of(role, say)


def progress_name(progress: Progress, say: Words) -> str:
    """How far something agreed has come; the same words for a goal and for an action."""
    return label_of(progress, say)


def event_name(event: Event, say: Words) -> str:
    """A stage on the way to being certified."""
    return label_of(event, say)


def stage_name(stage: Stage, say: Words) -> str:
    """The stage in a word or two; of a school that is certified and applies anew, both."""
    if stage.certified and stage.event is Event.APPLIED:
        return say("Certified, has applied anew")
    if stage.certified and stage.event is Event.IN_PROCESS:
        return say("Certified, in process anew")
    return event_name(stage.event, say)


def stage_sentence(stage: Stage, say: Words, write: Callable[[date], str] = date.isoformat) -> str:
    """The stage with its day: Certified since 2022-11-24, renewed 2025-05-22. `write`: how days are written."""
    day = write(stage.day)
    if not stage.certified:
        return say("{stage} ({day}).", stage=event_name(stage.event, say), day=day)
    since = write(stage.certified_since)
    match stage.event:
        case Event.RENEWED if stage.day != stage.certified_since:
            return say("Certified since {since}, renewed {day}.", since=since, day=day)
        case Event.APPLIED:
            return say("Certified since {since}, has applied anew ({day}).", since=since, day=day)
        case Event.IN_PROCESS:
            return say("Certified since {since}, in process anew ({day}).", since=since, day=day)
    return say("Certified since {since}.", since=since)


def label_name(label: Mark, say: Words) -> str:
    """An eTwinning label or certificate, in the Swedish agency's own words."""
    return label_of(label, say)
