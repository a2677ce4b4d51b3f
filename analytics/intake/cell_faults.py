"""Cells that hold something which is no value: a spreadsheet's errors, and formulas whose value was never saved.

An empty cell means don't know here, so neither may ever be taken for one.
"""

from __future__ import annotations

import re

from analytics.intake.word_problem import WordProblem
from analytics.words.language import Words

UNSAVED = "\ue000"  # stands before a formula that has no value; no keyboard and no program writes it
ERRORS = frozenset(
    (
        *("#n/a", "#na!", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!"),
        *("#getting_data", "#field!", "#blocked!", "#connect!", "#unknown!", "#busy!", "#error!", "#python!"),
        *("#saknas!", "#saknas", "#referens!", "#värdefel!", "#värde!", "#division/0!", "#namn?", "#ogiltigt!"),
        *("#skärning!", "#noll!", "#spilld!", "#beräkna!", "#fält!", "#fel!", "#okänt!", "#upptaget!"),
    )
)
LIBRE_OFFICE = re.compile(r"(?:err|fel):[0-9]{3}")


def cell_fault(word: str, say: Words) -> WordProblem | None:
    """Why a cell's text is no value; None where it may be one."""
    if word.startswith(UNSAVED):
        return WordProblem(
            say("The cell holds a formula whose value was never saved."),
            say("Open the file in a spreadsheet program, save it, and load it again."),
        )
    if (word.startswith("#") and word.casefold() in ERRORS) or LIBRE_OFFICE.fullmatch(word.casefold()):
        return WordProblem(
            say("The cell holds an error of the spreadsheet's."),
            say("Correct the formula, or write the value; empty the cell only where nothing was answered."),
        )
    return None


def without_mark(word: str) -> str:
    """The text as people may see it."""
    return word.removeprefix(UNSAVED)
