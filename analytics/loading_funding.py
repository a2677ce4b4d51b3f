"""A load's part of the funding register: what may not be there already, what goes, and what comes in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from analytics.intake.told import Told
from analytics.language import Words
from analytics.model import Problem, Provenance
from analytics.model_funding import (
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
from analytics.store.rows import write_rows


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the register: where a version holds it, and what a file of the kind replaces: all rows that agree with
    one of its own on these fields."""

    table: str
    rows: str  # the field of Funding
    replaces: tuple[str, ...]


PARTS: dict[type, Part] = {
    BudgetGoal: Part("budget_goal", "goals", ("number",)),
    Project: Part("project", "projects", ("id",)),
    Budget: Part("project_budget", "budgets", ("project_id",)),
    Payment: Part("payment", "payments", ("project_id", "report_year")),
    Partner: Part("project_partner", "partners", ("project_id",)),
    Participant: Part("project_participant", "participants", ("project_id",)),
    Visit: Part("study_visit", "visits", ("project_id", "year")),
    Narrative: Part("narrative", "narratives", ("year", "question")),
}


@dataclass(frozen=True)
class Cleared:
    """What goes before the rows come, beyond what they replace: rows of these projects in a kind, whole projects, and
    narrative answers (year, question)."""

    rows: Mapping[type, frozenset[str]] = field(default_factory=dict)
    projects: frozenset[str] = frozenset()
    narratives: frozenset[tuple[int, str]] = frozenset()


def refuse_what_is_there(told: Sequence[Told], known: Funding, say: Words) -> list[Problem]:
    """A problem for the first row about everything that the register holds already."""
    hint = say("Add --replace to replace it.")
    problems = []
    for kind, part in PARTS.items():
        there = {_key(row, part.replaces) for row in getattr(known, part.rows)}
        seen = set()
        for one in told:
            key = _key(one.row, part.replaces) if isinstance(one.row, kind) else None
            if key is None or key not in there or key in seen:
                continue
            seen.add(key)
            text = {
                Project: say("The project is in the store already."),
                Narrative: say("The answer is in the store already."),
                BudgetGoal: say("The budget goal is in the store already."),
            }.get(kind) or say("The store holds such rows of the project already.")
            column = "project_id" if part.replaces[0] in ("id", "project_id") else part.replaces[-1]
            problems.append(Problem(one.file, one.at, column, ", ".join(str(k) for k in key), text, hint))
    return problems


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
        write_rows(connection, part.table, kind, rows, _replaced(rows, part.replaces))
    ours = {id_: Provenance.IMPORTED for ids in cleared.rows.values() for id_ in ids}
    ours |= {getattr(one.row, "project_id", getattr(one.row, "id", None)): one.provenance for one in told}
    for id_ in ours.keys() & was.keys():
        provenance = Provenance.of_all((was[id_], ours[id_]))
        connection.execute("update project set provenance = ? where id = ?", [provenance.value, id_])


def _replaced(rows: Iterable[Any], fields: tuple[str, ...]) -> dict[str, list]:
    keys = list(dict.fromkeys(_key(row, fields) for row in rows))
    return {name: [key[place] for key in keys] for place, name in enumerate(fields)}


def _key(row: Any, fields: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in fields)
