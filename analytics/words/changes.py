"""What is said where nothing has clearly changed since an earlier round, or nothing can be compared."""

from __future__ import annotations

from analytics.words.language import Words


def nothing_to_compare(say: Words) -> str:
    """It is the first round."""
    return say("There is no earlier round to compare with, so nothing can be said of change.")


def none_changed(criteria: int, year: int, say: Words) -> str:
    """Of all the criteria that can be compared."""
    return say.plural(
        "On the one criterion that can be compared with {year} no change can be told from noise.",
        "On none of the {n} criteria that can be compared with {year} can a change be told from noise.",
        criteria,
        year=year,
    )


def others_unchanged(criteria: int, say: Words) -> str:
    """Of those that have not been named."""
    return say.plural(
        "On the other one no change can be told from noise.",
        "On the other {n} no change can be told from noise.",
        criteria,
    )


def same_words_only(say: Words) -> str:
    """Since a round of the framework before."""
    return say("The framework is new: only criteria in the same words are compared.")
