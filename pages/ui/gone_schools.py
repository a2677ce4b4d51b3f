"""What is told of a school that the register has, and that there is nothing to show of."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from analytics.model.schools import links_among
from analytics.words.school_links import link_sentence
from pages.ui.content import Ask


def what_became(ask: Ask, school_id: str, shown: Container[str]) -> tuple[str, tuple[str, ...]]:
    """A sentence, empty where the register has no such school; and the schools that it became part of, of those that
    are `shown`."""
    say, names = ask.say, ask.catalogue.school_names
    school = next((one for one in ask.catalogue.schools if one.id == school_id), None)
    if school is None:
        return "", ()
    links = [link for link in links_among(ask.catalogue.schools) if link.school == school.id and link.merged]
    nothing = say("There are no results of {school} to show.", school=names[school.id])
    if links:
        first = " ".join(link_sentence(link, school.id, names, say) for link in links)
    elif school.valid_to and school.valid_to < date.today():
        first = say("{school} closed on {day}.", school=names[school.id], day=say.day(school.valid_to))
    else:
        first = ""
    return f"{first} {nothing}".strip(), tuple(link.other for link in links if link.other in shown)
