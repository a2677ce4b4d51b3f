"""A register's rows as files tell them, with the place where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.intake.columns import Check, Resolved
from analytics.intake.raw import shown
from analytics.model.errors import Problem
from analytics.model.provenance import Provenance
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a register as a file has it, and where it stands."""

    row: Any  # one of the dataclasses of model_funding or model_dialogue
    file: str
    at: int
    provenance: Provenance = Provenance.IMPORTED

    def complain(self, check: Check, column: str, value: str, problem: str, hint: str) -> None:
        """Notes what shows only when the row is seen as a whole."""
        check.problems.append(Problem(self.file, self.at, check.heading(column), shown(value), problem, hint))


def key_of(row: Any, fields: Sequence[str]) -> tuple:
    return tuple(getattr(row, name) for name in fields)


def good_rows(
    check: Check, columns: Mapping[str, Resolved], provenance: Provenance, make: Callable[[dict[str, Any]], Any]
) -> Iterator[Told]:
    """The rows that are good, each made of its fields' values; of the others the check has said what is wrong."""
    for at, codes in enumerate(zip(*(column.codes for column in columns.values()), strict=True)):
        if min(codes) < 0:
            continue
        values = {field: column.values[code] for (field, column), code in zip(columns.items(), codes, strict=True)}
        yield Told(make(values), check.sheet.file, int(check.sheet.rows[at]), provenance)


def told_again(
    told: Sequence[Told], about: Mapping[type, tuple[str, ...]], column: Mapping[str, str], say: Words
) -> list[Problem]:
    """A problem for every row about the same thing as an earlier one, in whichever file of the call that is.

    `about`: the fields that say what a row is about (rows of a kind that is not there may be alike); `column`: what
    files call a field, where they call it otherwise.
    """
    first: dict[tuple, Told] = {}
    problems = []
    for one in told:
        fields = about.get(type(one.row))
        if fields is None:
            continue
        earlier = first.setdefault((type(one.row), *key_of(one.row, fields)), one)
        if earlier is not one:
            name = next(name for name in reversed(fields) if getattr(one.row, name) is not None)
            hint = say("See row {row} in {file}; keep one of them.", row=earlier.at, file=earlier.file)
            text = say("An earlier row is about the same thing.")
            value = shown(str(getattr(one.row, name)))
            problems.append(Problem(one.file, one.at, column.get(name, name), value, text, hint))
    return problems
