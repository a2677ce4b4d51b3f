"""Taking back what was done to the funding register: what must be typed for it to be as it was before that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from analytics.loads.dialogue_rows import REMOVED
from analytics.loads.funding_texts import BEGUN, HANGING, PROJECT, Edited, part_of
from analytics.registers.field import Kind
from analytics.registers.funding import PROJECTS
from analytics.registers.kinds import KIND
from analytics.store.history import Entry


class Why(Enum):
    """Why something cannot be taken back."""

    ROW_GONE = "the row is not there any more"
    PROJECT_GONE = "the row is of a project that is not there any more"
    CHANGED_SINCE = "something else has been written in the field since"
    THERE_ALREADY = "the row that was taken away is there"


@dataclass(frozen=True, slots=True)
class NotTakenBack:
    """Why a change stays as it is; `now`: what stands in the field."""

    why: Why
    now: str = ""


def taken_back(
    entry: Entry, now: Edited, history: Callable[[Kind], Sequence[Entry]]
) -> Mapping[str, str] | NotTakenBack:
    """The fields to put, each with its text, for one change to be undone and all others to stay. `now`: the register
    with what is typed in it; `history`: what was done to a kind's rows of the entry's project."""
    change, kind = entry.change, KIND[entry.change.kind]
    if change.removed and not change.field:
        return _brought_back(entry, kind, now, history)
    row = next((row for row in now.there(kind) if row.id == change.row), None)
    if row is None:
        return NotTakenBack(Why.ROW_GONE)
    if not change.field:
        return {f"{row.part}.{REMOVED}": "yes"}
    if row.texts[change.field] != (change.after or ""):
        return NotTakenBack(Why.CHANGED_SINCE, row.texts[change.field])
    return {f"{row.part}.{change.field}": change.before or ""}


def _brought_back(
    entry: Entry, kind: Kind, now: Edited, history: Callable[[Kind], Sequence[Entry]]
) -> Mapping[str, str] | NotTakenBack:
    """The row under the id that it had; with a project, the rows that went with it."""
    projects = {row.texts[PROJECT] for row in now.there(PROJECTS)}
    project_there = entry.change.texts[PROJECT] in projects
    if _is_there(entry, now) or (kind is PROJECTS and project_there):
        return NotTakenBack(Why.THERE_ALREADY)
    if kind is not PROJECTS:
        return _begun(entry) if project_there else NotTakenBack(Why.PROJECT_GONE)
    went_with = (
        other
        for own in HANGING
        for other in history(own)
        if other.version == entry.version and other.change.removed and not other.change.field
    )
    fields = dict(_begun(entry))
    for other in went_with:
        if not _is_there(other, now):
            fields |= _begun(other)
    return fields


def _is_there(entry: Entry, now: Edited) -> bool:
    """Whether the row is in the register or begun in the draft, be it to be taken away."""
    return any(row.id == entry.change.row for row in now.of(KIND[entry.change.kind]))


def _begun(entry: Entry) -> Mapping[str, str]:
    part = part_of(entry.change.kind, f"n{entry.change.row}")
    return {f"{part}.{name}": text for name, text in {BEGUN: "yes", **entry.change.texts}.items()}
