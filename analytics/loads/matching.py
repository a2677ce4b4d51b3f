"""Which rows of a file are the rows that the store has already, so that they keep their ids and their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from analytics.intake.parsed import key_of
from analytics.registers.field import RowKind
from analytics.registers.types import Amount, Origin
from analytics.store.rows import KeptRow


def matched(kind: RowKind, there: Iterable[KeptRow], rows: Sequence[Any]) -> list[str | None]:
    """The id of the row that each of the rows is, among those that are there; None for one that is new.

    A row is first the one that says all the same; then the one with its key; where a kind has none, the first of those
    that are left and agree with it on all that a file must say, but for amounts.
    """
    left = {kept.id: kept.row for kept in there}
    ids: list[str | None] = [None] * len(rows)
    for same in _from_the_surest(kind):
        known: dict[Any, list[str]] = defaultdict(list)
        for id_, row in left.items():
            known[same(row)].append(id_)
        for place, row in enumerate(rows):
            if ids[place] is None and known[same(row)]:
                found = known[same(row)].pop(0)
                ids[place] = found
                del left[found]
    return ids


def _from_the_surest(kind: RowKind) -> list[Callable[[Any], tuple]]:
    """What is compared of two rows, one comparison after the other."""
    told = tuple(field.attribute for field in kind.columns)
    stated = tuple(f.attribute for f in kind.columns if f.required and not isinstance(f.type, Amount))
    return [lambda row, names=names: key_of(row, names) for names in (told, kind.key or stated)]


def own_words(kind: RowKind) -> tuple[str, ...]:
    """The attributes of a row that say something, and not where it comes from."""
    return tuple(field.attribute for field in kind.fields if not isinstance(field.type, Origin))
