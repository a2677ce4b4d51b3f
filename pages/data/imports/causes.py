"""What is wrong with files, once for each cause, with all the cells that have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.model.errors import Problem

SWITCH = " --"  # before what is said at the command line alone


@dataclass(frozen=True)
class Cause:
    """A problem with what to do about it, and everywhere that it is. `number` tells it apart on the page."""

    number: int
    problem: str
    hint: str
    where: tuple[Problem, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The words that are wrong, each once."""
        return tuple(dict.fromkeys(one.value for one in self.where if one.value))


def causes(problems: Iterable[Problem]) -> tuple[Cause, ...]:
    """Those that most cells have first."""
    by_cause: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        by_cause.setdefault((one.problem, without_switches(one.hint)), []).append(one)
    ordered = sorted(by_cause.items(), key=lambda cause: -len(cause[1]))
    return tuple(Cause(n, *key, tuple(where)) for n, (key, where) in enumerate(ordered, 1))


def without_switches(hint: str) -> str:
    """What to do, without the sentences about the command line: on a page the same is a choice."""
    return " ".join(part for part in hint.split(". ") if SWITCH not in f" {part}").strip()


def marks(found: Sequence[Cause], file: str) -> dict[tuple[int | None, str], Cause]:
    """(row, heading) -> the cause that the cell is marked with, in a file; row None: the heading."""
    marked: dict[tuple[int | None, str], Cause] = {}
    for cause in found:
        for one in cause.where:
            if one.file == file and one.column:
                marked.setdefault((one.row, one.column), cause)
    return marked
