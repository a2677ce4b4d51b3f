"""What the parts of a load of registers have in common: what is there already, and what a file's rows replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.intake.raw import shown
from analytics.intake.told import Told, key_of
from analytics.model.errors import Problem
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a register: where a version holds it, and what a file of the kind replaces: all rows that agree with
    one of its own on these fields. `column`: where a file's reader is told so."""

    table: str
    rows: str  # the field of Funding or Dialogues
    replaces: tuple[str, ...]
    column: str


def refuse_what_is_there(
    told: Sequence[Told], known: Any, parts: Mapping[type, Part], texts: Mapping[type, str], say: Words
) -> list[Problem]:
    """A problem for the first row about everything that the register holds already; `texts`: what is said of a kind."""
    hint = say("Add --replace to replace it.")
    problems = []
    for kind, part in parts.items():
        there = {key_of(row, part.replaces) for row in getattr(known, part.rows)}
        seen = set()
        for one in told:
            key = key_of(one.row, part.replaces) if isinstance(one.row, kind) else None
            if key is None or key not in there or key in seen:
                continue
            seen.add(key)
            value = shown(", ".join(str(word) for word in key))
            problems.append(Problem(one.file, one.at, part.column, value, texts[kind], hint))
    return problems
