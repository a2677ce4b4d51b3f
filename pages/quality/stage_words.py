"""How far a school has come towards being certified, and its eTwinning labels, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analytics.dialogue.certification import Stage, valid_on
from analytics.dialogue.words import event_name, label_name
from analytics.language import Words
from analytics.model_dialogue import Event, Label


def stage_name(stage: Stage, say: Words) -> str:
    """The stage in a word or two; of a school that is certified and applies anew, both."""
    if stage.certified and stage.event is Event.APPLIED:
        return say("Certified, has applied anew")
    if stage.certified and stage.event is Event.IN_PROCESS:
        return say("Certified, in process anew")
    return event_name(stage.event, say)


def stage_sentence(stage: Stage, say: Words) -> str:
    """The stage with its day: Certified since 2022-11-24, renewed 2025-05-22."""
    day = stage.day.isoformat()
    if not stage.certified:
        return say("{stage} ({day}).", stage=event_name(stage.event, say), day=day)
    since = stage.certified_since.isoformat()
    match stage.event:
        case Event.RENEWED if stage.day != stage.certified_since:
            return say("Certified since {since}, renewed {day}.", since=since, day=day)
        case Event.APPLIED:
            return say("Certified since {since}, has applied anew ({day}).", since=since, day=day)
        case Event.IN_PROCESS:
            return say("Certified since {since}, in process anew ({day}).", since=since, day=day)
    return say("Certified since {since}.", since=since)


def label_text(label: Label, day: date, say: Words) -> str:
    """A label with the days between which it holds, and that it has run out where it has on the `day`."""
    name, start = label_name(label.label, say), label.day.isoformat()
    if label.until is None:
        return say("{label} ({day})", label=name, day=start)
    if valid_on(label, day):
        return say("{label} ({day} to {until})", label=name, day=start, until=label.until.isoformat())
    return say("{label} ({day} to {until}, has run out)", label=name, day=start, until=label.until.isoformat())


def labels_text(labels: Iterable[Label], day: date, say: Words) -> str:
    return "; ".join(label_text(label, day, say) for label in labels)
