"""Columns of texts by their different words: a file of a million rows has few, and each is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Coded: TypeAlias = pa.StringArray | pa.DictionaryArray
"""A column by its different words, each of which it has once; or its texts, where most rows have one of their own."""

SAMPLE = 10_000  # rows by which the one or the other is chosen
FIRST = 1000  # rows of a piece that tell whether its words stand in runs
LONG_RUNS = 4  # rows of one, on average, from which it is quicker to look for runs first


class TextColumns(Sequence[pa.StringArray]):
    """Columns of texts, of which each is made when it is asked for: most are not, as their words tell enough."""

    def __init__(self, columns: Iterable[Coded]):
        self._coded = tuple(columns)
        self._texts: dict[int, pa.StringArray] = {}

    def __len__(self) -> int:
        return len(self._coded)

    @overload
    def __getitem__(self, place: int) -> pa.StringArray: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[pa.StringArray, ...]: ...

    def __getitem__(self, place: int | slice) -> pa.StringArray | tuple[pa.StringArray, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        at = range(len(self))[place]
        if at not in self._texts:
            self._texts[at] = texts_of(self._coded[at])
        return self._texts[at]

    def coded(self, place: int) -> Coded:
        """The column as it is kept."""
        return self._coded[place]


def coded_at(columns: Sequence[pa.StringArray], place: int) -> Coded:
    """A column of a table by its words, where they are known."""
    return columns.coded(place) if isinstance(columns, TextColumns) else columns[place]


def coded_columns(columns: Sequence[pa.StringArray]) -> tuple[Coded, ...]:
    """All columns of a table by their words, where these are known."""
    return tuple(coded_at(columns, place) for place in range(len(columns)))


def same_in_all(word: str, rows: int) -> pa.DictionaryArray:
    """A column that has one word in so many rows."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([word], pa.string()))


def with_own_words(column: Coded) -> Coded:
    """The column without the words that none of its rows has, as a part of a larger one may know."""
    if not isinstance(column, pa.DictionaryArray):
        return column
    codes = column.indices.to_numpy()
    there = np.zeros(len(column.dictionary), dtype=bool)
    there[codes] = True
    if there.all():
        return column
    places = (np.cumsum(there) - 1).astype(narrow(int(there.sum())))
    words = column.dictionary.filter(pa.array(there))
    return pa.DictionaryArray.from_arrays(pa.array(places[codes]), words, safe=False)


def texts_of(column: Coded) -> pa.StringArray:
    """The texts, a row each."""
    return column.dictionary.take(column.indices) if isinstance(column, pa.DictionaryArray) else column


def words_of(column: Coded) -> pa.StringArray:
    """All of its different words, and perhaps others: those of a part are those of the whole."""
    return column.dictionary if isinstance(column, pa.DictionaryArray) else column


def coded(column: Coded) -> Coded:
    """The column by its words, where rows have them in common."""
    if isinstance(column, pa.DictionaryArray):
        return column
    return coded_pieces([[column]], 1)[0]


def coded_pieces(pieces: Iterable[Sequence[pa.StringArray]], columns: int) -> list[Coded]:
    """The columns of a table that comes in pieces, each of which is put by its words before the next is looked at: the
    texts of them all would take much."""
    growing = [_Growing() for _ in range(columns)]
    for piece in pieces:
        for column, texts in zip(growing, piece, strict=True):
            column.goes_on(texts)
    return [column.whole() for column in growing]


class _Growing:
    """A column as it comes. Its first rows choose whether it is kept by its words."""

    def __init__(self):
        self._texts: list[pa.StringArray] = []
        self._words: list[pa.StringArray] = []  # of each piece its own, and the rows by their places among them
        self._places: list[np.ndarray] = []
        self._rows = 0
        self._by_words: bool | None = None

    def goes_on(self, texts: pa.StringArray) -> None:
        self._rows += len(texts)
        if self._by_words:
            self._put(texts)
            return
        self._texts.append(texts)
        if self._by_words is None and self._rows >= SAMPLE:
            self._choose()

    def _choose(self) -> None:
        start = pa.chunked_array(self._texts, pa.string()).slice(0, SAMPLE)
        self._by_words = bool(len(start)) and 2 * pc.count_distinct(start).as_py() <= len(start)
        if self._by_words:
            for texts in self._texts:
                self._put(texts)
            self._texts.clear()

    def _put(self, texts: pa.StringArray) -> None:
        words, places = _by_words(texts)
        self._words.append(words)
        self._places.append(places)

    def whole(self) -> Coded:
        if self._by_words is None:
            self._choose()
        if not self._by_words:
            return pa.concat_arrays(self._texts) if self._texts else pa.array([], pa.string())
        among = pa.concat_arrays(self._words).dictionary_encode()
        codes = among.indices.to_numpy().astype(narrow(len(among.dictionary)))
        rows, begin, word = np.empty(self._rows, codes.dtype), 0, 0
        for words, places in zip(self._words, self._places, strict=True):
            np.take(codes[word : word + len(words)], places, out=rows[begin : begin + len(places)], mode="clip")
            begin, word = begin + len(places), word + len(words)
        return pa.DictionaryArray.from_arrays(pa.array(rows), among.dictionary, safe=False)


def _by_words(texts: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """Its words, and of each row the place among them. Where rows have the same for a while, as those of a school, it
    is looked for once for all of these."""
    first = texts.slice(0, FIRST)
    lengths: np.ndarray | None = None
    if LONG_RUNS * len(pc.run_end_encode(first).values) <= len(first):
        runs = pc.run_end_encode(texts)
        texts, lengths = runs.values, np.diff(runs.run_ends.to_numpy(), prepend=0)
    encoded = texts.dictionary_encode()
    places = encoded.indices.to_numpy().astype(narrow(len(encoded.dictionary)))
    return encoded.dictionary, places if lengths is None else np.repeat(places, lengths)


def changed(column: Coded, change: Callable[[pa.StringArray], pa.StringArray]) -> Coded:
    """The column with a change made to each of its words; two may become one."""
    if not isinstance(column, pa.DictionaryArray):
        return change(column)
    words = change(column.dictionary)
    again = words.dictionary_encode()
    if len(again.dictionary) == len(words):
        return pa.DictionaryArray.from_arrays(column.indices, words, safe=False)
    return pa.DictionaryArray.from_arrays(again.indices.take(column.indices), again.dictionary)


def narrow(words: int) -> type[np.signedinteger]:
    """Of numbers of so many words: they go through a pipe, a row each."""
    return next(t for t in (np.int8, np.int16, np.int32) if words <= np.iinfo(t).max)
