"""Words and numbers in the reader's language: one gettext catalogue (Babel), Swedish by default, English complete.

Messages are written in English in the code and are their own English text; `locale/sv` holds the Swedish. The catalogue
is read from its .po file, so there is no compiled file that can be out of date.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from analytics.words.periods import SchoolYear, school_year, with_school_years

if TYPE_CHECKING:
    from analytics.model.frameworks import Framework

LANGUAGES = ("sv", "en")
LOCALES = {"sv": "sv_SE", "en": "en_GB"}
CATALOGUE = Path(__file__).parent / "locale"


class Marked(str):
    """A message that stands as data, in English, until somebody says it."""


class Counted(NamedTuple):
    """The same of a message that has a number in it, `{n}`: its form for one, and for many."""

    one: str
    many: str


def N_(message: str) -> Marked:
    """Marks a message that stands as data, such as a label, so that it comes into the catalogue."""
    return Marked(message)


def NP_(one: str, many: str) -> Counted:
    """Marks the two forms of a message that stands as data."""
    return Counted(one, many)


QUOTED = N_("“{text}”")


@cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    source = CATALOGUE / language / "LC_MESSAGES" / "kvalitetsdialog.po"
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Words:
    """Says things in one language: `say("{n} schools", n=3)`; immutable, one per language, period and process.

    A round's year goes in as `say.round(year)`, which is the one place where it becomes words: a framework whose rounds
    are of school years has them called so by `say.of_rounds(framework)`. Other years are calendar years and go in as
    they are.
    """

    def __init__(self, language: str, school_years: bool = False):
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.school_years = school_years
        self.locale = LOCALES[self.language]
        self._catalogue = _translations(self.language)

    def __call__(self, message: str, **values: object) -> str:
        return self._filled(self._catalogue.gettext(message), values)

    @property
    def key(self) -> str:
        """What two must have in common to say the same."""
        return f"{self.language} school years" if self.school_years else self.language

    def of_rounds(self, framework: Framework) -> Words:
        """The same language, of the rounds of a framework."""
        return _words(self.language, framework.calendar.school_year)

    def round(self, year: int | None) -> str:
        """A round's year: 2021, or 2021/22 where it is of a school year; in a sentence, läsåret 2021/22. Empty for
        none."""
        if year is None:
            return ""
        return school_year(year) if self.school_years else str(year)

    def _filled(self, text: str, values: dict[str, Any]) -> str:
        if not values:
            return text
        if self.school_years and any(isinstance(value, SchoolYear) for value in values.values()):
            text = with_school_years(text, values, self.language)
        return text.format(**values)

    def marked(self, message: Marked | Counted | None, **values: Any) -> str:
        """A message that was marked with N_ or NP_ where it stands; nothing for None, which stands in tables of texts
        where there is nothing to say. Values that the message does not name are left out."""
        if message is None:
            return ""
        if isinstance(message, Counted):
            return self.plural(message.one, message.many, **values)
        return self._filled(self._catalogue.gettext(message), values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for n; `{n}` in the message is n as the language writes it."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": self.integer(n), **values})

    def forms(self, message: Counted) -> tuple[str, str]:
        """Both forms, for one and for many, for who counts by itself: a browser fills in `{n}`."""
        one, many = (self._catalogue.ngettext(message.one, message.many, n) for n in (1, 2))
        return one, many

    def integer(self, value: int) -> str:
        return _integer(value, self.locale)

    def number(self, value: float | Decimal, digits: int = 2) -> str:
        return _number(round(float(value), digits) + 0.0, digits, self.locale)

    def span(self, low: str, high: str) -> str:
        """From the one to the other, as they are written; one where they are written the same."""
        return low if low == high else f"{low}–{high}"

    def signed(self, value: float, digits: int = 2) -> str:
        """A difference, with its sign; a difference that rounds to nothing has none."""
        rounded = round(float(value), digits) + 0.0
        text = _number(abs(rounded), digits, self.locale)
        return text if rounded == 0 else ("+" if rounded > 0 else "\N{MINUS SIGN}") + text

    def percent(self, share: float | Decimal, digits: int = 0) -> str:
        return _percent(round(float(share), max(4, digits + 2)), digits, self.locale)

    def day(self, day: date) -> str:
        """A day with its month in letters: 3 februari 2025."""
        return format_date(day, "d MMMM y", locale=self.locale)

    def month(self, number: int) -> str:
        """A month's name, 1-12."""
        return Locale.parse(self.locale).months["format"]["wide"][number]

    def country(self, code: str) -> str:
        """The country with this ISO code as the language calls it; a code that is no country stands as it is."""
        return Locale.parse(self.locale).territories.get(code, code)

    def quoted(self, text: str) -> str:
        """Somebody else's words, in the language's own marks."""
        return self.marked(QUOTED, text=text)

    def listing(self, items: Iterable[str]) -> str:
        return format_list(list(items), locale=self.locale)

    def either(self, items: Iterable[str]) -> str:
        """The choices: a, b or c."""
        return format_list(list(items), style="or", locale=self.locale)


@cache
def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def true_minus(text: str) -> str:
    """A number as it was written, with the sign that is as wide as a plus and breaks no line."""
    return text.replace("-", "\N{MINUS SIGN}")


# A page writes hundreds of numbers, most of them again and again: writing them anew was half of composing it.
remembered = lru_cache(maxsize=50_000)


@remembered
def _number(value: float, digits: int, locale: str) -> str:
    return format_decimal(value, format=_pattern(digits), locale=locale)


@remembered
def _integer(value: int, locale: str) -> str:
    return format_decimal(value, format="#,##0", locale=locale)


@remembered
def _percent(share: float, digits: int, locale: str) -> str:
    sign = "\N{NO-BREAK SPACE}%" if locale.startswith("sv") else "%"
    return format_percent(share, format=_pattern(digits) + sign, locale=locale)


@cache
def _words(language: str, school_years: bool) -> Words:
    return Words(language, school_years)


@cache
def words(language: str) -> Words:
    """The one Words of a language; anything unknown is Swedish."""
    return _words(Words(language).language, False)
