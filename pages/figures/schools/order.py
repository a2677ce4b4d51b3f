"""Skolor's order: how sure it is, where it does not go by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.maturity.trends import SchoolPace
from analytics.model.present import present
from analytics.model.schools import School
from analytics.words.language import Words
from pages.shared.schools_choice import BY_LEVEL, BY_PACE


def order_words(found: Sequence[School], paces: Mapping[str, SchoolPace], sort: str, say: Words) -> str:
    """How sure the order is that was asked for; nothing where it goes by name."""
    told = [pace for school in found if (pace := paces.get(school.id)) and pace.pace is not None]
    if sort == BY_PACE and len(told) > 1:
        first, *others = told
        level = sum(present(pace.pace_high) >= present(first.pace_low) for pace in others)
        if not level:
            return say("In the order of their paces: the interval of the first lies above those of all others.")
        return say.plural(
            "In the order of their paces: the interval of {level} of the {n} other reaches into that of the "
            "first, so which of them is the fastest cannot be determined.",
            "In the order of their paces: the intervals of {level} of the {n} others reach into that of the "
            "first, so which of them is the fastest cannot be determined.",
            len(others),
            level=say.integer(level),
        )
    if sort == BY_LEVEL and len(found) > 1:
        return say("Lowest first. Of schools with levels near each other nobody can tell which is the lower.")
    return ""
