"""What rows that are being edited are read as, cell by cell, before anything is saved: by the one reader of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.intake.columns import ResolvedColumn, SheetCheck
from analytics.intake.known_rows import KnownRows
from analytics.intake.parsed import ParsedRow, repeated_rows
from analytics.intake.register import CityVocabulary
from analytics.intake.rows import read_rows
from analytics.loads.register_rows import Row
from analytics.loads.sheets import sheet_of
from analytics.loads.written import ValueWriter
from analytics.model.dialogue import Dialogues
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.model.funding import Funding
from analytics.model.schools import School
from analytics.registers.field import RowKind
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
class ReadingContext:
    """What is read beside: the registers as they are saved, and all that cells may name."""

    funding: Funding
    dialogues: Dialogues
    frameworks: Sequence[Framework]
    schools: Sequence[School]
    names: Mapping[str, str]  # of each school one that no other has


def readings(
    sheets: Sequence[tuple[RowKind, Sequence[Row]]], context: ReadingContext, say: Words
) -> tuple[tuple[RowReading, ...], ...]:
    """Each sheet's rows read, in the order of the sheets, which each kind's come after those that it leans on. A row
    that is about the same as an earlier one of the same sheets says so."""
    known = KnownRows(context.funding, context.dialogues)
    register = CityVocabulary(context.frameworks, context.schools, say)
    found = []
    for kind, rows in sheets:
        writing = ValueWriter(say, known.goals, context.names, known.titles("administrations"))
        check = SheetCheck(sheet_of(say.marked(kind.title), [c.name for c in kind.columns], rows), kind, register, say)
        columns, parsed = read_rows(check, kind, known)
        found.append(
            _of_sheet(kind, columns, parsed, [*check.problems, *repeated_rows(parsed, say)], writing, len(rows))
        )
    return tuple(found)


def _of_sheet(
    kind: RowKind,
    columns: Mapping[str, ResolvedColumn],
    parsed: Sequence[ParsedRow],
    problems: Sequence[Problem],
    writing: ValueWriter,
    rows: int,
) -> tuple[RowReading, ...]:
    wrong: dict[tuple[int, str], Problem] = {}
    for problem in problems:
        wrong.setdefault((problem.row or 0, problem.column or ""), problem)
    good = {one.at: one.row for one in parsed}

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
