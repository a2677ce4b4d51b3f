"""A load's part of the funding register: what may not be there already, what goes, and what comes in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from analytics.intake.told import Told
from analytics.loads.parts import Part, refuse_what_is_there, replaced
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
from analytics.model.provenance import Provenance
from analytics.store.rows import write_rows
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


def refuse_funding_that_is_there(told: Sequence[Told], known: Funding, say: Words) -> list[Problem]:
    texts = dict.fromkeys(PARTS, say("The store holds such rows of the project already.")) | {
        Project: say("The project is in the store already."),
        Narrative: say("The answer is in the store already."),
        BudgetGoal: say("The budget goal is in the store already."),
    }
    return refuse_what_is_there(told, known, PARTS, texts, say)


def write_funding(connection: duckdb.DuckDBPyConnection, told: Sequence[Told], cleared: Cleared) -> None:
    """Puts the rows in, each kind's in place of what they replace. A project that was there keeps what is said of where
    it comes from, and takes on where the new rows do: invented rows may be left in it."""
    was = {id_: Provenance(said) for id_, said in connection.execute("select id, provenance from project").fetchall()}
    for id_ in sorted(cleared.projects):
        connection.execute("delete from project where id = ?", [id_])
        for part in PARTS.values():
            if part.replaces[0] == "project_id":
                connection.execute(f"delete from {part.table} where project_id = ?", [id_])
    for year, question in sorted(cleared.narratives):
        connection.execute("delete from narrative where year = ? and question = ?", [year, question])
    for kind, part in PARTS.items():
        for id_ in sorted(cleared.rows.get(kind, ())):
            connection.execute(f"delete from {part.table} where project_id = ?", [id_])
        rows = [one.row for one in told if isinstance(one.row, kind)]
        write_rows(connection, kind, rows, replaced(rows, part.replaces))
    ours = {id_: Provenance.IMPORTED for ids in cleared.rows.values() for id_ in ids}
    ours |= {getattr(one.row, "project_id", getattr(one.row, "id", None)): one.provenance for one in told}
    for id_ in ours.keys() & was.keys():
        provenance = Provenance.of_all((was[id_], ours[id_]))
        connection.execute("update project set provenance = ? where id = ?", [provenance.value, id_])
