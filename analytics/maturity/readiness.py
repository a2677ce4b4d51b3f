"""Kan vi ansöka? How sure the goal is, what stands in the way, and what those who did not answer could change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model import Goal

REACHED, LIKELY, CANNOT_TELL = 0.95, 0.80, 0.20  # of the resamples, from
IN_THE_WAY = 2


class Verdict(StrEnum):
    """How sure it is that the goal is reached, by the share of resamples that reach it."""

    REACHED = "reached"
    LIKELY = "likely"
    CANNOT_TELL = "cannot_tell"
    NOT_YET = "not_yet"


def verdict(ready: float) -> Verdict:
    """The verdict on a share of resamples, 0-1."""
    if ready >= REACHED:
        return Verdict.REACHED
    if ready >= LIKELY:
        return Verdict.LIKELY
    return Verdict.CANNOT_TELL if ready >= CANNOT_TELL else Verdict.NOT_YET


def round_verdict(of: SchoolRound) -> Verdict | None:
    """The verdict on a school's round; None where nothing is shown. With hidden criteria nothing better than "cannot
    tell" can be said: the hidden ones might miss the goal."""
    if of.ready is None:
        return None
    found = verdict(of.ready)
    return Verdict.CANNOT_TELL if of.shown < of.asked and found is not Verdict.NOT_YET else found


def in_the_way(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The one or two criteria that most stand in the way: the surest to miss the goal first; none that is sure to meet
    it."""
    unsure = sorted((c for c in cells if c.ready is not None and c.ready < REACHED), key=lambda c: (c.ready, c.mean))
    return tuple(unsure[:IN_THE_WAY])


@dataclass(frozen=True, slots=True)
class Silent:
    """What the `people` who were invited and did not respond could change on a criterion.

    `if_low`, `if_high`: the school's figure (mean in levels, or share 0-1) if theirs were `low` and `high`. `needed`:
    the mean (or share) of theirs from which the goal would be met; below the scale: it is met whatever they say; above
    it: it cannot be.
    """

    people: int
    low: float
    high: float
    if_low: float
    if_high: float
    needed: float

    def could_change(self, scale: tuple[float, float]) -> bool:
        """Whether any answers of theirs, on this scale, would turn met into not met or the other way round."""
        return scale[0] < self.needed <= scale[1]


HALF_A_LEVEL = 0.5


def silent(cell: Cell, of: SchoolRound, goal: Goal) -> Silent | None:
    """None where nobody counted the invited, all responded, the cell is hidden, or the goal is a median.

    The range is half a level (or a fourth of the staff, of a share) to each side of the goal.
    """
    if cell.mean is None or of.invited is None or of.responded is None or of.invited <= of.responded:
        return None
    if goal.statistic == "median":
        return None
    people = of.invited - of.responded
    if goal.statistic == "mean":
        figure, aim, half = cell.mean, float(goal.level), HALF_A_LEVEL
    else:
        figure, aim, half = cell.share_at_goal, goal.share, HALF_A_LEVEL / 2
    everybody = cell.n + people
    low, high = aim - half, aim + half

    def if_they_say(value: float) -> float:
        return (figure * cell.n + value * people) / everybody

    return Silent(people, low, high, if_they_say(low), if_they_say(high), (aim * everybody - figure * cell.n) / people)
