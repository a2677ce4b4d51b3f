"""What a load makes of the registers: its rows put in, what they replace gone, and what hangs on that gone with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from analytics.intake.parsed import ParsedRow, key_of
from analytics.loads.matching import matched, own_words
from analytics.model.funding import Narrative
from analytics.model.provenance import Provenance
from analytics.registers.field import RowKind
from analytics.registers.kinds import KIND, REGISTERS
from analytics.registers.types import Origin, Reference
from analytics.store.registers import Registers
from analytics.store.rows import KeptRow

Rows = dict[str, tuple[KeptRow, ...]]
Placed = tuple[str, str]
"""A row by its kind's name and its id."""


def of_files(
    before: Registers,
    told: Sequence[ParsedRow],
    gone: Callable[[Any], bool],
    origin: Provenance,
    number: int,
    *,
    add: bool = False,
) -> Registers:
    """The registers with a load's rows in them, each kind's last, in place of all rows that agree with one of them on
    what its kind replaces (with `add` in place of none), and of those that are `gone` besides. A row that was there
    before keeps its id; others get one made of the version's number. Rows that say which they are (Told.id) are those.
    """
    new = (f"{number}-{n}" for n in count(1))
    rows: Rows = {}
    where_from: dict[Placed, Provenance] = {}
    for kind in REGISTERS:
        own = [one for one in told if isinstance(one.row, kind.row)]
        groups = set() if add else {key_of(one.row, kind.replaces) for one in own}
        goes = [k for k in before.of(kind) if gone(k.row) or (groups and key_of(k.row, kind.replaces) in groups)]
        going = {kept.id for kept in goes}
        said = {one.id for one in own}
        unsaid = iter(matched(kind, (k for k in goes if k.id not in said), [one.row for one in own if not one.id]))
        ids = [one.id or next(unsaid) or next(new) for one in own]
        where_from |= {(kind.name, id_): one.provenance for id_, one in zip(ids, own, strict=True)}
        stay = (kept for kept in before.of(kind) if kept.id not in going)
        rows[kind.name] = (*stay, *(KeptRow(id_, one.row) for id_, one in zip(ids, own, strict=True)))
    return settled(before, rows, where_from, origin)


def settled(before: Registers, rows: Rows, where_from: Mapping[Placed, Provenance], origin: Provenance) -> Registers:
    """The registers of these rows: without those that hang on a row that is gone, without what refers to one, and each
    with what is now to be said of where it comes from."""
    for kind in REGISTERS:
        rows[kind.name] = tuple(_without_lost_words(kind, _that_hang(kind, rows), rows))
    found = _origins(before, rows, where_from, origin)
    return Registers({kind.name: tuple(_with(found, kind, kept) for kept in rows[kind.name]) for kind in REGISTERS})


def _that_hang(kind: RowKind, rows: Rows) -> Iterator[KeptRow]:
    """The kind's rows, but for those that hang on one that is not there, or go with it."""
    if not (kind.hangs_on or kind.goes_with):
        yield from rows[kind.name]
        return
    whole = KIND[kind.hangs_on or kind.goes_with]
    there = {key_of(kept.row, whole.key) for kept in rows[whole.name]}
    if kind.goes_with:
        there.add((None,) * len(kind.hangs_by))  # what names none goes with none
    yield from (kept for kept in rows[kind.name] if key_of(kept.row, kind.hangs_by) in there)


def _without_lost_words(kind: RowKind, own: Iterator[KeptRow], rows: Rows) -> Iterator[KeptRow]:
    """The rows, each without what it says of rows of other kinds that are not there any more."""
    there = {
        field.attribute: {kept.row.id for kept in rows[field.type.kind]}
        for field in kind.fields
        if field.optional and isinstance(field.type, Reference)
    }
    for kept in own:
        lost = {name: None for name, ids in there.items() if getattr(kept.row, name) not in (None, *ids)}
        yield KeptRow(kept.id, replace(kept.row, **lost)) if lost else kept


def _origins(
    before: Registers, rows: Rows, where_from: Mapping[Placed, Provenance], origin: Provenance
) -> dict[Placed, Provenance]:
    """Where each row comes from that is told, or that something hangs on which is other than it was: from where it did,
    and from where the change does. What is told again just as it was is from where it was."""
    parts: dict[Placed, set[Provenance]] = defaultdict(set)
    for kind in REGISTERS:
        words, says = own_words(kind), _says_where_from(kind)
        is_asked = bool(kind.hangs_on) and _says_where_from(KIND[kind.hangs_on])
        was = {kept.id: kept.row for kept in before.of(kind)}
        now = {kept.id: kept.row for kept in rows[kind.name]}
        whole = {key_of(kept.row, KIND[kind.hangs_on].key): kept.id for kept in rows.get(kind.hangs_on, ())}
        for id_ in dict.fromkeys((*was, *now)):
            old, new, by = was.get(id_), now.get(id_), where_from.get((kind.name, id_), origin)
            same = old is new or (old is not None and new is not None and key_of(old, words) == key_of(new, words))
            if new is not None and says and (kind.name, id_) in where_from:
                parts[kind.name, id_] |= _of_row(old, same, by)
            if is_asked and not same and (hangs_on := whole.get(key_of(new or old, kind.hangs_by))):
                parts[kind.hangs_on, hangs_on].add(by)
    for name, own in rows.items():
        for kept in own:
            if (name, kept.id) in parts and (name, kept.id) not in where_from:
                parts[name, kept.id].add(kept.row.provenance)
    return {placed: Provenance.of_all(found) for placed, found in parts.items()}


def _of_row(old: Any, same: bool, by: Provenance) -> set[Provenance]:
    """Of a row that is told: an answer that is written anew is its writer's alone."""
    if old is None or (isinstance(old, Narrative) and not same):
        return {by}
    return {old.provenance} if same else {old.provenance, by}


def _says_where_from(kind: RowKind) -> bool:
    return any(isinstance(field.type, Origin) for field in kind.fields)


def _with(found: Mapping[Placed, Provenance], kind: RowKind, kept: KeptRow) -> KeptRow:
    provenance = found.get((kind.name, kept.id))
    return kept if provenance is None else KeptRow(kept.id, replace(kept.row, provenance=provenance))
