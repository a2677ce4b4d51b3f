"""Which country a text says leads a project: "leds av Italien", "led by Italy", "ett projekt som Italien leder",
"Italien, som leder projektet", "Ledande land: Italien". Who leads a part of it, a work package, is not asked."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale

from analytics.words.language import LANGUAGES

VERB = r"(?:leder|ledde|leads|led|koordinerar|samordnar|coordinates)"
BEFORE = (
    r"(?:(?:leds|leddes|styrs|koordineras|samordnas|led|headed|coordinated) (?:av|från|by|from)"
    r"|(?:ledande|samordnande|koordinerande) land(?:et)?(?: är|:| [-–])|lead(?:ing)? country(?: is|:| [-–])) (?:the )?"
)
THE_PROJECT = r"(?:hela )?(?:projektet|samarbetet|partnerskapet|the (?:whole )?(?:project|partnership))\b(?!['’])"
CLAUSE_ENDS = r"\s*(?:$|[.,;!?)]| (?:tillsammans|i samarbete|från|sedan|together|since|from)\b)"
AFTER = rf"(?:,? (?:som|vilket|which|that|who))? {VERB}(?: (?:och|and) {VERB})*(?= {THE_PROJECT}|{CLAUSE_ENDS})"
PROJECT_THAT = r"(?:projekt|projektet|project),? (?:som|vilket|that|which) "
A_PART = re.compile(
    r"\b(?:arbetspaket\w*|delprojekt\w*|delen|wp|work ?packages?|aktivitet\w*|uppgift\w*|nätverk\w*|activit\w+|tasks?"
    r"|networks?)(?: ?[\d.]+)?,?(?: (?:som|vilket|vilken|that|which|is|are|was|were|och|and))*$",
    re.IGNORECASE,
)
LED = re.compile(rf"{VERB}|{BEFORE}", re.IGNORECASE)
"""What there is in every text that says who leads."""
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ"}


def leaders_in(text: str | None) -> tuple[str, ...]:
    """ISO codes of the countries that the text names as leader, each once, in the text's order."""
    line = " ".join((text or "").split())
    if not LED.search(line):
        return ()
    folded = line.casefold()
    named = tuple(name for name in _codes() if name in folded)
    if not named:
        return ()
    found = [match for match in _patterns(named).finditer(line) if not A_PART.search(line[: match.start()].rstrip())]
    return tuple(dict.fromkeys(_codes()[(m["by"] or m["that"] or m["who"]).casefold()] for m in found))


@cache
def _codes() -> dict[str, str]:
    """Country name, in Swedish and English without case -> ISO code."""
    return {
        name.casefold(): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


@lru_cache(maxsize=200)
def _patterns(named: tuple[str, ...]) -> re.Pattern[str]:
    """Of the countries that are named alone: one of all the world's takes a quarter of a second to make."""
    names = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    by, that = (
        rf"{BEFORE}(?P<by>{names})\b",
        rf"{PROJECT_THAT}(?P<that>{names}) {VERB}\b(?! by| av| arbetspaket| delprojekt| work)",
    )
    return re.compile(rf"\b(?:{by}|{that}|(?P<who>{names}){AFTER})", re.IGNORECASE)
