"""How a framework's criteria, levels and year are called in text."""

from __future__ import annotations

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


def levels_text(first: int, last: int) -> str:
    """1–2, or 4."""
    return str(first) if first == last else f"{first}–{last}"


def round_name(framework: Framework, year: int) -> str:
    """What a round's year is called: 2021, or 2021/22 where it is a school year."""
    return f"{year}/{(year + 1) % 100:02}" if framework.calendar.school_year else str(year)


def school_year_sentence(framework: Framework, year: int, say: Words) -> str:
    """How a year is to be read where rounds are of school years; '' where they are not."""
    if not framework.calendar.school_year:
        return ""
    return say("Years are school years: {year} is {name}.", year=year, name=round_name(framework, year))


def calendar_sentence(framework: Framework, year: int, say: Words) -> str:
    """When schools rate themselves, where that is said, when goals of a year are set and followed up, and what a year
    is where it is a school year."""
    calendar = framework.calendar
    dialogue = say(
        "Goals are set in {goals} and followed up in {follow_up} {when}.",
        goals=say.month(calendar.goals),
        follow_up=say.month(calendar.follow_up),
        when=calendar.follow_up_year(year),
    )
    rating = say("Schools rate themselves in {month}.", month=say.month(calendar.rating)) if calendar.rating else ""
    return " ".join(filter(None, [rating, dialogue, school_year_sentence(framework, year, say)]))
