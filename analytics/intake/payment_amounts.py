"""What a payment is in SEK, where only its own currency and a rate say so; and that the two agree where both do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analytics.model.funding import Currency, MoneyKind, Payment

ORE = Decimal("0.01")
AGREE = Decimal("0.005")
"""How far, as a share, a stated amount in SEK may be from what the rate makes of the stated euros: a bank's fee."""


def amount_of(values: Mapping[str, Any]) -> Decimal | None:
    """The amount in its own currency, as it was told."""
    return _back(values, values["amount"])


def amount_in_sek(values: Mapping[str, Any]) -> Decimal | None:
    """What is told in SEK, else what is told in its own currency at its rate, to the öre; None where neither is."""
    stated, amount = _back(values, values["amount_sek"]), amount_of(values)
    if stated is not None or amount is None:
        return stated
    return in_sek(amount, values["currency"], values["rate"])


def in_sek(amount: Decimal, currency: Currency, rate: Decimal | None) -> Decimal | None:
    if currency is Currency.SEK:
        return amount
    return None if rate is None else (amount * rate).quantize(ORE, ROUND_HALF_UP)


def reckoned_otherwise(payment: Payment) -> Decimal | None:
    """What the stated amount in its own currency makes in SEK, where that is not what is stated in SEK."""
    if payment.amount is None or payment.amount_sek is None:
        return None
    made = in_sek(payment.amount, payment.currency, payment.rate)
    if made is None:
        return None
    room = Decimal(0) if payment.currency is Currency.SEK else abs(made) * AGREE
    return made if abs(made - payment.amount_sek) > room else None


def _back(values: Mapping[str, Any], amount: Decimal | None) -> Decimal | None:
    """What was repaid went back, whether somebody writes it with a minus or without."""
    return abs(amount) if amount is not None and values["kind"] is MoneyKind.REPAID else amount
