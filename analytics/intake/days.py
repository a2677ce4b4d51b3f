"""What a word stands for that is a day or a year.

There is one reader of days, whatever they come from. What can be one day only is read; 01/09/2018 can be two, and is
refused with both, unless its column leaves no doubt (DayOrder).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from babel import Locale

from analytics.intake.numbers import BLANK, DASHES, strange_digits, whole_number
from analytics.intake.word_problem import WordProblem
from analytics.registers.types import Year
from analytics.words.language import LANGUAGES, LOCALES, Words

FIRST_DAY_IN, LAST_DAY_IN = 1900, 2200
REPORTED = Year()

YEAR = "(?P<year>[0-9]{4})"
FIRST, SECOND = "(?P<first>[0-9]{1,2})", "(?P<second>[0-9]{1,2})"
NAME = r"(?P<name>[^\W\d_]+)\.?"
YEAR_FIRST = re.compile(
    f"{YEAR}(?:(?P<mark>[./{DASHES}]|{BLANK})(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
    "|(?P<month2>[0-9]{2})(?P<day2>[0-9]{2}))"
)
WEEK = re.compile(f"{YEAR}-?W(?P<week>[0-9]{{2}})-?(?P<weekday>[1-7])")
DOTTED = re.compile(rf"{FIRST}\.{BLANK}*{SECOND}\.{BLANK}*{YEAR}")  # the day comes first, wherever dots are written
SLASHED = re.compile(f"{FIRST}(?P<mark>[/{DASHES}]){SECOND}(?:(?P=mark)|-|{BLANK}+){YEAR}")  # 25/9-2018 too
BETWEEN = rf"(?:{BLANK}|[-.,/])*"
DAY_MONTH = re.compile(f"(?:den{BLANK}+)?{FIRST}(?:st|nd|rd|th|:[ae])?{BETWEEN}{NAME}{BETWEEN}{YEAR}", re.IGNORECASE)
MONTH_DAY = re.compile(f"{NAME}{BLANK}*{FIRST}(?:st|nd|rd|th)?(?:,{BLANK}*|{BLANK}+){YEAR}", re.IGNORECASE)
NAME_BETWEEN = re.compile(rf"{YEAR}{BETWEEN}{NAME}{BETWEEN}{FIRST}", re.IGNORECASE)  # 2018-sep-25
CLOCK = re.compile(
    rf"(?P<day>.*[0-9])(?:T|,?{BLANK}+(?:kl\.?{BLANK}*|at{BLANK}+)?)(?P<clock>[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9]{{2}}(?:[.,][0-9]+)?)?"
    rf"(?:{BLANK}?[AP]M)?)(?P<zone>{BLANK}?(?:Z|UTC|[+-][0-9]{{2}}:?[0-9]{{2}}))?",
    re.IGNORECASE,
)
MIDNIGHT = re.compile(rf"0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00(?:[.,]0+)?)?{BLANK}?AM", re.IGNORECASE)
SHORT_YEAR = re.compile(rf"[0-9]{{1,2}}([./{DASHES}])(?:[0-9]{{1,2}}|[^\W\d_]+)\1[0-9]{{2}}|[0-9]{{6}}")
WHOLE_SERIAL = re.compile("[1-9][0-9]{4}")
FIRST_NUMBER, LAST_NUMBER = 29_221, 65_380  # 1980 to 2078
SERIAL = re.compile("[1-9][0-9]{4}(?:[.,][0-9]+)?")


class DayOrder(StrEnum):
    """What stands first in a column's days with slashes."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DayColumn:
    """What a file's whole column tells of its days: their order, and whether numbers are a spreadsheet's."""

    order: DayOrder = DayOrder.UNKNOWN
    numbers: bool = False


NO_COLUMN = DayColumn()


def day_column(words: Iterable[str]) -> DayColumn:
    """A thirteenth day shows which of the two is the day; where one word shows this and one that, neither does."""
    orders = set()
    for word in words:
        clocked = CLOCK.fullmatch(word)
        if found := SLASHED.fullmatch(clocked["day"] if clocked else word):
            first, second = int(found["first"]), int(found["second"])
            if first > 12 >= second:
                orders.add(DayOrder.DAY_FIRST)
            if second > 12 >= first:
                orders.add(DayOrder.MONTH_FIRST)
    return DayColumn(orders.pop() if len(orders) == 1 else DayOrder.UNKNOWN, numbers=True)


def spreadsheet_day(word: str) -> date | None:
    """The day that a spreadsheet keeps as this number: it counts from the last of 1899. Only numbers of our own time
    are taken for one."""
    number = int(word) if WHOLE_SERIAL.fullmatch(word) else 0
    return date(1899, 12, 30) + timedelta(number) if FIRST_NUMBER <= number <= LAST_NUMBER else None


def day(word: str, say: Words, *, like: str = "", column: DayColumn = NO_COLUMN) -> date | WordProblem | None:
    """A day, with the year in four digits: 2018-09-25, 20180925, 25.9.2018, 25 september 2018; a time of day with it is
    left out. `like`: what to write instead of what is no day at all, where a column takes more than days."""
    text = _without_weekday(word.strip().rstrip(";,"))
    if not text:
        return None
    clocked = CLOCK.fullmatch(text)
    if clocked and clocked["zone"] and not MIDNIGHT.fullmatch(clocked["clock"]):
        problem = say("There is a time of another time zone with the day.")  # it may be the day before here
        return WordProblem(problem, say("Write the day alone, such as 2018-09-25."))
    if column.numbers and (counted := spreadsheet_day(text)):
        return counted
    text = clocked["day"] if clocked else text
    found = _slashed(text, column.order, say)
    if found is None:
        year_month_day = _parts(text)
        found = _day(*year_month_day, say) if year_month_day else _no_day(text, like, say)
    return found


def _without_weekday(text: str) -> str:
    """`tisdag 25 september 2018`, `Tue, 25 Sep 2018`, `2018-09-25 (tis)`: the day alone. Whether it was one nobody
    checks, as a day that is moved in a sheet keeps the name it had."""
    words = text.split()
    if len(words) > 1 and words[0].rstrip(".,").casefold() in _weekdays():
        return text[len(words[0]) :].strip()
    if len(words) > 1 and words[-1].strip("(),.").casefold() in _weekdays():
        return text[: -len(words[-1])].rstrip().rstrip(",")
    return text


def report_year(word: str, say: Words, years: Year = REPORTED) -> int | WordProblem:
    """The year of a report."""
    year = whole_number(word)
    if year is None or not years.least <= year <= years.most:
        hint = say("Write it with four digits, {first} or later.", first=years.least)
        return strange_digits(word, say) or WordProblem(say("This is not a year."), hint)
    return year


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a text that says which is which."""
    if found := YEAR_FIRST.fullmatch(text):
        return int(found["year"]), int(found["month"] or found["month2"]), int(found["day"] or found["day2"])
    if found := DOTTED.fullmatch(text):
        return int(found["year"]), int(found["second"]), int(found["first"])
    if found := WEEK.fullmatch(text.upper()):
        try:
            on = date.fromisocalendar(int(found["year"]), int(found["week"]), int(found["weekday"]))
        except ValueError:
            return int(found["year"]), 0, 0
        return on.year, on.month, on.day
    found = DAY_MONTH.fullmatch(text) or MONTH_DAY.fullmatch(text) or NAME_BETWEEN.fullmatch(text)
    month = _months().get(found["name"].casefold()) if found else None
    return (int(found["year"]), month, int(found["first"])) if found and month else None


def _slashed(text: str, order: DayOrder, say: Words) -> date | WordProblem | None:
    """A day written 31/12/2019 or 31-12-2019, if it is: the British write the day first, the Americans the month."""
    found = SLASHED.fullmatch(text)
    if not found:
        return None
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    if first > 12 or first == second or (order is DayOrder.DAY_FIRST and second <= 12):
        return _day(year, second, first, say)
    if second > 12 or order is DayOrder.MONTH_FIRST:
        return _day(year, first, second, say)
    british, american = _day(year, second, first, say), _day(year, first, second, say)
    if not isinstance(british, date) or not isinstance(american, date):
        return british
    hint = say("Write {one} or {other}.", one=british.isoformat(), other=american.isoformat())
    return WordProblem(say("This day can be read in two ways."), hint)


def _day(year: int, month: int, day_: int, say: Words) -> date | WordProblem:
    if not FIRST_DAY_IN <= year <= LAST_DAY_IN:
        problem = say("The year is before {first} or after {last}.", first=FIRST_DAY_IN, last=LAST_DAY_IN)
        return WordProblem(problem, say("Check the year, the month and the day."))
    try:
        return date(year, month, day_)
    except ValueError:
        return WordProblem(say("There is no such day."), say("Check the year, the month and the day."))


def _no_day(text: str, like: str, say: Words) -> WordProblem:
    """Why a text that is no day is none, as well as can be told."""
    strange = strange_digits(text, say)
    if strange:
        return strange
    if SERIAL.fullmatch(text):
        problem = say("This is the number that a spreadsheet keeps for a day.")
        return WordProblem(problem, say("Give the cells a date format, or write the day like 2018-09-01."))
    if SHORT_YEAR.fullmatch(text):
        return WordProblem(say("The year is not in four digits."), say("Write it like 2018-09-01."))
    return WordProblem(say("This is not a date."), like or say("Write it like 2018-09-01."))


@cache
def _weekdays() -> frozenset[str]:
    """Every weekday's names in both languages, whole and shortened."""
    names = set()
    for language in LANGUAGES:
        days = Locale.parse(LOCALES[language]).days["format"]
        names |= {name.casefold().rstrip(".") for width in ("wide", "abbreviated") for name in days[width].values()}
    return frozenset(names | {name[:3] for name in names} | {f"{name}en" for name in names})


@cache
def _months() -> dict[str, int]:
    """Every month's names in both languages, whole, shortened and in three letters."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale.parse(LOCALES[language]).months["format"]
        for width in ("wide", "abbreviated"):
            for number, name in months[width].items():
                plain = name.casefold().rstrip(".")
                names |= {plain: number, plain[:3]: number}
    return names
