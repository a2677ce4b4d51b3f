"""What is due: in the projects reports, ends, final instalments, the last day that vouchers must be kept; and of
several administrations each one's part of the yearly report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.funding.plan import steps
from analytics.model.administrations import Administration
from analytics.model.funding import Funding, Phase, Project

OVER = (Phase.DECLINED, Phase.CLOSED)
"""Of such projects nothing more is due, but that vouchers are kept."""


class Due(StrEnum):
    """What is due on a day; the final instalment is expected, by the plan."""

    REPORT = "report"
    END = "end"
    FINAL_INSTALMENT = "final_instalment"
    KEPT_UNTIL = "kept_until"
    PART = "part"


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something that is due on a day: in a project, or of an administration's part of the report."""

    what: Due
    on: date
    project: Project | None = None
    administration: Administration | None = None

    @property
    def of(self) -> Project | Administration:
        whose = self.project or self.administration
        assert whose is not None, "what is due is somebody's"
        return whose


def due_days(funding: Funding) -> tuple[DueDay, ...]:
    """Everything that is due, past days too, the earliest first."""
    found = [one for project in funding.projects for one in _of(project)]
    found += _parts(funding)
    return tuple(sorted(found, key=lambda one: (one.on, one.of.title, one.what)))


def _parts(funding: Funding) -> Iterator[DueDay]:
    """Those that have not been handed in."""
    called = {one.id: one for one in funding.administrations}
    for part in funding.report_parts:
        if part.deadline and not part.status.is_in:
            yield DueDay(Due.PART, part.deadline, administration=called[part.administration])


def _of(project: Project) -> Iterator[DueDay]:
    if project.phase not in OVER:
        yield from (DueDay(Due.REPORT, day, project) for day in project.reports_due)
        yield DueDay(Due.END, project.end, project)
        if project.plan:  # an assumed plan makes no appointment
            yield DueDay(Due.FINAL_INSTALMENT, steps(project)[-1].on, project)
    if project.keep_until and project.phase is not Phase.DECLINED:
        yield DueDay(Due.KEPT_UNTIL, project.keep_until, project)
