"""A load's part of the funding register: what may not be there already, what goes, and what comes in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.intake.told import Told
from analytics.loads.parts import Part, refuse_what_is_there
from analytics.model.errors import Problem
from analytics.model.funding import (
    Budget,
    BudgetGoal,
    Funding,
    Narrative,
    Participant,
    Partner,
    Payment,
    Project,
    Visit,
)
from analytics.words.language import Words

PARTS: dict[type, Part] = {
    BudgetGoal: Part("budget_goal", "goals", ("number",), "number"),
    Project: Part("project", "projects", ("id",), "project_id"),
    Budget: Part("project_budget", "budgets", ("project_id",), "project_id"),
    Payment: Part("payment", "payments", ("project_id", "report_year"), "project_id"),
    Partner: Part("project_partner", "partners", ("project_id",), "project_id"),
    Participant: Part("project_participant", "participants", ("project_id",), "project_id"),
    Visit: Part("study_visit", "visits", ("project_id", "year"), "project_id"),
    Narrative: Part("narrative", "narratives", ("year", "question"), "question"),
}


@dataclass(frozen=True)
class Cleared:
    """What goes before the rows come, beyond what they replace: rows of these projects in a kind, whole projects, and
    narrative answers (year, question)."""

    rows: Mapping[type, frozenset[str]] = field(default_factory=dict)
    projects: frozenset[str] = frozenset()
    narratives: frozenset[tuple[int, str]] = frozenset()

    def gone(self, row: Any) -> bool:
        """Whether the row goes."""
        match row:
            case Project():
                return row.id in self.projects
            case Narrative():
                return (row.year, row.question.value) in self.narratives
        return getattr(row, "project_id", None) in self.rows.get(type(row), ())


def refuse_funding_that_is_there(told: Sequence[Told], known: Funding, say: Words) -> list[Problem]:
    texts = dict.fromkeys(PARTS, say("The store holds such rows of the project already.")) | {
        Project: say("The project is in the store already."),
        Narrative: say("The answer is in the store already."),
        BudgetGoal: say("The budget goal is in the store already."),
    }
    return refuse_what_is_there(told, known, PARTS, texts, say)
