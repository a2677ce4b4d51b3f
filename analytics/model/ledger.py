"""The city's own ledger beside the register: a row of its export, and what can become of one when the two are compared.

Nothing of a row's text is kept: it may name people. By its voucher it is found again in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger. `row`: its number in the file, as readers count; `amount`: in SEK, a cost above 0 and an
    income below, whatever the file has them as; `ledger_code`: the project that it is booked on; '' for what the file
    does not say."""

    row: int
    day: date
    amount: Decimal
    ledger_code: str
    voucher: str = ""
    account: str = ""

    @property
    def twin_key(self) -> tuple:
        """What two rows have alike that are the same row twice."""
        return (self.day, self.amount, self.ledger_code, self.voucher, self.account)


class LedgerCase(StrEnum):
    """What became of rows of the ledger and of the register's money. One that is in no other case is missing on the
    other side; `twice`: the same stands once more on its own side, and once on the other."""

    MATCHED = "matched"
    DIFFERS = "differs"
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    AMBIGUOUS = "ambiguous"
    TWICE_THERE = "twice_there"
    TWICE_HERE = "twice_here"


class LedgerDifference(StrEnum):
    """In what the two sides of the same money differ."""

    AMOUNT = "amount"
    SIGN = "sign"
    DAY = "day"
    PROJECT = "project"
    VOUCHER = "voucher"
