"""Which country a text says leads a project: "leds av Italien", "led by Italy", "som Italien leder"."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from analytics.language import LANGUAGES, Words

BEFORE = r"(?:leds|leddes|styrs|koordineras|samordnas|led|headed|coordinated) (?:av|by) (?:the )?"
AFTER = r" (?:leder|ledde|leads|led|koordinerar|samordnar|coordinates)\b(?! by| av)"
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ"}


def leaders_in(text: str | None) -> tuple[str, ...]:
    """ISO codes of the countries that the text names as leader, each once, in the text's order."""
    if not text:
        return ()
    found = _patterns().finditer(" ".join(text.split()))
    return tuple(dict.fromkeys(_codes()[(match["by"] or match["who"]).casefold()] for match in found))


def country_name(code: str, say: Words) -> str:
    """The country's name in the reader's language; the code where there is none."""
    return Locale.parse(say.locale).territories.get(code, code)


@cache
def _codes() -> dict[str, str]:
    """Country name, in Swedish and English without case -> ISO code."""
    return {
        name.casefold(): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


@cache
def _patterns() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_codes(), key=len, reverse=True))
    return re.compile(rf"\b{BEFORE}(?P<by>{names})\b|\b(?P<who>{names}){AFTER}", re.IGNORECASE)
