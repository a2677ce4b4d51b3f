"""Remarks on exchange rates: each against what it is said to be, and the year's against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from analytics.funding.checks.inforeuro import inforeuro_remarks, mend_rate
from analytics.funding.checks.rates import (
    BEFORE_START,
    UsedRate,
    daily_rates,
    days_that_explain,
    explains,
    in_sek,
    near,
    nearest_days,
    paid_rates,
    rate_of_day,
    shown,
    unlike,
    used_rates,
)
from analytics.funding.checks.remark import Case, Remark, money, sek
from analytics.funding.funders import applies
from analytics.funding.sums import projects_in
from analytics.model.funding import Currency, Funding, RateBasis, Weight
from analytics.model.remarks import RemarkKind
from analytics.words.language import Words


def rate_remarks(case: Case) -> Iterator[Remark]:
    """Each rate held against what it is said to be: the ECB's day, InforEuro's month; one that nobody says the basis of
    against the ECB's days, where that is how the funder counts. The agreement's and the bank's are held against none of
    them, but against each other."""
    project = case.project
    of_year = [payment for payment in case.events if payment.report_year == case.year]
    rates = (*used_rates(project, case.budgets), *paid_rates(project, of_year))
    for used in rates:
        if used.basis is RateBasis.INFOREURO:
            yield from inforeuro_remarks(case, used)
        elif used.basis is RateBasis.ECB or (used.basis is None and applies(RemarkKind.RATE_DAYS, project)):
            yield from _against_ecb(case, used)
    yield from _agreed(case, rates)


def _against_ecb(case: Case, used: UsedRate) -> Iterator[Remark]:
    """A rate that no day explains, and the days that explain one."""
    project = case.project
    if used.day:
        yield from _dated(case, used, used.day)
    elif days := days_that_explain(used, project.start - BEFORE_START, project.end):
        yield _explained(case, used, days)
    else:
        yield _unexplained(case, used)


def _agreed(case: Case, rates: Sequence[UsedRate]) -> Iterator[Remark]:
    """That the agreement's rate is told in more ways than one, or that the bank's is another."""
    say = case.say
    agreed = _of(rates, RateBasis.AGREEMENT)
    others = [rate for rate in _of(rates, RateBasis.BANK) if rate not in agreed]
    if len(agreed) > 1:
        text = say("The agreement's exchange rate is given in different ways: {rates}.", rates=_listed(agreed, say))
        weight = Weight.CHECK
    elif agreed and others:
        text = say(
            "The agreement's exchange rate is {agreed}, but amounts are converted at the bank's: {rates}.",
            agreed=shown(agreed[0], say),
            rates=_listed(others, say),
        )
        weight = Weight.CHECK if case.project.rate_rule is RateBasis.AGREEMENT else Weight.KNOW
    else:
        return
    yield case.remark(
        RemarkKind.RATE_OTHER_THAN_AGREED,
        weight,
        text,
        say(
            "Tables Budgets, and Amounts and events, project “{project}”: correct the rate or its basis.",
            project=case.project.title,
        ),
        "payments" if others else "budgets",
        (tuple(agreed), tuple(others)),
    )


def _of(rates: Sequence[UsedRate], basis: RateBasis) -> list[Decimal]:
    return sorted({used.rate for used in rates if used.basis is basis})


def _listed(rates: Sequence[Decimal], say: Words) -> str:
    return say.listing(shown(rate, say) for rate in rates)


def _dated(case: Case, used: UsedRate, day: date) -> Iterator[Remark]:
    say, known = case.say, rate_of_day(day)
    if known is None or not explains(known, used):
        yield case.remark(
            RemarkKind.RATE_UNEXPLAINED,
            Weight.CHECK,
            say(
                "The exchange rate is {rate} SEK for one euro, but the ECB's rate on {day} was {known}.",
                rate=shown(used.rate, say),
                day=day.isoformat(),
                known=shown(known, say),
            )
            if known
            else say("There is no ECB rate to hold the exchange rate of {day} against.", day=day),
            mend_rate(case, used),
            used.where,
            (used.rate, day, known),
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
    mend = (
        say(
            "Table Budgets, project “{project}”: state the rate's date and what it builds on.",
            project=case.project.title,
        )
        if used.where == "budgets"
        else mend_rate(case, used)
    )
    return case.remark(RemarkKind.RATE_DAYS, Weight.KNOW, text, mend, used.where, (used.rate, *used.amounts))


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
    mend = (
        say("Table Budgets, project “{project}”: correct the amounts or the rate.", project=project.title)
        if used.where == "budgets"
        else mend_rate(case, used)
    )
    return case.remark(RemarkKind.RATE_UNEXPLAINED, Weight.CHECK, text, mend, used.where, (used.rate, *used.amounts))


def year_rate_remarks(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """That the year's projects use different rates, each named."""
    found = [
        used
        for project in projects_in(funding, year)
        if applies(RemarkKind.TWO_RATES, project)
        for used in used_rates(project, [b for b in funding.budgets if b.project_id == project.id])
    ]
    if any(not near(used.rate, found[0].rate) for used in found):
        named = [say("{rate} in “{project}”", rate=say.number(u.rate, 4), project=u.title) for u in found]
        yield Remark(
            RemarkKind.TWO_RATES,
            Weight.KNOW,
            say("The year's projects use different exchange rates: {rates}.", rates=say.listing(dict.fromkeys(named))),
            say("Table Budgets: nothing is wrong if each rate has its own date; state it beside the rate."),
            "budgets",
            (year, *((u.project_id, u.rate) for u in found)),
        )
