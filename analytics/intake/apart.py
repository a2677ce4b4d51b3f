"""Rows told apart by their keys, which are integers: what np.unique tells of them.

That sorts the rows, which takes memory by their number; where keys lie close, as those of words that come again do,
nothing is sorted.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analytics.intake.limits import MOST_FAULTS

SMALL = 4096  # different keys that are told apart without a look at how many rows there are


class ToldApart:
    """Keys of some rows, and how many of them are different."""

    def __init__(self, keys: np.ndarray):
        self._keys, self._lowest, self._among = keys, int(keys.min(initial=0)), None
        self._different: np.ndarray | None = None
        self._span = int(keys.max(initial=0)) - self._lowest + 1
        if self._span > max(4 * len(keys), SMALL):
            self._different, self._among = np.unique(keys, return_inverse=True)
            self.number = len(self._different)
            return
        if self._lowest:
            self._keys = keys.astype(np.int64) - self._lowest
        if self._span <= SMALL:  # to count a few is a third of the work of noting each in its place
            there = np.bincount(self._keys, minlength=self._span)
        else:
            there = np.zeros(self._span, dtype=bool)
            there[self._keys] = True
        self._there = there
        self.number = int(np.count_nonzero(there))

    @property
    def different(self) -> np.ndarray:
        """The different keys, in order: of millions that are all different it takes much to list them."""
        if self._different is None:
            self._different = np.flatnonzero(self._there)
            if self._lowest:
                self._different += self._lowest
            del self._there
        return self._different

    def rows(self, of: np.ndarray) -> np.ndarray:
        """A row each, what `of` has of its key: as many as are different, in their order."""
        if self._among is not None:
            return of[self._among]
        told = np.zeros(self._span, dtype=of.dtype)
        told[self.different - self._lowest] = of
        return told.take(self._keys)

    def places(self) -> np.ndarray:
        """A row each, the place of its key among the different ones."""
        return self.rows(np.arange(self.number, dtype=np.int32))


def repeated(keys: np.ndarray) -> list[tuple[int, int]]:
    """Places whose key has come before -> (place, the first place with that key), in order of place; no more than are
    told of a file, and one."""
    told = ToldApart(keys)
    if told.number == len(keys):
        return []
    which = told.places()
    first = _first(which)[which]
    again = np.flatnonzero(first != np.arange(len(keys)))[: MOST_FAULTS + 1]
    return list(zip(again.tolist(), first[again].tolist(), strict=True))


def first_places(keys: np.ndarray) -> np.ndarray:
    """The places where a key stands for the first time, in order."""
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.arange(0)
    return begins[np.sort(_first(ToldApart(keys[begins]).places()))]  # files have the rows of a key together, mostly


def _first(which: np.ndarray) -> np.ndarray:
    """Of keys that are numbered from 0, the place where each stands first."""
    first = np.empty(which.max(initial=-1) + 1, dtype=np.int64)
    first[which[::-1]] = np.arange(len(which) - 1, -1, -1)  # of each key what is written last stands
    return first


def combined(*columns: pa.Array | pa.ChunkedArray | np.ndarray) -> np.ndarray:
    """One integer a row that tells different combinations of the columns' values apart, from 0 on without a gap; of
    such integers (an array of NumPy's) no others are made first."""
    return ToldApart(keys_of(*columns)).places()


def keys_of(*columns: pa.Array | pa.ChunkedArray | np.ndarray) -> np.ndarray:
    """The same with gaps."""
    keys, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        codes, words = _codes(column)
        if span * words > max(len(keys), SMALL):  # as close as they go
            told = ToldApart(keys)
            keys, span = told.places().astype(np.int64), max(told.number, 1)
        if span > 1:
            keys *= words
        if words > 1:
            keys += codes
        span *= words
    return keys


def _codes(column: pa.Array | pa.ChunkedArray | np.ndarray) -> tuple[np.ndarray, int]:
    """A row's place among the different values, and how many they are; one where there are none."""
    if isinstance(column, np.ndarray):
        return column, int(column.max(initial=0)) + 1
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_integer(whole.type) and not whole.null_count and len(whole):
        numbers = whole.to_numpy()
        lowest, span = int(numbers.min()), int(numbers.max()) - int(numbers.min()) + 1
        if span <= SMALL:  # as years are
            return (numbers - lowest if lowest else numbers), span
    encoded = whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), max(len(encoded.dictionary), 1)
