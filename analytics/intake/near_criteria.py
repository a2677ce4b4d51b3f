"""Headings that are nearly a criterion's, and criteria that no heading is: a load of most of them is no mistake, but
it is never silent."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow.compute as pc
from rapidfuzz import fuzz

from analytics.intake.columns import SheetCheck
from analytics.intake.headings import BESIDE, bare, forms
from analytics.intake.word_problem import WordProblem
from analytics.model.frameworks import Criterion, Framework

NEARLY = 85.0  # per cent alike
SHORTEST = 10  # letters: between shorter names one letter is much
MOST_COMPARED = 300  # headings


def near_criteria(
    check: SheetCheck, framework: Framework, taken: Collection[str], found: Collection[str]
) -> dict[str, Criterion]:
    """Headings that are not `taken` and are nearly the title of a criterion that is not `found`, and whose cells are
    levels -> that criterion."""
    missing = [criterion for criterion in framework.criteria if criterion.id not in found]
    near: dict[str, Criterion] = {}
    for heading in [heading for heading in check.sheet.headings if heading not in taken][:MOST_COMPARED]:
        written = check.sheet.written(heading)
        criterion = _nearest(written, missing) if missing and not BESIDE.search(written) else None
        if criterion and _holds_levels(check, framework, heading):
            near[heading] = criterion
    return near


def _nearest(heading: str, criteria: Collection[Criterion]) -> Criterion | None:
    likeness = {
        criterion.id: (fuzz.ratio(form, bare(title)), criterion)
        for form in forms(heading)
        if len(form) >= SHORTEST
        for criterion in criteria
        for title in (criterion.title.sv, criterion.title.en)
        if abs(len(form) - len(title)) < 40 and fuzz.ratio(form, bare(title)) >= NEARLY
    }
    return max(likeness.values(), key=lambda one: one[0])[1] if likeness else None


def _holds_levels(check: SheetCheck, framework: Framework, heading: str) -> bool:
    words = [word for word in pc.unique(check.sheet.column(heading)).to_pylist() if word]
    levels = [check.register.level(framework.id, word) for word in words[:1000]]
    return any(isinstance(level, int) for level in levels) and not any(isinstance(one, WordProblem) for one in levels)


def said_missing(check: SheetCheck, framework: Framework, found: Collection[str]) -> str | None:
    """The note on the criteria that the form has no column for."""
    missing = [criterion.id for criterion in framework.criteria if criterion.id not in found]
    if not missing:
        return None
    return check.say(
        "The file holds {n} of the {all} criteria of {framework}; missing: {ids}.",
        n=len(framework.criteria) - len(missing),
        all=len(framework.criteria),
        framework=framework.id,
        ids=", ".join(missing),
    )
