"""The registers' rows as a viewer may see them, for whoever edits them."""

from __future__ import annotations

from analytics.model.schools import Viewer
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import RowKind
from analytics.registers.kinds import KIND
from analytics.store.reading import View
from analytics.store.registers import Registers, read_registers
from analytics.store.rows import KeptRow


def seen_registers(view: View, viewer: Viewer) -> Registers:
    """All rows of the viewer's schools; those that are no school's (money, what the administration offers) are seen by
    whoever may see the city."""
    rows = read_registers(view).rows
    return Registers(
        {name: tuple(kept for kept in own if _seen(KIND[name], kept, viewer)) for name, own in rows.items()}
    )


def _seen(kind: RowKind, kept: KeptRow, viewer: Viewer) -> bool:
    school = getattr(kept.row, "school_id", None) if kind in DIALOGUE else None
    return viewer.may_see_city if school is None else viewer.may_see(school)
