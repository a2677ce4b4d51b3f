"""Amounts in SEK and dates as the funding pages write them; the Decimal stays a Decimal until it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analytics.funding.sums import KRONA
from analytics.model.provenance import Missing
from analytics.words.language import Words, true_minus
from pages.ui.content import Item, TableColumn


def kr(amount: Decimal, say: Words) -> str:
    """580 111 kr, with hard spaces: sentences and pictures round to the krona, tables do not."""
    number = true_minus(say.integer(int(amount.quantize(KRONA, ROUND_HALF_UP))))
    return say("SEK\N{NO-BREAK SPACE}{amount}", amount=number)


def exact_kr(amount: Decimal, say: Words) -> str:
    """580 111,50 kr: with öre where there are any, for where money is moved."""
    if amount == amount.to_integral_value():
        return kr(amount, say)
    return say("SEK\N{NO-BREAK SPACE}{amount}", amount=true_minus(say.number(amount)))


def has_ore(amounts: Iterable[Decimal]) -> bool:
    """Whether any of the amounts is no whole krona."""
    return any(amount != amount.to_integral_value() for amount in amounts)


def kr_column(
    heading: str, value: Callable[[Item], Decimal | Missing | None], items: Iterable[Item], say: Words
) -> TableColumn[Item]:
    """Amounts, right-aligned, as exact as the register; all with öre where any of the items has. The heading names the
    unit."""
    digits = 2 if has_ore(amount for item in items if isinstance(amount := value(item), Decimal)) else 0
    return TableColumn(heading, value, lambda amount: true_minus(say.number(amount, digits)), numeric=True)


def date_column(heading: str, value: Callable[[Item], date | None]) -> TableColumn[Item]:
    """Dates as YYYY-MM-DD, which a narrow column must not break."""
    return TableColumn(
        heading, lambda item: day.isoformat() if (day := value(item)) else Missing.NOT_COLLECTED, numeric=True
    )
