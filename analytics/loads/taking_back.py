"""Taking back what was done to a register: what must be typed for it to be as it was before that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from analytics.loads.dialogue_rows import REMOVED
from analytics.store.history import Entry


class TakeBackObstacle(Enum):
    """Why something cannot be taken back."""

    ROW_GONE = "the row is not there any more"
    WHOLE_GONE = "what the row hangs on is not there any more"
    CHANGED_SINCE = "something else has been written in the field since"
    THERE_ALREADY = "the row that was taken away is there"


@dataclass(frozen=True, slots=True)
class NotTakenBack:
    """Why a change stays as it is; `now`: what stands in the field."""

    why: TakeBackObstacle
    now: str = ""


TakenBack = Mapping[str, str] | NotTakenBack
"""The fields to put, each with its text (of a row that is to go, that it is removed); or why nothing is."""


class EditedRows(Protocol):
    """A register's rows as they stand in an editor, with what is typed in them."""

    def part(self, kind: str, row: str) -> str | None:
        """What the names of a row's fields begin with; None where it is not there, or is taken away."""
        ...

    def text(self, name: str) -> str:
        """What stands in a field, as it will be saved."""
        ...

    def brought_back(self, entry: Entry) -> TakenBack:
        """What a row that was taken away comes back with."""
        ...


def taken_back(entry: Entry, now: EditedRows) -> TakenBack:
    """The fields to put for one change to be undone and all others to stay."""
    change = entry.change
    if change.removed and not change.field:
        return now.brought_back(entry)
    part = now.part(change.kind, change.row)
    if part is None:
        return NotTakenBack(TakeBackObstacle.ROW_GONE)
    if not change.field:
        return {f"{part}.{REMOVED}": "yes"}
    name = f"{part}.{change.field}" if part else change.field
    if now.text(name) != (change.after or ""):
        return NotTakenBack(TakeBackObstacle.CHANGED_SINCE, now.text(name))
    return {name: change.before or ""}
