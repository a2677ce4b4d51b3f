"""What is said where nothing has clearly changed since an earlier round, or nothing can be compared."""

from __future__ import annotations

from analytics.words.language import Words


def nothing_to_compare(say: Words) -> str:
    """It is the first round."""
    return say("There is no earlier round to compare with, so nothing can be said of change.")


def no_longer_the_same(say: Words) -> str:
    """Another school became part of it, or was made out of it, since every earlier round."""
    return say("It is not the school that it was in earlier rounds, so nothing is said of change.")


def none_changed(criteria: int, year: int, say: Words) -> str:
    """Of all the criteria that can be compared."""
    return say.plural(
        "No clear change since {year} on the one criterion that can be compared.",
        "No clear change since {year} on any of the {n} criteria that can be compared.",
        criteria,
        year=say.round(year),
    )


def others_unchanged(criteria: int, say: Words) -> str:
    """Of those that have not been named."""
    return say.plural(
        "No clear change on the other one.",
        "No clear change on the other {n}.",
        criteria,
    )


def on_common_criteria(compared: int, left_out: int, say: Words) -> str:
    """What areas and the whole are compared on, where it is not all that either round asked; else empty."""
    if not left_out:
        return ""
    return say.plural(
        "Areas and the whole are compared on the {compared} criteria asked and shown both times; {n} is left out.",
        "Areas and the whole are compared on the {compared} criteria asked and shown both times; {n} are left out.",
        left_out,
        compared=compared,
    )


def school_promise(say: Words) -> str:
    """What is promised of a school's clear changes."""
    return say(
        "The whole school is judged first, then its areas, then its criteria. Of schools where nothing has changed, at"
        " most one in twenty is said to have changed in anything."
    )


def city_promise(say: Words) -> str:
    """What is promised of the city's clear changes."""
    return say(
        "The whole is judged first, then the areas, then the criteria. Where nothing has changed, anything is said to"
        " have changed in at most one comparison in twenty."
    )


def list_promise(say: Words) -> str:
    """What is promised of the schools that are counted as clearly changed."""
    return say(
        "The schools are judged together: where none of them has changed, any is counted in at most one comparison in"
        " twenty."
    )


def same_words_only(say: Words) -> str:
    """Since a round of the framework before."""
    return say("The framework is new: only criteria in the same words are compared.")
