"""What a word in a file of projects stands for: amounts, rates, days, years, countries, payment plans."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pycountry
from babel import Locale

from analytics.intake.register import Trouble, folded, whole_number
from analytics.model.funding import Currency
from analytics.words.language import LANGUAGES, LOCALES, Words

SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
AMOUNT = re.compile(
    rf"(?P<sign>[-\N{{MINUS SIGN}}+]?)(?P<whole>\d+|\d{{1,3}}(?:[{SPACES}]\d{{3}})+)(?:[.,](?P<part>\d+))?"
)
SAID_CURRENCY = {
    "kr": Currency.SEK,
    "kronor": Currency.SEK,
    "sek": Currency.SEK,
    "eur": Currency.EUR,
    "€": Currency.EUR,
}
SAID_CURRENCY |= {"euro": Currency.EUR}
LARGEST = 10**12
FIRST_YEAR, LAST_YEAR = 1995, 2100  # Sweden has been in the Union since 1995
ALSO_KNOWN = {"EL": "GR", "UK": "GB", "XK": "XK"}  # the Commission's own codes; Kosovo has no ISO code of its own


def amount(word: str, currency: Currency, say: Words) -> Decimal | Trouble:
    """An amount of 0 or more, two decimals at most; '12.345,67' and '12.345' can be read in two ways."""
    if not word:
        return Trouble(say("The amount is missing."), say("Leave the row out if nothing was paid or decided."))
    text, said = _without_currency(word)
    if said is not None and said is not currency:
        problem = say("The amount is in {said}, but the column or row is in {currency}.", said=said, currency=currency)
        return Trouble(problem, say("Amounts in different currencies need rows of their own; never convert silently."))
    found = AMOUNT.fullmatch(text)
    if not found:
        if re.fullmatch(r"[-+]?[\d.,]*\d[.,]\d[\d.,]*", text):
            return _two_ways(say)
        return Trouble(say("This is no amount."), say("Write it like 580111 or 580 111,50, without other words."))
    if found["part"] and len(found["part"]) > 2:
        like_thousands = len(found["part"]) == 3 and re.fullmatch(r"[1-9]\d{0,2}", found["whole"])
        return _two_ways(say) if like_thousands else _too_fine(say)
    if found["sign"] not in ("", "+"):
        return Trouble(say("The amount is negative."), say("A repayment is a note to the payment that it lowers."))
    value = Decimal(re.sub(rf"[{SPACES}]", "", found["whole"]) + "." + (found["part"] or "0"))
    if value >= LARGEST:
        return Trouble(say("The amount is too large."), say("Check that two cells have not run together."))
    return value.quantize(Decimal("0.01"))


def rate(word: str, say: Words) -> Decimal | Trouble | None:
    """SEK for one EUR, up to six decimals."""
    if not word:
        return None
    if not re.fullmatch(r"\d{1,3}(?:[.,]\d{1,6})?", word) or not Decimal(word.replace(",", ".")):
        return Trouble(say("This is no exchange rate."), say("Write what one euro costs in kronor, such as 10,3520."))
    return Decimal(word.replace(",", "."))


def day(word: str, say: Words) -> date | Trouble | None:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        return Trouble(say("This is no day."), say("Write it like 2018-09-01."))


def report_year(word: str, say: Words) -> int | Trouble:
    year = whole_number(word)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        hint = say("Write it with four digits, {first} or later.", first=FIRST_YEAR)
        return Trouble(say("This is no year."), hint)
    return year


def country(word: str, say: Words) -> str | Trouble:
    """ISO 3166 alpha-2; EL and UK are understood as the Commission writes them."""
    code = word.strip().upper()
    code = ALSO_KNOWN.get(code, code)
    if code == "XK" or (len(code) == 2 and pycountry.countries.get(alpha_2=code)):
        return code
    named = _codes_by_name().get(folded(word))
    hint = say("Write {code}.", code=named) if named else say("Write the country's two letters, such as FI or PT.")
    return Trouble(say("The country is not known.") if word else say("The country is missing."), hint)


def plan(word: str, say: Words) -> tuple[Decimal, ...] | Trouble:
    """How a grant is paid, in per cent with / between: 80/20."""
    if not word:
        return ()
    parts = [part.strip() for part in word.split("/")]
    if not all(re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?", part) for part in parts):
        return Trouble(say("This is no payment plan."), say("Write the instalments in per cent, such as 80/20."))
    shares = tuple(Decimal(part.replace(",", ".")) / 100 for part in parts)
    if sum(shares) != 1:
        return Trouble(say("The instalments do not add up to 100 %."), say("Write all of them, such as 40/40/20."))
    return shares


def _two_ways(say: Words) -> Trouble:
    return Trouble(
        say("This amount can be read in two ways."),
        say("Write it without thousands separator, with two decimals at most: 12345,67."),
    )


def _too_fine(say: Words) -> Trouble:
    return Trouble(say("The amount has more than two decimals."), say("Round it to two decimals."))


def _without_currency(word: str) -> tuple[str, Currency | None]:
    """The word without a currency before or after it, and that currency."""
    found = re.fullmatch(
        rf"(?:(?P<before>[^\d\s+-]+)[{SPACES}]*)?(?P<number>.*?)(?:[{SPACES}]*(?P<after>[^\d\s.,]+))?", word, re.DOTALL
    )
    said = [SAID_CURRENCY.get((found[side] or "").casefold().rstrip(".")) for side in ("before", "after")]
    told = [currency for currency in said if currency]
    stray = [
        found[side] for side, currency in zip(("before", "after"), said, strict=True) if found[side] and not currency
    ]
    return (found["number"].strip(), told[0]) if told and not stray else (word, None)


@cache
def _codes_by_name() -> dict[str, str]:
    return {
        folded(name): code
        for language in LANGUAGES
        for code, name in Locale.parse(LOCALES[language]).territories.items()
        if len(code) == 2 and pycountry.countries.get(alpha_2=code)
    }
