"""What a fold's label tells while it is closed: its answer in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analytics.model.figures import TrendDirection
from analytics.words.language import Words
from pages.shared.change_words import ChangeRow


def moved(changes: Sequence[ChangeRow], say: Words) -> str:
    """How many criteria have clearly risen and fallen; empty where none can be compared."""
    told = [change for change in changes if change.criterion]
    raised = sum(change.clear and change.difference > 0 for change in told)
    lowered = sum(change.clear and change.difference < 0 for change in told)
    if not told:
        return ""
    if not raised and not lowered:
        return say("none clear")
    return say("{raised} up, {lowered} down", raised=raised, lowered=lowered)


def beside_the_city(sides: Iterable[int | None], say: Words) -> str:
    """How many lie clearly above and below it; None is no figure. Empty where there is none."""
    told = [side for side in sides if side is not None]
    return sides_counted(len(told), sum(side > 0 for side in told), sum(side < 0 for side in told), say)


def sides_counted(told: int, above: int, below: int, say: Words) -> str:
    """The same of so many that there is a figure of."""
    if not told:
        return ""
    if not above and not below:
        return say("all level")
    return say("{above} above the city, {below} below", above=say.integer(above), below=say.integer(below))


def outside_chance(outside: int, schools: int, say: Words) -> str:
    return say.plural("{outside} of {n} school", "{outside} of {n} schools", schools, outside=say.integer(outside))


def directions(told: Iterable[TrendDirection | None], say: Words) -> str:
    """How many go up and down, of those whose direction is told; empty where none is."""
    count = Counter(direction for direction in told if direction)
    up, down = count[TrendDirection.UP], count[TrendDirection.DOWN]
    if not count:
        return ""
    if up == count.total() > 1:
        return say("all up")
    if down == count.total() > 1:
        return say("all down")
    if not up and not down:
        return say("none clear")
    return say("{raised} up, {lowered} down", raised=say.integer(up), lowered=say.integer(down))


def halves(upper: int, lower: int, say: Words) -> str:
    """How many surely lie in the city's upper and lower half."""
    return say(
        "{upper} surely in the upper half, {lower} in the lower", upper=say.integer(upper), lower=say.integer(lower)
    )
