"""What is due in the projects: reports, ends, final instalments, the last day that vouchers must be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.funding.plan import steps
from analytics.model.funding import Funding, Phase, Project

OVER = (Phase.DECLINED, Phase.CLOSED)
"""Of such projects nothing more is due, but that vouchers are kept."""


class Due(StrEnum):
    """What is due on a day; the final instalment is expected, by the plan."""

    REPORT = "report"
    END = "end"
    FINAL_INSTALMENT = "final_instalment"
    KEPT_UNTIL = "kept_until"


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something that is due in a project on a day."""

    project: Project
    what: Due
    on: date


def due_days(funding: Funding) -> tuple[DueDay, ...]:
    """Everything that is due, past days too, the earliest first."""
    found = [one for project in funding.projects for one in _of(project)]
    return tuple(sorted(found, key=lambda one: (one.on, one.project.title, one.what)))


def _of(project: Project) -> Iterator[DueDay]:
    if project.phase not in OVER:
        yield from (DueDay(project, Due.REPORT, day) for day in project.reports_due)
        yield DueDay(project, Due.END, project.end)
        if project.plan:  # an assumed plan makes no appointment
            yield DueDay(project, Due.FINAL_INSTALMENT, steps(project)[-1].on)
    if project.keep_until and project.phase is not Phase.DECLINED:
        yield DueDay(project, Due.KEPT_UNTIL, project.keep_until)
