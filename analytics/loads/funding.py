"""A load's part of the funding register: what goes before its rows come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.model.funding import Narrative, Project


@dataclass(frozen=True)
class ClearedFunding:
    """What goes before the rows come, beyond what they replace: rows of these projects in a kind ('': those of none),
    whole projects, and narrative answers (year, question, administration)."""

    rows: Mapping[type, frozenset[str]] = field(default_factory=dict)
    projects: frozenset[str] = frozenset()
    narratives: frozenset[tuple[int, str, str]] = frozenset()

    def gone(self, row: Any) -> bool:
        """Whether the row goes."""
        match row:
            case Project():
                return row.id in self.projects
            case Narrative():
                return (row.year, row.question.value, row.administration or "") in self.narratives
        return (getattr(row, "project_id", None) or "") in self.rows.get(type(row), ())
