"""What the ledger and the register came to, side by side: items, and the part of them that a year or project has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from analytics.funding.ledger.booked import BookedEvent, code_key
from analytics.model.ledger import LedgerCase, LedgerDifference, LedgerRow


@dataclass(frozen=True, slots=True)
class LedgerDays:
    """A period, its first and last day included."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> LedgerDays:
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def have_year(self, year: int) -> bool:
        return date(year, 1, 1) in self and date(year, 12, 31) in self


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """Rows of the ledger and money of the register that are the same, or that have nothing on the other side; one of
    each, but where a voucher is split. `differs`: in what the sides differ; `like`: what it is the same as."""

    case: LedgerCase
    rows: tuple[LedgerRow, ...] = ()
    events: tuple[BookedEvent, ...] = ()
    differs: tuple[LedgerDifference, ...] = ()
    like: LedgerRow | BookedEvent | None = None

    @property
    def there(self) -> Decimal:
        """In the ledger, SEK."""
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def here(self) -> Decimal:
        """In the register, SEK, as the ledger would have it."""
        return sum((event.amount for event in self.events), Decimal(0))

    @property
    def code(self) -> str:
        """The project code that the ledger has it on."""
        return next((row.ledger_code for row in self.rows if row.ledger_code), "")

    def within(self, days: LedgerDays) -> bool:
        """Whether any of it lies in the days, on either side. What has no day of its own is its report year's: in the
        days where they have all of that."""
        return any(row.day in days for row in self.rows) or any(
            event.day in days if event.day else days.have_year(event.payment.report_year) for event in self.events
        )


@dataclass(frozen=True)
class Reconciliation:
    """The items of a comparison; `aside`: rows of the ledger that were left out of it, as they are another year's, or
    booked on accounts or projects that were not asked for. `projects`: by project code, as `code_key` has it."""

    items: tuple[LedgerItem, ...]
    aside: tuple[LedgerRow, ...] = ()
    projects: Mapping[str, str] = field(default_factory=dict)

    def of(self, *cases: LedgerCase) -> tuple[LedgerItem, ...]:
        return tuple(item for item in self.items if item.case in cases)

    @property
    def to_do(self) -> tuple[LedgerItem, ...]:
        """All but what agrees, by what it is."""
        order = [case for case in LedgerCase if case is not LedgerCase.MATCHED]
        return tuple(sorted(self.of(*order), key=lambda item: order.index(item.case)))

    @property
    def rows(self) -> int:
        return sum(len(item.rows) for item in self.items)

    @property
    def there(self) -> Decimal:
        return sum((item.there for item in self.items), Decimal(0))

    @property
    def here(self) -> Decimal:
        return sum((item.here for item in self.items), Decimal(0))

    def project_of(self, item: LedgerItem) -> str | None:
        """The id of the project that an item is of, here or by the ledger's code; None where that is no project's."""
        if item.events:
            return item.events[0].payment.project_id
        return self.projects.get(code_key(item.code)) if item.code else None

    def narrowed(self, items: Iterable[LedgerItem]) -> Reconciliation:
        """These alone; the rows of the others are told to be left out."""
        kept = tuple(items)
        stay = {row.row for item in kept for row in item.rows}
        gone = (row for item in self.items for row in item.rows if row.row not in stay)
        return replace(self, items=kept, aside=(*self.aside, *gone))
