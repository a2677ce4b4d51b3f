"""What a word stands for that only a framework explains: an area, a level that was found, a figure to be reached."""

from __future__ import annotations

import re

from analytics.intake.numbers import BLANK
from analytics.intake.register import CityVocabulary, bare
from analytics.intake.word_problem import WordProblem
from analytics.model.frameworks import Framework
from analytics.words.language import Words

DECIMAL = re.compile(rf"(?P<number>[0-9]{{1,3}}(?:[.,][0-9]+)?){BLANK}*(?P<percent>%?)")


def goal_figure(framework: Framework, word: str, say: Words) -> float | WordProblem:
    """A school's figure on a criterion, in the unit of the framework's goal: a level, or a share as 0.5 or 50 %."""
    if not word:
        return WordProblem(say("The cell is empty."), say("Write the figure that is to be reached."))
    said = DECIMAL.fullmatch(word.strip())
    number = float(said["number"].replace(",", ".")) if said else None
    percent = bool(said and said["percent"])
    if framework.goal.statistic == "share":
        share = number / 100 if number is not None and percent else number
        if share is None or not 0 <= share <= 1:
            return WordProblem(say("This is not a share."), say("Write it like 0.5 or 50%."))
        return share
    low, high = framework.scale_min, framework.scale_max
    if number is None or percent or not low <= number <= high:
        hint = say("Write a number from {low} to {high}, with decimals if need be.", low=low, high=high)
        return WordProblem(say("The level is not on the scale."), hint)
    return number


def area(framework: Framework, word: str, say: Words) -> str | WordProblem:
    """The area's id, from its id or its title in either language."""
    for found in framework.areas:
        if word == found.id:
            return found.id
    for found in framework.areas:
        if bare(word) and bare(word) in {bare(name) for name in (found.id, found.title.sv, found.title.en)}:
            return found.id
    ids = ", ".join(found.id for found in framework.areas)
    problem = say("The area is not known in {framework}.", framework=framework.id)
    return WordProblem(problem if word else say("The area is missing."), say("Its areas are: {ids}.", ids=ids))


def found_level(register: CityVocabulary, framework_id: str, word: str, say: Words) -> int | WordProblem:
    """The level that was found; nobody who certifies answers don't know."""
    level = register.level(framework_id, word)
    if level is None:
        return WordProblem(say("The level is missing."), say("Leave the row out where no level was found."))
    return level
