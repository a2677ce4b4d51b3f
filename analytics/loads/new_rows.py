"""New rows of a draft that are saved by now: by whoever holds the same draft. Such a row is saved once; what this one's
holder has written in it otherwise is told, and not lost."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.intake.fields import FieldReader
from analytics.intake.known_rows import KnownRows
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.loads.dialogue_rows import Texts, is_new
from analytics.loads.funding_texts import BEGUN, part_of
from analytics.model.dialogue import Dialogues
from analytics.model.funding import Currency, Funding
from analytics.registers import types
from analytics.registers.kinds import KIND
from analytics.store.drafts import Typed
from analytics.words.language import words

NEEDS_MORE = (types.Reference, types.SchoolReference, types.BudgetGoalReference)
"""What cannot be read without the rest of the store."""


def saved_under_their_tokens(saved: Texts, typed: Mapping[str, Typed]) -> tuple[str, ...]:
    """The fields of new rows that are saved already, as they were typed."""
    names = under_saved_names(saved, typed)
    return tuple(
        name
        for name, as_saved in names.items()
        if name.endswith(f".{BEGUN}") or _same(saved, as_saved, typed[name].text)
    )


def under_saved_names(saved: Texts, typed: Mapping[str, Typed]) -> dict[str, str]:
    """The fields of new rows that are saved already -> what they are called since."""
    known = {name.rpartition(".")[0] for name in saved}
    found = {}
    for name in typed:
        part, _, column = name.rpartition(".")
        if is_new(part):
            kind, _, row = part.partition(".")
            saved_part = part_of(kind, row[2:])
            if saved_part in known:
                found[name] = f"{saved_part}.{column}"
    return found


def typed_in_saved(saved: Texts, typed: Mapping[str, Typed]) -> dict[str, Typed]:
    """What is typed, that in new rows which are saved by now as typed in those."""
    names = under_saved_names(saved, typed)
    return {names.get(name, name): one for name, one in typed.items()}


def _same(saved: Texts, name: str, text: str) -> bool:
    """Whether the text says what is saved, however it is written."""
    there = saved.get(name, "")
    if text.strip() == there:
        return True
    part, _, column = name.rpartition(".")
    kind = KIND[part.partition(".")[0]]
    if not kind.has(column) or isinstance(kind.field(column).type, NEEDS_MORE):
        return False
    field = kind.field(column)
    said = saved.get(f"{part}.{field.within}", "") if field.within else ""
    within = Currency(said) if said else None
    one, other = (_fields().explaining(kind, field)(within, word.strip()) for word in (text, there))
    return not isinstance(one, WordProblem) and one == other


def _fields() -> FieldReader:
    """Made anew each time: they know what day it is, and so must not be kept."""
    say = words("sv")
    return FieldReader(CityVocabulary((), (), say), KnownRows(Funding(), Dialogues()), say)
