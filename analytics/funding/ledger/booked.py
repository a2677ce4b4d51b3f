"""The register's money as the ledger has it: what is booked, on which project code, with which sign."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.model.funding import MoneyKind, Payment
from analytics.model.ledger import LedgerRow

BOOKED = (MoneyKind.SPENT, MoneyKind.RECEIVED, MoneyKind.REPAID)
"""What a ledger has: what was granted, claimed or approved is no voucher yet."""
NEAR = 5
"""Days that the ledger's day and the register's may lie apart and be the same: of the invoice, of its payment."""
PARTS = re.compile(r"\d+|[^\W\d_]+")
MARK = re.compile(r"(?:(?P<voucher>.+) )?(?P<day>\d{4}-\d{2}-\d{2})")


def code_key(text: str) -> str:
    """A voucher or a project code as it is compared: `A-1042`, `A 1042` and `a01042` are one; `1-23` and `12-3` not."""
    return " ".join(part.lstrip("0") or "0" for part in PARTS.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class BookedEvent:
    """Money of the register that the ledger should have. `id`: of its row in the store; `ledger_code`: its own, else
    the only one that its project has, else ''; `amount`: in SEK as the ledger has it, a cost above 0 and an income
    below; `voucher`: the one that it was reconciled with, else its own; `booked`: the day that it was reconciled with,
    if it was."""

    id: str
    payment: Payment
    ledger_code: str
    voucher: str
    booked: date | None = None

    @property
    def amount(self) -> Decimal:
        income = self.payment.kind is MoneyKind.RECEIVED
        return -self.payment.amount_sek if income else self.payment.amount_sek

    @property
    def day(self) -> date | None:
        """As the register says, else as it was reconciled: a day that is changed afterwards is compared anew."""
        return self.payment.day or self.booked

    @property
    def twin_key(self) -> tuple:
        """What two have alike that are the same money twice; its words, units and goals are nobody's matter here."""
        paid = self.payment
        return (paid.project_id, paid.kind, paid.day, paid.report_year, self.amount, self.ledger_code, self.voucher)


def booked_events(payments: Mapping[str, Payment]) -> tuple[BookedEvent, ...]:
    """Of the register's payments, by the ids of their rows, what a ledger has."""
    codes: dict[str, set[str]] = defaultdict(set)
    for paid in payments.values():
        if paid.ledger_code:
            codes[paid.project_id].add(paid.ledger_code)

    def code(paid: Payment) -> str:
        own = codes[paid.project_id]
        return paid.ledger_code or (next(iter(own)) if len(own) == 1 else "")

    found = []
    for id_, paid in payments.items():
        if paid.kind in BOOKED:
            mark = MARK.fullmatch(paid.reconciled or "")
            voucher = (mark and mark["voucher"]) or paid.voucher or ""
            booked = date.fromisoformat(mark["day"]) if mark else None
            found.append(BookedEvent(id_, paid, code(paid), voucher, booked))
    return tuple(found)


def mark_of(rows: Iterable[LedgerRow]) -> str:
    """What a payment says of the ledger's rows that it is reconciled with: voucher and day."""
    first = min(rows, key=lambda row: row.day)
    return f"{first.voucher} {first.day}".strip()


def same_time(row: LedgerRow, event: BookedEvent) -> bool:
    """Whether the ledger's day can be the register's: close to it and in its year, or, where the register has none, in
    the report year or up to the day that its invoices are counted to."""
    if event.day is not None:
        return row.day.year == event.day.year and abs((row.day - event.day).days) <= NEAR
    until = event.payment.paid_until
    turn = until is not None and row.day <= until and row.day.year == event.payment.report_year + 1
    return row.day.year == event.payment.report_year or turn
