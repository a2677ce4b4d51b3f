"""A register's rows as files tell them, with the place where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.raw import shown
from analytics.model.errors import Problem
from analytics.model.provenance import Provenance
from analytics.registers.kinds import KIND_OF
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row of a register as a file has it, and where it stands."""

    row: Any  # of one of the dataclasses that the registers' kinds name
    file: str
    at: int
    provenance: Provenance = Provenance.IMPORTED
    id: str = ""  # in the store, where that is known

    def complain(self, check: SheetCheck, column: str, value: str, problem: str, hint: str) -> None:
        """Notes what shows only when the row is seen as a whole."""
        check.problems.append(Problem(self.file, self.at, check.heading(column), shown(value), problem, hint))


def key_of(row: Any, fields: Sequence[str]) -> tuple:
    return tuple(getattr(row, name) for name in fields)


def good_rows(
    check: SheetCheck,
    columns: Mapping[str, ResolvedColumn],
    provenance: Provenance,
    make: Callable[[dict[str, Any]], Any],
) -> Iterator[ParsedRow]:
    """The rows that are good, each made of its fields' values; of the others the check has said what is wrong."""
    for at, codes in enumerate(zip(*(column.codes for column in columns.values()), strict=True)):
        if min(codes) < 0:
            continue
        values = {field: column.values[code] for (field, column), code in zip(columns.items(), codes, strict=True)}
        id_ = check.sheet.ids[at] if check.sheet.ids else ""
        yield ParsedRow(make(values), check.sheet.file, int(check.sheet.rows[at]), provenance, id_)


def repeated_rows(parsed: Sequence[ParsedRow], say: Words) -> list[Problem]:
    """A problem for every row about the same thing as an earlier one, in whichever file of the call that is; rows of a
    kind without a key may be alike."""
    first: dict[tuple, ParsedRow] = {}
    problems = []
    for one in parsed:
        kind = KIND_OF[type(one.row)]
        if not kind.key:
            continue
        earlier = first.setdefault((kind.name, *key_of(one.row, kind.key)), one)
        if earlier is not one:
            name = next(name for name in reversed(kind.key) if getattr(one.row, name) is not None)
            column = next(field.name for field in kind.fields if field.attribute == name)
            hint = say("See row {row} in {file}; keep one of them.", row=earlier.at, file=earlier.file)
            text = say("An earlier row is about the same thing.")
            value = shown(str(getattr(one.row, name)))
            problems.append(Problem(one.file, one.at, column, value, text, hint))
    return problems
