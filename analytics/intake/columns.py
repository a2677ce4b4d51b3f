"""Checking a column of texts: each different word is explained once, however many rows hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.intake.apart import ToldApart
from analytics.intake.cell_faults import cell_fault, without_mark
from analytics.intake.coded import Coded
from analytics.intake.days import NO_COLUMN, DayColumn, day_column, spreadsheet_day
from analytics.intake.kinds import named_columns
from analytics.intake.limits import MOST_FAULTS
from analytics.intake.raw import shown
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from analytics.intake.word_problem import WordProblem
from analytics.model.errors import Problem
from analytics.registers.field import FileKind
from analytics.words.language import Words


@dataclass(frozen=True, slots=True)
class ResolvedColumn:
    """A column explained: `codes` has a row's place in `values`, or -1 where the row's word stands for nothing."""

    codes: np.ndarray
    values: list

    @property
    def good(self) -> np.ndarray:
        return self.codes >= 0

    def array(self, type_: pa.DataType) -> pa.Array:
        """The values, a row each; to be asked only when every row is good."""
        return pa.array(self.values, type_).take(pa.array(self.codes))

    def words(self) -> pa.DictionaryArray:
        """The same of texts, by their different words."""
        places = {value: place for place, value in enumerate(dict.fromkeys(self.values))}
        codes = self.codes.astype(np.int32, copy=False)
        if len(places) < len(self.values):
            codes = np.array([places[value] for value in self.values], dtype=np.int32)[codes]
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(places, pa.string()))


@dataclass
class SheetCheck:
    """A sheet under check: its columns by name, and what has been found so far."""

    sheet: TextTable
    kind: FileKind
    register: CityVocabulary
    say: Words
    problems: list[Problem] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)  # columns that are not stored, with the reason
    taken: list[tuple[str, str]] = field(default_factory=list)  # headings, with the column or criterion that each is
    notes: list[str] = field(default_factory=list)  # what was read in another way than it may seem

    def __post_init__(self):
        self._headings = named_columns(self.sheet, self.kind)

    def has(self, name: str) -> bool:
        return name in self._headings

    def heading(self, name: str) -> str:
        return self._headings.get(name, name)

    def texts(self, name: str) -> pa.StringArray:
        """The column, or empty texts where an optional one is not there."""
        if name in self._headings:
            return self.sheet.column(self._headings[name])
        return pa.repeat("", len(self.sheet.rows))

    def coded(self, name: str) -> Coded:
        """The same by its different words, where they are known."""
        return self.sheet.coded(self._headings[name]) if name in self._headings else self.texts(name)

    def days(self, name: str) -> DayColumn:
        """What a file's column tells of its days; of what is typed each cell speaks for itself. Notes what was read as
        something else than it may seem."""
        if not self.sheet.from_file:
            return NO_COLUMN
        words = pc.unique(self.texts(name)).to_pylist()
        numbers = [(word, counted) for word in words if (counted := spreadsheet_day(word))]
        if numbers:
            text = self.say(
                "Days that the spreadsheet keeps as numbers were read: {column} {number} is {day}.",
                column=self.heading(name),
                number=numbers[0][0],
                day=numbers[0][1].isoformat(),
            )
            self.notes.append(text)
        return day_column(words)

    def places(self) -> dict[str, pa.Array]:
        """Where each row stood, for problems that show only beside other files."""
        file = self.nothing(self.sheet.file).words()
        return {"file": file, "row": pa.array(self.sheet.rows)}

    def complain(self, at: int, name: str, value: str | None, trouble: WordProblem) -> None:
        """Notes a problem with the row at this place in the sheet; no more than are told of a file, and one."""
        if len(self.problems) > MOST_FAULTS:
            return
        row, value = int(self.sheet.rows[at]), None if value is None else shown(value)
        self.problems.append(Problem(self.sheet.file, row, self.heading(name), value, trouble.problem, trouble.hint))

    def resolve(self, name: str, explain: Callable[[str], Any | WordProblem]) -> ResolvedColumn:
        """Explains a column's words."""
        return self.resolve_texts(self.coded(name), name, None, lambda _, word: explain(word))

    def nothing(self, value: Any = None) -> ResolvedColumn:
        """A parent for columns that are explained by themselves: None, or another value, in every row."""
        return ResolvedColumn(np.zeros(len(self.sheet.rows), dtype=np.int32), [value])

    def resolve_within(
        self, parent: ResolvedColumn, name: str, explain: Callable[[Any, str], Any | WordProblem]
    ) -> ResolvedColumn:
        """Explains a column's words, each in the light of the parent column's value; skips rows whose parent is bad."""
        return self.resolve_texts(self.coded(name), name, parent, explain)

    def resolve_texts(
        self, texts: Coded, name: str, parent: ResolvedColumn | None, explain: Callable[[Any, str], Any | WordProblem]
    ) -> ResolvedColumn:
        """The same for texts that are not a column of the kind (a form's criteria); `name` is what problems call it.
        Without a parent they are explained by themselves (in the light of None)."""
        encoded = texts if isinstance(texts, pa.DictionaryArray) else texts.dictionary_encode()
        words = encoded.dictionary.to_pylist()
        pairs = encoded.indices.to_numpy(zero_copy_only=False)
        above = parent.values if parent else [None]
        if parent and (len(above) != 1 or not parent.good.all()):
            pairs = pairs + parent.codes.astype(np.int64) * max(len(words), 1)
            pairs[~parent.good] = -1
        told = ToldApart(pairs)
        del encoded, pairs  # of millions of rows each takes much
        values, places, troubles = [], np.full(len(told.different), -1, dtype=np.int32), {}
        for i, pair in enumerate(told.different.tolist()):
            if pair < 0:
                continue
            word = words[pair % len(words)]
            value = cell_fault(word, self.say) or explain(above[pair // len(words)], word)
            if isinstance(value, WordProblem):
                troubles[i] = without_mark(word), value
            else:
                places[i] = len(values)
                values.append(value)
        if troubles:
            which = told.places()
            wrong = np.flatnonzero(np.isin(which, list(troubles)))
            for at in wrong[: MOST_FAULTS + 1].tolist():
                self.complain(at, name, *troubles[int(which[at])])
        return ResolvedColumn(told.rows(places), values)
