"""Whose school units are meant, of a file that has the whole country's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from analytics.intake.columns import SheetCheck
from analytics.intake.kinds import SCHOOL_UNITS, named_columns
from analytics.intake.readers import TextTable
from analytics.intake.register import folded
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem

SHOWN = 10  # municipalities, in a hint
MOST_UNSAID = 3_000  # units that may be one municipality's, where the file does not say: Stockholm has some 1,500


def in_municipality(check: SheetCheck, wanted: str | None) -> TextTable:
    """The rows of the municipality that somebody names by code or name, or of the file's only one; none, with a
    problem, where that is not clear."""
    say, sheet = check.say, check.sheet
    codes = _pairs(sheet)
    found = municipalities(sheet)
    if not found:
        if len(codes) <= MOST_UNSAID:
            return sheet
        text = say("The file does not say in which municipality the units are.")
        hint = say("Load a file of one municipality's units, or fetch them: kvalitet fetch school-units.")
        return _none(check, None, WordProblem(text, hint))
    word = folded(wanted or "")
    meant = {pair for pair in found if word in map(folded, pair)} if word else set(found)
    if len(meant) == 1:
        keep = np.array([pair in meant for pair in codes])
        columns = tuple(column.filter(pa.array(keep)) for column in sheet.columns)
        return replace(sheet, columns=columns, rows=np.asarray(sheet.rows)[keep])
    listed = ", ".join(" ".join(filter(None, pair)) for pair in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
    if wanted:
        text, hint = say("No units of the municipality are in the file."), say("It has: {found}.", found=listed)
    else:
        text = say.plural(
            "The file has units in {n} municipality.", "The file has units in {n} municipalities.", len(found)
        )
        hint = say("Say which. It has: {found}. With the command: --municipality CODE or NAME.", found=listed)
    return _none(check, wanted, WordProblem(text, hint))


def municipalities(sheet: TextTable) -> list[tuple[str, str]]:
    """Code and name ('' where the file lacks the one) of the municipalities in the file, by code."""
    return sorted({pair for pair in _pairs(sheet) if any(pair)})


def _pairs(sheet: TextTable) -> list[tuple[str, str]]:
    named, nothing = named_columns(sheet, SCHOOL_UNITS), [""] * len(sheet.rows)
    columns = ("municipality", "municipality_name")
    found = (sheet.column(named[name]).to_pylist() if name in named else nothing for name in columns)
    return list(zip(*found, strict=True))


def _none(check: SheetCheck, value: str | None, trouble: WordProblem) -> TextTable:
    sheet = check.sheet
    column = check.heading("municipality")
    check.problems.append(Problem(sheet.file, None, column, value, trouble.problem, trouble.hint))
    return replace(sheet, columns=tuple(column.slice(0, 0) for column in sheet.columns), rows=sheet.rows[:0])
