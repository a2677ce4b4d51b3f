"""What a word stands for that is a country."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pycountry
from babel import Locale

from analytics.intake.nearest import nearest
from analytics.intake.vocabulary import plain
from analytics.intake.word_problem import WordProblem
from analytics.words.language import LANGUAGES, LOCALES, Words

ALSO_KNOWN = {"EL": "GR", "UK": "GB"}  # the Commission's own codes
KOSOVO = "XK"  # takes part in the programmes, and has no ISO code of its own


def country(word: str, say: Words) -> str | WordProblem:
    """ISO 3166 alpha-2, from the code in two or three letters, or the name in either language; EL and UK are understood
    as the Commission writes them."""
    code = word.strip().upper()
    code = ALSO_KNOWN.get(code, code)
    if code in _codes():
        return code
    names = _codes_by_name()
    found = names.get(plain(word), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        codes = ", ".join(sorted(found))
        return WordProblem(say("Several countries are called that."), say("Write one of {codes}.", codes=codes))
    like = nearest(plain(word), names, least=70)
    if like and len(names[like]) == 1:
        hint = say("The nearest is {country}.", country=say.country(next(iter(names[like]))))
    else:
        hint = say("Write the country's name, or its two letters, such as FI or PT.")
    return WordProblem(say("The country is not known.") if word.strip() else say("The country is missing."), hint)


@cache
def _codes() -> frozenset[str]:
    return frozenset(known.alpha_2 for known in pycountry.countries) | {KOSOVO}


@cache
def _codes_by_name() -> dict[str, set[str]]:
    """Every name of a country, as it is compared -> the codes that it may stand for."""
    names: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale.parse(LOCALES[language]).territories.items():
            if code in _codes():
                names[plain(name)].add(code)
    for known in pycountry.countries:
        for kind in ("alpha_3", "name", "common_name", "official_name"):
            if hasattr(known, kind):
                names[plain(getattr(known, kind))].add(known.alpha_2)
    return dict(names)
