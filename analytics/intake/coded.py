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
    return coded_chunks(pa.chunked_array([column]))


def coded_chunks(column: pa.ChunkedArray) -> Coded:
    """The same of texts in pieces, which are not put together first: they are large."""
    start = column.slice(0, SAMPLE)
    if 2 * pc.count_distinct(start).as_py() > len(start) or not len(start):
        return column.combine_chunks()
    encoded = column.dictionary_encode().unify_dictionaries()
    words = encoded.chunk(0).dictionary
    indices = pa.concat_arrays([_narrow(chunk.indices, len(words)) for chunk in encoded.chunks])
    return pa.DictionaryArray.from_arrays(indices, words)


def changed(column: Coded, change: Callable[[pa.StringArray], pa.StringArray]) -> Coded:
    """The column with a change made to each of its words; two may become one."""
    if not isinstance(column, pa.DictionaryArray):
        return change(column)
    words = change(column.dictionary)
    again = words.dictionary_encode()
    if len(again.dictionary) == len(words):
        return pa.DictionaryArray.from_arrays(column.indices, words)
    return pa.DictionaryArray.from_arrays(again.indices.take(column.indices), again.dictionary)


def _narrow(indices: pa.Array, words: int) -> pa.Array:
    """They go through a pipe, a row each."""
    return indices.cast(
        next(t for t in (pa.int8(), pa.int16(), pa.int32()) if words <= np.iinfo(t.to_pandas_dtype()).max)
    )
