"""A file with all that it says put as the program itself writes it: schools by their names, levels by number and label,
headings by what each column is. Nothing is guessed: what stands for nothing, or for two things, stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from analytics.intake.by_hand import LevelReader, level_reader
from analytics.intake.kinds import FORM, KINDS
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.intake.same_answer import tells_the_answer
from analytics.intake.vocabulary import one_of, several_of
from analytics.intake.word_problem import WordProblem
from analytics.loads.own_files import heading_of, school_names
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.registers import types
from analytics.words.labels import label_of
from analytics.words.language import Words

Written = Callable[[str, str], str]
"""How a word is written, in the light of the row's framework."""


@dataclass(frozen=True, slots=True)
class CorrectedTable:
    """The table as it would be written; `called`: heading of the file -> heading here."""

    headings: tuple[str, ...]
    columns: tuple[list[str], ...]
    called: Mapping[str, str]


def corrected(
    table: TextTable,
    kind: str,
    taken: Sequence[tuple[str, str]],
    framework: str | None,
    frameworks: Sequence[Framework],
    schools: Sequence[School],
    say: Words,
) -> CorrectedTable:
    """`taken`: what the reader took each heading for; `framework`: a form's. Of what somebody has said by hand is
    nothing only those columns stay that tell one answer from another, as the headings tell the rest without them."""
    taken = [(heading, name) for heading, name in taken if heading in table.headings]
    register = CityVocabulary(frameworks, schools, say)
    what, writing = dict(taken), _Writing(register, school_names(schools), level_reader(table.by_hand, register), say)
    kept = [
        heading
        for heading in table.headings
        if heading in what or table.by_hand is None or tells_the_answer(heading, table.column(heading))
    ]
    own = {heading: writing.heading(kind, what[heading], framework) for heading in kept if heading in what}
    own = {heading: name for heading, name in own.items() if name}
    own |= {heading: table.written(heading) or heading for heading in kept if heading not in own}
    framework_of = _frameworks(table, {name: heading for heading, name in taken}, framework, writing)
    columns = tuple(
        writing.column(table.column(heading), framework_of, writing.how(kind, what.get(heading))) for heading in kept
    )
    return CorrectedTable(tuple(own[heading] for heading in kept), columns, own)


def _frameworks(table: TextTable, headings: Mapping[str, str], framework: str | None, writing: _Writing) -> list[str]:
    """Each row's framework: a form's, else as its own column says; '' where that stands for nothing."""
    if "framework" not in headings:
        return [framework or ""] * len(table.rows)
    return writing.column(table.column(headings["framework"]), [""] * len(table.rows), writing.framework)


class _Writing:
    """How the program writes what words stand for."""

    def __init__(self, register: CityVocabulary, names: Mapping[str, str], read: LevelReader, say: Words):
        self.register, self.names, self.read, self.say = register, names, read, say

    def heading(self, kind: str, what: str, framework: str | None) -> str | None:
        """What a column of the kind is headed; None where the file's own heading is as good."""
        column = next((column for column in KINDS[kind].columns if column.name == what), None)
        if column is not None:
            return heading_of(column, self.say)
        if kind == FORM.name and framework in self.register.frameworks:
            criteria = self.register.frameworks[framework].criteria
            titles = (f"{one.id}. {one.title.in_(self.say.language)}" for one in criteria if one.id == what)
            return next(titles, None)
        return None

    def how(self, kind: str, what: str | None) -> Written:
        """How the cells are written of a column that was taken for this."""
        if what == "school":
            return self.school
        if what == "framework" and kind in ("answers", "counts", "participation"):
            return lambda _, word: self.framework("", word) or word
        if what == "criterion" and kind in ("answers", "counts"):
            return self.criterion
        own = {column.name for column in KINDS[kind].columns}
        if (kind == FORM.name and what and what not in own) or (kind == "answers" and what == "level"):
            return self.level
        field = next((column for column in KINDS[kind].columns if column.name == what), None)
        type_ = getattr(field, "type", None)
        if isinstance(type_, types.Choice):
            return lambda _, word: self.words(one_of(type_.of, word, self.say), word)
        if isinstance(type_, types.Choices):
            return lambda _, word: self.words(several_of(type_.of, word, self.say), word)
        return lambda _, word: word

    def words(self, read: StrEnum | tuple[StrEnum, ...] | WordProblem | None, word: str) -> str:
        """What the pages call what a word of a vocabulary stands for."""
        if read is None or isinstance(read, WordProblem):
            return word
        return ", ".join(label_of(one, self.say) for one in (read if isinstance(read, tuple) else (read,)))

    def column(self, texts: pa.StringArray, frameworks: Sequence[str], how: Written) -> list[str]:
        """Each different word is written once."""
        found: dict[tuple[str, str], str] = {}
        told = []
        for of, word in zip(frameworks, texts.to_pylist(), strict=True):
            if (of, word) not in found:
                found[of, word] = how(of, word) if word else ""
            told.append(found[of, word])
        return told

    def school(self, _: str, word: str) -> str:
        id_ = self.register.school(word)
        return word if isinstance(id_, WordProblem) else self.names[id_]

    def framework(self, _: str, word: str) -> str:
        id_ = self.register.framework(word)
        return "" if isinstance(id_, WordProblem) else id_

    def criterion(self, framework: str, word: str) -> str:
        id_ = self.register.criterion(framework, word) if framework in self.register.frameworks else None
        return id_ if isinstance(id_, str) else word

    def level(self, framework: str, word: str) -> str:
        if framework not in self.register.frameworks:
            return word
        level, of = self.read(framework, word), self.register.frameworks[framework]
        if level is None:
            return self.say("don't know")
        if isinstance(level, WordProblem):
            return word
        return f"{level} - {dict(zip(of.levels, of.labels(self.say.language), strict=True))[level]}"
