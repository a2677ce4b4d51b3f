"""What a load or a save changes in the registers, row by row and field by field: the history that versions carry."""

from __future__ import annotations

from typing import Any

from analytics.loads.register_rows import texts_of_row
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import RowKind
from analytics.registers.kinds import REGISTERS
from analytics.store.history import WHOLE, RowChange, whole
from analytics.store.registers import Registers


def changes(before: Registers, after: Registers) -> list[RowChange]:
    """Every change, in the order of the kinds: what is taken away, then what is changed or added. What only the store
    says of a row (where it comes from, which school a unit's name means) is no change of it."""
    return [change for kind in REGISTERS for change in _of_kind(kind, before, after)]


def _of_kind(kind: RowKind, before: Registers, after: Registers) -> list[RowChange]:
    was, now = ({kept.id: kept.row for kept in whole_.of(kind)} for whole_ in (before, after))
    gone = {id_: row for id_, row in was.items() if id_ not in now}
    found = [_about(kind, id_, row, WHOLE, whole(texts_of_row(kind, row)), None) for id_, row in gone.items()]
    for id_, row in now.items():
        if id_ not in was:
            found.append(_about(kind, id_, row, WHOLE, None, whole(texts_of_row(kind, row))))
        elif row is not was[id_]:
            there, texts = texts_of_row(kind, was[id_]), texts_of_row(kind, row)
            other = [name for name, text in texts.items() if there[name] != text]
            found += [_about(kind, id_, row, name, there[name], texts[name]) for name in other]
    return found


def _about(kind: RowKind, id_: str, row: Any, field: str, before: str | None, after: str | None) -> RowChange:
    school = getattr(row, "school_id", None) if kind in DIALOGUE else None
    project = row.id if kind.name == "projects" else getattr(row, "project_id", None)
    return RowChange(kind.name, id_, school, project, field, before, after)
