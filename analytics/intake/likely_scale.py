"""The scale that a form's cells are on, where no framework tells: the names of its levels, and which is the lowest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from analytics.intake.by_hand import answer_code
from analytics.intake.level_words import is_dont_know
from analytics.intake.likely_questions import LEVEL, MOST_LEVELS, DraftQuestion
from analytics.intake.readers import TextTable
from analytics.intake.register import folded
from analytics.model.frameworks import Framework

# What scales are mostly called, from the lowest: a proposal, which somebody has to say yes to.
USUAL = (
    (
        *("inte alls", "i ingen grad", "aldrig", "mycket dåligt", "tar helt avstånd", "ej påbörjad", "inte påbörjad"),
        *("not at all", "never", "strongly disagree", "very poor", "not started"),
    ),
    ("i mycket liten grad", "mycket lite", "to a very small extent"),
    (
        *(
            "inte",
            "dåligt",
            "ganska dåligt",
            "i liten grad",
            "i låg grad",
            "till liten del",
            "sällan",
            "påbörjad",
            "låg",
        ),
        *("disagree", "poor", "rarely", "seldom", "to a small extent", "started", "emerging", "beginning", "low"),
    ),
    (
        *(
            "delvis",
            "i viss mån",
            "i viss grad",
            "till viss del",
            "någorlunda",
            "ibland",
            "på väg",
            "aktiverad",
            "medel",
        ),
        *("varken eller", "partly", "to some extent", "somewhat", "sometimes", "in progress", "developing", "neutral"),
        *("neither agree nor disagree", "fair", "medium"),
    ),
    (
        *("", "bra", "ganska bra", "ganska väl", "till stor del", "i stor utsträckning", "i hög grad", "i stor grad"),
        *("ofta", "trygg", "etablerad", "genomförd", "hög", "agree", "good", "mostly", "to a large extent", "often"),
        *("established", "high"),
    ),
    ("mycket bra", "i mycket hög grad", "very good", "to a very large extent"),
    (
        *(
            "helt",
            "helt och hållet",
            "fullt ut",
            "precis",
            "mycket väl",
            "alltid",
            "förebild",
            "välutvecklad",
            "utmärkt",
        ),
        *("ledande", "always", "strongly agree", "fully", "completely", "excellent", "leading"),
    ),
)
PLACES = {name: place for place, names in enumerate(USUAL) for name in names}
OF_WHAT = re.compile(r"(?:det |jag )?(?:stämmer|instämmer|gäller|uppfylls)(?: |$)")


@dataclass(frozen=True, slots=True)
class DraftScale:
    """The levels' names, the lowest first; `ordered`: whether the cells told their order. Else it is proposed."""

    lowest: int
    names: tuple[str, ...]
    ordered: bool


def likely_scale(table: TextTable, questions: Sequence[DraftQuestion]) -> DraftScale:
    """From the cells of these columns; of levels that nobody has answered the names are their numbers. Numbers whose
    names go the other way tell no order: which end is the lowest, somebody says."""
    names: dict[int, str] = {}
    plain: dict[str, str] = {}
    for question in questions:
        for word in pc.unique(table.column(question.heading)).to_pylist():
            word = word.rstrip("; ")
            level = LEVEL.fullmatch(word)
            if level and int(level["number"]) <= MOST_LEVELS:
                names[int(level["number"])] = (level["name"] or "").strip() or names.get(int(level["number"]), "")
            elif not is_dont_know(folded(word)):
                plain.setdefault(folded(word), word)
    if names:
        lowest, highest = min(1, *names), max(2, *names)
        every = tuple(names.get(n) or str(n) for n in range(lowest, highest + 1))
        usual = [place for name in every if (place := _place(name)) is not None]
        downwards = len(usual) > 1 and usual[0] > usual[-1] and usual == sorted(usual, reverse=True)
        return DraftScale(lowest, every, not downwards)
    known = tuple(plain.values())[:MOST_LEVELS]
    places = {name: _place(name) for name in known}
    if None not in places.values() and len(set(places.values())) == len(known):
        known = tuple(sorted(known, key=lambda name: places[name] or 0))
    return DraftScale(1, known, False)


def levels_by_name(table: TextTable, headings: Iterable[str], framework: Framework) -> dict[str, int]:
    """What answers mean whose number is another than that of the level that they name, by `answer_code`: the numbers
    of a form may go the other way round. None where a number has no name."""
    own = {folded(name): level for level, name in zip(framework.levels, framework.labels_sv, strict=True)}
    said = {}
    for word in {word for heading in headings for word in pc.unique(table.column(heading)).to_pylist()}:
        found = LEVEL.fullmatch(word.rstrip("; "))
        level = own.get(folded(found["name"])) if found and found["name"] else None
        if found and level is not None and level != int(found["number"]):
            said[answer_code(word)] = level
    return dict(sorted(said.items()))


def _place(name: str) -> int | None:
    """How high a level of this name mostly is."""
    return PLACES.get(OF_WHAT.sub("", folded(name).rstrip("."), count=1))
