"""What a save of the funding register would change, row by row, and what each year's payments were and become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.loads.funding_texts import TABLES, EditedRegister, EditedRow
from analytics.model.funding import MoneyKind, Payment
from analytics.registers.field import RowKind
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.store.registers import Registers


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that a save would add (`before` is None), take away (`after` is None) or change in some `fields`. `number`:
    its place in its table. A row goes with its project where that is taken away."""

    kind: RowKind
    project: str
    number: int
    before: EditedRow | None
    after: EditedRow | None
    fields: tuple[str, ...] = ()

    @property
    def row(self) -> EditedRow:
        """As it will be; of one that is taken away, as it was."""
        row = self.after or self.before
        assert row is not None, "a change is of a row"
        return row


@dataclass(frozen=True, slots=True)
class YearSum:
    """What was spent in a report year, and what that becomes; None where an amount or year cannot be read."""

    year: int
    was: Decimal
    becomes: Decimal | None


def changed_rows(before: EditedRegister, after: EditedRegister) -> tuple[ChangedRow, ...]:
    """Every row that a save would make other than it is."""
    found = []
    for kind in TABLES:
        was = {row.part: row for row in before.there(kind)}
        now = {row.part: row for row in after.there(kind)}
        for row in after.of(kind):
            old, new = was.get(row.part), now.get(row.part)
            shown = after.of(kind, None if kind is PROJECTS else row.project)
            if old is None and new is None:
                continue
            fields = tuple(name for name in row.texts if old and new and old.texts[name] != new.texts[name])
            if fields or old is None or new is None:
                found.append(ChangedRow(kind, row.project, shown.index(row) + 1, old, new, fields))
    return tuple(found)


def year_sums(
    saved: Registers,
    changed: Sequence[ChangedRow],
    read: Callable[[EditedRow], Payment | None],
) -> tuple[YearSum, ...]:
    """The years whose sum a save would make another, or that cannot be told, in order. `read`: the payment that a row
    is read as, None where it cannot be."""
    payments = {kept.id: kept.row for kept in saved.of(PAYMENTS) if kept.row.kind is MoneyKind.SPENT}
    was: dict[int, Decimal] = defaultdict(Decimal)
    for payment in payments.values():
        was[payment.report_year] += payment.amount_sek
    becomes, unread = dict(was), set()
    for change in changed:
        if change.kind is not PAYMENTS:
            continue
        old = payments.get(change.before.id) if change.before else None
        read_as = read(change.after) if change.after else None
        new = read_as if read_as and read_as.kind is MoneyKind.SPENT else None
        if old:
            becomes[old.report_year] -= old.amount_sek
        if new:
            becomes[new.report_year] = becomes.get(new.report_year, Decimal()) + new.amount_sek
        if change.after and read_as is None:
            unread |= {old.report_year if old else None, _year(change.after)}
    years = {year for year in (*was, *becomes) if was.get(year, Decimal()) != becomes[year]} | (unread - {None})
    return tuple(
        YearSum(year, was.get(year, Decimal()), None if year in unread else becomes[year])
        for year in sorted(y for y in years if y is not None)
    )


def _year(row: EditedRow) -> int | None:
    text = row.texts["report_year"].strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
