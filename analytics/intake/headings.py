"""What a kind of file is: the columns that its headings name. Columns that several kinds have stand here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: its name, what else it may be called, whether the file must have it."""

    name: str
    also: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `told_by`: the columns that no other kind has, and that give it away, unless there is one of
    `not_with` beside them."""

    name: str
    columns: tuple[Column, ...]
    told_by: tuple[str, ...]
    not_with: tuple[Column, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


FRAMEWORK = Column("framework", ("ramverk",))
YEAR = Column("year", ("år", "ar", "mätår"))
SCHOOL = Column("school", ("skola", "skolenhet", "enhet"))
CRITERION = Column("criterion", ("kriterium",))
TEAM = Column("team", ("arbetslag", "lag"), required=False)
ROLE = Column("role", ("roll", "befattning"), required=False)
NOTE = Column("note", ("anteckning", "notering"), required=False)


def called(kind: Kind, name: str, say: Words) -> str:
    """What a column is called for readers: in Swedish with both of its names."""
    swedish = next((column.also for column in kind.columns if column.name == name), ())
    return f"{swedish[0]} ({name})" if swedish and say.language == "sv" else name


def normalised(heading: str) -> str:
    """A heading without case, spacing or punctuation: 'Antal elever' -> 'antal_elever'."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")
