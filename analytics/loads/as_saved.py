"""What a typed text stands as once it is saved, where the text alone tells it: 3,5 as 3.5, 25 september 2018 as
2018-09-25. Two ways of writing the same are then no change, and nothing that two people meet about."""

from __future__ import annotations

from analytics.intake.amounts import amount, rate
from analytics.intake.days import day
from analytics.intake.of_framework import DECIMAL
from analytics.intake.word_problem import WordProblem
from analytics.loads.register_rows import as_text
from analytics.model.funding import Currency
from analytics.registers import types
from analytics.registers.kinds import REGISTERS
from analytics.words.language import words

SAY = words("en")  # nothing that the readers say here is told to anybody
TOLD = (types.Day, types.GoalFigure, types.Amount, types.Rate)
TYPES = {field.name: field.type for kind in REGISTERS for field in kind.columns if isinstance(field.type, TOLD)}
"""The columns whose texts are read by themselves; no two kinds have one of them of different types."""


def as_saved(column: str, text: str) -> str:
    """The text as it will stand in the column; as it is, where it cannot be read or is of another kind."""
    word, value = text.strip(), None
    match TYPES.get(column):
        case types.Day():
            value = day(word, SAY)
        case types.Rate():
            value = rate(word, SAY)
        case types.Amount(currency):
            read = [amount(word, one, SAY, negative=True) for one in ([currency] if currency else list(Currency))]
            value = next((found for found in read if not isinstance(found, WordProblem)), None)
        case types.GoalFigure():
            said = DECIMAL.fullmatch(word)
            value = float(said["number"].replace(",", ".")) if said and not said["percent"] else None
    return text if value is None or isinstance(value, WordProblem) else as_text(value)


def in_language(column: str, text: str, language: str) -> str:
    """A saved figure as the language writes it, for a field that it is edited in."""
    figure = isinstance(TYPES.get(column), types.GoalFigure)
    return text.replace(".", ",") if figure and language == "sv" else text
