"""The registers' rows in files: read by the schema, each kind after those that its rows lean on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pyarrow.compute as pc

from analytics.intake.amounts import missing_amount
from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.days import NO_COLUMN
from analytics.intake.fields import FieldReader
from analytics.intake.known_rows import KnownRows
from analytics.intake.parsed import ParsedRow, good_rows
from analytics.intake.payment_amounts import amount_in_sek, amount_of
from analytics.intake.register import CityVocabulary, folded
from analytics.intake.row_checks import check_row
from analytics.model.provenance import Provenance
from analytics.registers.field import RowKind
from analytics.registers.kinds import KIND
from analytics.registers.types import Day, Origin


def check_registers(
    checks: Sequence[SheetCheck], known: KnownRows, provenance: Callable[[SheetCheck], Provenance]
) -> list[ParsedRow]:
    """Checks the sheets of the registers' kinds together; what is wrong goes to each check's problems."""
    in_order = list(KIND)
    parsed: list[ParsedRow] = []
    for check in sorted(checks, key=lambda check: in_order.index(check.kind.name)):
        parsed += read_rows(check, KIND[check.kind.name], known, provenance(check))[1]
    return parsed


def read_rows(
    check: SheetCheck, kind: RowKind, known: KnownRows, provenance: Provenance = Provenance.IMPORTED
) -> tuple[dict[str, ResolvedColumn], list[ParsedRow]]:
    """What each cell of a sheet stands for, by attribute, and its good rows; what is wrong goes to the check."""
    columns = _columns(check, kind, FieldReader(check.register, known, check.say))
    rows = list(good_rows(check, columns, provenance, partial(_row, kind, provenance, check.register)))
    for one in rows:
        check_row(check, one, known)
    _know(known, kind, rows, columns)
    return columns, rows


def _columns(check: SheetCheck, kind: RowKind, fields: FieldReader) -> dict[str, ResolvedColumn]:
    """Each attribute's words explained; those that are read in the light of another, after it."""
    columns: dict[str, ResolvedColumn] = {"": check.nothing()}
    for field in sorted(kind.columns, key=lambda field: bool(field.within)):
        days = check.days(field.name) if isinstance(field.type, Day) else NO_COLUMN
        columns[field.attribute] = check.resolve_within(
            columns[field.within], field.name, fields.explaining(kind, field, days)
        )
    del columns[""]
    if kind.either:
        _either(check, kind, columns)
    return columns


def _either(check: SheetCheck, kind: RowKind, columns: dict[str, ResolvedColumn]) -> None:
    """Notes the rows in which none of the columns has anything of which one must have something."""
    empty = np.ones(len(check.sheet.rows), dtype=bool)
    for name in kind.either:
        empty &= pc.equal(pc.utf8_trim_whitespace(check.texts(name)), "").to_numpy(zero_copy_only=False)
    first = kind.field(kind.either[0])
    own = columns[first.attribute]
    for at in np.flatnonzero(empty & own.good).tolist():
        check.complain(at, first.name, "", missing_amount(check.say))
    columns[first.attribute] = ResolvedColumn(np.where(empty, -1, own.codes), own.values)


def _row(kind: RowKind, provenance: Provenance, register: CityVocabulary, values: dict[str, Any]) -> Any:
    """The row that the values make, with what no file says of it."""
    for field in kind.fields:
        if (kind.name, field.name) in MADE:
            values[field.attribute] = MADE[kind.name, field.name](values, register)
        elif field.instead and values[field.attribute] is None:
            values[field.attribute] = values[field.instead]
        elif isinstance(field.type, Origin):
            values[field.attribute] = provenance
    return kind.row(**values)


def _know(known: KnownRows, kind: RowKind, rows: Sequence[ParsedRow], columns: dict[str, ResolvedColumn]) -> None:
    """Later kinds may lean on these rows, and on what the other rows of the file are about."""
    parts = [columns[attribute] for attribute in kind.key]
    keys = set()
    for codes in zip(*(part.codes for part in parts), strict=True):
        if min(codes) < 0:
            known.unsure.add(kind.name)
        else:
            keys.add(tuple(part.values[code] for part, code in zip(parts, codes, strict=True)))
    known.take_in(kind, [one.row for one in rows], keys)


def school_in(unit: str, register: CityVocabulary) -> str | None:
    """The one known school that a unit's text names (id, code, name or alias, as whole words), or tells from others of
    its name by its id; else None."""
    padded = f" {' '.join(re.sub(r'[,;:()]', ' ', folded(unit)).split())} "
    named = {
        school.id
        for school in register.schools.values()
        for name in (school.id, school.school_unit_code, school.name, *school.aliases)
        if name and f" {folded(name)} " in padded
    }
    if len(named) > 1:
        named = {id_ for id_ in named if f" {folded(register.schools[id_].name)} {folded(id_)} " in padded}
    return named.pop() if len(named) == 1 else None


MADE: dict[tuple[str, str], Callable[[dict[str, Any], CityVocabulary], Any]] = {
    ("payments", "amount_sek"): lambda values, _: amount_in_sek(values),
    ("payments", "amount"): lambda values, _: amount_of(values),
    ("payments", "school_id"): lambda values, register: school_in(values["unit"], register),
}
"""Fields that no file has, or not in every row, by kind: what makes them of the row's values."""
