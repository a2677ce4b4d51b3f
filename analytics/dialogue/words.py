"""How far a school has come towards being certified, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analytics.dialogue.certification import Stage
from analytics.model.dialogue import Event
from analytics.model.frameworks import Framework
from analytics.words.labels import EVENT
from analytics.words.language import N_, Words

STAGE_CERTIFIED = EVENT | {  # of a school that is certified: also that it applies anew
    Event.APPLIED: N_("Certified, has applied anew"),
    Event.IN_PROCESS: N_("Certified, in process anew"),
}
SINCE = {  # the same with its days
    Event.APPLIED: N_("Certified since {since}, has applied anew ({day})."),
    Event.IN_PROCESS: N_("Certified since {since}, in process anew ({day})."),
    Event.CERTIFIED: N_("Certified since {since}."),
    Event.RENEWED: N_("Certified since {since}, renewed {day}."),
    Event.DECLINED: None,  # a decline ends what there was
}


def stage_name(stage: Stage, say: Words) -> str:
    """The stage in a word or two; of a school that is certified and applies anew, both."""
    return say.marked((STAGE_CERTIFIED if stage.certified else EVENT)[stage.event])


def stage_sentence(
    stage: Stage, say: Words, write: Callable[[date], str] = date.isoformat, under: Framework | None = None
) -> str:
    """The stage with its day, where nothing else says what it is of: Certification: has applied (2022-01-10). `under`:
    the framework, where it is another than the one that is looked at."""
    said = stage_with_day(stage, say, write)
    if under is not None:
        said = say(
            "Under {framework}: {stage}", framework=under.title.in_(say.language), stage=said[0].lower() + said[1:]
        )
        return said
    return say("Certification: {stage}", stage=said[0].lower() + said[1:]) if stage.certified_since is None else said


def stage_with_day(stage: Stage, say: Words, write: Callable[[date], str] = date.isoformat) -> str:
    """The stage with its day: Certified since 2022-11-24, renewed 2025-05-22. `write`: how days are written."""
    day, since = stage.day, stage.certified_since
    if since is None:
        return say("{stage} ({day}).", stage=say.marked(EVENT[stage.event]), day=write(day))
    event = Event.CERTIFIED if day == since else stage.event  # what was renewed on that day began then
    return say.marked(SINCE[event], since=write(since), day=write(day))
