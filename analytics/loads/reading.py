"""What rows that are being edited are read as, cell by cell, before anything is saved: by the one reader of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.intake.columns import Check, Resolved
from analytics.intake.known import Known
from analytics.intake.register import Register
from analytics.intake.rows import read_rows
from analytics.intake.told import Told, told_again
from analytics.loads.register_rows import Row
from analytics.loads.sheets import sheet_of
from analytics.loads.written import Writing
from analytics.model.dialogue import Dialogues
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.model.funding import Funding
from analytics.model.schools import School
from analytics.registers.field import Kind
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell's text was read as: its value, as a person writes that; or what is wrong with it and what to do."""

    value: Any = None
    written: str = ""
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True)
class RowReading:
    """A row's cells by column, and the row of the model that they make: None where something in it is wrong."""

    cells: Mapping[str, CellReading] = field(default_factory=dict)
    row: Any = None

    @property
    def sound(self) -> bool:
        return self.row is not None and not any(cell.problem for cell in self.cells.values())


@dataclass(frozen=True)
class Beside:
    """What is read beside: the registers as they are saved, and all that cells may name."""

    funding: Funding
    dialogues: Dialogues
    frameworks: Sequence[Framework]
    schools: Sequence[School]
    names: Mapping[str, str]  # of each school one that no other has


def readings(
    sheets: Sequence[tuple[Kind, Sequence[Row]]], beside: Beside, say: Words
) -> tuple[tuple[RowReading, ...], ...]:
    """Each sheet's rows read, in the order of the sheets, which each kind's come after those that it leans on. A row
    that is about the same as an earlier one of the same sheets says so."""
    known = Known(beside.funding, beside.dialogues)
    register = Register(beside.frameworks, beside.schools, say)
    writing = Writing(say, known.goals, beside.names)
    found = []
    for kind, rows in sheets:
        check = Check(sheet_of(say.marked(kind.title), [c.name for c in kind.columns], rows), kind, register, say)
        columns, told = read_rows(check, kind, known)
        found.append(_of_sheet(kind, columns, told, [*check.problems, *told_again(told, say)], writing, len(rows)))
    return tuple(found)


def _of_sheet(
    kind: Kind,
    columns: Mapping[str, Resolved],
    told: Sequence[Told],
    problems: Sequence[Problem],
    writing: Writing,
    rows: int,
) -> tuple[RowReading, ...]:
    wrong: dict[tuple[int, str], Problem] = {}
    for problem in problems:
        wrong.setdefault((problem.row or 0, problem.column or ""), problem)
    good = {one.at: one.row for one in told}

    def cell(at: int, name: str, attribute: str, type_: Any) -> CellReading:
        problem = wrong.get((at, name))
        if problem:
            return CellReading(problem=problem.problem, hint=problem.hint)
        code = int(columns[attribute].codes[at - 1])
        if code < 0:
            return CellReading()  # it is read in the light of another, which could not be read
        value = columns[attribute].values[code]
        return CellReading(value, writing.written(type_, value))

    return tuple(
        RowReading({f.name: cell(at, f.name, f.attribute, f.type) for f in kind.columns}, good.get(at))
        for at in range(1, rows + 1)
    )
