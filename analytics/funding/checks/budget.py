"""Remarks on a project's budgets: shares and sums, SEK beside EUR, what is missing and what is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from analytics.funding.checks.rates import TOLERANCE, pairs
from analytics.funding.checks.remark import Case, Remark, about, capital, money, scope_name, sek
from analytics.funding.sums import budget_sek
from analytics.model.funding import Budget, Certainty, Currency, Scope, Weight
from analytics.model.remarks import RemarkKind

ROUNDED = Decimal("0.05")
"""How far, as a share, a sum may be from an amount that is only said to be about so much."""


def budget_remarks(case: Case) -> Iterator[Remark]:
    """Every remark on a project's budgets; their order is the order of a reader's questions."""
    yield from _missing(case)
    yield from _told_twice(case)
    yield from _currencies(case)
    yield from _own_of_whole(case)
    yield from _units(case)
    yield from _about(case)


def _missing(case: Case) -> Iterator[Remark]:
    say = case.say
    if not any(budget.scope is Scope.OWN for budget in case.budgets):
        yield case.remark(
            RemarkKind.NO_OWN_BUDGET,
            Weight.CHECK,
            say("The register has no budget for the own share, so what is spent cannot be compared with it."),
            say("Table Budgets, project “{project}”: add the own share.", project=case.project.title),
            "budgets",
            (),
        )


def _told_twice(case: Case) -> Iterator[Remark]:
    say = case.say
    told: dict[tuple, list[Budget]] = defaultdict(list)
    for budget in case.budgets:
        told[budget.scope, budget.unit, budget.currency].append(budget)
    for (scope, unit, currency), rows in told.items():
        if len({row.amount for row in rows}) > 1:
            yield case.remark(
                RemarkKind.BUDGET_TWICE,
                Weight.WRONG,
                say(
                    "{scope} is stated more than once in {currency}, with different amounts: {amounts}.",
                    scope=capital(scope_name(scope, unit, say)),
                    currency=currency.value,
                    amounts=say.listing(money(row.amount, currency, say) for row in rows),
                ),
                say("Table Budgets, project “{project}”: keep the amount that holds.", project=case.project.title),
                "budgets",
                (scope, unit, currency, *sorted({row.amount for row in rows})),
            )


def _currencies(case: Case) -> Iterator[Remark]:
    say, title = case.say, case.project.title
    beside = list(pairs(case.budgets))
    for euro, krona in beside:
        rate, scope = euro.rate or krona.rate, capital(scope_name(euro.scope, euro.unit, say))
        amounts = {"euro": money(euro.amount, Currency.EUR, say), "krona": sek(krona.amount, say)}
        if not rate:
            yield case.remark(
                RemarkKind.CURRENCIES_WITHOUT_RATE,
                Weight.CHECK,
                say(
                    "{scope} is stated both as {euro} and as {krona}, without an exchange rate.", scope=scope, **amounts
                ),
                say("Table Budgets, project “{project}”: state the rate and its date.", project=title),
                "budgets",
                (euro.scope, euro.unit, euro.amount, krona.amount),
            )
            continue
        converted = euro.amount * rate
        some_about = Certainty.ABOUT in (euro.certainty, krona.certainty)
        if abs(converted - krona.amount) > krona.amount * (ROUNDED if some_about else TOLERANCE):
            yield case.remark(
                RemarkKind.CURRENCIES_DISAGREE,
                Weight.CHECK if some_about else Weight.WRONG,
                say(
                    "{scope} is {krona}, but {euro} at the stated rate {rate} makes {converted}.",
                    scope=scope,
                    rate=say.number(rate, 4),
                    converted=sek(converted.quantize(Decimal(1)), say),
                    **amounts,
                ),
                say("Table Budgets, project “{project}”: correct the amount or the rate.", project=title),
                "budgets",
                (euro.scope, euro.unit, euro.amount, krona.amount, rate),
            )
    paired = {id(euro) for euro, _ in beside}
    for euro in case.budgets:
        if euro.currency is Currency.EUR and not euro.rate and id(euro) not in paired:
            yield case.remark(
                RemarkKind.EURO_WITHOUT_RATE,
                Weight.CHECK,
                say(
                    "{scope} is stated in euros alone, {euro}, and without an exchange rate: it is in no sum in SEK.",
                    scope=capital(scope_name(euro.scope, euro.unit, say)),
                    euro=money(euro.amount, Currency.EUR, say),
                ),
                say("Table Budgets, project “{project}”: state the rate and its date.", project=title),
                "budgets",
                (euro.scope, euro.unit, euro.amount),
            )


def _own_of_whole(case: Case) -> Iterator[Remark]:
    """The own share is above the whole, which cannot be; or a part of it, which readers should know."""
    say, title = case.say, case.project.title
    own, whole, currency = _comparable(case.budgets)
    if own is None or whole is None:
        return
    amounts = {"own": money(own, currency, say), "whole": money(whole, currency, say)}
    if own > whole:
        yield case.remark(
            RemarkKind.OWN_ABOVE_WHOLE,
            Weight.CHECK if about(case.budgets, Scope.OWN, Scope.WHOLE) else Weight.WRONG,
            say("The own share, {own}, is above the whole budget, {whole}.", **amounts),
            say("Table Budgets, project “{project}”: correct the own share or the whole.", project=title),
            "budgets",
            (own, whole, currency),
        )
    elif own < whole:
        yield case.remark(
            RemarkKind.OWN_SHARE_OF_WHOLE,
            Weight.KNOW,
            say(
                "The own share, {own}, is {share} of the whole budget, {whole}: what is spent is compared with the"
                " own share.",
                share=say.percent(own / whole),
                **amounts,
            ),
            say("Table Budgets, project “{project}”: nothing to correct if both amounts are right.", project=title),
            "budgets",
            (own, whole, currency),
        )


def _comparable(budgets: tuple[Budget, ...]) -> tuple[Decimal | None, Decimal | None, Currency]:
    """Own share and whole in the same currency: in SEK where both are known in it, else in EUR as told."""
    own, whole = budget_sek(budgets, Scope.OWN), budget_sek(budgets, Scope.WHOLE)
    if own is not None and whole is not None:
        return own, whole, Currency.SEK
    euros = {b.scope: b.amount for b in budgets if b.currency is Currency.EUR}
    return euros.get(Scope.OWN), euros.get(Scope.WHOLE), Currency.EUR


def _units(case: Case) -> Iterator[Remark]:
    say = case.say
    own = budget_sek(case.budgets, Scope.OWN)
    units = [b for b in case.budgets if b.scope is Scope.UNIT]
    total = budget_sek(units, Scope.UNIT)
    if own is None or total is None or {b.unit for b in units} != {b.unit for b in units if _converts(b)}:
        return
    some_about = about(case.budgets, Scope.OWN, Scope.UNIT)
    if abs(total - own) > (own * ROUNDED if some_about else Decimal(0)):
        yield case.remark(
            RemarkKind.UNITS_DIFFER,
            Weight.CHECK if some_about else Weight.WRONG,
            say(
                "The units' shares make {total} together, but the own share is {own}.",
                total=sek(total, say),
                own=sek(own, say),
            ),
            say(
                "Table Budgets, project “{project}”: correct a unit's share or the own share.",
                project=case.project.title,
            ),
            "budgets",
            (total, own),
        )


def _about(case: Case) -> Iterator[Remark]:
    say = case.say
    rows = [budget for budget in case.budgets if budget.certainty is Certainty.ABOUT]
    if rows:
        named = (f"{scope_name(b.scope, b.unit, say)}, {money(b.amount, b.currency, say)}" for b in rows)
        yield case.remark(
            RemarkKind.ABOUT_AMOUNT,
            Weight.KNOW,
            say("Said to be about, not exact: {amounts}.", amounts=say.listing(named)),
            say(
                "Table Budgets, project “{project}”: replace it when the exact amount is known.",
                project=case.project.title,
            ),
            "budgets",
            tuple((b.scope, b.unit, b.amount, b.currency) for b in rows),
        )


def _converts(budget: Budget) -> bool:
    return budget.currency is Currency.SEK or bool(budget.rate)
