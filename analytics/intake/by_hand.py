"""What somebody has said that a file's columns are, and its answers mean, where the file does not tell, or wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics.intake.register import CityVocabulary, folded
from analytics.intake.word_problem import WordProblem

LevelReader = Callable[[str, str], int | WordProblem | None]
"""What a cell says of a level, in the light of a framework (its id); None: don't know."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """The kind of file, and what each heading is: the name of a column of the kind, in a form a criterion's id or a
    column of forms; a heading that is not named is left out. `levels`: what answers of a form mean, by `answer_code`:
    a level, or None for don't know."""

    kind: str
    columns: Mapping[str, str]
    levels: Mapping[str, int | None] = field(default_factory=dict)

    def headings_of(self, column: str) -> list[str]:
        return [heading for heading, name in self.columns.items() if name == column]


def answer_code(word: str) -> str:
    """An answer as it is told from others: without case and the tool's semicolon."""
    return folded(word.rstrip("; "))


def level_reader(by_hand: ByHand | None, register: CityVocabulary) -> LevelReader:
    """Reads the level in a cell, in the light of a framework: as somebody says, else as the words tell."""
    said = by_hand.levels if by_hand else {}

    def level(framework: str, word: str) -> int | WordProblem | None:
        code = answer_code(word)
        if code not in said:
            return register.level(framework, word)
        return None if said[code] is None else register.level(framework, str(said[code]))

    return level
