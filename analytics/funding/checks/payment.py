"""Remarks on payments: after the end, before the start, above the budget, below 0, told twice, with dates the wrong way
round, to units spelt differently, near the turn of the year, none at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from analytics.funding.checks.remark import Case, Remark, about, sek
from analytics.funding.sums import budget_sek
from analytics.model.funding import Funding, Payment, Project, Scope, Weight
from analytics.model.present import present
from analytics.model.remarks import RemarkKind
from analytics.words.language import Words

FINAL_DAYS = 365
"""Final payments come when the final report is approved: up to this many days after the end that is as it should be."""


def payment_remarks(case: Case) -> Iterator[Remark]:
    yield from _none(case)
    yield from _outside(case)
    yield from _above(case)
    yield from _below(case)
    yield from _twice(case)
    yield from _wrong_way(case)


def _none(case: Case) -> Iterator[Remark]:
    if case.paid_in_year:
        return
    say = case.say
    yield case.remark(
        RemarkKind.NO_PAYMENT,
        Weight.CHECK,
        say("The project ran in {year}, but no payment is counted to the year.", year=case.year),
        say(
            "Table Amounts and events, project “{project}”: add the year's payment, or leave it if nothing was paid.",
            project=case.project.title,
        ),
        "payments",
        (case.year,),
    )


def _outside(case: Case) -> Iterator[Remark]:
    """One remark for all of the year's payments that came after the end, and one for those before the start. A payment
    after the end's calendar year is after the end; one within it may be counted to a day up to a year after."""
    say, project = case.say, case.project
    after = [  # what was not used is repaid after the end: that is as it should be
        p
        for p in case.paid_in_year
        if p.amount_sek > 0 and (p.report_year > project.end.year or _days_after(p, project.end) > FINAL_DAYS)
    ]
    if after:
        late = any(_days_after(payment, project.end) > FINAL_DAYS for payment in after)
        amounts = {"amount": sek(_sum(after), say), "end": project.end.isoformat()}
        yield case.remark(
            RemarkKind.PAYMENT_AFTER_END,
            Weight.CHECK if late else Weight.KNOW,
            say("{amount} is counted to a time more than a year after the project's end, {end}.", **amounts)
            if late
            else say(
                "{amount} was paid after the project's end, {end}; final payments usually come within a year.",
                **amounts,
            ),
            say(
                "Table Amounts and events, project “{project}”: check the report year, or the end"
                " in the table Projects.",
                project=project.title,
            ),
            "payments",
            (case.year, _sum(after), project.end),
        )
    before = [p for p in case.paid_in_year if p.report_year < project.start.year]
    if before:
        yield case.remark(
            RemarkKind.PAYMENT_BEFORE_START,
            Weight.CHECK,
            say(
                "{amount} is counted to {year}, but the project started on {start}.",
                amount=sek(_sum(before), say),
                year=case.year,
                start=project.start.isoformat(),
            ),
            say(
                "Table Amounts and events, project “{project}”: check the report year, or the start"
                " in the table Projects.",
                project=project.title,
            ),
            "payments",
            (case.year, _sum(before), project.start),
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
            RemarkKind.PAID_ABOVE_BUDGET,
            Weight.CHECK,
            say("Spent to date, {paid}, is {above} above the own share, which is said to be about {own}.", **amounts)
            if about(case.budgets, Scope.OWN)
            else say("Spent to date, {paid}, is {above} above the own share, {own}.", **amounts),
            say(
                "Table Amounts and events, project “{project}”: look for a payment listed twice, or correct the"
                " budget.",
                project=case.project.title,
            ),
            "payments",
            (paid, own),
        )


def _below(case: Case) -> Iterator[Remark]:
    say = case.say
    paid = _sum([payment for payment in case.payments if payment.report_year <= case.year])
    if paid < 0:
        yield case.remark(
            RemarkKind.REPAID_ABOVE_PAID,
            Weight.CHECK,
            say(
                "Up to and including {year}, {amount} more was corrected than was spent.",
                year=case.year,
                amount=sek(-paid, say),
            ),
            say(
                "Table Amounts and events, project “{project}”: add what was paid before, or correct the repayment.",
                project=case.project.title,
            ),
            "payments",
            (paid,),
        )


def _twice(case: Case) -> Iterator[Remark]:
    """Rows of the year that say the same, but for those that a correction takes back: the sum counts each of them."""
    say = case.say
    told: dict[tuple, list[Payment]] = defaultdict(list)
    for payment in case.paid_in_year:
        apart = (payment.day, payment.voucher, payment.budget_goal, payment.cost_kind)
        told[same_unit(payment.unit), payment.amount_sek, payment.paid_until, apart].append(payment)
    amounts = Counter((same_unit(payment.unit), payment.amount_sek) for payment in case.paid_in_year)
    for (unit, amount, until, apart), rows in told.items():
        taken_back = amounts[unit, -amount] if amount else 0
        if len(rows) - taken_back > 1:
            yield case.remark(
                RemarkKind.PAYMENT_TWICE,
                Weight.CHECK,
                say(
                    "{amount} to {unit} stands {count} times among the year's payments; the sum counts every row.",
                    amount=sek(rows[0].amount_sek, say),
                    unit=rows[0].unit,
                    count=len(rows),
                ),
                say(
                    "Table Amounts and events, project “{project}”: remove the row that is too"
                    " many; if all are right, make them"
                    " one row.",
                    project=case.project.title,
                ),
                "payments",
                (case.year, unit, amount, until, *apart, len(rows)),
            )


def _wrong_way(case: Case) -> Iterator[Remark]:
    """Invoices cannot be counted up to a day before the project's start, nor before the report year."""
    say, project = case.say, case.project
    early = [payment for payment in case.paid_in_year if wrong_way(payment, project)]
    before_start = [payment for payment in early if present(payment.paid_until) < project.start]
    before_year = [payment for payment in early if present(payment.paid_until) >= project.start]
    if before_start:
        yield case.remark(
            RemarkKind.DATES_WRONG_WAY,
            Weight.WRONG,
            say(
                "{amount} counts invoices paid up to {days}, which is before the project's start, {start}.",
                amount=sek(_sum(before_start), say),
                days=_days(before_start, say),
                start=project.start.isoformat(),
            ),
            say(
                "Table Amounts and events, project “{project}”: correct the day that invoices are"
                " counted to, or the start in"
                " the table Projects.",
                project=project.title,
            ),
            "payments",
            (_sum(before_start), *_dates(before_start), project.start),
        )
    if before_year:
        yield case.remark(
            RemarkKind.DATES_WRONG_WAY,
            Weight.WRONG,
            say(
                "{amount} is counted to {year}, but counts invoices paid up to {days}, before that year began.",
                amount=sek(_sum(before_year), say),
                year=case.year,
                days=_days(before_year, say),
            ),
            say(
                "Table Amounts and events, project “{project}”: correct the day that invoices are"
                " counted to, or the report"
                " year.",
                project=project.title,
            ),
            "payments",
            (_sum(before_year), *_dates(before_year), case.year),
        )


def wrong_way(payment: Payment, project: Project) -> bool:
    """Whether the day that a payment's invoices are counted to is before the project's start or the report year."""
    until = payment.paid_until
    return until is not None and until < max(project.start, date(payment.report_year, 1, 1))


def unit_remarks(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """Units whose texts differ only in case or spacing: each text has a sum of its own in the report."""
    spelt: dict[str, dict[str, None]] = defaultdict(dict)
    for payment in funding.spent:
        if payment.report_year == year:
            spelt[same_unit(payment.unit)][payment.unit] = None
    for units in spelt.values():
        if len(units) > 1:
            yield Remark(
                RemarkKind.UNIT_SPELT_DIFFERENTLY,
                Weight.CHECK,
                say(
                    "Units that differ only in capital letters or spaces have a sum each: {units}.",
                    units=say.listing(say.quoted(unit) for unit in units),
                ),
                say("Table Amounts and events, year {year}: write the unit in the same way in every row.", year=year),
                "payments",
                (year, *sorted(units)),
            )


def same_unit(unit: str) -> str:
    """The unit's text without case and spaces."""
    return "".join(unit.split()).casefold()


def year_end_remarks(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """The year's payments whose invoices are counted into another calendar year, and other years' counted into this;
    not those whose dates cannot be right."""
    of = {project.id: project for project in funding.projects}
    dated = [(p, p.paid_until.year) for p in funding.spent if p.paid_until and not wrong_way(p, of[p.project_id])]
    away = [p for p, until in dated if p.report_year == year != until]
    here = [p for p, until in dated if p.report_year != year == until]
    mend = say("Table Amounts and events: nothing to correct; the report shows the sum under both readings.")
    if away:
        amount, days = sek(_sum(away), say), _days(away, say)
        text = say.plural(
            "{n} payment of the year, {amount}, counts invoices paid up to {days}, in another calendar year.",
            "{n} payments of the year, {amount} together, count invoices paid up to {days}, in another calendar year.",
            len(away),
            amount=amount,
            days=days,
        )
        yield Remark(
            RemarkKind.TURN_OF_YEAR, Weight.KNOW, text, mend, "payments", (year, len(away), _sum(away), *_dates(away))
        )
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
        yield Remark(RemarkKind.TURN_OF_YEAR_BEFORE, Weight.KNOW, text, mend, "payments", (year, len(here), _sum(here)))


def _days(payments: list[Payment], say: Words) -> str:
    return say.listing(day.isoformat() for day in _dates(payments))


def _dates(payments: list[Payment]) -> list[date]:
    return sorted({present(payment.paid_until) for payment in payments})


def _sum(payments: list[Payment]) -> Decimal:
    return sum((payment.amount_sek for payment in payments), Decimal(0))
