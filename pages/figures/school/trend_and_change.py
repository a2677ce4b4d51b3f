"""A trend over all rounds beside the change between two of them: how both are true where they do not say the same."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.maturity.changes import SchoolChange
from analytics.maturity.trends import Trend
from analytics.model.figures import TrendDirection
from analytics.words.language import N_, Marked, Words

UP, DOWN, STILL, UNSURE = (
    TrendDirection.UP,
    TrendDirection.DOWN,
    TrendDirection.STILL,
    TrendDirection.CANNOT_TELL,
)
MOVED, FELL, NOTHING = 1, -1, 0  # what the change is: clear upwards, clear downwards, or not clear
BOTH: Mapping[tuple[TrendDirection, int], Marked] = {  # where trend and change say the same, nothing need be said
    (UP, NOTHING): N_(
        "The rounds {first}–{last} together show a rise; {before} and {year} alone are too little to tell."
    ),
    (DOWN, NOTHING): N_(
        "The rounds {first}–{last} together show a fall; {before} and {year} alone are too little to tell."
    ),
    (UP, FELL): N_("The rounds {first}–{last} together show a rise, even though {year} is lower than {before}."),
    (DOWN, MOVED): N_("The rounds {first}–{last} together show a fall, even though {year} is higher than {before}."),
    (STILL, MOVED): N_("{year} is higher than {before}, but the rounds {first}–{last} together show no movement."),
    (STILL, FELL): N_("{year} is lower than {before}, but the rounds {first}–{last} together show no movement."),
    (UNSURE, MOVED): N_(
        "{year} is higher than {before}, but the rounds {first}–{last} together show no sure direction."
    ),
    (UNSURE, FELL): N_("{year} is lower than {before}, but the rounds {first}–{last} together show no sure direction."),
}


def reconciled(trend: Trend | None, change: SchoolChange | None, say: Words) -> str:
    """One sentence on a school's trend and change on the same thing; empty where one is not told, or they agree."""
    if trend is None or trend.direction is None or change is None:
        return ""
    way = NOTHING if not change.clear else MOVED if change.difference > 0 else FELL
    text = BOTH.get((trend.direction, way))
    if text is None:
        return ""
    named = {"first": trend.first_year, "last": trend.last_year, "before": change.before_year, "year": change.year}
    years = {name: say.round(year) for name, year in named.items()}
    return say.marked(text, **years)
