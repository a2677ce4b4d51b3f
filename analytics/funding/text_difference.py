"""What is new in a text and what is gone from it, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

PIECE = re.compile(r"\A\s*\S+\s*|\S+\s*")
LONGEST = 20_000
"""Characters of both texts together; the time that it takes to lay longer ones beside each other is noticed."""
ALIKE = 0.3
"""The part of the words from which on two texts are versions of one; below it, those that they share tell nothing."""


class Fate(StrEnum):
    """What became of a piece of the former text: it is there still, is gone, or is new."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some words in a row that share a fate."""

    fate: Fate
    text: str


def text_difference(before: str, now: str) -> tuple[TextPiece, ...]:
    """The two texts as one: what is gone stands before what came in its place. Kept and new pieces together are the
    present text, letter by letter. Of texts too long for it, or too unlike to be one, all is gone and all is new."""
    if len(before) + len(now) > LONGEST:
        return _apart(before, now)
    old, new = PIECE.findall(before), PIECE.findall(now)
    same = SequenceMatcher(None, [part.split()[0] for part in old], [part.split()[0] for part in new], autojunk=False)
    if same.ratio() < ALIKE:
        return _apart(before, now)
    pieces: list[TextPiece] = []
    for what, a, b, c, d in same.get_opcodes():
        if what == "equal":
            pieces.append(TextPiece(Fate.KEPT, "".join(new[c:d])))
            continue
        for fate, words_ in ((Fate.GONE, old[a:b]), (Fate.NEW, new[c:d])):
            if words_:
                pieces.append(TextPiece(fate, "".join(words_)))
    return tuple(pieces)


def _apart(before: str, now: str) -> tuple[TextPiece, ...]:
    return tuple(TextPiece(fate, text) for fate, text in ((Fate.GONE, before), (Fate.NEW, now)) if text)
