"""The register's rows as they are edited: texts, a dictionary a row with the contract's column names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa

from analytics.model.funding import Funding, Question
from analytics.registers.field import Kind
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import KIND
from analytics.registers.types import Amount, Day, Plan, Rate, Type, Whole

Row = Mapping[str, str]


def _of(*types: type[Type]) -> frozenset[str]:
    """The funding register's columns of these types."""
    return frozenset(f.name for kind in FUNDING for f in kind.columns if isinstance(f.type, types))


DAYS = _of(Day)
AMOUNTS = _of(Amount)
DECIMALS = _of(Amount, Rate)
WHOLE = _of(Whole)


def rows_of(funding: Funding, part: str, about: str = "") -> tuple[Row, ...]:
    """Rows of a part of the register as they are edited; `about` as in Changed, '' for all."""
    if part == "narratives":
        return tuple(
            texts_of_row(KIND[part], row)
            for row in funding.narratives
            if about in ("", answer_key(row.year, row.question))
        )
    name = KIND[part].field("project_id").attribute
    return tuple(texts_of_row(KIND[part], row) for row in getattr(funding, part) if about in ("", getattr(row, name)))


def answer_key(year: int, question: Question) -> str:
    return f"{year} {question.value}"


def columns_of(part: str) -> tuple[str, ...]:
    """The columns of a part, the project's id first where there is one."""
    return tuple(column.name for column in KIND[part].columns)


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
            return as_text(Decimal(repr(value))) if np.isfinite(value) else ""
        case Decimal():
            plain = value.normalize()
            return f"{plain:f}"
        case tuple():
            return "|".join(as_text(part) for part in value)
    return str(value).strip()


def _cell(value: Any, type_: Type) -> str:
    """A field's value as the cell of a file would have it."""
    return "/".join(as_text(share * 100) for share in value) if isinstance(type_, Plan) else as_text(value)


def texts_of_row(kind: Kind, row: object) -> dict[str, str]:
    """A row as a file of its kind has it: column -> text."""
    return {field.name: _cell(getattr(row, field.attribute), field.type) for field in kind.columns}


def grid_table(rows: Sequence[Row], columns: Sequence[str]) -> pa.Table:
    """The rows as the grid wants them: days as days, amounts as numbers; what is no such thing shows as empty."""
    return pa.table({name: _array([row.get(name, "") for row in rows], name) for name in columns})


def _array(texts: list[str], name: str) -> pa.Array:
    if name in DAYS:
        return pa.array([_day(text) for text in texts], pa.date32())
    if name in DECIMALS:
        return pa.array([_number(text) for text in texts], pa.float64())
    if name in WHOLE:
        return pa.array([int(text) if text.isdigit() else None for text in texts], pa.int64())
    return pa.array([text or None for text in texts], pa.string())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    """For the grid alone, which counts in floats; what comes back is made a Decimal of its shortest digits."""
    try:
        return float(Decimal(text))
    except InvalidOperation:
        return None
