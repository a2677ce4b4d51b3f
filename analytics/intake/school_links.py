"""Which school became part of which: what a file says of it, once all the schools are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from analytics.intake.register import CityVocabulary
from analytics.intake.schools import SchoolRow
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.model.schools import School
from analytics.words.language import Words

DAY_OF = {"merged_into": "valid_to", "split_from": "valid_from"}
"""What links a school to another, and the day that it counts from."""


def with_links(
    rows: Iterable[SchoolRow], before: Mapping[str, School], say: Words
) -> tuple[list[SchoolRow], list[Problem]]:
    """The rows with the other school's id in place of what the file calls it, and what is wrong."""
    rows = list(rows)
    after = dict(before) | {row.school.id: row.school for row in rows}
    register, problems, found = CityVocabulary((), after.values(), say), [], []
    for row in rows:
        ids: dict[str, str | None] = {}
        for link, day in DAY_OF.items():
            word = getattr(row.school, link)
            if not word:
                continue
            id_ = register.school(word)
            trouble = id_ if isinstance(id_, WordProblem) else _trouble(row.school, link, after[id_], say)
            if trouble is None:
                ids[link] = str(id_)
                continue
            column = day if getattr(row.school, day) is None and not isinstance(id_, WordProblem) else link
            problems.append(Problem(row.file, row.row, column, word, trouble.problem, trouble.hint))
        found.append(replace(row, school=replace(row.school, **ids)))
    return found, problems


def _trouble(school: School, link: str, other: School, say: Words) -> WordProblem | None:
    if other.id == school.id:
        return WordProblem(say("This is the school itself."), say("Name the other school, or leave the cell empty."))
    if getattr(school, DAY_OF[link]) is None:
        if link == "merged_into":
            hint = say("Write the school's last day.")
            return WordProblem(say("It is not said when the school became part of the other."), hint)
        hint = say("Write the school's first day.")
        return WordProblem(say("It is not said when the school was made out of the other."), hint)
    if link == "merged_into" and other.valid_to and school.valid_to and other.valid_to <= school.valid_to:
        return WordProblem(say("The other school had closed by then."), say("Check both schools' last days."))
    return None
