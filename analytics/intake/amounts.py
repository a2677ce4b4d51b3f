"""What a word stands for that is about money: amounts, exchange rates, payment plans.

There is one reader of amounts, whatever they come from: a file's cell, a field, what somebody pastes. It reads what can
mean one thing only; of everything else it says why.
"""

from __future__ import annotations

import re
from decimal import Decimal

from analytics.intake.numbers import BLANK, DASHES, LIKE_THOUSANDS, SIGN, WHOLE, signed, strange_digits
from analytics.intake.word_problem import WordProblem
from analytics.model.funding import Currency
from analytics.words.language import Words

SAID_CURRENCY = {
    "kr": Currency.SEK,
    "kr.": Currency.SEK,
    "kronor": Currency.SEK,
    "krona": Currency.SEK,
    "sek": Currency.SEK,
    "eur": Currency.EUR,
    "€": Currency.EUR,
    "euro": Currency.EUR,
    "euros": Currency.EUR,
}
CURRENCY = "|".join(re.escape(word) for word in sorted(SAID_CURRENCY, key=len, reverse=True))
PRICE = f"{BLANK}?[:.,](?:--|[{DASHES}\N{EM DASH}])"  # 12 345:- and 12 345,-: that many kronor, and no öre


def _amount(number: str) -> re.Pattern[str]:
    """A number with its sign, and a currency before or after it."""
    return re.compile(
        f"(?:(?P<sign>{SIGN}){BLANK}*)?(?:(?P<before>{CURRENCY}){BLANK}*)?(?:(?P<inner>{SIGN}){BLANK}*)?"
        f"{number}(?:{BLANK}*(?P<after>{CURRENCY}))?",
        re.IGNORECASE,
    )


AMOUNT = _amount(rf"(?P<whole>{WHOLE})(?:[.,](?P<part>[0-9]+)|{PRICE})?")
MARKED = _amount(  # 12.345,67 and 1'234'567: thousands with something else than blanks between them
    r"(?P<whole>[0-9]{1,3}(?P<mark>[.,'\N{RIGHT SINGLE QUOTATION MARK}])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>[0-9]{1,2}))?"
)
SIZES = re.compile(rf"[0-9]{BLANK}*(?:tkr|tsek|ksek|mkr|mnkr|msek|teur|keur|meur|tusen|miljon|million)", re.IGNORECASE)
# 500- and (500), as ledgers write what is below 0.
AFTERWARDS = re.compile(rf".*[0-9]{BLANK}*[{DASHES}]|\([^0-9\n]*[0-9].*\)")
EXPONENT = re.compile(rf"{SIGN}?[0-9]+(?:[.,][0-9]+)?e{SIGN}?[0-9]+", re.IGNORECASE)
LARGEST = 10**12
RATE = re.compile(rf"(?P<rate>[0-9]{{1,3}}(?:[.,][0-9]{{1,6}})?)(?:{BLANK}*(?:kr\.?|kronor|sek))?", re.IGNORECASE)
SHARE = re.compile(rf"([0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?)(?:{BLANK}*%)?")


def amount(word: str, currency: Currency, say: Words, *, negative: bool = False) -> Decimal | WordProblem:
    """An amount of 0 or more (any, where `negative` ones are taken), two decimals at most; '12.345' can be read in two
    ways, and dots or commas between thousands are refused with it."""
    word = word.strip()
    if not word:
        return missing_amount(say)
    found = AMOUNT.fullmatch(word)
    if not found or (found["sign"] and found["inner"]):
        return _no_amount(word, say)
    for said in (SAID_CURRENCY[found[side].lower()] for side in ("before", "after") if found[side]):
        if said is not currency:
            problem = say(
                "The amount is in {said}, but the column or row is in {currency}.", said=said, currency=currency
            )
            hint = say("Amounts in different currencies need rows of their own; never convert silently.")
            return WordProblem(problem, hint)
    if len(found["part"] or "") > 2:
        if LIKE_THOUSANDS.fullmatch(f"{found['whole']}.{found['part']}"):
            return _two_ways(found, say)
        return WordProblem(say("The amount has more than two decimals."), say("Round it to two decimals."))
    value = signed(found["sign"] or found["inner"], found["whole"], found["part"])
    if value < 0 and not negative:
        hint = say("Payments alone may be negative: a repayment has a minus, and a note that says what it repays.")
        return WordProblem(say("The amount is negative."), hint)
    if abs(value) >= LARGEST:
        return WordProblem(say("The amount is too large."), say("Check that two cells have not run together."))
    return value.quantize(Decimal("0.01"))


def missing_amount(say: Words) -> WordProblem:
    return WordProblem(say("The amount is missing."), say("Leave the row out if nothing was paid or decided."))


def rate(word: str, say: Words) -> Decimal | WordProblem | None:
    """SEK for one EUR, up to six decimals."""
    if not word:
        return None
    found = RATE.fullmatch(word.strip())
    value = Decimal(found["rate"].replace(",", ".")) if found else None
    if not value:
        no_rate = WordProblem(
            say("This is not an exchange rate."), say("Write what one euro costs in kronor, such as 10,3520.")
        )
        return strange_digits(word, say) or no_rate
    return value


def plan(word: str, say: Words) -> tuple[Decimal, ...] | WordProblem:
    """How a grant is paid, in per cent with / between: 80/20."""
    if not word:
        return ()
    parts = [SHARE.fullmatch(part.strip()) for part in word.split("/")]
    if not all(parts):
        hint = say("Write the instalments in per cent, such as 80/20.")
        return strange_digits(word, say) or WordProblem(say("This is not a payment plan."), hint)
    shares = tuple(Decimal(part[1].replace(",", ".")) / 100 for part in parts if part)
    if sum(shares) != 1:
        return WordProblem(say("The instalments do not add up to 100%."), say("Write all of them, such as 40/40/20."))
    return shares


def percent(word: str, say: Words) -> Decimal | WordProblem:
    """A part in per cent, 0-100, with two decimals at most."""
    found = SHARE.fullmatch(word.strip())
    value = Decimal(found[1].replace(",", ".")) if found else None
    if value is None or value > 100:
        hint = say("Write it from 0 to 100, with two decimals at most, such as 12,5.")
        return strange_digits(word, say) or WordProblem(say("This is not a percentage."), hint)
    return value


def _no_amount(word: str, say: Words) -> WordProblem:
    """Why a word that is no amount is none, as well as can be told."""
    strange = strange_digits(word, say)
    if strange:
        return strange
    if SIZES.search(word):
        return WordProblem(say("The amount is in thousands or millions."), say("Write all of it, such as 580 000."))
    if EXPONENT.fullmatch(word):
        hint = say("A spreadsheet shows it so in a narrow column: widen the column, and copy it again.")
        return WordProblem(say("The amount is shortened, with an exponent."), hint)
    marked = MARKED.fullmatch(word)
    if marked:
        number = re.sub(r"[^0-9]", "", marked["whole"]) + (f",{marked['part']}" if marked["part"] else "")
        hint = say("Write {number} if that is meant: blanks alone may stand between thousands.", number=number)
        return WordProblem(say("The amount has dots, commas or other marks between thousands."), hint)
    if AFTERWARDS.fullmatch(word):
        return WordProblem(say("The minus does not stand before the amount."), say("Write it like −580 111,50."))
    return WordProblem(say("This is not an amount."), say("Write it like 580111 or 580 111,50, without other words."))


def _two_ways(found: re.Match[str], say: Words) -> WordProblem:
    """12.345: thousands, or three decimals."""
    number = f"{found['whole']}{found['part']}"
    hint = say("Write {number} if those are thousands; an amount has two decimals at most.", number=number)
    return WordProblem(say("This amount can be read in two ways."), hint)
