"""The comparison as somebody asks for it: of some days, a project, some accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analytics.funding.ledger.booked import booked_events, code_key
from analytics.funding.ledger.items import LedgerDays, LedgerItem, Reconciliation
from analytics.funding.ledger.matching import ledger_items
from analytics.model.funding import Payment
from analytics.model.ledger import LedgerRow


def main_year(rows: Sequence[LedgerRow]) -> int | None:
    """The year that most of the rows are of: a day that is written wrong makes no year."""
    years = Counter(row.day.year for row in rows)
    return max(years, key=lambda year: (years[year], year)) if years else None


def reconciliation(
    rows: Sequence[LedgerRow],
    payments: Mapping[str, Payment],
    *,
    days: LedgerDays | None = None,
    project: str | None = None,
    accounts: Sequence[str] = (),
) -> Reconciliation:
    """The register's payments, by the ids of their rows, held against the ledger. All of both are matched, and then
    narrowed to the days: what is theirs on one side alone differs in its day, and is missing nowhere. `accounts`: how
    the numbers begin of those that count; none: all."""
    begin = tuple(accounts)
    counted = tuple(row for row in rows if not begin or row.account.startswith(begin))
    aside = tuple(row for row in rows if begin and not row.account.startswith(begin))
    events = booked_events(payments)
    known = {code_key(event.ledger_code): event.payment.project_id for event in events if event.ledger_code}
    found = Reconciliation(ledger_items(counted, events), aside, known)
    if days is not None:
        found = found.narrowed(item for item in found.items if item.within(days))
    if project is not None:
        codes = {code_key(event.ledger_code) for event in events if event.payment.project_id == project} - {""}
        found = found.narrowed(item for item in found.items if _is_of(item, project, codes))
    return found


def _is_of(item: LedgerItem, project: str, codes: set[str]) -> bool:
    here = any(event.payment.project_id == project for event in item.events)
    return here or any(code_key(row.ledger_code) in codes for row in item.rows)
