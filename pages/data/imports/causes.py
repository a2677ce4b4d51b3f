"""What is wrong with files, once for each cause, with all the cells that have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.model.errors import Problem

SWITCH = "--"  # before what is said at the command line alone


@dataclass(frozen=True)
class Cause:
    """A problem and everywhere that it is. `number` tells it apart on the page; `hint`: what to do about all of it, ''
    where that is another thing for each of the `words` that are wrong: (word, what to do)."""

    number: int
    problem: str
    hint: str
    words: tuple[tuple[str, str], ...]
    where: tuple[Problem, ...]


@dataclass(frozen=True)
class CauseColumn:
    """The rows in which a cause is, in one column of a file."""

    file: str
    column: str
    rows: tuple[int, ...]


def causes(problems: Iterable[Problem]) -> tuple[Cause, ...]:
    """Those that most cells have first."""
    by_cause: dict[str, list[Problem]] = {}
    for one in problems:
        by_cause.setdefault(one.problem, []).append(one)
    found = []
    for n, (problem, where) in enumerate(sorted(by_cause.items(), key=lambda cause: -len(cause[1])), 1):
        hints = dict.fromkeys(without_switches(one.hint) for one in where)
        same = next(iter(hints)) if len(hints) == 1 else ""
        words = dict.fromkeys((one.value or "", "" if same else without_switches(one.hint)) for one in where)
        found.append(Cause(n, problem, same, tuple(word for word in words if any(word)), tuple(where)))
    return tuple(found)


def columns_of(cause: Cause) -> tuple[CauseColumn, ...]:
    """Where it is, a column each, the one with most of it first; what is of no row or column is of the whole file."""
    found: dict[tuple[str, str], list[int]] = {}
    for one in cause.where:
        rows = found.setdefault((one.file, one.column or ""), [])
        if one.row is not None:
            rows.append(one.row)
    ordered = sorted(found.items(), key=lambda place: -len(place[1]))
    return tuple(CauseColumn(file, column, tuple(sorted(rows))) for (file, column), rows in ordered)


def without_switches(hint: str) -> str:
    """What to do, without the sentences about the command line: on a page the same is a choice."""
    return " ".join(part for part in hint.replace(". ", ".\n").splitlines() if SWITCH not in part)


def marks(found: Sequence[Cause], file: str) -> dict[tuple[int | None, str], Cause]:
    """(row, heading) -> the cause that the cell is marked with, in a file; row None: the heading."""
    marked: dict[tuple[int | None, str], Cause] = {}
    for cause in found:
        for one in cause.where:
            if one.file == file and one.column:
                marked.setdefault((one.row, one.column), cause)
    return marked
