"""All that the year's follow-up tells: what was agreed and what came of it, how criteria moved, where the schools stand
on the road to certification."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.certification import stages
from analytics.dialogue.followup import FollowUp, follow_up
from analytics.dialogue.goal_effect import GoalCriteriaEffect, goal_criteria_effect
from analytics.maturity.rounds import rounds, schools_of_round
from analytics.model.dialogue import Event
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.model.schools import GoneSchool, Viewer, gone_schools
from analytics.store.reading import View, version_record
from analytics.store.reference import read_schools


@dataclass(frozen=True, slots=True)
class YearReport:
    """The follow-up of a round's dialogues as of a day.

    `stages`: how many of the round's schools had come how far on that day, as (stage, schools), in the stages' order.
    `school_names`: id -> name; `gone`: what became of those that are no more. `provenance`: of the answers and of all
    that was agreed.
    """

    framework: Framework
    found: FollowUp
    moved: GoalCriteriaEffect | None
    stages: tuple[tuple[Event, int], ...]
    school_names: dict[str, str]
    gone: dict[str, GoneSchool]
    hide_below: int
    provenance: Provenance

    @property
    def year(self) -> int:
        return self.found.year


def year_report(view: View, viewer: Viewer, framework: Framework, year: int, today: date) -> YearReport:
    """The follow-up of the dialogues about a framework's round in a year, as of `today`."""
    found = follow_up(view, viewer, framework, year, today)
    asked = schools_of_round(view, viewer, framework.id, year)
    come = Counter(stage.event for stage in stages(view, viewer, today, framework.id) if stage.school_id in asked)
    schools = read_schools(view)
    origins = {Provenance(r.provenance) for r in rounds(view) if (r.framework, r.year) == (framework.id, year)}
    if found.provenance:
        origins.add(found.provenance)
    return YearReport(
        framework,
        found,
        goal_criteria_effect(view, viewer, framework, year),
        tuple((event, come[event]) for event in Event if come[event]),
        {school.id: school.name for school in schools},
        gone_schools(schools, today),
        version_record(view).hide_below,
        Provenance.of_all(origins) if origins else Provenance.IMPORTED,
    )
