"""What else is true of a school in a year: the EU projects it takes part in, how far it is certified, its labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.certification import ORDER, Stage
from analytics.model.dialogue import Certification, Label
from analytics.model.funding import Funding, Project
from analytics.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class SchoolProject:
    """A project that the school takes part in; `running` in the year, else it ended the year before."""

    id: str
    title: str
    programme: str
    start: date
    end: date
    running: bool
    provenance: Provenance


def projects_of(funding: Funding, school_id: str, year: int) -> tuple[SchoolProject, ...]:
    """The projects that the school takes part in, or was paid in, that ran in any part of the year or ended in the year
    before; those that run first, by start."""
    taken = {row.project_id for row in (*funding.participants, *funding.payments) if row.school_id == school_id}
    found = [_told(p, year) for p in funding.projects if p.id in taken and p.start.year <= year <= p.end.year + 1]
    return tuple(sorted(found, key=lambda project: (not project.running, project.start, project.id)))


def _told(project: Project, year: int) -> SchoolProject:
    running = project.end.year >= year
    return SchoolProject(
        project.id, project.title, project.programme, project.start, project.end, running, project.provenance
    )


def stage_on(certifications: Iterable[Certification], school_id: str, day: date) -> Stage | None:
    """How far the school had come on the evening of that day; None where nothing had happened."""
    until = (row for row in certifications if row.school_id == school_id and row.day <= day)
    events = tuple(sorted(until, key=lambda row: (row.day, ORDER.index(row.event))))
    return Stage(school_id, events) if events else None


def labels_in(labels: Iterable[Label], school_id: str, year: int) -> tuple[Label, ...]:
    """The school's labels and certificates that were valid in any part of the year, the oldest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    valid = [
        label
        for label in labels
        if label.school_id == school_id and label.day <= last and (label.until is None or label.until >= first)
    ]
    return tuple(sorted(valid, key=lambda label: (label.day, label.label)))
