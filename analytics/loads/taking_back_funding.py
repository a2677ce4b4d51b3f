"""The funding register as it stands in an editor, for what was done to it to be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analytics.loads.funding_texts import BEGUN, OF_PROJECTS, PROJECT, STANDING, EditedRegister, part_of
from analytics.loads.taking_back import NotTakenBack, TakeBackObstacle, TakenBack
from analytics.registers.field import RowKind
from analytics.registers.funding import PROJECTS
from analytics.registers.kinds import KIND
from analytics.store.history import Entry


@dataclass(frozen=True)
class EditedFundingRows:
    """See EditedRows. `now`: the register with what is typed in it; `history`: what was done to a kind's rows of the
    project that is asked about."""

    now: EditedRegister
    history: Callable[[RowKind], Sequence[Entry]]

    def part(self, kind: str, row: str) -> str | None:
        return next((own.part for own in self.now.there(KIND[kind]) if own.id == row), None)

    def text(self, name: str) -> str:
        part, _, column = name.rpartition(".")
        kind = KIND[part.partition(".")[0]]
        return next(row.texts[column] for row in self.now.there(kind) if row.part == part)

    def brought_back(self, entry: Entry) -> TakenBack:
        """The row under the id that it had; with a project, the rows that went with it."""
        kind = KIND[entry.change.kind]
        if kind in STANDING:
            return NotTakenBack(TakeBackObstacle.THERE_ALREADY) if self._is_there(entry) else _begun(entry)
        projects = {row.texts[PROJECT] for row in self.now.there(PROJECTS)}
        about = entry.change.texts.get(PROJECT, "")
        project_there = about in projects
        if self._is_there(entry) or (kind is PROJECTS and project_there):
            return NotTakenBack(TakeBackObstacle.THERE_ALREADY)
        if kind is not PROJECTS:
            return _begun(entry) if project_there or not about else NotTakenBack(TakeBackObstacle.WHOLE_GONE)
        went_with = (
            other
            for own in OF_PROJECTS
            for other in self.history(own)
            if other.version == entry.version and other.change.removed and not other.change.field
        )
        fields = dict(_begun(entry))
        for other in went_with:
            if not self._is_there(other):
                fields |= _begun(other)
        return fields

    def _is_there(self, entry: Entry) -> bool:
        """Whether the row is in the register or begun in the draft, be it to be taken away."""
        return any(row.id == entry.change.row for row in self.now.of(KIND[entry.change.kind]))


def _begun(entry: Entry) -> Mapping[str, str]:
    part = part_of(entry.change.kind, f"n{entry.change.row}")
    return {f"{part}.{name}": text for name, text in {BEGUN: "yes", **entry.change.texts}.items()}
