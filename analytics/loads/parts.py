"""What a load of registers may not tell: what is there already, unless it is to be replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.intake.parsed import ParsedRow, key_of
from analytics.intake.raw import shown
from analytics.loads.adding import may_be_added_to
from analytics.model.dialogue import Dialogues
from analytics.model.errors import Problem
from analytics.model.funding import Funding
from analytics.registers.field import RowKind
from analytics.words.language import Words


def refuse_what_is_there(
    told: Sequence[ParsedRow], known: Funding | Dialogues, kinds: Iterable[RowKind], say: Words
) -> list[Problem]:
    """A problem for the first row about everything that the register holds already."""
    problems = []
    for kind in kinds:
        hint = hint_of(kind, say)
        there = {key_of(row, kind.replaces) for row in getattr(known, kind.part)}
        seen = set()
        for one in told:
            key = key_of(one.row, kind.replaces) if isinstance(one.row, kind.row) else None
            if key is None or key not in there or key in seen:
                continue
            seen.add(key)
            value = shown(", ".join(str(word) for word in key))
            text = say.marked(kind.there_already)
            problems.append(Problem(one.file, one.at, kind.problem_column, value, text, hint))
    return problems


def hint_of(kind: RowKind, say: Words) -> str:
    if may_be_added_to(kind):
        return say("Add --add to add what is not there, or --replace to replace it.")
    return say("Add --replace to replace it.")
