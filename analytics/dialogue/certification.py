"""The road to Digital skola: each school's stage, the funnel over the years, who is on course for the goal, and which
eTwinning labels hold. What the certifiers found is in findings.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby

from analytics.dialogue.certifying import of_framework
from analytics.maturity.city import allow_city
from analytics.maturity.readiness import standing
from analytics.maturity.rounds import SchoolRound
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


def is_ready(of: SchoolRound) -> bool:
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


def on_course(
    view: View, viewer: Viewer, framework: Framework, years: Collection[int]
) -> dict[int, tuple[SchoolGoalPath, ...]]:
    """Every school of each year's round that the viewer may see, by id.

    A school is on course where the criteria that it has left are no more than those that it has taken a year (at the
    goal now, less at the goal in its first round of the framework with nothing hidden, by the years between) times the
    years that are left. One that has taken none is not. In or after the framework's last year, or where it has none,
    schools have reached the goal or not. Cannot be told: with hidden criteria, or without an earlier round.

    A rule of thumb in the open, and no forecast: noise moves criteria over the goal and back, so that single schools
    jump from one year to the next. `maturity.forecast` is what the city may expect.
    """
    found: dict[int, list[SchoolGoalPath]] = {year: [] for year in years}
    rows = view.rows(
        "select school_id, year, shown, asked, at_goal, outcome from school_round"
        " where framework = ? and year <= ? order by school_id, year",
        [framework.id, max(years, default=0)],
    )
    for school_id, of_school in groupby(rows, lambda row: row[0]):
        if viewer.may_see(school_id):
            until = [tuple(row) for _, *row in of_school]
            for n, (year, *_) in enumerate(until, 1):
                if year in found:
                    found[year].append(_course(school_id, until[:n], years_left(framework, year)))
    return {year: tuple(rows) for year, rows in found.items()}


def _course(school_id: str, rows: Sequence[tuple], years: int | None) -> SchoolGoalPath:
    year, shown, asked, at_goal, outcome = rows[-1]
    whole = shown == asked
    missing = asked - at_goal if whole else None
    first = next(((y, goal) for y, s, a, goal, _ in rows[:-1] if s == a), None)
    pace = (at_goal - first[1]) / (year - first[0]) if first and whole else None
    since = first[0] if first and whole else None
    if outcome == GoalOutcome.MET:
        course = GoalPath.REACHED
    elif outcome == GoalOutcome.CANNOT_TELL:
        course = GoalPath.CANNOT_TELL
    elif not years:
        course = GoalPath.NOT_ON_COURSE
    elif pace is None:
        course = GoalPath.CANNOT_TELL
    else:
        course = GoalPath.ON_COURSE if missing <= pace * years else GoalPath.NOT_ON_COURSE
    return SchoolGoalPath(school_id, course, outcome != GoalOutcome.CANNOT_TELL, missing, pace, since)


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
