"""What does not fit a picture or a list when schools are thousands: some of them, chosen evenly, and that it is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from analytics.words.language import Words

Shown = TypeVar("Shown")

DOTS = 200  # schools of a row of dots: more lie on top of each other whatever the screen
LISTED = 200  # lines of a list that is unfolded


def evenly(shown: Sequence[Shown], by: Callable[[Shown], Any], most: int = DOTS) -> Sequence[Shown]:
    """So many of them, as far apart `by` their figure as can be, with the least and the greatest; all, as they came,
    where they are no more."""
    if len(shown) <= most:
        return shown
    in_order, step = sorted(shown, key=by), (len(shown) - 1) / (most - 1)
    return [in_order[round(place * step)] for place in range(most)]


def thinned_note(of: int, say: Words, most: int = DOTS) -> str:
    """What must be said of a picture of some of so many schools; empty where all are there."""
    if of <= most:
        return ""
    return say(
        "Of the {n} schools {shown} are drawn, evenly by their figures; the table has all of them.",
        n=say.integer(of),
        shown=say.integer(most),
    )


def rest_note(left_out: int, say: Words) -> str:
    """What must be said below a list that does not go on; empty where it does."""
    if left_out <= 0:
        return ""
    return say.plural(
        "{n} more school is in the table and its files.", "{n} more schools are in the table and its files.", left_out
    )
