"""How it is known that a person's answers go together over criteria, where people are not followed."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.model.figures import ASSUMED_TOGETHER, Basis
from analytics.words.language import N_, Words

BASIS = {  # None: people are followed, and nothing need be said
    Basis.RESPONDENTS: None,
    Basis.CORRELATION: N_(
        "What each person answered is not known, or may not be shown for fewer than twenty. How one person's "
        "answers go together is taken from the rounds where they can be followed."
    ),
    Basis.BORROWED: N_(
        "What each person answered is not known, or may not be shown for fewer than twenty. How one person's "
        "answers go together is taken from another framework, where they can be followed."
    ),
    Basis.ASSUMED: N_(
        "What each person answered is not known, or may not be shown for fewer than twenty, and nothing tells "
        "how one person's answers go together: a correlation of {low}–{high} is assumed."
    ),
}


def basis_note(bases: Iterable[str | None], say: Words) -> str:
    """What must be said of figures with these bases: of the worst of them; empty where people are followed."""
    there = {Basis(basis) for basis in bases if basis}
    found = next((BASIS[basis] for basis in reversed(Basis) if basis in there), None)
    if found is None:
        return ""
    low, high = (say.number(end, 1) for end in ASSUMED_TOGETHER)
    return say.marked(found, low=low, high=high)
