"""Every kind of row that the registers keep."""

from __future__ import annotations

from analytics.registers.dialogue import DIALOGUE
from analytics.registers.field import RowKind
from analytics.registers.funding import FUNDING
from analytics.words.language import Words

REGISTERS = (*FUNDING, *DIALOGUE)
KIND: dict[str, RowKind] = {kind.name: kind for kind in REGISTERS}
"""By what files call them."""
KIND_OF: dict[type, RowKind] = {kind.row: kind for kind in REGISTERS}
"""By the model's dataclass."""


def table_name(kind: str, say: Words) -> str:
    """What people call the table of a kind of row."""
    return say.marked(KIND[kind].title)
