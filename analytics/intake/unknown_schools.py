"""The names in a file's column of schools that are no known school's, each with the known one that is most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow.compute as pc

from analytics.intake.nearest import nearest
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary, folded
from analytics.intake.word_problem import WordProblem
from analytics.model.schools import School
from analytics.words.language import Words

LIKE_ENOUGH = 80  # per cent of likeness, from which on a name may be another one written wrongly
MOST_LETTERS = 120  # of a name; what is longer is none


@dataclass(frozen=True, slots=True)
class UnknownSchool:
    """A name that is no school's, in how many rows it stands, and the id of a school that it may be meant for."""

    name: str
    rows: int
    nearest: str | None


def unknown_schools(table: TextTable, heading: str, schools: Iterable[School], say: Words) -> tuple[UnknownSchool, ...]:
    """In the order of the file; empty cells are no names."""
    known = tuple(schools)
    vocabulary = CityVocabulary((), known, say)
    names = {folded(name): school.id for school in known for name in (school.name, *school.aliases)}
    found, rows = [], Counter()
    for entry in pc.value_counts(table.column(heading)).to_pylist():
        rows[entry["values"].rstrip("; ")] += entry["counts"]  # of a question in which several could be chosen
    for word, times in rows.items():
        if word and len(word) <= MOST_LETTERS and isinstance(vocabulary.school(word), WordProblem):
            like = nearest(folded(word), list(names), least=LIKE_ENOUGH)
            found.append(UnknownSchool(word, times, names[like] if like else None))
    return tuple(found)
