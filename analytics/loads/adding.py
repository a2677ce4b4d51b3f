"""Rows of the registers that files hold, beside those that are there: which are new, where nothing there is to go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.funding.ledger.booked import code_key
from analytics.intake.parsed import ParsedRow, key_of
from analytics.loads.matching import own_words
from analytics.loads.placing import of_files
from analytics.model.funding import Currency, Payment
from analytics.model.provenance import Provenance
from analytics.registers.field import RowKind
from analytics.registers.kinds import REGISTERS, table_name
from analytics.store.registers import Registers
from analytics.words.language import Words

NAMED = 8  # rows that are told by their numbers


@dataclass(frozen=True)
class AddedRows:
    """What comes of a load that only adds. `new`: the rows that are put in; `there`: those that the register has, and
    that stay as it has them, of which `otherwise` say something that the register does not. `likely`: money among the
    new that may be money that is there, as one of the two lacks its day or its voucher."""

    new: tuple[ParsedRow, ...] = ()
    there: tuple[ParsedRow, ...] = ()
    otherwise: tuple[ParsedRow, ...] = ()
    likely: tuple[ParsedRow, ...] = ()

    def of(self, file: str) -> AddedRows:
        """What comes of one file's rows."""
        parts = (self.new, self.there, self.otherwise, self.likely)
        return AddedRows(*(tuple(one for one in part if one.file == file) for part in parts))


@dataclass(frozen=True, slots=True)
class ReplacedRows:
    """What comes of a load that replaces: rows that are new and rows that are changed; of each kind of row (its name)
    how many go that the files do not have."""

    new: int
    changed: int
    gone: tuple[tuple[str, int], ...]


NOTHING_REPLACED = ReplacedRows(0, 0, ())


def may_be_added_to(kind: RowKind) -> bool:
    """Whether rows can be put in beside those that are there: not where a file is the whole list."""
    return bool(kind.replaces)


def added_rows(told: Sequence[ParsedRow], registers: Registers) -> AddedRows:
    """Each row of a register is one row of the files at the most: what stands there once and twice in a file is added
    once. The rows that say the same are found first."""
    new: list[ParsedRow] = []
    there: list[ParsedRow] = []
    otherwise: list[ParsedRow] = []
    likely: list[ParsedRow] = []
    for kind in REGISTERS:
        own = [one for one in told if isinstance(one.row, kind.row)]
        if not own:
            continue
        left = [kept.row for kept in registers.of(kind)]
        words = own_words(kind)
        if not may_be_added_to(kind):  # the list that is here, or another that would take its place
            same = sorted(repr(key_of(one.row, words)) for one in own) == sorted(
                repr(key_of(row, words)) for row in left
            )
            (there if same else new).extend(own)
            continue
        about = _about(kind)
        for same, agree in (
            (lambda row, words=words: key_of(row, words), lambda one, row: True),
            (about, lambda one, row, kind=kind: not _says_otherwise(kind, one, row)),
            (about, lambda one, row: True),
        ):
            own, found, left = _paired(own, left, same, agree)
            there += [one for one, _ in found]
            otherwise += [one for one, row in found if _says_otherwise(kind, one.row, row)]
        new += own
        if kind.row is Payment:
            likely += _likely(own, left)
    return AddedRows(tuple(new), tuple(there), tuple(otherwise), tuple(likely))


def replaced_rows(told: Sequence[ParsedRow], registers: Registers) -> ReplacedRows:
    after = of_files(registers, told, lambda row: False, Provenance.IMPORTED, 0)
    new = changed = 0
    gone = []
    for kind in REGISTERS:
        was, now = ({kept.id: kept.row for kept in whole.of(kind)} for whole in (registers, after))
        words = own_words(kind)
        new += sum(id_ not in was for id_ in now)
        changed += sum(id_ in was and key_of(row, words) != key_of(was[id_], words) for id_, row in now.items())
        if lost := sum(id_ not in now for id_ in was):
            gone.append((kind.name, lost))
    return ReplacedRows(new, changed, tuple(gone))


def _kind_of(one: ParsedRow) -> RowKind:
    return next(kind for kind in REGISTERS if isinstance(one.row, kind.row))


def added_said(added: AddedRows, say: Words) -> Iterator[str]:
    """What it comes to, in sentences; nothing of files without rows of registers."""
    whole = sum(not may_be_added_to(_kind_of(one)) for one in added.new)
    if whole:
        yield say.plural(
            "{n} row is a whole list, which can only take the place of the one that is here.",
            "{n} rows are a whole list, which can only take the place of the one that is here.",
            whole,
        )
    if len(added.new) > whole or added.there:
        new = say.plural("{n} row is added", "{n} rows are added", len(added.new) - whole)
        there = say.plural("{n} is here already", "{n} are here already", len(added.there))
        yield say("{new}, {there}.", new=new, there=there)
    if added.otherwise:
        rows = _rows(added.otherwise, say)
        yield say.plural(
            "{n} of those that are here says something else in the file; it stays as it is here ({rows}).",
            "{n} of those that are here say something else in the file; they stay as they are here ({rows}).",
            len(added.otherwise),
            rows=rows,
        )
    if added.likely:
        rows = _rows(added.likely, say)
        yield say.plural(
            "{n} that is added may be money that is here, without its day or voucher: see that it is not counted twice"
            " ({rows}).",
            "{n} that are added may be money that is here, without its day or voucher: see that it is not counted twice"
            " ({rows}).",
            len(added.likely),
            rows=rows,
        )


def replaced_said(replaced: ReplacedRows, say: Words) -> str:
    """What it comes to, in a sentence; what goes first, as that is not in the files."""
    parts = [f"{table_name(kind, say)} {n}" for kind, n in replaced.gone]
    lost = sum(n for _, n in replaced.gone)
    gone = say.plural(
        "{n} row here that the files do not have goes away",
        "{n} rows here that the files do not have go away",
        lost,
    )
    if parts:
        gone = f"{gone} ({', '.join(parts)})"
    new = say.plural("{n} row is new", "{n} rows are new", replaced.new)
    changed = say.plural("{n} is changed", "{n} are changed", replaced.changed)
    return say("{gone}; {new}, {changed}.", gone=gone, new=new, changed=changed)


def _rows(some: Sequence[ParsedRow], say: Words) -> str:
    numbers = [str(one.at) for one in sorted(some, key=lambda one: (one.file, one.at))]
    return say("row {row}", row=", ".join(numbers[:NAMED]) + (" …" if len(numbers) > NAMED else ""))


def _paired(
    own: Iterable[ParsedRow],
    rows: Iterable[Any],
    same: Callable[[Any], tuple],
    agree: Callable[[Any, Any], bool],
) -> tuple[list[ParsedRow], list[tuple[ParsedRow, Any]], list[Any]]:
    """The files' rows that none is, those that one is with it, and the register's rows that are left."""
    known: dict[tuple, list[Any]] = defaultdict(list)
    for row in rows:
        known[same(row)].append(row)
    alone, found = [], []
    for one in own:
        alike = known.get(same(one.row), [])
        at = next((at for at, row in enumerate(alike) if agree(one.row, row)), None)
        if at is None:
            alone.append(one)
        else:
            found.append((one, alike.pop(at)))
    return alone, found, [row for alike in known.values() for row in alike]


def _about(kind: RowKind) -> Callable[[Any], tuple]:
    """What two rows have alike that are about the same thing."""
    if kind.row is Payment:
        return lambda paid: (*_money(paid), paid.day or paid.report_year, _voucher(paid))
    names = kind.key or tuple(field.attribute for field in kind.columns)
    return lambda row: key_of(row, names)


def _money(paid: Payment) -> tuple:
    """The amount as it was stated: euros are the same money at any rate."""
    stated = paid.amount if paid.currency is not Currency.SEK and paid.amount is not None else paid.amount_sek
    return paid.project_id, paid.kind, paid.currency, stated


def _voucher(paid: Payment) -> str:
    return code_key(paid.voucher or paid.ledger_code or "")


def _says_otherwise(kind: RowKind, row: Any, there: Any) -> bool:
    """Whether a row of a file says anything that the register's does not; what it leaves empty says nothing."""
    for field in kind.columns:
        said = getattr(row, field.attribute)
        if said not in (None, "", (), field.default) and said != getattr(there, field.attribute):
            return True
    return False


def _likely(own: Sequence[ParsedRow], left: Sequence[Payment]) -> list[ParsedRow]:
    """Those of the same amount as money that is there, in the same year, where one has no day, or one no voucher, and
    nothing that both say differs. Each of the register's is one of them at the most."""
    known: dict[tuple, list[Payment]] = defaultdict(list)
    for paid in left:
        known[_money(paid)].append(paid)
    found = []
    for one in own:
        alike = known.get(_money(one.row), [])
        same = next((paid for paid in alike if _may_be(one.row, paid)), None)
        if same is not None:
            alike.remove(same)
            found.append(one)
    return found


def _may_be(one: Payment, other: Payment) -> bool:
    days = one.day == other.day if one.day and other.day else one.report_year == other.report_year
    codes = {_voucher(one), _voucher(other)} - {""}
    return days and len(codes) < 2
