"""The road to Digital skola: each school's stage, the funnel over the years, who is on course for the goal, and which
eTwinning labels hold. What the certifiers found is in findings.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from analytics.dialogue.certifying import of_framework
from analytics.maturity.city import allow_city
from analytics.maturity.readiness import standing
from analytics.maturity.rounds import SchoolRound, SchoolsAlike
from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.dialogue import Certification, Event, Label
from analytics.model.figures import GoalOutcome, Standing
from analytics.model.frameworks import Framework
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.store.rows import read_rows

ORDER = tuple(Event)
"""Of events on one day: applied, in process, certified, renewed; a decline is the last word of its day."""

DECIDED = (Event.CERTIFIED, Event.RENEWED, Event.DECLINED)
PAST_APPLYING = (Event.IN_PROCESS, *DECIDED)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a school has come: its `events` by day, at least one, and what they amount to.

    The stage is the latest event. A school is certified from the day when it is certified or renewed until it is
    declined: a decline also ends the certification that was there before it, an application to renew does not.
    """

    school_id: str
    events: tuple[Certification, ...]

    @property
    def event(self) -> Event:
        return self.events[-1].event

    @property
    def day(self) -> date:
        """Of the latest event."""
        return self.events[-1].day

    @property
    def certified_since(self) -> date | None:
        """The first day of the certification that holds; None where none does. A renewal leaves it as it was."""
        since = None
        for found in self.events:
            if found.event is Event.DECLINED:
                since = None
            elif found.event in (Event.CERTIFIED, Event.RENEWED):
                since = since or found.day
        return since

    @property
    def certified_last(self) -> date | None:
        """The day when the certification that holds was given or last renewed: it is valid from then."""
        if not self.certified:
            return None
        return next(row.day for row in reversed(self.events) if row.event in (Event.CERTIFIED, Event.RENEWED))

    @property
    def certified(self) -> bool:
        return self.certified_since is not None


def stages(view: View, viewer: Viewer, until: date | None = None, framework: str | None = None) -> tuple[Stage, ...]:
    """Every school with any event, by id, that the viewer may see, as things stood on the evening of `until` (None:
    with all events); of one framework alone, where that is said."""
    events = (row for row in _events(view, until, framework) if viewer.may_see(row.school_id))
    return _by_school(events)


def _events(view: View, until: date | None, framework: str | None = None) -> tuple[Certification, ...]:
    where, parameters = ("day <= ?", [until]) if until else ("", [])
    found = read_rows(view, Certification, where, parameters)
    return found if framework is None else of_framework(view, found, framework)


def _by_school(events: Iterable[Certification]) -> tuple[Stage, ...]:
    found: dict[str, list[Certification]] = {}
    for event in events:
        found.setdefault(event.school_id, []).append(event)
    return tuple(
        Stage(school, tuple(sorted(rows, key=lambda row: (row.day, ORDER.index(row.event)))))
        for school, rows in sorted(found.items())
    )


# The funnel -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FunnelYear:
    """A year in numbers of schools, as of its last `day`; of a year that is not over, as of the day it is looked at.

    `took_part` in the year's round and `met` the goal in it, by the raw rule: of that year alone. `applied` and
    `in_process` had come so far, or further, by the evening of the day: cumulative, so that a school once in stays in.
    `certified` held a certification on the day. `over`: whether the day is the year's last.
    """

    year: int
    day: date
    took_part: int
    met: int
    applied: int
    in_process: int
    certified: int
    over: bool = field(default=True, compare=False)


def funnel_by_year(view: View, viewer: Viewer, framework: Framework, until: int, day: date) -> tuple[FunnelYear, ...]:
    """A row a year, up to and with `until`, from the framework's first round, or from the first event in its time; as
    things stood on the evening of `day`, in `until` or later: a year that is not over then is told of up to the day.

    Whoever was certified has also applied, though nobody wrote down when. Schools are counted, not named: whoever may
    see any school may see the numbers.
    """
    allow_city(viewer)
    rounds = {
        year: (schools, met)
        for year, schools, met in view.rows(
            "select year, count(*), count(*) filter (outcome = ?) from school_round"
            " where framework = ? and year <= ? group by year",
            [GoalOutcome.MET.value, framework.id, until],
        )
    }
    calendar = framework.calendar
    events = _events(view, min(day, calendar.ends(until)), framework.id)
    starts = [*rounds, *(year for row in events if (year := calendar.year_of(row.day)) >= framework.valid_from)]
    if not starts:
        return ()
    return tuple(
        _funnel_year(year, min(day, calendar.ends(year)), day >= calendar.ends(year), rounds.get(year, (0, 0)), events)
        for year in range(min(starts), until + 1)
    )


def _funnel_year(
    year: int, day: date, over: bool, of_round: tuple[int, int], events: Iterable[Certification]
) -> FunnelYear:
    there = _by_school(row for row in events if row.day <= day)
    further = sum(any(row.event in PAST_APPLYING for row in stage.events) for stage in there)
    return FunnelYear(year, day, *of_round, len(there), further, sum(stage.certified for stage in there), over)


# Who is ready, and who is on course -----------------------------------------------------------------------------------


def is_ready(of: SchoolRound | SchoolsAlike) -> bool:
    """Whether a school may well apply: the goal is met, surely or probably where that can be told (a resample of as
    many answers meets it in at least 80 of 100), else by the raw rule alone."""
    if of.ready is None:
        return of.outcome == GoalOutcome.MET
    return standing(of) in (Standing.MET_SURE, Standing.MET_LIKELY)


class GoalPath(StrEnum):
    """A school's way to the goal on every criterion."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    NOT_ON_COURSE = "not_on_course"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class SchoolGoalPath:
    """A school's course in a round. `decided`: whether the goal is met is known. `left`: criteria that miss the goal,
    None where some are hidden. `pace`: criteria taken a year since the school's first round `since`; None where there
    is no earlier round to count from."""

    school_id: str
    course: GoalPath
    decided: bool
    left: int | None
    pace: float | None
    since: int | None


def years_left(framework: Framework, year: int) -> int | None:
    """Rounds a year apart that are left of the framework after the year's own; None where it has no last year."""
    return None if framework.valid_to is None else max(framework.valid_to - year, 0)


COURSES = f"""
    with first as (
        select school_id, min(year) as since, arg_min(at_goal, year) as at_goal from school_round
        where framework = $framework and shown = asked group by school_id
    )
    select
        school_id, year, outcome, if(shown = asked, asked - school_round.at_goal, null) as left_to_goal,
        if(shown = asked and since < year, (school_round.at_goal - first.at_goal) / (year - since), null) as pace,
        if(shown = asked and since < year, since, null) as since
    from school_round left join first using (school_id)
    where framework = $framework and year between $first and $last and {OF_SCHOOLS}
"""
"""One row a school x round of these years: what its course is told by, as on_course says."""


IN_THE_LAST = "school_id in (select school_id from school_round where framework = $framework and year = $last)"


def on_course(
    view: View, viewer: Viewer, framework: Framework, years: Collection[int], schools: Iterable[str] | None = None
) -> dict[int, tuple[SchoolGoalPath, ...]]:
    """Every school of each year's round that is the viewer's (and among `schools`; None: whichever), by id.

    A school is on course where the criteria that it has left are no more than those that it has taken a year (at the
    goal now, less at the goal in its first round of the framework with nothing hidden, by the years between) times the
    years that are left. One that has taken none is not. In or after the framework's last year, or where it has none,
    schools have reached the goal or not. Cannot be told: with hidden criteria, or without an earlier round.

    A rule of thumb in the open, and no forecast: noise moves criteria over the goal and back, so that single schools
    jump from one year to the next. `maturity.forecast` is what the city may expect.
    """
    found: dict[int, list[SchoolGoalPath]] = {year: [] for year in years}
    asked = _course_of(viewer, framework, range(min(years, default=0), max(years, default=0) + 1), schools)
    for school_id, year, outcome, left, pace, since in view.rows(f"{COURSES} order by all", asked):
        if year in found:
            decided, ahead = outcome != GoalOutcome.CANNOT_TELL, None
            if pace is not None:
                ahead = left <= pace * (years_left(framework, year) or 0)
            course = _course(outcome, years_left(framework, year), ahead)
            found[year].append(SchoolGoalPath(school_id, course, decided, left, pace, since))
    return {year: tuple(rows) for year, rows in found.items()}


def _course(outcome: str, years: int | None, ahead: bool | None) -> GoalPath:
    """`ahead`: whether the criteria left are no more than those taken in as many years; None: there is no telling."""
    if outcome == GoalOutcome.MET:
        return GoalPath.REACHED
    if outcome == GoalOutcome.CANNOT_TELL or (years and ahead is None):
        return GoalPath.CANNOT_TELL
    return GoalPath.ON_COURSE if years and ahead else GoalPath.NOT_ON_COURSE


class CourseCount(NamedTuple):
    """How many `schools` of a year's round are on the same course; `decided` as of a SchoolGoalPath."""

    year: int
    course: GoalPath
    decided: bool
    schools: int


def course_counts(
    view: View, viewer: Viewer, framework: Framework, years: range, schools: Iterable[str] | None = None
) -> tuple[CourseCount, ...]:
    """The schools of `on_course` that are in the last of these years' rounds, in each of them counted where the figures
    lie, by year."""
    rows = view.rows(
        f"""
        with told as ({COURSES} and {IN_THE_LAST})
        select year, outcome, left_to_goal <= pace * greatest($until - year, 0), count(*) from told
        group by all order by all
        """,
        _course_of(viewer, framework, years, schools) | {"until": framework.valid_to},
    )
    return tuple(
        CourseCount(year, _course(outcome, years_left(framework, year), ahead), outcome != GoalOutcome.CANNOT_TELL, n)
        for year, outcome, ahead, n in rows
    )


def _course_of(viewer: Viewer, framework: Framework, years: range, schools: Iterable[str] | None) -> dict[str, Any]:
    return {
        "framework": framework.id,
        "first": years.start,
        "last": years.stop - 1,
        "schools": viewer.own_of(schools),
    }


# Labels ---------------------------------------------------------------------------------------------------------------


def labels(view: View, viewer: Viewer, until: date | None = None) -> tuple[Label, ...]:
    """Every label that was given up to and with `until` (None: all) to schools that the viewer may see, by day."""
    where, parameters = ("day <= ?", [until]) if until else ("", [])
    found = (row for row in read_rows(view, Label, where, parameters) if viewer.may_see(row.school_id))
    return tuple(sorted(found, key=lambda row: (row.day, row.school_id)))


def valid_on(label: Label, day: date) -> bool:
    """Whether a label holds on the day: from the day it was given, and to its last day where it runs out."""
    return label.day <= day and (label.until is None or day <= label.until)


def valid_labels(view: View, viewer: Viewer, day: date) -> tuple[Label, ...]:
    """The labels that hold on the day, of schools that the viewer may see, by day."""
    return tuple(row for row in labels(view, viewer, day) if valid_on(row, day))
