"""What a word stands for that names a row of a register: a project, an activity, a budget goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.intake.known_rows import KnownRows
from analytics.intake.nearest import nearest
from analytics.intake.numbers import whole_number
from analytics.intake.register import NUMBERED_NAME
from analytics.intake.schools import SCHOOL_ID
from analytics.intake.vocabulary import plain
from analytics.intake.word_problem import WordProblem
from analytics.words.language import N_, Marked, Words

LISTED = 10  # known rows in a hint


@dataclass(frozen=True, slots=True)
class Naming:
    """What is said of a kind's ids: of one that is missing, that is none, that is not known; and what to do where there
    are no rows of the kind."""

    missing: Marked
    spaced: Marked
    unknown: Marked
    none_there: Marked


NAMING: dict[str, Naming] = {
    "projects": Naming(
        N_("The project id is missing."),
        N_("The project id has spaces or separators in it."),
        N_("The project is not known."),
        N_("No projects are loaded: load a file of projects first."),
    ),
    "administrations": Naming(
        N_("The administration is missing."),
        N_("The administration's id has spaces or separators in it."),
        N_("The administration is not known."),
        N_("No administrations are in the register: add them first, or leave the cell empty."),
    ),
    "activities": Naming(
        N_("The activity id is missing."),
        N_("The activity id has spaces or separators in it."),
        N_("The activity is not known."),
        N_("No activities are loaded: load a file of activities first, or leave the cell empty."),
    ),
}
"""By kind."""


def identifier(word: str, kind: str, say: Words) -> str | WordProblem:
    """The id of a row of the kind."""
    if SCHOOL_ID.fullmatch(word):
        return word
    problem = NAMING[kind].spaced if word else NAMING[kind].missing
    return WordProblem(say.marked(problem), say("Use letters, digits and hyphens, and the same id every year."))


def reference(word: str, kind: str, titles: Mapping[str, str], say: Words) -> str | WordProblem:
    """The id of one of the kind's rows that are known, by `titles`: id -> title; by a title that only one has, too."""
    naming = NAMING[kind]
    if word in titles:
        return word
    named = [id_ for id_, title in titles.items() if title and plain(title) == plain(word)]
    if word and len(named) == 1:
        return named[0]
    if not word:
        return WordProblem(say.marked(naming.missing), say("Give the id that it has in the register."))
    unknown = say.marked(naming.unknown)
    if not titles:
        return WordProblem(unknown, say.marked(naming.none_there))
    near = nearest(word, [*titles, *titles.values()])
    if not near:
        return WordProblem(unknown, say("Known ones are, among others: {ids}.", ids=", ".join(sorted(titles)[:LISTED])))
    return WordProblem(unknown, say("The nearest is {id}.", id=next(i for i, t in titles.items() if near in (i, t))))


def budget_goal(word: str, known: KnownRows, say: Words) -> int | WordProblem:
    """A goal by its number, its name in either language, or both: "3. En stad för barn och unga"."""
    number, numbered = whole_number(word), NUMBERED_NAME.fullmatch(word.strip())
    if number is not None:
        found = {number} & known.goals.keys()
    elif numbered:
        found = known.goals_named(numbered[2]) & {int(numbered[1][:9])}
    else:
        found = known.goals_named(word)
    if len(found) == 1:
        return found.pop()
    titles = {goal.number: goal.title_sv if say.language == "sv" else goal.title_en for goal in known.goals.values()}
    listed = "; ".join(f"{number} {title}" for number, title in titles.items())
    hint = say("The goals are: {goals}.", goals=listed or "-")
    if found:
        return WordProblem(say("Several budget goals are called that."), hint)
    return WordProblem(say("The budget goal is not known."), hint)
