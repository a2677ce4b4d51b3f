"""A comparison with the ledger in words: what it came to, and of each item what to do. The page, the command and the
file say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from analytics.funding.ledger.booked import BOOKED, BookedEvent
from analytics.funding.ledger.items import LedgerDays, LedgerItem, Reconciliation
from analytics.model.funding import Payment, Project
from analytics.model.ledger import LedgerCase, LedgerRow
from analytics.model.provenance import Provenance
from analytics.words.labels import label_of
from analytics.words.language import Words, true_minus
from analytics.words.ledger import CASE, DIFFERENCE, WHAT_TO_DO
from analytics.words.provenance import FUNDING, provenance_stamp

Cell = str | Decimal | None
Told = Callable[[LedgerItem], Cell]


def kronor(amount: Decimal, say: Words) -> str:
    """With öre, always: two amounts are compared."""
    return say("SEK\N{NO-BREAK SPACE}{amount}", amount=true_minus(say.number(amount)))


def answer(found: Reconciliation, say: Words) -> tuple[str, ...]:
    """What it came to, in a few sentences."""
    agree = sum(len(item.rows) for item in found.of(LedgerCase.MATCHED))
    rows = say.plural(
        "{agree} of the ledger's {n} row agrees with the register.",
        "{agree} of the ledger's {n} rows agree with the register.",
        found.rows,
        agree=say.integer(agree),
    )
    return rows, _to_do(found, say), _sums(found, say)


def _to_do(found: Reconciliation, say: Words) -> str:
    counts = Counter(item.case for item in found.to_do)
    if not counts:
        return say("There is nothing to sort out.")
    listed = say.listing(f"{count} {say.marked(CASE[case])}" for case, count in counts.items())
    return say.plural("To sort out: {n} ({listed}).", "To sort out: {n} ({listed}).", len(found.to_do), listed=listed)


def _sums(found: Reconciliation, say: Words) -> str:
    there, here = kronor(found.there, say), kronor(found.here, say)
    if found.there == found.here:
        return say("Both come to {there}.", there=there)
    apart = kronor(found.there - found.here, say)
    return say("The ledger comes to {there}, the register to {here}: {apart}.", there=there, here=here, apart=apart)


def days_said(days: LedgerDays | None, say: Words) -> dict[str, str]:
    """In a file's stamp: the days that are compared; nothing where all are."""
    if days is None:
        return {}
    if days == LedgerDays.of_year(days.first.year):
        return {say("Year"): str(days.first.year)}
    return {say("Days"): f"{days.first}\N{EN DASH}{days.last}"}


def register_stamp(projects: Iterable[Project], say: Words) -> dict[str, str]:
    """Where the register's side comes from, as a file says it; nothing where there are no projects."""
    origins = {project.provenance for project in projects}
    return {say("Provenance"): provenance_stamp(Provenance.of_all(origins), say, FUNDING)} if origins else {}


def booked_count(payments: Iterable[Payment]) -> tuple[int, int]:
    """How many of the register's amounts are reconciled, and how many a ledger has."""
    booked = [paid for paid in payments if paid.kind in BOOKED]
    return sum(bool(paid.reconciled) for paid in booked), len(booked)


def said_of(item: LedgerItem, found: Reconciliation, say: Words) -> str:
    """What it is, and what to do."""
    code = item.rows[0].ledger_code if item.rows else ""
    if item.case is LedgerCase.MISSING_HERE and not code:
        return say("It has no project code. Add it to its project, or leave it if it is none of yours.")
    if item.case is LedgerCase.MISSING_HERE and found.project_of(item) is None:
        return say("No payment here has the project code {code}.", code=code)
    if item.case is LedgerCase.MISSING_THERE and (mark := item.events[0].payment.reconciled):
        return say("It was reconciled with {mark}, which the ledger no longer has.", mark=mark)
    if item.case is LedgerCase.MISSING_THERE and not (item.events[0].ledger_code or item.events[0].voucher):
        return say("It has neither voucher nor project code to be found by: write them in.")
    listed = say.listing(say.marked(DIFFERENCE[one]) for one in item.differs)
    row = item.like.row if isinstance(item.like, LedgerRow) else 0
    return say.marked(WHAT_TO_DO[item.case], listed=listed, row=row)


def in_a_line(item: LedgerItem, found: Reconciliation, titles: Mapping[str, str], say: Words) -> str:
    """What it is on both sides, and what to do."""
    there = [say("row {row}", row=_each(str(row.row) for row in item.rows)), _each(map(_posting, item.rows))]
    here = [_each(titles[event.payment.project_id] for event in item.events), _each(map(_entered, item.events))]
    sides = []
    if item.rows:
        text = ", ".join((*there, kronor(item.there, say)))
        sides.append(say("the ledger has {text}", text=text))
    if item.events:
        text = ", ".join((*here, kronor(item.here, say)))
        sides.append(say("the register has {text}", text=text))
    return f"{say.marked(CASE[item.case])}: {'; '.join(sides)}. {said_of(item, found, say)}"


def _posting(row: LedgerRow) -> str:
    return " ".join(filter(None, [row.day.isoformat(), row.voucher, row.ledger_code]))


def _entered(event: BookedEvent) -> str:
    return " ".join(filter(None, [day_of(event), event.voucher, event.ledger_code]))


def columns(found: Reconciliation, titles: Mapping[str, str], say: Words) -> dict[str, Told]:
    """Heading -> what an item has under it; `titles`: of the projects, by id. Amounts stand as the ledger has them."""
    return {
        say("Outcome"): lambda item: say.marked(CASE[item.case]),
        say("Row in the file"): lambda item: _each(str(row.row) for row in item.rows),
        say("Day in the ledger"): lambda item: _each(row.day.isoformat() for row in item.rows),
        say("Voucher in the ledger"): lambda item: _each(row.voucher for row in item.rows),
        say("Project code in the ledger"): lambda item: _each(row.ledger_code for row in item.rows),
        say("Account"): lambda item: _each(row.account for row in item.rows),
        say("In the ledger, SEK"): lambda item: item.there if item.rows else None,
        say("Project"): lambda item: _each(titles[event.payment.project_id] for event in item.events),
        say("Kind"): lambda item: _each(label_of(event.payment.kind, say) for event in item.events),
        say("Day in the register"): lambda item: _each(map(day_of, item.events)),
        say("Voucher in the register"): lambda item: _each(event.voucher for event in item.events),
        say("In the register, SEK"): lambda item: item.here if item.events else None,
        say("Difference, SEK"): lambda item: item.there - item.here,
        say("What to do"): lambda item: said_of(item, found, say),
    }


def table(found: Reconciliation, titles: Mapping[str, str], say: Words) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows of every item, what is to be put right first."""
    told = columns(found, titles, say)
    items = (*found.to_do, *found.of(LedgerCase.MATCHED))
    return list(told), [[cell(item) for cell in told.values()] for item in items]


def day_of(event: BookedEvent) -> str:
    """Its day, or the year that it is counted to."""
    return event.day.isoformat() if event.day else str(event.payment.report_year)


def _each(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))
