"""Where a report's projects, answers and cooperations come from."""

from __future__ import annotations

from analytics.funding.report import Report
from analytics.model.provenance import Provenance
from analytics.words.language import Words
from analytics.words.provenance import FUNDING, provenance_stamp


def stamp_of(report: Report, say: Words) -> str:
    """Where the report's data come from, for every page of it."""
    return provenance_stamp(report.provenance, say, FUNDING, some_published=Provenance.PUBLISHED in _origins(report))


def mixed_origins(report: Report) -> bool:
    """Whether projects and answers are not all of one origin, so that each must say its own."""
    origins = _origins(report)
    return len(origins) > 1 or Provenance.MIXED in origins


def _origins(report: Report) -> set[Provenance]:
    told = {narrative.provenance for narrative in report.told_narratives}
    told |= {one.provenance for one in report.cooperations}
    return told | {sheet.project.provenance for sheet in report.sheets}
