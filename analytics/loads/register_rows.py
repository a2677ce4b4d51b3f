"""The registers' values as texts: what the cell of a file would have."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from analytics.registers.field import RowKind
from analytics.registers.types import Plan, Type

Row = Mapping[str, str]
"""A row's texts by the names that files call its columns."""


def as_text(value: object) -> str:
    """A value as the cell of a file would have it."""
    match value:
        case None:
            return ""
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case float():
            return as_text(Decimal(repr(value))) if math.isfinite(value) else ""
        case Decimal():
            return f"{value.normalize():f}"
        case tuple():
            return "|".join(as_text(part) for part in value)
    return str(value).strip()


def texts_of_row(kind: RowKind, row: object) -> dict[str, str]:
    """A row as a file of its kind has it: column -> text."""
    return {column.name: _cell(getattr(row, column.attribute), column.type) for column in kind.columns}


def _cell(value: Any, type_: Type) -> str:
    return "/".join(as_text(share * 100) for share in value) if isinstance(type_, Plan) else as_text(value)
