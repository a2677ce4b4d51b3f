"""Headings as they are compared, and as they are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analytics.registers.field import FileKind
from analytics.words.language import Words

LONGEST = 2_000  # letters of a heading that is taken apart
# `Question [row]`, `Q1[A1]`, `Question (row)`: what a grid's column is about stands last.
GRID = re.compile(r"(?P<about>[^\[\]]*)\[(?P<row>[^\[\]]+)\]")
ROUND_BRACKETS = re.compile(r"(?P<about>[^()]+)\((?P<row>[^()]+)\)\s*")
# `1. title`, `2.3) title`, `Q4: title`, `Fråga 5 - title`.
NUMBER = re.compile(
    r"(?:(?:q|fråga|question|nr|no)\W?\s*)?\d{1,3}(?:\.\d{1,3})*[a-z]?(?:\s*[.:)\-–—]\s*|\s+)(?P<row>\S.*)", re.I | re.S
)
CODED = re.compile(r"(?:q|g\d+q|fråga)\d{1,3}_(?P<row>\w+)", re.IGNORECASE)  # Q1_A1, as R and SPSS want it
BETWEEN = re.compile(r"\s[-–—>|/]\s|[:?→]\s|\s*\n\s*")
AGAIN = re.compile(r"(?P<row>.{8,}[^\W\d][?!.]?)[2-9]", re.DOTALL)  # Microsoft Forms' second question of one wording
# What a tool writes behind the level that its column counts: `Stämmer helt (antal)`, `4, %`. From the first of the
# signs that part them: looked for from each of many, it takes the square of their number.
UNIT = re.compile(
    r"(?<![\s,(\[])[\s,(\[]+(?:antal|number|count|n|andel|share|procent|per cent|%)[\])\s]*$", re.IGNORECASE
)
QUESTION = frozenset(
    (
        "question",
        "item",
        "statement",
        "indicator",
        "criterion",
        "fråga",
        "frågor",
        "påstående",
        "indikator",
        "kriterium",
    )
)
# What asks about the same thing without being its rating.
BESIDE = re.compile(
    r"kommentar|comment|motiver|synpunkt|feedback|\bpoints\b|poäng|varför|\bwhy\b|utveckla|förklar|explain|beskriv|"
    r"descri|exempel|example|\btotal",
    re.IGNORECASE,
)


def called(kind: FileKind, name: str, say: Words) -> str:
    """What a column is called for readers: in Swedish with both of its names."""
    swedish = next((column.also for column in kind.columns if column.name == name), ())
    return f"{swedish[0]} ({name})" if swedish and say.language == "sv" else name


def normalised(heading: str) -> str:
    """A heading without case, spacing or punctuation: 'Antal elever' -> 'antal_elever'."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def bare(text: str) -> str:
    """A name without case, spacing or punctuation: 'A1. Title' and 'a1 - title?' are the same."""
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()


def without_unit(heading: str) -> str:
    """`Stämmer helt (antal)`, `4, %`: the level alone."""
    return UNIT.sub("", heading) or heading


def scale_mark(labels: Iterable[str]) -> str:
    """A scale among known headings: no bare word has a colon."""
    return "".join(f":{bare(label)}" for label in labels)


def inner_parts(heading: str) -> Iterator[str]:
    """What a heading may be about when a forms tool has put something around it, the surest first; not the heading
    itself. What is left out must not say that the column holds comments or points instead."""
    if len(heading) > LONGEST:
        return
    seen = {heading}
    for part in _inner(heading):
        part = part.strip()
        if part and part not in seen and not BESIDE.search(heading.replace(part, " ", 1)):
            seen.add(part)
            yield part


def _inner(heading: str) -> Iterator[str]:
    for found in reversed(list(GRID.finditer(heading))):
        yield found["row"]
    for pattern in (NUMBER, CODED, AGAIN):
        if found := pattern.fullmatch(heading):
            yield found["row"]
    for found in BETWEEN.finditer(heading):
        tail = heading[found.end() :]
        yield tail
        if numbered := NUMBER.fullmatch(tail.strip()):
            yield numbered["row"]
    if found := ROUND_BRACKETS.fullmatch(heading):
        yield found["row"]
    for found in BETWEEN.finditer(heading):  # "Din skola / Response"
        yield heading[: found.start()]


def forms(heading: str) -> Iterable[str]:
    """The heading and its inner parts, as they are compared."""
    yield bare(heading)
    for part in inner_parts(heading):
        yield bare(part)
