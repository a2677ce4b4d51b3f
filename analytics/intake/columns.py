"""Checking a column of texts: each different word is explained once, however many rows hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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

SMALL = 4096  # different keys that are told apart without a look at how many rows there are


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
        return self.resolve_within(self.nothing(), name, lambda _, word: explain(word))

    def nothing(self, value: Any = None) -> ResolvedColumn:
        """A parent for columns that are explained by themselves: None, or another value, in every row."""
        return ResolvedColumn(np.zeros(len(self.sheet.rows), dtype=np.int32), [value])

    def resolve_within(
        self, parent: ResolvedColumn, name: str, explain: Callable[[Any, str], Any | WordProblem]
    ) -> ResolvedColumn:
        """Explains a column's words, each in the light of the parent column's value; skips rows whose parent is bad."""
        return self.resolve_texts(self.coded(name), name, parent, explain)

    def resolve_texts(
        self, texts: Coded, name: str, parent: ResolvedColumn, explain: Callable[[Any, str], Any | WordProblem]
    ) -> ResolvedColumn:
        """The same for texts that are not a column of the kind (a form's criteria); `name` is what problems call it."""
        encoded = texts if isinstance(texts, pa.DictionaryArray) else texts.dictionary_encode()
        words = encoded.dictionary.to_pylist()
        pairs = encoded.indices.to_numpy(zero_copy_only=False)
        if len(parent.values) != 1 or not parent.good.all():
            pairs = pairs + parent.codes.astype(np.int64) * max(len(words), 1)
            pairs[~parent.good] = -1
        different, codes = told_apart(pairs)
        del encoded, pairs  # of millions of rows each takes much
        values, places, troubles = [], np.full(len(different), -1, dtype=np.int32), {}
        for i, pair in enumerate(different.tolist()):
            if pair < 0:
                continue
            word = words[pair % len(words)]
            value = cell_fault(word, self.say) or explain(parent.values[pair // len(words)], word)
            if isinstance(value, WordProblem):
                troubles[i] = without_mark(word), value
            else:
                places[i] = len(values)
                values.append(value)
        if troubles:
            wrong = np.flatnonzero(np.isin(codes, list(troubles)))
            for at in wrong[: MOST_FAULTS + 1].tolist():
                self.complain(at, name, *troubles[int(codes[at])])
        return ResolvedColumn(places[codes], values)


def repeated(keys: np.ndarray) -> list[tuple[int, int]]:
    """Places whose key has come before -> (place, the first place with that key), in order of place; no more than are
    told of a file, and one."""
    different, which = told_apart(keys)
    if len(different) == len(keys):
        return []
    first = _first(which)[which]
    again = np.flatnonzero(first != np.arange(len(keys)))[: MOST_FAULTS + 1]
    return list(zip(again.tolist(), first[again].tolist(), strict=True))


def first_places(keys: np.ndarray) -> np.ndarray:
    """The places where a key stands for the first time, in order."""
    return np.sort(_first(told_apart(keys)[1]))


def _first(which: np.ndarray) -> np.ndarray:
    """Of keys that are numbered from 0, the place where each stands first."""
    first = np.empty(which.max(initial=-1) + 1, dtype=np.int64)
    first[which[::-1]] = np.arange(len(which) - 1, -1, -1)  # of each key what is written last stands
    return first


def combined(*columns: pa.Array | pa.ChunkedArray | np.ndarray) -> np.ndarray:
    """One integer a row that tells different combinations of the columns' values apart, from 0 on without a gap; of
    such integers (an array of NumPy's) no others are made first."""
    keys, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        codes, words = _codes(column)
        if span * words > max(len(keys), SMALL):  # as close as they go
            _, keys = told_apart(keys)
            keys, span = keys.astype(np.int64), int(keys.max(initial=0)) + 1
        keys *= words
        keys += codes
        span *= words
    return told_apart(keys)[1]


def _codes(column: pa.Array | pa.ChunkedArray | np.ndarray) -> tuple[np.ndarray, int]:
    """A row's place among the different values, and how many they are; one where there are none."""
    if isinstance(column, np.ndarray):
        return column, int(column.max(initial=0)) + 1
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), max(len(encoded.dictionary), 1)


def told_apart(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different keys in order, and the place of each row's among them: what np.unique tells. That sorts the rows,
    which takes memory by their number; where keys lie close, as those of words that come again do, nothing is sorted.
    """
    lowest = int(keys.min(initial=0))
    span = int(keys.max(initial=0)) - lowest + 1
    if span > max(4 * len(keys), SMALL):
        return np.unique(keys, return_inverse=True)
    if lowest:
        keys = keys - lowest
    there = np.zeros(span, dtype=bool)
    there[keys] = True
    place = np.cumsum(there, dtype=np.int32) - 1
    return np.flatnonzero(there) + lowest, place[keys]
