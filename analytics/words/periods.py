"""What a round's year is called where rounds are of school years: 2021/22, and in a sentence läsåret 2021/22."""

from __future__ import annotations

import re
from collections.abc import Mapping


class SchoolYear(str):
    """A school year as axes and tables write it, 2021/22; a sentence that it is put into says which kind of year."""


def school_year(begins: int) -> SchoolYear:
    """The school year that begins in a year."""
    return SchoolYear(f"{begins}/{(begins + 1) % 100:02}")


WORD = {"sv": "läsåret", "en": "the school year"}
CALLED = {"sv": r"[Åå]r ", "en": r"[Yy]ear "}
"""What a sentence may call a year before it tells which: it would say the same twice."""

# A school year is called so where a sentence first names it. A label (no full stop) names it alone, as does what begins
# a range or is told of after a colon (2021/22: ...); in English also what no preposition leads to: the 2021/22 round.
NAMED = r"(?P<start>^|(?<=[.?!] ))?(?P<called>{called})?(?P<after>\w+ )?\{{(?P<name>\w+)\}}(?P<on>[–:])?"
LED_TO = ("in ", "of ", "since ", "from ", "with ", "for ", "to ", "by ", "than ")
SENTENCE = re.compile(r"[.?!]”?$")


def with_school_years(text: str, values: Mapping[str, object], language: str) -> str:
    """The message with every first mention of a school year told as one, its values not yet put in."""
    is_sentence, told = bool(SENTENCE.search(text)), False

    def named(match: re.Match[str]) -> str:
        nonlocal told
        name = match["name"]
        if not isinstance(values.get(name), SchoolYear):
            return match[0]
        called, after = match["called"] or "", match["after"] or ""
        led_to = language != "en" or not after or after.casefold() in LED_TO
        said = bool(called) or (is_sentence and led_to and not told and not match["on"])
        told = True
        word = f"{WORD[language]} " if said else ""
        if called.istitle() or (match["start"] is not None and not called and not after):
            word = word[:1].upper() + word[1:]
        return f"{after}{word}{{{name}}}{match['on'] or ''}"

    return re.sub(NAMED.format(called=CALLED[language]), named, text)
