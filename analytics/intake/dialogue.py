"""The quality dialogue in files: dialogues, what was agreed in them, central activities, certifications and labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from analytics.intake.columns import Check
from analytics.intake.dialogue_columns import Known, explanations, explanations_within
from analytics.intake.kinds_dialogue import DIALOGUE
from analytics.intake.told import Told, good_rows, key_of
from analytics.model.dialogue import Action, Activity, Agreement, Certification, Dialogue, Dialogues, Finding, Label
from analytics.model.provenance import Provenance

ROWS: dict[str, type] = {
    "activities": Activity,
    "dialogues": Dialogue,
    "agreements": Agreement,
    "actions": Action,
    "certifications": Certification,
    "findings": Finding,
    "labels": Label,
}
ROUND = ("school_id", "framework", "year")

# What a row is about: rows that agree on it are told twice.
ABOUT: dict[type, tuple[str, ...]] = {
    Activity: ("id",),
    Dialogue: ROUND,
    Agreement: (*ROUND, "number"),
    Action: (*ROUND, "agreement", "number"),
    Certification: ("school_id", "event", "day"),
    Finding: ("school_id", "framework", "criterion", "day"),
    Label: ("school_id", "label", "day"),
}
COLUMN = {"id": "activity_id", "school_id": "school", "day": "date"}  # where the file calls it otherwise


def check_dialogues(checks: Sequence[Check], known: Dialogues, provenance: Callable[[Check], Provenance]) -> list[Told]:
    """Checks the sheets of the dialogue's kinds together; what is wrong goes to each check's problems."""
    told: list[Told] = []
    for check in sorted(checks, key=lambda check: DIALOGUE.index(check.kind)):
        here = Known(known, [one.row for one in told], {other.kind.name for other in checks if other.problems})
        reads = explanations(check, here)
        columns = {field: check.resolve(column, explain) for field, (column, explain) in reads.items()}
        for field, (column, explain) in explanations_within(check).items():
            columns[field] = check.resolve_within(columns["framework"], column, explain)
        kind, where_from = ROWS[check.kind.name], provenance(check)
        own = {} if kind is Action else {"provenance": where_from}  # an action is its agreement's

        def row(values: dict[str, Any], kind: type = kind, own: dict = own) -> Any:
            return kind(**values, **own)

        rows = list(good_rows(check, columns, where_from, row))
        for one in rows:
            _check_row(check, one, here)
        told.extend(rows)
    return told


def _check_row(check: Check, one: Told, known: Known) -> None:
    """What shows only when a row is seen as a whole."""
    say, row = check.say, one.row
    match row:
        case Agreement(from_level=float() as low, to_level=high) if high <= low:
            hint = say("A goal lies above where the school stands; leave the starting level empty if it is not known.")
            one.complain(check, "to_level", f"{high:g}", say("The goal is no higher than where it starts."), hint)
        case Action() if not _agreed(row, known):
            numbers = sorted(number for *about, number in known.agreements if tuple(about) == key_of(row, ROUND))
            hint = (
                say("The round's agreements are: {numbers}.", numbers=", ".join(map(str, numbers)))
                if numbers
                else say("Load the round's agreements first, or in the same call.")
            )
            one.complain(check, "agreement", str(row.agreement), say("The round has no such agreement."), hint)
        case Activity(start=date() as start, end=date() as end) if end < start:
            one.complain(
                check, "end", end.isoformat(), say("The activity ends before it starts."), say("Check both days.")
            )
        case Label(until=date() as until) if until < row.day:
            text = say("The label runs out before it is given.")
            one.complain(check, "until", until.isoformat(), text, say("Check both days."))


def _agreed(row: Action, known: Known) -> bool:
    return (*key_of(row, ROUND), row.agreement) in known.agreements or "agreements" in known.unsure
