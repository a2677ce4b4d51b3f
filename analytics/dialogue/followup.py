"""What came of a round's agreements in the whole city: how many are done, late and dropped, by area and by role.

Every figure is about the schools that the viewer may see. Nothing here is made of answers; worked_on.py is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.register import dialogues
from analytics.maturity.rounds import schools_of_round
from analytics.model.dialogue import Action, Activity, Agreement, Progress, Responsible
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agreements, or actions, have come how far. `late`: open, though their day has passed; `under_way`: open
    with time left."""

    done: int
    under_way: int
    late: int
    dropped: int

    @property
    def agreed(self) -> int:
        return self.done + self.under_way + self.late + self.dropped


@dataclass(frozen=True, slots=True)
class AreaTally:
    """An area's agreements, and in how many schools. Areas where nothing was agreed are there, with zeros."""

    area: str
    schools: int
    agreements: Tally


@dataclass(frozen=True, slots=True)
class RoleTally:
    """The actions that a role answers for, and the agreements in which it has any: one with actions of two roles is
    counted with both."""

    role: Responsible
    agreements: Tally
    actions: Tally


@dataclass(frozen=True, slots=True)
class ActivityUse:
    """A central activity, and how many of the round's actions, in how many schools, lean on it."""

    activity: Activity
    actions: int
    schools: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A round's dialogues and what came of them as of `today`.

    `talked` of the round's `schools` have held a dialogue. `late`: the agreements that are late, by the day they were
    due, then by school id. `activities`: those of the framework that were offered in the agreements' time or that an
    action leans on, in the order of the register. `provenance`: of all that was agreed, None where nothing was.
    """

    framework: str
    year: int
    today: date
    schools: int
    talked: int
    agreements: Tally
    agreeing_schools: int
    actions: Tally
    areas: tuple[AreaTally, ...]
    roles: tuple[RoleTally, ...]
    late: tuple[Agreement, ...]
    activities: tuple[ActivityUse, ...]
    provenance: Provenance | None


def follow_up(view: View, viewer: Viewer, framework: Framework, year: int, today: date) -> FollowUp:
    """The follow-up of the dialogues about a framework's round in a year."""
    told = dialogues(view, viewer)
    about = (framework.id, year)
    in_round = schools_of_round(view, viewer, *about)
    held = {d.school_id for d in told.dialogues if (d.framework, d.year) == about and d.held and d.held <= today}
    agreements = [row for row in told.agreements if (row.framework, row.year) == about]
    actions = [row for row in told.actions if (row.framework, row.year) == about]
    area_of = {criterion.id: criterion.area for criterion in framework.criteria}
    origins = {row.provenance for row in agreements}
    return FollowUp(
        framework.id,
        year,
        today,
        schools=len(in_round),
        talked=len(held & in_round),
        agreements=tally(agreements, today),
        agreeing_schools=len({row.school_id for row in agreements}),
        actions=_actions_tally(actions, agreements, today),
        areas=tuple(
            _area(area.id, [row for row in agreements if area_of.get(row.criterion) == area.id], today)
            for area in framework.areas
        ),
        roles=_roles(agreements, actions, today),
        late=tuple(sorted((a for a in agreements if is_late(a, today)), key=lambda a: (a.due, a.school_id, a.number))),
        activities=_activities(told.activities, actions, framework, year),
        provenance=Provenance.of_all(origins) if origins else None,
    )


def is_late(agreed: Agreement, today: date) -> bool:
    """Still open though its day has passed."""
    return agreed.status.open and agreed.due < today


def tally(agreements: Iterable[Agreement], today: date) -> Tally:
    return _tally([(row.status, row.due) for row in agreements], today)


def _actions_tally(actions: Iterable[Action], agreements: Iterable[Agreement], today: date) -> Tally:
    """An action without a day of its own is due with its agreement."""
    due = {_of(row): row.due for row in agreements}
    return _tally([(row.status, row.due or due.get(_of(row), date.max)) for row in actions], today)


def _tally(states: Sequence[tuple[Progress, date]], today: date) -> Tally:
    count = Counter(status for status, _ in states)
    late = sum(status.open and due < today for status, due in states)
    return Tally(
        count[Progress.DONE], count[Progress.AGREED] + count[Progress.UNDER_WAY] - late, late, count[Progress.DROPPED]
    )


def _of(row: Agreement | Action) -> tuple[str, int]:
    """Which of the round's agreements this is, or belongs to."""
    return row.school_id, row.number if isinstance(row, Agreement) else row.agreement


def _area(area: str, agreements: list[Agreement], today: date) -> AreaTally:
    return AreaTally(area, len({row.school_id for row in agreements}), tally(agreements, today))


def _roles(agreements: list[Agreement], actions: list[Action], today: date) -> tuple[RoleTally, ...]:
    by_role: dict[Responsible, list[Action]] = defaultdict(list)
    for action in actions:
        by_role[action.role].append(action)
    found = []
    for role in Responsible:
        has = {_of(action) for action in by_role[role]}
        of_role = [row for row in agreements if _of(row) in has]
        found.append(RoleTally(role, tally(of_role, today), _actions_tally(by_role[role], agreements, today)))
    return tuple(found)


def _activities(
    offered: Iterable[Activity], actions: list[Action], framework: Framework, year: int
) -> tuple[ActivityUse, ...]:
    """From the round's year until what was agreed in it is followed up."""
    leaning: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        if action.activity:
            leaning[action.activity].append(action)
    calendar = framework.calendar
    last = max(date(calendar.follow_up_year(year), 12, 31), calendar.ends(year))
    return tuple(
        ActivityUse(activity, len(leaning[activity.id]), len({row.school_id for row in leaning[activity.id]}))
        for activity in offered
        if activity.framework == framework.id
        and (
            activity.id in leaning
            or ((activity.start or date.min) <= last and (activity.end or date.max) >= calendar.begins(year))
        )
    )
