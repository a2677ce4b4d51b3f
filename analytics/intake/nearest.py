"""The known word that is most like an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

HALF = 50.0  # per cent alike


def nearest(word: str, known: Iterable[str], *, least: float = HALF) -> str | None:
    """The known word most like this one, and at least so much alike (in per cent); None where none is."""
    words = list(known)
    folded = [one.casefold() for one in words]
    found = process.extractOne(word.casefold(), folded, scorer=fuzz.ratio, score_cutoff=least)
    return words[found[2]] if found else None
