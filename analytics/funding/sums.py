"""What the report and its remarks both count with: a year's projects, kinds of money, and budgets in SEK."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from analytics.model.funding import Budget, Currency, Funding, MoneyKind, Payment, Project, Scope
from analytics.model.present import present

KRONA = Decimal("1")


def projects_in(funding: Funding, year: int) -> tuple[Project, ...]:
    """The projects that ran in the year, or have money of any kind that is counted to it."""
    paid = {p.project_id for p in funding.payments if p.report_year == year}
    return tuple(p for p in funding.projects if p.start.year <= year <= p.end.year or p.id in paid)


def repaid(payments: Iterable[Payment]) -> Decimal:
    """How much repayments and corrections take off what was paid."""
    return -sum((p.amount_sek for p in payments if p.amount_sek < 0), Decimal(0))


def sum_of(payments: Iterable[Payment], *kinds: MoneyKind) -> Decimal:
    """What the payments of these kinds make together, in SEK."""
    return sum((p.amount_sek for p in payments if p.kind in kinds), Decimal(0))


def granted(payments: Iterable[Payment]) -> Decimal | None:
    """What was granted, with what the grant was changed by; None where no grant is told."""
    own = list(payments)
    told = any(payment.kind is MoneyKind.GRANTED for payment in own)
    return sum_of(own, MoneyKind.GRANTED, MoneyKind.AMENDED) if told else None


def received(payments: Iterable[Payment]) -> Decimal | None:
    """What came in from the funder and was not paid back; None where neither is told."""
    own = [p for p in payments if p.kind in (MoneyKind.RECEIVED, MoneyKind.REPAID)]
    return sum_of(own, MoneyKind.RECEIVED) - sum_of(own, MoneyKind.REPAID) if own else None


def goal_of(payment: Payment, project: Project) -> int | None:
    """The budget goal that a payment counts towards: its own, else its project's."""
    return project.budget_goal if payment.budget_goal is None else payment.budget_goal


def budget_sek(budgets: Iterable[Budget], scope: Scope) -> Decimal | None:
    """A scope's budget in SEK: as stated in SEK, else EUR at the stated rate, to the krona; None where neither is told.
    The units' shares are added up, each in one currency."""
    amounts: dict[str | None, Decimal] = {}
    for budget in budgets:
        if budget.scope is not scope:
            continue
        if budget.currency is Currency.SEK:
            amounts[budget.unit] = budget.amount
        elif budget.rate:
            amounts.setdefault(budget.unit, in_sek(budget))
    return sum(amounts.values(), Decimal(0)) if amounts else None


def in_sek(budget: Budget) -> Decimal:
    """A EUR budget at its own rate, to the krona."""
    return (budget.amount * present(budget.rate)).quantize(KRONA, ROUND_HALF_UP)
