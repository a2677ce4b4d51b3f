"""How an amount is written: for readers in their language, for programs with a decimal point. Decimal all the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from analytics.words.language import Words, true_minus

HUNDREDTH = Decimal("0.01")


def is_whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value()


def written(amount: Decimal, say: Words) -> str:
    """580 111 or 12 345,67, with spaces that never break; decimals only where there are any."""
    return writer([amount], say)(amount)


def writer(column: Iterable[Decimal | None], say: Words) -> Callable[[Decimal | None], str]:
    """How the amounts of a column are written, all in one way: with two decimals where any of them has some. Nothing
    for None."""
    whole = all(amount is None or is_whole(amount) for amount in column)
    pattern = "#,##0" if whole else "#,##0.00"

    def one_way(amount: Decimal | None) -> str:
        if amount is None:
            return ""
        return true_minus(format_decimal(_hundredths(amount), format=pattern, locale=say.locale))

    return one_way


def written_rate(rate: Decimal | None, say: Words) -> str:
    """An exchange rate with all its decimals, two at least; nothing for none."""
    return "" if rate is None else format_decimal(rate, format="0.00####", locale=say.locale)


def written_day(day: date, say: Words) -> str:
    """3 januari 2019."""
    return format_date(day, "long", locale=say.locale)


def plain(amount: Decimal) -> str:
    """580111 or 12345.67, for programs: an integer where it is whole, else two decimals."""
    return f"{amount:.0f}" if is_whole(amount) else f"{_hundredths(amount):.2f}"


def _hundredths(amount: Decimal) -> Decimal:
    return amount.quantize(HUNDREDTH, ROUND_HALF_UP)
