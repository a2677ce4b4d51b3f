"""What a load of registers may not tell: what is there already, unless it is to be replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.intake.raw import shown
from analytics.intake.told import Told, key_of
from analytics.model.dialogue import Dialogues
from analytics.model.errors import Problem
from analytics.model.funding import Funding
from analytics.registers.field import Kind
from analytics.words.language import Words


def refuse_what_is_there(
    told: Sequence[Told], known: Funding | Dialogues, kinds: Iterable[Kind], say: Words
) -> list[Problem]:
    """A problem for the first row about everything that the register holds already."""
    hint = say("Add --replace to replace it.")
    problems = []
    for kind in kinds:
        there = {key_of(row, kind.replaces) for row in getattr(known, kind.part)}
        seen = set()
        for one in told:
            key = key_of(one.row, kind.replaces) if isinstance(one.row, kind.row) else None
            if key is None or key not in there or key in seen:
                continue
            seen.add(key)
            value = shown(", ".join(str(word) for word in key))
            text = say.marked(kind.there_already)
            problems.append(Problem(one.file, one.at, kind.told_at, value, text, hint))
    return problems
