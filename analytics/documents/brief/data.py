"""The brief for programs: every fact by name, with the titles of what it names."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from analytics.dialogue.brief.facts import Brief
from analytics.dialogue.certification import Stage

FACTS = (
    "round",
    "position",
    "earlier",
    "strengths",
    "way",
    "moved",
    "accords",
    "last",
    "agreed",
    "projects",
    "stage",
    "labels",
    "questions",
)


def brief_json(brief: Brief) -> dict[str, Any]:
    """The facts as plain values: figures as they are published (levels, shares 0-1), days as ISO 8601, None where
    something is hidden or not there."""
    school, framework, dialogue = brief.school, brief.framework, brief.dialogue
    head = {
        "school": {
            "id": school.id,
            "name": school.name,
            "school_unit_code": school.school_unit_code,
            "district": school.district,
            "stage": school.stage,
        },
        "framework": {
            "id": framework.id,
            "title": asdict(framework.title),
            "scale": {"min": framework.scale_min, "max": framework.scale_max},
            "goal": asdict(framework.goal),
        },
        "year": brief.year,
        "version": brief.version,
        "provenance": brief.provenance.value,
        "made": brief.made.isoformat(),
        "day": brief.day.isoformat(),
        "hide_below": brief.hide_below,
        "dialogue": None
        if dialogue is None
        else {"held": _plain(dialogue.held), "participants": dialogue.participants, "notes": dialogue.notes},
    }
    titles = {
        "areas": {area.id: asdict(area.title) for area in framework.areas},
        "criteria": {criterion.id: asdict(criterion.title) for criterion in framework.criteria},
    }
    facts = {name: _plain(getattr(brief, name)) for name in FACTS}
    links = [
        {"school": one.school, "other": one.other, "day": one.day.isoformat(), "merged": one.merged}
        for one in brief.links
    ]
    return head | facts | {"links": links, "stage": _stage(brief.stage), "titles": titles}


def _stage(stage: Stage | None) -> dict[str, Any] | None:
    """The latest event, and since when the school is certified, which an application to renew does not end."""
    return None if stage is None else _plain(stage.events[-1]) | {"certified_since": _plain(stage.certified_since)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(part) for name, part in asdict(value).items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
