"""Numbers as people and spreadsheets write them: digits 0-9, blanks between thousands, decimal comma or point.

Python's own readers take digits of every script, underscores, exponents and infinity; nothing here does.
"""

from __future__ import annotations

import re
from decimal import Decimal

from analytics.intake.word_problem import WordProblem
from analytics.words.language import Words

BLANK = "[ \N{NO-BREAK SPACE}\N{EN QUAD}-\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}]"  # figure and thin space among them
MINUS = "-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}"  # what stands where a minus is meant
DASHES = re.escape(MINUS)
SIGN = f"[+{DASHES}]"
WHOLE = f"(?:[0-9]+|[0-9]{{1,3}}(?:{BLANK}[0-9]{{3}})+)"
LIKE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # 12.345: twelve and a bit, or twelve thousand

_WHOLE_NUMBER = re.compile(f"(?P<sign>{SIGN}?){BLANK}*(?P<whole>{WHOLE})(?:[.,]0+)?")
_DECIMAL = re.compile(f"(?P<sign>{SIGN}?){BLANK}*(?P<whole>{WHOLE})(?:[.,](?P<part>[0-9]+))?")
LONGEST = 18  # digits
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,]000")
MOST_COUNTED = 10_000_000


def whole_number(word: str) -> int | None:
    """A whole number as people and spreadsheets write it ('3', '3.0', '3,0', '1 200'), or None."""
    found = _WHOLE_NUMBER.fullmatch(word.strip())
    if not found or len(found["whole"]) > LONGEST:
        return None
    return int(signed(found["sign"], found["whole"]))


def whole_between(word: str, least: int, most: int, say: Words) -> int | WordProblem:
    """A whole number within bounds."""
    number = whole_number(word)
    if number is None or not least <= number <= most:
        outside = WordProblem(
            say("This is not a whole number from {least} to {most}.", least=least, most=most),
            say("Write 1, 2, 3 and so on."),
        )
        return strange_digits(word, say) or outside
    return number


def count(word: str, say: Words, *, blank: int | WordProblem | None = None) -> int | WordProblem | None:
    """A number of people or answers; `blank` is what an empty cell stands for."""
    if word == "":
        return blank
    if THOUSANDS.fullmatch(word):
        problem = say("This count can be read in two ways.")
        return WordProblem(problem, say("Write it without thousands separator and without decimals."))
    number = whole_number(word)
    if number is None or not 0 <= number <= MOST_COUNTED:
        no_count = WordProblem(say("This is not a count."), say("Write a whole number, 0 or more."))
        return strange_digits(word, say) or no_count
    return number


def decimal_number(word: str) -> Decimal | None:
    """A number with as many decimals as are written, or None; '12.345' is twelve and a bit."""
    found = _DECIMAL.fullmatch(word.strip())
    if not found or len(found["whole"]) > LONGEST:
        return None
    return signed(found["sign"], found["whole"], found["part"])


def signed(sign: str | None, whole: str, part: str | None = None) -> Decimal:
    """The number that a sign, whole digits (with blanks between thousands) and decimals make; 0 has no sign."""
    value = Decimal(re.sub(BLANK, "", whole) + "." + (part or "0"))
    return -value if value and sign and sign in MINUS else value


def strange_digits(word: str, say: Words) -> WordProblem | None:
    """Why a number in digits of another script, or in halves and squares, is not read."""
    if not any(character.isnumeric() and not character.isascii() for character in word):
        return None
    return WordProblem(say("There are other digits than 0–9 in it."), say("Write it with the digits 0–9."))
