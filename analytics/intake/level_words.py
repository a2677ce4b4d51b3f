"""What a cell of a form says of a level: the number, the label, or both with whatever a forms tool puts around them.

It is read where it can mean one thing only: a number that is followed by another number, or a label that is another
level's, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

DONT_KNOW = frozenset(
    ("", "vet ej", "vet inte", "don't know", "don’t know", "dont know", "dont_know", "vet_ej", "ej aktuellt")
) | frozenset(
    (
        *("kan ej bedöma", "kan inte bedöma", "kan inte ta ställning", "ingen uppfattning", "ingen åsikt"),
        *("ej tillämpligt", "inte tillämpligt", "vill inte svara", "vill ej svara", "prefer not to say"),
        *("inte aktuellt", "ej relevant", "inte relevant", "no opinion", "not applicable", "n/a"),
        *("jag vet inte", "jag vet ej", "vet inte alls", "i don't know", "do not know", "i do not know"),
        *("har ingen uppfattning", "har ingen åsikt", "kan ej ta ställning", "kan inte avgöra"),
        *("kan ej avgöra", "kan inte svara", "kan ej svara", "cannot say", "can't say", "vill inte uppge"),
        *("vill ej uppge", "inget svar", "ej svar", "ej svarat", "har inte svarat", "ej besvarad", "inte besvarad"),
        *("no answer", "not answered", "no response", "avstår", "avstår från att svara"),
    )
)
MARKS = "\"'“”„‘’«»•●◦▪■✓✔☑*"
"""What stands around an answer and says nothing: quotes, a list's or a box's marks."""
DONT_KNOW_THEN = re.compile(r"(?:vet (?:ej|inte)|don['’]t know)\s*[/(,;:–—-].*", re.DOTALL)
BETWEEN = r"\s*(?:=>|->|[-–—.:)=|→⇒]|\n)+\s*"
NUMBER = r"(?P<number>[0-9]{1,9})"
NUMBERED = re.compile(rf"{NUMBER}(?:{BETWEEN}|\s*(?=\())(?P<rest>\S.*)", re.DOTALL)
SPACED = re.compile(rf"{NUMBER}(?:\s+|\s*[,;/]\s*)(?P<rest>\S.*)", re.DOTALL)
BRACKETED = re.compile(rf"(?:\({NUMBER}\)|\[(?P<number2>[0-9]{{1,9}})\])\s*(?P<rest>\S.*)", re.DOTALL)
WORD_FOR_LEVEL = r"(?:nivå|level|steg|step|grad|betyg|svar|answer|värde|value|score|poäng|nr|no)"
LEVEL = re.compile(
    rf"{WORD_FOR_LEVEL}\s*[.:=]?\s*{NUMBER}(?:{BETWEEN}(?P<rest>\S.*)|\s*(?P<brackets>\(.*))?", re.DOTALL
)
OF_ALL = re.compile(rf"(?:{WORD_FOR_LEVEL}\s*[.:=]?\s*)?{NUMBER}\s*(?:av|of|out of)\s*(?P<all>[0-9]{{1,3}})")
POINTS = re.compile(rf"{NUMBER}\s*(?:poäng|p|points?|pts?|stars?|stjärn(?:a|or))\.?")
NUMBER_LAST = re.compile(
    rf"(?P<rest>.*[^\s,;/:=–—-])(?:\s*\({NUMBER}\)|\s*\[(?P<number2>[0-9]{{1,9}})\]|(?P<by>[-–—:=,;/\s]+)(?P<number3>[0-9]{{1,9}}))",
    re.DOTALL,
)
LONGEST = 60  # letters of what may be a level beside a label
LETTERED = re.compile(r"[a-z]\s*[.):]\s*(?P<rest>\S.*)|[a-z]\s+[-–—]\s+(?P<rest2>\S.*)", re.DOTALL)
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            *(("ett", "one"), ("två", "two"), ("tre", "three"), ("fyra", "four"), ("fem", "five"), ("sex", "six")),
            *(("sju", "seven"), ("åtta", "eight"), ("nio", "nine"), ("tio", "ten")),
        ),
        1,
    )
    for word in words
}
IN_WORDS = re.compile(
    rf"(?:(?P<level>{WORD_FOR_LEVEL})\s*[:=]?\s*)?(?P<word>{'|'.join(NUMBER_WORDS)}|(?<=\s)(?:i{{1,3}}|iv|vi{{0,3}}|ix|x))"
    rf"(?P<after>{BETWEEN}\S.*)?",
    re.DOTALL,
)
ROMAN = {word: number for number, word in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], 1)}
LABELLED = re.compile(r"(?P<label>[^\W\d].*?)(?:[:;(–—]|\s-\s|\n)(?P<rest>.*)", re.DOTALL)
DIGIT = re.compile(r"\W*\d")
# Nothing but a no, of what the label says: `trygg: nej`, `3 - inte trygg`. What a level means may well begin with one.
NEGATED = re.compile(r"\W*(?:stämmer )?(?:ej|inte|icke|nej|not|no)\b\W*(?P<what>.*)", re.DOTALL)


# A forms tool's own code for an answer (LimeSurvey: A3, AO03), which is no level: the first answer may be the highest.
CODE = r"(?:ao|a)\d{1,4}"
ANSWER_CODE = re.compile(rf"[\[(]?{CODE}[\])]?\W*")
CODED = re.compile(rf"(?:[\[(]?{CODE}[\])]?{BETWEEN}|\[{CODE}\]\s*|{CODE}\s+(?=\())(?P<rest>\S.*)", re.DOTALL)
CODED_LAST = re.compile(rf"(?P<rest>.*\S)\s*[\[(]{CODE}[\])]", re.DOTALL)


def is_dont_know(text: str) -> bool:
    """Whether a folded text says that somebody does not know, or does not answer."""
    said, text = text, text.replace("´", "'").replace("`", "'").strip(MARKS + " ").rstrip(".,")
    if said and not text:
        return False  # marks alone are no empty cell
    parts = text.split("/")
    whole = text in DONT_KNOW or all(part.strip() in DONT_KNOW and part.strip() for part in parts)
    return whole or DONT_KNOW_THEN.fullmatch(text) is not None


def is_dont_know_and_a_level(text: str, levels: Container[int]) -> bool:
    """`vet ej, kanske 3`, `vet ej (3)`: it says two things; `vet ej (0)` says one, where no level is 0."""
    return is_dont_know(text) and any(int(number) in levels for number in re.findall(r"(?<!\d)\d{1,3}(?!\d)", text))


def is_numbered_dont_know(text: str, levels: Container[int]) -> bool:
    """`0 - vet ej`, `5 (vet ej)`, `e. vet ej`: with a number that is no level, or a list's letter."""
    if found := LETTERED.fullmatch(text):
        return is_dont_know((found["rest"] or found["rest2"]).strip("()[] ."))
    for pattern in (NUMBERED, BRACKETED, LEVEL, SPACED):
        if found := pattern.fullmatch(text):
            said = int(found["number"] or (pattern is BRACKETED and found["number2"]))
            rest = found["rest"] or (pattern is LEVEL and found["brackets"]) or ""
            return said not in levels and bool(rest) and is_dont_know(rest.strip("()[] ."))
    return False


def level_in(text: str, names: Mapping[str, int]) -> int | None:
    """The level that a folded text says; None where it says none, or could say two. `names`: the folded labels."""
    if (level := names.get(text)) is not None:
        return level
    bare = text.lstrip(MARKS + " ").rstrip(MARKS + " .")  # all at once: what is left has none
    if bare != text:
        return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else level_in(bare, names)
    if found := OF_ALL.fullmatch(text):  # of any other number it is of another scale
        return int(found["number"]) if int(found["all"]) == max(names.values(), default=0) else None
    if found := POINTS.fullmatch(text):
        return int(found["number"])
    if (found := IN_WORDS.fullmatch(text)) and (found["level"] or found["word"] in NUMBER_WORDS):
        number = NUMBER_WORDS.get(found["word"]) or ROMAN[found["word"]]
        return level_in(f"{number}{found['after'] or ''}", names) if found["after"] else number
    for pattern in (NUMBERED, BRACKETED, LEVEL, SPACED):
        if found := pattern.fullmatch(text):
            said = int(found["number"] or (pattern is BRACKETED and found["number2"]))
            rest = found["rest"] or (pattern is LEVEL and found["brackets"]) or ""
            own = names.get(rest.strip("()[] ."))
            if rest and is_dont_know(rest.strip("()[] .")):
                return None  # a level, and none
            if pattern is SPACED:
                return said if own == said else None
            if not rest or own == said:
                return said
            if _is_negated(rest, names):
                return None
            return said if own is None and not DIGIT.match(rest) and not _label_before(rest, names, said) else None
    if found := CODED.fullmatch(text) or CODED_LAST.fullmatch(text):
        return names.get(found["rest"].strip("()[] ."))
    if found := NUMBER_LAST.fullmatch(text):
        said = int(found["number"] or found["number2"] or found["number3"])
        if names.get(found["rest"].strip()) == said:
            return said
        if (found["by"] or "-").strip() or found["rest"].strip() in names:
            return None
    if found := LETTERED.fullmatch(text):  # a list's letter is no level: the label alone says it
        return names.get((found["rest"] or found["rest2"]).strip("()[] ."))
    return _labelled(text, names)


def _labelled(text: str, names: Mapping[str, int]) -> int | None:
    """`trygg: we always do`, with a label before what explains it; `trygg / safe`, one in two languages."""
    if "/" in text:
        both = {names.get(part.strip()) for part in text.split("/")}
        if len(both) == 1 and None not in both:
            return both.pop()
    found = LABELLED.fullmatch(text)
    level = names.get(found["label"].strip()) if found else None
    if found and _is_negated(found["rest"], names):
        return None
    rest = found["rest"].strip(" ().") if found and len(found["rest"]) <= LONGEST else ""  # more is no level
    said = (
        int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 10 else level_in(rest, names) if rest else None
    )
    return level if said in (None, level) else None  # else it says two


def _is_negated(rest: str, names: Mapping[str, int]) -> bool:
    found = NEGATED.fullmatch(rest) if len(rest) <= LONGEST else None
    return found is not None and (not found["what"] or found["what"].strip("()[] .") in names)


def _label_before(rest: str, names: Mapping[str, int], said: int) -> bool:
    """Whether the text begins with another level's label."""
    words = rest.lstrip("([ ")
    return any(
        level != said and words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()
        for name, level in names.items()
    )
