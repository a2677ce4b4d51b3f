"""What else is true of a school in a year: the EU projects it takes part in, how far it is certified, its labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.dialogue.certification import ORDER, Stage
from analytics.dialogue.certifying import of_framework
from analytics.model.dialogue import Certification, Label
from analytics.model.frameworks import Framework
from analytics.model.funding import Funding, Project
from analytics.model.provenance import Provenance
from analytics.store.reading import View


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


def projects_of(funding: Funding, school_id: str, first: date, last: date) -> tuple[SchoolProject, ...]:
    """The projects that the school takes part in, or was paid in, that ran in any part of the calendar years that the
    days lie in, or ended in the year before; those that run first, by start."""
    taken = {row.project_id for row in (*funding.participants, *funding.payments) if row.school_id == school_id}
    there = (p for p in funding.projects if p.id in taken)
    found = [_told(p, first.year) for p in there if p.start.year <= last.year and first.year <= p.end.year + 1]
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


def stage_along(
    view: View, certifications: Iterable[Certification], chain: Sequence[Framework], school_id: str, day: date
) -> tuple[Stage | None, Framework | None]:
    """The school's stage under the last framework of the chain, or where nothing has happened under it the latest
    certification that holds under one before; and which framework it is under."""
    own = tuple(row for row in certifications if row.school_id == school_id)
    for framework in reversed(chain) if own else ():
        stage = stage_on(of_framework(view, own, framework.id), school_id, day)
        if stage and (framework is chain[-1] or stage.certified):
            return stage, framework
    return None, None


def labels_in(labels: Iterable[Label], school_id: str, first: date, last: date) -> tuple[Label, ...]:
    """The school's labels and certificates that were valid on any of the days, the oldest first."""
    valid = [
        label
        for label in labels
        if label.school_id == school_id and label.day <= last and (label.until is None or label.until >= first)
    ]
    return tuple(sorted(valid, key=lambda label: (label.day, label.label)))
