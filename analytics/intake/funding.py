"""The funding register in files: budget goals, projects and what hangs on them, narrative answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from analytics.intake.amounts import amount
from analytics.intake.columns import Check, Resolved
from analytics.intake.funding_columns import Known, explanations
from analytics.intake.kinds_funding import FUNDING
from analytics.intake.register import Register, folded
from analytics.intake.told import Told, good_rows
from analytics.model.funding import (
    Budget,
    BudgetGoal,
    Currency,
    Funding,
    Narrative,
    Participant,
    Partner,
    Payment,
    Project,
    Scope,
    Visit,
)
from analytics.model.provenance import Provenance
from analytics.words.labels import label_of

# What a row is about: rows that agree on it are told twice. Payments, partners and visits may be alike.
ABOUT: dict[type, tuple[str, ...]] = {
    BudgetGoal: ("number",),
    Project: ("id",),
    Budget: ("project_id", "scope", "unit", "currency"),
    Participant: ("project_id", "school_id"),
    Narrative: ("year", "question"),
}
COLUMN = {"id": "project_id", "school_id": "school"}  # where the file calls it otherwise


def check_funding(checks: Sequence[Check], known: Funding, provenance: Callable[[Check], Provenance]) -> list[Told]:
    """Checks the sheets of the funding kinds together; what is wrong goes to each check's problems."""
    in_order = sorted(checks, key=lambda check: FUNDING.index(check.kind))
    told: list[Told] = []
    for check in in_order:
        reads = explanations(check, Known(known, [one.row for one in told]))
        columns = {field: check.resolve(column, explain) for field, (column, explain) in reads.items()}
        if check.kind.name == "budgets":
            columns["amount"] = _amounts(check, columns["currency"])
        where_from = provenance(check)
        rows = list(good_rows(check, columns, where_from, partial(_row, check, where_from)))
        _check_rows(check, rows)
        told.extend(rows)
    return told


def _amounts(check: Check, currency: Resolved) -> Resolved:
    """A budget's amount, read in the row's currency."""
    return check.resolve_within(currency, "amount", lambda said, word: amount(word, said, check.say))


def _row(check: Check, provenance: Provenance, values: dict) -> Any:
    match check.kind.name:
        case "budget_goals":
            return BudgetGoal(values["number"], values["title_sv"], values["title_en"] or values["title_sv"])
        case "projects":
            return Project(**values, provenance=provenance)
        case "budgets":
            return Budget(**values)
        case "payments":
            return Payment(**values, school_id=school_in(values["unit"], check.register))
        case "partners":
            return Partner(**values)
        case "participants":
            return Participant(**values)
        case "visits":
            return Visit(**values)
    return Narrative(**values, provenance=provenance)


def _check_rows(check: Check, rows: Sequence[Told]) -> None:
    """What shows only when a row is seen as a whole."""
    say = check.say
    for one in rows:
        row = one.row
        if isinstance(row, Project) and row.end < row.start:
            text = say("The project ends before it starts.")
            one.complain(check, "end", row.end.isoformat(), text, say("Check both days."))
        if isinstance(row, Payment) and row.amount_sek < 0 and not row.note:
            text = say("A repayment or correction needs a note that says what it corrects.")
            hint = say("Write it in the row's note: which payment it is about, and why.")
            one.complain(check, "note", "", text, hint)
        if isinstance(row, Budget):
            if row.currency is Currency.SEK and row.rate is not None:
                hint = say("The rate belongs to the row in EUR.")
                one.complain(check, "rate", str(row.rate), say("A budget in SEK has no exchange rate."), hint)
            if (row.scope is Scope.UNIT) != (row.unit is not None):
                text = say("A unit's share names the unit, and nothing else does.")
                others = label_of(Scope.WHOLE, say), label_of(Scope.OWN, say)
                hint = say("Fill in the unit, or choose {whole} or {own}.", whole=others[0], own=others[1])
                one.complain(check, "unit", row.unit or "", text, hint)


def school_in(unit: str, register: Register) -> str | None:
    """The one known school that a unit's text names (id, code, name or alias, as whole words); else None."""
    padded = f" {' '.join(re.sub(r'[,;:()]', ' ', folded(unit)).split())} "
    named = {
        school.id
        for school in register.schools.values()
        for name in (school.id, school.school_unit_code, school.name, *school.aliases)
        if name and f" {folded(name)} " in padded
    }
    return named.pop() if len(named) == 1 else None
