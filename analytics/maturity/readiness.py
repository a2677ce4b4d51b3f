"""Kan vi ansöka? Whether the school is there, whether a round would show it, and what those who are silent could do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from analytics.maturity.rounds import CANNOT_TELL, LIKELY, REACHED, SchoolRound, SchoolsAlike
from analytics.maturity.schools import CELL, OF_SCHOOLS, Cell, cells_of
from analytics.model.figures import GoalOutcome, Standing, Verdict
from analytics.model.frameworks import Goal
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View

IN_THE_WAY = 2


def verdict(ready: float) -> Verdict:
    """The verdict on a share of resamples, 0-1."""
    if ready >= REACHED:
        return Verdict.REACHED
    if ready >= LIKELY:
        return Verdict.LIKELY
    return Verdict.CANNOT_TELL if ready >= CANNOT_TELL else Verdict.NOT_YET


def verdict_between(low: float, high: float) -> Verdict:
    """The verdict on a share that lies between these: where they are not of one verdict nobody can tell."""
    found = verdict(low)
    return found if found is verdict(high) else Verdict.CANNOT_TELL


def round_verdict(of: SchoolRound | SchoolsAlike) -> Verdict | None:
    """Whether a new round would show the goal; None where nothing is shown. With hidden criteria nothing better than
    "cannot tell" can be said: the hidden ones might miss the goal."""
    return _on_all(of, of.ready_low, of.ready_high)


def there_verdict(of: SchoolRound) -> Verdict | None:
    """The same of whether the school truly is at the goal."""
    return _on_all(of, of.there_low, of.there_high)


def _on_all(of: SchoolRound | SchoolsAlike, low: float | None, high: float | None) -> Verdict | None:
    if low is None or high is None:
        return None
    found = verdict_between(low, high)
    return Verdict.CANNOT_TELL if of.shown < of.asked and found is not Verdict.NOT_YET else found


PUNISHED = 0.2  # how much likelier it is that a school is there than that a new round shows it


def is_punished(of: SchoolRound) -> bool:
    """Whether a goal on every one of many criteria says less of the school than of how few its answers are."""
    return of.there is not None and of.ready is not None and of.there - of.ready >= PUNISHED


def standing(of: SchoolRound | SchoolsAlike) -> Standing | None:
    """None where nothing is shown. The rule decides what is met; the resamples only how sure that is."""
    found = round_verdict(of)
    if found is None:
        return None
    if of.outcome == GoalOutcome.CANNOT_TELL:
        return Standing.CANNOT_BE_TOLD
    if of.outcome == GoalOutcome.NOT_MET:
        return Standing.NOT_MET if found is Verdict.NOT_YET else Standing.NOT_MET_NEAR
    return {
        Verdict.REACHED: Standing.MET_SURE,
        Verdict.LIKELY: Standing.MET_LIKELY,
        Verdict.CANNOT_TELL: Standing.MET_EVEN,
        Verdict.NOT_YET: Standing.MET_BARELY,
    }[found]


def in_the_way(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The one or two criteria that most stand in the way: the surest to miss the goal first; none that is sure to meet
    it.

    Of criteria with too few answers for a share only those that miss the goal are there. Where there is such a one,
    shares cannot order them all, and means do.
    """
    unsure = [c for c in cells if (c.goal_met is False if c.ready is None else c.ready < REACHED)]
    if any(c.ready is None for c in unsure):
        unsure.sort(key=lambda c: present(c.mean))
    else:
        unsure.sort(key=surest_to_miss)
    return tuple(unsure[:IN_THE_WAY])


def surest_to_miss(cell: Cell) -> tuple[float, float]:
    """What shown criteria are ordered by, the surest to miss the goal first. In whole per cent, as a smaller difference
    is the draws' own; one without a share comes last."""
    return (1.0 if cell.ready is None else round(cell.ready, 2), present(cell.mean))


OF_ROUND = f"from school_round where framework = $framework and year = $year and {OF_SCHOOLS}"
IN_ITS_WAY = f"""
    with chosen as (select school_id, in_the_way, unnest(in_the_way) as criterion {OF_ROUND})
    {CELL} join chosen using (school_id, criterion)
    where framework = $framework and year = $year order by school_id, list_position(in_the_way, criterion)
"""
"""The cells that `in_the_way` chooses of each school's, which were chosen when they were published."""


def in_the_way_of_schools(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None = None
) -> dict[str, tuple[Cell, ...]]:
    """school -> what is `in_the_way` of its criteria in a round, of those of these schools (None: all) that the viewer
    may see and that have any."""
    found = cells_of(view, IN_ITS_WAY, _asked(viewer, framework, year, schools))
    return {school: tuple(cells) for school, cells in groupby(found, lambda cell: cell.school_id)}


def criteria_in_the_way(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str]
) -> dict[str, list[str]]:
    """The same by the criteria's ids alone."""
    sql = f"select school_id, in_the_way {OF_ROUND} and in_the_way is not null"
    return dict(view.rows(sql, _asked(viewer, framework, year, schools)))


def most_in_the_way(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None = None
) -> tuple[str, int] | None:
    """The criterion that is `in_the_way` of most of these schools (None: of all of the round's) that the viewer may
    see, and of how many; None where none is in any one's."""
    sql = f"""
        with chosen as (select unnest(in_the_way) as criterion {OF_ROUND})
        select criterion, count(*) from chosen group by criterion order by 2 desc, 1 limit 1
    """
    found = view.rows(sql, _asked(viewer, framework, year, schools))
    return (found[0][0], found[0][1]) if found else None


def _asked(viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None) -> dict[str, Any]:
    return {"framework": framework, "year": year, "schools": viewer.told_of(schools)}


@dataclass(frozen=True, slots=True)
class NonResponse:
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


HALF_A_LEVEL = 0.5


def silent(cell: Cell, of: SchoolRound, goal: Goal) -> NonResponse | None:
    """None where nobody counted the invited, all responded, the figure is not told exactly, or the goal is a median.

    The range is half a level (or a fourth of the staff, of a share) to each side of the goal.
    """
    if cell.mean is None or of.invited is None or of.responded is None or of.invited <= of.responded:
        return None
    if goal.statistic == "median" or cell.n is None or cell.mean_bound:
        return None
    if goal.statistic == "share" and (cell.share_at_goal is None or cell.share_bound):
        return None
    people = of.invited - of.responded
    if goal.statistic == "mean":
        figure, aim, half = cell.mean, float(goal.level), HALF_A_LEVEL
    else:
        figure, aim, half = present(cell.share_at_goal), present(goal.share), HALF_A_LEVEL / 2
    answers = cell.n
    everybody = answers + people
    low, high = aim - half, aim + half

    def if_they_say(value: float) -> float:
        return (figure * answers + value * people) / everybody

    return NonResponse(
        people, low, high, if_they_say(low), if_they_say(high), (aim * everybody - figure * answers) / people
    )
