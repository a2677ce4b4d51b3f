"""Tables of checked rows put together: their words by codes as short as they can be, and column by column, so that what
each file gave is let go of as it is taken. Of a nation's answers in memory each byte a row is twenty megabytes a year.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from analytics.intake.coded import narrow


def narrowed(table: pa.Table) -> pa.Table:
    """The same table in one piece, with as short codes of words, and numbers of rows, as there are words and rows."""
    if any(column.num_chunks != 1 for column in table.columns):
        table = table.unify_dictionaries().combine_chunks()
    names = table.column_names
    columns = [_narrowed(name, table[name].chunk(0)) if table[name].num_chunks else table[name] for name in names]
    return pa.Table.from_arrays(columns, names=names)


def _narrowed(name: str, column: pa.Array) -> pa.Array:
    if isinstance(column, pa.DictionaryArray):
        codes = column.indices.cast(pa.from_numpy_dtype(narrow(len(column.dictionary))))
        return pa.DictionaryArray.from_arrays(codes, column.dictionary, safe=False)
    return column.cast(pa.int32()) if name == "row" else column


def together(parts: list[pa.Table]) -> pa.Table:
    """One table of narrowed ones, in which a word has one code whichever it was in. They are let go of: the list is
    empty afterwards."""
    if len(parts) == 1:
        return parts.pop()
    names = parts[0].column_names
    columns = [{name: part[name].chunk(0) for name in names} for part in parts]
    parts.clear()
    return pa.Table.from_arrays([_whole([of.pop(name) for of in columns]) for name in names], names=names)


def _whole(pieces: Sequence[pa.Array]) -> pa.Array:
    if not isinstance(pieces[0], pa.DictionaryArray):
        return pa.concat_arrays(pieces)
    among = pa.concat_arrays([piece.dictionary for piece in pieces]).dictionary_encode()
    codes, begin, taken = among.indices.cast(pa.from_numpy_dtype(narrow(len(among.dictionary)))), 0, []
    for piece in pieces:
        words = len(piece.dictionary)
        taken.append(codes.slice(begin, words).take(piece.indices))
        begin += words
    return pa.DictionaryArray.from_arrays(pa.concat_arrays(taken), among.dictionary, safe=False)
