"""The funding register in a view, read as the model's own objects."""

from __future__ import annotations

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
from analytics.store.reading import View
from analytics.store.rows import read_rows

TABLES: dict[str, type] = {
    "project": Project,
    "project_budget": Budget,
    "payment": Payment,
    "project_partner": Partner,
    "project_participant": Participant,
    "study_visit": Visit,
    "narrative": Narrative,
    "budget_goal": BudgetGoal,
}
"""Each table's columns are the fields of its dataclass, plus `position`: the order in which the rows were told."""


def read_funding(view: View) -> Funding:
    """Everything the version holds of EU funding."""
    return Funding(
        goals=_read(view, "budget_goal"),
        projects=_read(view, "project"),
        budgets=_read(view, "project_budget"),
        payments=_read(view, "payment"),
        partners=_read(view, "project_partner"),
        participants=_read(view, "project_participant"),
        visits=_read(view, "study_visit"),
        narratives=_read(view, "narrative"),
        school_names=dict(
            view.rows(
                "select id, name from school where id in"
                " (select school_id from payment union select school_id from project_participant)"
            )
        ),
    )


def _read(view: View, table: str) -> tuple:
    return read_rows(view, table, TABLES[table])
