"""The yearly quality report's figures as JSON, for whoever counts on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from analytics.dialogue.board_report import BoardReport
from analytics.maturity.changes import CityChange
from analytics.maturity.city import CityArea, CityCell, at_goal
from analytics.words.language import Words


def json_bytes(report: BoardReport, about: Mapping[str, str], say: Words) -> bytes:
    """One object; figures in levels and shares 0-1, null where they cannot be told; area '' is all of them. Ids are the
    files' own."""
    city, this, agreed = report.city, report.city.round, report.agreed.found
    criteria = {change.criterion: change for change in city.changes if change.criterion}
    told = {
        "framework": report.framework.id,
        "title": report.framework.title.in_(say.language),
        "year": report.year,
        "as_of": agreed.today.isoformat(),
        "provenance": report.provenance.value,
        "compared_with": city.before.year if city.before else None,
        "schools": {
            "in_round": this.schools,
            "at_goal": this.met,
            "not_at_goal": this.not_met,
            "cannot_tell": this.cannot_tell,
            "to_visit": report.visits,
        },
        "people": {"invited": this.invited, "responded": this.responded_of_invited},
        "areas": [_area(report, row) for row in city.by_area.values()],
        "criteria": [_criterion(report, cell, criteria.get(cell.criterion)) for cell in city.now],
        "dialogues": {"held": agreed.talked, "schools": agreed.schools},
        "agreements": asdict(agreed.agreements),
        "actions": asdict(agreed.actions),
        "certification": {event.value: schools for event, schools in report.agreed.stages},
        "about": dict(about),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _area(report: BoardReport, row: CityArea) -> dict[str, object]:
    city, trend = report.city, report.trends.get(row.area)
    change = city.area_changes.get(row.area) if row.area else city.whole_change
    return {
        "area": row.area,
        "schools": row.schools,
        "left_out": row.left_out,
        "mean": row.mean,
        "ci_low": row.ci_low,
        "ci_high": row.ci_high,
        "p10": row.p10,
        "p90": row.p90,
        **_moved(change),
        "pace": trend.pace if trend else None,
        "pace_low": trend.pace_low if trend else None,
        "pace_high": trend.pace_high if trend else None,
    }


def _criterion(report: BoardReport, cell: CityCell, change: CityChange | None) -> dict[str, object]:
    need = report.needs.get(cell.criterion)
    return {
        "criterion": cell.criterion,
        "area": cell.area,
        "schools": cell.schools,
        "left_out": cell.left_out,
        "mean": cell.mean,
        "share_at_goal": cell.share_at_goal,
        "at_goal": at_goal(cell, report.framework.goal),
        "schools_below": need.below if need else None,
        "need": need.need.value if need else None,
        **_moved(change),
    }


def _moved(change: CityChange | None) -> dict[str, object]:
    """Since the round before, in the schools that are shown in both."""
    return {
        "change": change.difference if change else None,
        "change_needed": change.needed if change else None,
        "change_clear": change.clear if change else None,
    }
