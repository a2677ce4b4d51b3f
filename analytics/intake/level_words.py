"""What a cell of a form says of a level: the number, the label, or both with whatever a forms tool puts around them.

It is read where it can mean one thing only: a number that is followed by another number, or a label that is another
level's, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

DONT_KNOW = frozenset(
    ("", "vet ej", "vet inte", "don't know", "don’t know", "dont know", "dont_know", "vet_ej", "ej aktuellt")
) | frozenset(
    (
        *("kan ej bedöma", "kan inte bedöma", "kan inte ta ställning", "ingen uppfattning", "ingen åsikt"),
        *("ej tillämpligt", "inte tillämpligt", "vill inte svara", "vill ej svara", "prefer not to say"),
        *("inte aktuellt", "ej relevant", "inte relevant", "no opinion", "not applicable", "n/a"),
    )
)
DONT_KNOW_THEN = re.compile(r"(?:vet (?:ej|inte)|don['’]t know)\s*[/(,;:–—-].*", re.DOTALL)
BETWEEN = r"\s*(?:=>|->|[-–—.:)=|]|\n)+\s*"
NUMBER = r"(?P<number>[0-9]{1,9})"
NUMBERED = re.compile(rf"{NUMBER}(?:{BETWEEN}|\s*(?=\())(?P<rest>\S.*)", re.DOTALL)
SPACED = re.compile(rf"{NUMBER}\s+(?P<rest>\S.*)", re.DOTALL)
BRACKETED = re.compile(rf"\({NUMBER}\)\s*(?P<rest>\S.*)", re.DOTALL)
LEVEL = re.compile(rf"(?:nivå|level|steg|step)\s*{NUMBER}(?:{BETWEEN}(?P<rest>\S.*)|\s*(?P<brackets>\(.*))?", re.DOTALL)
NUMBER_LAST = re.compile(rf"(?P<rest>.*\S)\s*(?:\({NUMBER}\)|[-–—:=]\s*(?P<number2>[0-9]{{1,9}}))", re.DOTALL)
LABELLED = re.compile(r"(?P<label>[^\W\d].*?)(?:[:;(–—]|\s-\s|\n)(?P<rest>.*)", re.DOTALL)
DIGIT = re.compile(r"\W*\d")


# A forms tool's own code for an answer (LimeSurvey: A3, AO03), which is no level: the first answer may be the highest.
CODE = r"(?:ao|a)\d{1,4}"
ANSWER_CODE = re.compile(rf"[\[(]?{CODE}[\])]?\W*")
CODED = re.compile(rf"(?:[\[(]?{CODE}[\])]?{BETWEEN}|\[{CODE}\]\s*|{CODE}\s+(?=\())(?P<rest>\S.*)", re.DOTALL)
CODED_LAST = re.compile(rf"(?P<rest>.*\S)\s*[\[(]{CODE}[\])]", re.DOTALL)


def level_in(text: str, names: Mapping[str, int]) -> int | None:
    """The level that a folded text says; None where it says none, or could say two. `names`: the folded labels."""
    if (level := names.get(text)) is not None:
        return level
    for pattern in (NUMBERED, BRACKETED, LEVEL, SPACED):
        if found := pattern.fullmatch(text):
            said = int(found["number"])
            rest = found["rest"] or (pattern is LEVEL and found["brackets"]) or ""
            own = names.get(rest.strip("()[] ."))
            if pattern is SPACED:
                return said if own == said else None
            if not rest or own == said:
                return said
            return said if own is None and not DIGIT.match(rest) and not _label_before(rest, names, said) else None
    if found := CODED.fullmatch(text) or CODED_LAST.fullmatch(text):
        return names.get(found["rest"].strip("()[] ."))
    if found := NUMBER_LAST.fullmatch(text):
        said = int(found["number"] or found["number2"])
        return said if names.get(found["rest"].strip()) == said else None
    return _labelled(text, names)


def _labelled(text: str, names: Mapping[str, int]) -> int | None:
    """`trygg: we always do`, with a label before what explains it."""
    found = LABELLED.fullmatch(text)
    level = names.get(found["label"].strip()) if found else None
    if found and level is not None and names.get(found["rest"].strip(" ()."), level) != level:
        return None  # two labels
    return level


def _label_before(rest: str, names: Mapping[str, int], said: int) -> bool:
    """Whether the text begins with another level's label."""
    words = rest.lstrip("([ ")
    return any(
        level != said and words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()
        for name, level in names.items()
    )
