"""Where a form's numbers end: whether its questions are on one scale, which bare numbers do not tell."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow.compute as pc

from analytics.intake.likely_questions import LEVEL, DraftQuestion, highest_of, names_of
from analytics.intake.readers import TextTable


def reaches(table: TextTable, questions: Sequence[DraftQuestion]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """(the highest number that anybody has answered, the columns), lowest first, where numbers end in several places:
    whether that is because nobody was higher, or because there are several scales, they do not tell. Columns whose
    numbers have names are of one scale, and reach as far as any of them."""
    words = {q.heading: pc.unique(table.column(q.heading)).to_pylist() for q in questions}
    own = {heading: [word for word in said if LEVEL.fullmatch(word.rstrip("; "))] for heading, said in words.items()}
    own = {heading: [word.rstrip("; ") for word in levels] for heading, levels in own.items() if levels}
    named = [heading for heading, levels in own.items() if names_of(levels)]
    together = max((highest_of(own[heading]) for heading in named), default=0)
    ends: dict[int, list[str]] = {}
    for heading, levels in own.items():
        ends.setdefault(together if heading in named else highest_of(levels), []).append(heading)
    return tuple((end, tuple(ends[end])) for end in sorted(ends)) if len(ends) > 1 else ()


def several_scales_likely(ends: Sequence[tuple[int, tuple[str, ...]]]) -> bool:
    """Whether it must be said that they are one: not where a single question lacks nothing but the highest level."""
    if not ends:
        return False
    *below, (top, _) = ends
    return [(end, len(columns)) for end, columns in below] != [(top - 1, 1)]
