"""Columns of a sheet of the register's rows: heading, what stands in it and how that is written, together.

A field's column comes from the registers' schema; what the report reckons beside is declared with the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import EllipsisType
from typing import Any, NamedTuple

from analytics.documents.report.sheet_shapes import CellFormat, SheetColumn, Value, WorkbookSheet
from analytics.funding.report import ProjectSheet, Report
from analytics.registers import types
from analytics.registers.field import Field, report_label_of
from analytics.registers.field import RowKind as RowKind
from analytics.words.labels import label_of
from analytics.words.language import Words


class RegisterRow(NamedTuple):
    """A row of the register, with the sheet of its project."""

    sheet: ProjectSheet
    row: Any


RowColumn = SheetColumn[RegisterRow]
Part = str | RowColumn | EllipsisType
"""A field, by its attribute; a column of the report's own; or ...: here come the fields that are not named."""


def sheet_of(
    name: str, columns: Sequence[RowColumn], rows: Iterable[tuple[ProjectSheet, Any]], say: Words
) -> WorkbookSheet:
    """The rows under their columns, with a row of sums where a column has one."""
    first, *others = columns
    summed = any(column.total is not None for column in others)
    first = replace(first, total=say("Sum")) if summed else first
    return WorkbookSheet.of(name, [first, *others], (RegisterRow(*row) for row in rows))


def columns_of(
    kind: RowKind,
    parts: Sequence[Part],
    report: Report,
    say: Words,
    *,
    left_out: Collection[str] = (),
    widths: Mapping[str, int] | None = None,
    totals: Mapping[str, Decimal] | None = None,
) -> list[RowColumn]:
    """The parts' columns in their order. A field that the kind is given later stands where ... is; those in `left_out`
    stand nowhere."""
    fields = {field.attribute: field for field in kind.fields}
    named = {part for part in parts if isinstance(part, str)} | set(left_out)
    columns: list[RowColumn] = []
    for part in parts:
        if isinstance(part, SheetColumn):
            columns.append(part)
            continue
        for attribute in [part] if isinstance(part, str) else [name for name in fields if name not in named]:
            width, total = (widths or {}).get(attribute), (totals or {}).get(attribute)
            columns.append(_field_column(fields[attribute], report, say, width, total))
    return columns


def _field_column(field: Field, report: Report, say: Words, width: int | None, total: Decimal | None) -> RowColumn:
    written = _writing(field, report, say)

    def cell(entry: RegisterRow) -> Value:
        value = getattr(entry.row, field.attribute)
        return None if value is None else written(value)

    return SheetColumn(report_label_of(field, say), cell, _kind(field), width, total)


def _kind(field: Field) -> CellFormat:
    match field.type:
        case types.Text(long=True):
            return CellFormat.LONG
        case types.Day():
            return CellFormat.DAY
        case types.Amount():
            return CellFormat.AMOUNT
        case types.Rate():
            return CellFormat.RATE
        case types.Whole() | types.BudgetGoalReference():
            return CellFormat.NUMBER
    return CellFormat.TEXT


def _writing(field: Field, report: Report, say: Words) -> Callable[[Any], Value]:
    """How a value is written."""
    match field.type:
        case types.Choice():
            return lambda member: label_of(member, say)
        case types.Choices():
            return lambda members: ", ".join(label_of(member, say) for member in members)
        case types.Country():
            return say.country
        case types.SchoolReference():
            return lambda id_: report.school_names.get(id_, id_)
        case types.Days():
            return lambda days: ", ".join(day.isoformat() for day in days)
        case types.Plan():
            return lambda shares: "/".join(f"{share * 100:f}".rstrip("0").rstrip(".") for share in shares)
    return lambda value: value
