"""A dialogue, or a list beside it, as it stands in an editor, for what was done to it to be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.loads.as_saved import as_saved
from analytics.loads.dialogue_rows import ACTION, AGREEMENT, DIALOGUE, RoundKey, Texts
from analytics.loads.list_rows import ACTIVITIES, EVENTS, named
from analytics.loads.placing import Placed
from analytics.loads.taking_back import NotTakenBack, TakeBackObstacle, TakenBack
from analytics.registers.kinds import KIND
from analytics.store.history import Entry
from analytics.store.registers import Registers

COLUMNS = {
    "dialogues": DIALOGUE, "agreements": AGREEMENT, "actions": ACTION, "certifications": EVENTS,
    "activities": ACTIVITIES,
}  # fmt: skip
"""What is typed of each kind's rows."""
LETTER = {"agreements": "a", "actions": "x", "certifications": "e", "activities": "e"}
Parts = Mapping[Placed, str]
"""A row by its kind and id -> what the names of its fields begin with, nothing for the dialogue itself."""


def parts_of_dialogue(registers: Registers, about: RoundKey) -> dict[Placed, str]:
    """The rows of a round that are saved."""

    def found(kind: str, part: Callable[[Any], str]) -> Iterator[tuple[Placed, str]]:
        for kept in registers.of(KIND[kind]):
            if (kept.row.school_id, kept.row.framework, kept.row.year) == about:
                yield (kind, kept.id), part(kept.row)

    return {
        **dict(found("dialogues", lambda _: "")),
        **dict(found("agreements", lambda row: f"a{row.number}")),
        **dict(found("actions", lambda row: f"a{row.agreement}.x{row.number}")),
    }


def parts_of_list(registers: Registers, kind: str) -> dict[Placed, str]:
    """The saved rows of a list, of all schools or frameworks."""
    return {(kind, kept.id): named(kept.row, COLUMNS[kind])[0] for kept in registers.of(KIND[kind])}


@dataclass(frozen=True)
class EditedDialogueRows:
    """See EditedRows. `saved`: the rows that are saved; `texts`: those with what is typed in them, without what is
    taken away; `history`: all that was done to them, the oldest first."""

    saved: Parts
    texts: Texts
    history: Sequence[Entry]

    def part(self, kind: str, row: str) -> str | None:
        if kind == "dialogues":
            return ""  # its fields stand on the page, whether anything is in them or not
        ends = f"{LETTER[kind]}n{row}"  # begun in the draft, as it came back
        for name in self.texts:
            part = name.rpartition(".")[0]
            if part == self.saved.get((kind, row)) or part.split(".")[-1] == ends:
                return part
        return None

    def text(self, name: str) -> str:
        return as_saved(name.rpartition(".")[2], self.texts.get(name, ""))

    def brought_back(self, entry: Entry) -> TakenBack:
        """The row as a new one that is saved under the id that it had; with a goal, the actions that went with it."""
        change = entry.change
        if self.part(change.kind, change.row) is not None or (change.kind, change.row) in self.saved:
            return NotTakenBack(TakeBackObstacle.THERE_ALREADY)
        if change.kind == "actions":
            goal = self._goal_of(entry)
            return NotTakenBack(TakeBackObstacle.WHOLE_GONE) if goal is None else _come_back(entry, f"{goal}.")
        fields = dict(_come_back(entry))
        if change.kind == "agreements":
            for other in self._taken_away("actions", change.texts["number"], "agreement"):
                if other.version == entry.version:
                    fields |= _come_back(other, f"an{change.row}.")
        return fields

    def when_it_went(self, entry: Entry) -> Mapping[str, str]:
        """The texts that the entry's row had when it was last taken away; none where it never was."""
        change = entry.change
        own = (e.change for e in reversed(self.history) if (e.change.kind, e.change.row) == (change.kind, change.row))
        return next((one.texts for one in own if one.removed and not one.field), {})

    def _goal_of(self, entry: Entry) -> str | None:
        """The part of the goal that an action was of: the first one of its number that was taken away since, else the
        one that is there under that number."""
        number = entry.change.texts["agreement"]
        for other in self._taken_away("agreements", number, "number"):
            if other.version >= entry.version:
                return self.part("agreements", other.change.row)
        part = f"a{number}"
        return part if any(name.startswith(f"{part}.") for name in self.texts) else None

    def _taken_away(self, kind: str, number: str, column: str) -> Iterator[Entry]:
        for other in self.history:
            change = other.change
            if change.kind == kind and change.removed and not change.field and change.texts[column] == number:
                yield other


def _come_back(entry: Entry, within: str = "") -> dict[str, str]:
    change = entry.change
    part = f"{within}{LETTER[change.kind]}n{change.row}"
    return {f"{part}.{name}": text for name, text in change.texts.items() if name in COLUMNS[change.kind]}
