"""How a framework's criteria, levels and year are called in text."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.model.frameworks import Change, Framework
from analytics.words.language import N_, Words

CHANGE = {  # how a criterion relates to the one before it
    Change.IDENTICAL: N_("in the same words"),
    Change.REWORDED: N_("reworded"),
    Change.SPLIT: N_("split off"),
    Change.MERGED: N_("merged"),
    Change.NEW: N_("new"),
}


def criterion_title(framework: Framework, criterion_id: str, say: Words) -> str:
    """The title as a part of a sentence; raises KeyError for a criterion that the framework does not ask."""
    return framework.criterion(criterion_id).title.in_(say.language).rstrip(".")


def criterion_name(framework: Framework, criterion_id: str, say: Words) -> str:
    """Id and title, for use in a list: C5 Lärarna besöker varandra."""
    return f"{criterion_id} {criterion_title(framework, criterion_id, say)}"


def no_such_criterion(there: Sequence[str], say: Words) -> tuple[str, str]:
    """What is wrong with a criterion that follows on none of those that the framework before has, and what to do."""
    return say("The previous framework has no such criterion."), say("Its criteria are: {ids}.", ids=", ".join(there))


def levels_text(first: int, last: int) -> str:
    """1–2, or 4."""
    return str(first) if first == last else f"{first}–{last}"


def calendar_sentence(framework: Framework, year: int, say: Words) -> str:
    """When schools rate themselves, where that is said, and when goals of a year are set and followed up."""
    calendar = framework.calendar
    dialogue = say(
        "Goals are set in {goals} and followed up in {follow_up} {when}.",
        goals=say.month(calendar.goals),
        follow_up=say.month(calendar.follow_up),
        when=calendar.follow_up_year(year),
    )
    rating = say("Schools rate themselves in {month}.", month=say.month(calendar.rating)) if calendar.rating else ""
    return " ".join(filter(None, [rating, dialogue]))


def period_sentence(framework: Framework, say: Words) -> str:
    """What a round's year stands for in files and addresses, where it is a school year; '' where it is not."""
    if not framework.calendar.school_year:
        return ""
    year, name = framework.valid_from, say.of_rounds(framework).round(framework.valid_from)
    return say("Rounds are of school years: in files, {year} stands for {name}.", year=year, name=str(name))
