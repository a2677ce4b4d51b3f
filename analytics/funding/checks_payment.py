"""Remarks on payments: after the end, before the start, above the budget, near the turn of the year, none at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from analytics.funding.remark import Case, Remark, Weight, about, sek
from analytics.funding.sums import budget_sek
from analytics.language import Words
from analytics.model_funding import Funding, Payment, Scope

FINAL_DAYS = 365
"""Final payments come when the final report is approved: up to this many days after the end that is as it should be."""


def payment_remarks(case: Case) -> Iterator[Remark]:
    yield from _none(case)
    yield from _outside(case)
    yield from _above(case)


def _none(case: Case) -> Iterator[Remark]:
    if case.paid_in_year:
        return
    say = case.say
    yield case.remark(
        "no_payment",
        Weight.CHECK,
        say("The project ran in {year}, but no payment is counted to the year.", year=case.year),
        say(
            "Table Payments, project “{project}”: add the year's payment, or leave it if nothing was paid.",
            project=case.project.title,
        ),
        "payments",
    )


def _outside(case: Case) -> Iterator[Remark]:
    """One remark for all of the year's payments that came after the end, and one for those before the start. A payment
    after the end's calendar year is after the end; one within it may be counted to a day up to a year after."""
    say, project = case.say, case.project
    after = [
        p for p in case.paid_in_year if p.report_year > project.end.year or _days_after(p, project.end) > FINAL_DAYS
    ]
    if after:
        late = any(_days_after(payment, project.end) > FINAL_DAYS for payment in after)
        amounts = {"amount": sek(_sum(after), say), "end": project.end.isoformat()}
        yield case.remark(
            "payment_after_end",
            Weight.CHECK if late else Weight.KNOW,
            say("{amount} is counted to a time more than a year after the project's end, {end}.", **amounts)
            if late
            else say(
                "{amount} was paid after the project's end, {end}; final payments usually come within a year.",
                **amounts,
            ),
            say(
                "Table Payments, project “{project}”: check the report year, or the end in the table Projects.",
                project=project.title,
            ),
            "payments",
        )
    before = [p for p in case.paid_in_year if p.report_year < project.start.year]
    if before:
        yield case.remark(
            "payment_before_start",
            Weight.CHECK,
            say(
                "{amount} is counted to {year}, but the project started on {start}.",
                amount=sek(_sum(before), say),
                year=case.year,
                start=project.start.isoformat(),
            ),
            say(
                "Table Payments, project “{project}”: check the report year, or the start in the table Projects.",
                project=project.title,
            ),
            "payments",
        )


def _days_after(payment: Payment, end: date) -> int:
    """From the end to the day that invoices are counted to; where none is stated, to the first of the report year."""
    return ((payment.paid_until or date(payment.report_year, 1, 1)) - end).days


def _above(case: Case) -> Iterator[Remark]:
    say = case.say
    own = budget_sek(case.budgets, Scope.OWN)
    paid = _sum([payment for payment in case.payments if payment.report_year <= case.year])
    if own is not None and paid > own:
        amounts = {"paid": sek(paid, say), "own": sek(own, say), "above": sek(paid - own, say)}
        yield case.remark(
            "paid_above_budget",
            Weight.CHECK,
            say("Paid to date, {paid}, is {above} above the own share, which is said to be about {own}.", **amounts)
            if about(case.budgets, Scope.OWN)
            else say("Paid to date, {paid}, is {above} above the own share, {own}.", **amounts),
            say(
                "Table Payments, project “{project}”: look for a payment told twice, or correct the budget.",
                project=case.project.title,
            ),
            "payments",
        )


def turn_of_year_remarks(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """The year's payments whose invoices are counted into another calendar year, and other years' counted into this."""
    away = [p for p in funding.payments if p.paid_until and p.report_year == year != p.paid_until.year]
    here = [p for p in funding.payments if p.paid_until and p.report_year != year == p.paid_until.year]
    mend = say("Table Payments: nothing to mend; the report shows the sum under both readings.")
    if away:
        days = sorted({payment.paid_until.isoformat() for payment in away})
        amount = sek(_sum(away), say)
        text = say.plural(
            "{n} payment of the year, {amount}, counts invoices paid up to {days}, in another calendar year.",
            "{n} payments of the year, {amount} together, count invoices paid up to {days}, in another calendar year.",
            len(away),
            amount=amount,
            days=say.listing(days),
        )
        yield Remark("turn_of_year", Weight.KNOW, text, mend, "payments")
    if here:
        amount = sek(_sum(here), say)
        text = say.plural(
            "{n} payment, {amount}, that another year's report counts has invoices paid up to a day in {year}.",
            "{n} payments, {amount} together, that other years' reports count have invoices paid up to a day in"
            " {year}.",
            len(here),
            amount=amount,
            year=year,
        )
        yield Remark("turn_of_year_before", Weight.KNOW, text, mend, "payments")


def _sum(payments: list[Payment]) -> Decimal:
    return sum((payment.amount_sek for payment in payments), Decimal(0))
