"""A framework drafted from a form: which of its columns are criteria, and which scale their cells are on.

It is a draft: whoever makes the framework sees it, and changes what is wrong, before anything stands on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.intake.framework_toml import checked_framework
from analytics.intake.likely_questions import DraftQuestion
from analytics.intake.likely_scale import DraftScale
from analytics.intake.raw import Unreadable
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.words.language import Words
from analytics.words.plain import plain_name


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    """All that a framework is made of. `areas`: what each is called, and the heading of its first question; `goal`: the
    level that every criterion is to reach."""

    title: str
    issuer: str
    valid_from: int
    valid_to: int | None
    scale: DraftScale
    goal: int
    questions: tuple[DraftQuestion, ...]
    areas: tuple[tuple[str, str], ...]


def likely_areas(questions: Sequence[DraftQuestion], whole: str, area: str) -> tuple[tuple[str, str], ...]:
    """(what it is called, the heading of its first question): the grids that they stand in, where all stand in one; by
    the letters of the codes where there are several, `area` with the letter; else one, called `whole`."""
    grids = [question.grid for question in questions]
    runs = [grid for n, grid in enumerate(grids) if n == 0 or grids[n - 1] != grid]
    if all(grids) and 1 < len(runs) == len(set(runs)):
        return tuple((grid, questions[grids.index(grid)].heading) for grid in runs)
    letters = [re.sub(r"\d.*", "", question.code) for question in questions]
    if all(letters) and len(set(letters)) > 1 and letters == sorted(letters):
        first = {letter: q.heading for letter, q in reversed(list(zip(letters, questions, strict=True)))}
        return tuple((f"{area} {letter}", first[letter]) for letter in sorted(first))
    return ((whole, questions[0].heading),) if questions else ()


def made_framework(draft: FrameworkDraft, id_: str, file: str, say: Words) -> tuple[Framework, dict[str, str]]:
    """The framework, and which criterion each heading is; raises Refused with all that is wrong."""
    ids, areas, said = _ids(draft), [], {}
    starts = {heading: title for title, heading in draft.areas}
    for question in draft.questions:
        if question.heading in starts or not areas:
            title = starts.get(question.heading, draft.areas[0][0] if draft.areas else draft.title)
            areas.append(
                {"id": f"{len(areas) + 1}-{plain_name(title)}".strip("-"), "title": _both(title), "criterion": []}
            )
        said[question.heading] = ids[question.heading]
        areas[-1]["criterion"].append({"id": ids[question.heading], "title": _both(question.title)})
    names = list(draft.scale.names)
    values = {
        "id": id_, "title": _both(draft.title), "issuer": draft.issuer, "valid_from": draft.valid_from,
        "scale": {
            "min": draft.scale.lowest, "max": draft.scale.lowest + len(names) - 1, "labels": {"sv": names, "en": names},
        },
        "goal": {"level": draft.goal}, "area": areas,
    }  # fmt: skip
    if draft.valid_to:
        values["valid_to"] = draft.valid_to
    if not areas:
        text, hint = say("There is no criterion."), say("Choose which columns are questions.")
        raise Refused([Problem(file, None, None, None, text, hint)])
    try:
        return checked_framework(values, say)[0], said
    except Unreadable as error:
        raise error.refused(file) from None


def _ids(draft: FrameworkDraft) -> dict[str, str]:
    """heading -> id: the code that stands in it, where every one has one of its own; else numbers."""
    codes = [question.code for question in draft.questions]
    own = all(codes) and len(set(codes)) == len(codes)
    return {q.heading: q.code if own else f"F{n}" for n, q in enumerate(draft.questions, 1)}


def _both(text: str) -> dict[str, str]:
    """Nobody has translated it: English readers get it as it is."""
    return {"sv": text, "en": text}
