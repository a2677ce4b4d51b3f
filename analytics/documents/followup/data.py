"""The follow-up's figures as JSON, for whoever counts on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.goal_effect import GoalCriteriaEffect
from analytics.words.language import Words


def json_bytes(report: YearReport, about: Mapping[str, str], say: Words) -> bytes:
    """One object; changes in levels, None where they cannot be told. Ids are the files' own."""
    found, moved = report.found, report.moved
    told = {
        "framework": report.framework.id,
        "title": report.framework.title.in_(say.language),
        "year": report.year,
        "as_of": found.today.isoformat(),
        "provenance": report.provenance.value,
        "schools": found.schools,
        "talked": found.talked,
        "agreeing_schools": found.agreeing_schools,
        "agreements": asdict(found.agreements),
        "actions": asdict(found.actions),
        "by_area": [{"area": a.area, "schools": a.schools, **asdict(a.agreements)} for a in found.areas],
        "by_role": [
            {"role": r.role.value, "agreements": asdict(r.agreements), "actions": asdict(r.actions)}
            for r in found.roles
        ],
        "late": [
            {
                "school_id": row.school_id,
                "school": report.school_names.get(row.school_id, row.school_id),
                "school_closed": gone.last.isoformat() if (gone := report.gone.get(row.school_id)) else None,
                "now_part_of": gone.into if gone else None,
                "number": row.number,
                "criterion": row.criterion,
                "goal": row.goal,
                "from_level": row.from_level,
                "to_level": row.to_level,
                "due": row.due.isoformat(),
            }
            for row in found.late
        ],
        "activities": [
            {
                "activity_id": use.activity.id,
                "title": use.activity.title,
                "area": use.activity.area,
                "actions": use.actions,
                "schools": use.schools,
            }
            for use in found.activities
        ],
        "worked_on": _worked_on(moved) if moved else None,
        "certification": {event.value: schools for event, schools in report.stages},
        "about": dict(about),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _worked_on(moved: GoalCriteriaEffect) -> dict[str, object]:
    links = [{**asdict(link), "day": link.day.isoformat()} for link in moved.links]
    return {**asdict(moved), "links": links}
