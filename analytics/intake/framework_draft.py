"""A framework drafted from a form: which of its columns are criteria, and which scale their cells are on.

It is a draft: whoever makes the framework sees it, and changes what is wrong, before anything stands on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from analytics.intake.framework_toml import checked_framework
from analytics.intake.headings import normalised
from analytics.intake.level_words import is_dont_know
from analytics.intake.personal import looks_personal, speaks_of_a_person
from analytics.intake.raw import Unreadable
from analytics.intake.readers import TextTable
from analytics.intake.register import folded
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.words.language import Words
from analytics.words.plain import plain_name

MOST_LEVELS = 10
LEVEL = re.compile(r"(?P<number>\d{1,2})(?:\s*[-–—.:)=(]?\s*(?P<name>.*?)\)?)?")
CODE = re.compile(r"(?P<code>[^\W\d_]{1,3}\d{1,2}|\d{1,2}(?:\.\d{1,2})?)(?:\s*[.:)–-])?\s+(?P<title>\S.*)")
NO_QUESTION = re.compile(r"(?:id|nr|nummer|index|respondent|svarande)\d*|poang.*|poäng.*|points.*|feedback.*|total.*")
FEWEST_IN_A_SENTENCE = 4  # words after the first: what is as long is no name of a field, whatever words stand in it
LONGEST = 200  # letters of a title


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A column that is taken for a criterion: its heading, and what the criterion is called."""

    heading: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class DraftScale:
    """The levels' names, the lowest first; `ordered`: whether the cells told their order; else it is as they came."""

    lowest: int
    names: tuple[str, ...]
    ordered: bool


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


def likely_questions(table: TextTable, school_heading: str | None = None) -> tuple[DraftQuestion, ...]:
    """The columns whose cells are all levels of one scale, as far as they show it."""
    words = {
        heading: [word for word in pc.unique(column).to_pylist() if not is_dont_know(folded(word))]
        for heading, column in zip(table.headings, table.columns, strict=True)
        if heading != school_heading and _may_ask(heading, column)
    }
    shared = Counter(word for column in words.values() for word in map(folded, column))
    found = []
    for heading, own in words.items():
        numbered = own and all((level := LEVEL.fullmatch(word)) and int(level["number"]) <= MOST_LEVELS for word in own)
        alike = own and all(shared[folded(word)] > 1 for word in own)
        if len(own) <= MOST_LEVELS and (numbered or alike):
            found.append(question_of(heading))
    return tuple(found)


def question_of(heading: str) -> DraftQuestion:
    """What a heading asks: "A1. We have a plan" is the criterion A1."""
    coded = CODE.fullmatch(heading)
    title = coded["title"] if coded else heading
    return DraftQuestion(heading, coded["code"].upper() if coded else "", title[:LONGEST].rstrip())


def likely_scale(table: TextTable, questions: Sequence[DraftQuestion]) -> DraftScale:
    """From the cells of these columns; of levels that nobody has answered the names are their numbers."""
    names: dict[int, str] = {}
    plain: dict[str, str] = {}
    for question in questions:
        for word in pc.unique(table.column(question.heading)).to_pylist():
            level = LEVEL.fullmatch(word)
            if level and int(level["number"]) <= MOST_LEVELS:
                names[int(level["number"])] = (level["name"] or "").strip() or names.get(int(level["number"]), "")
            elif not is_dont_know(folded(word)):
                plain.setdefault(folded(word), word)
    if names:
        lowest, highest = min(1, *names), max(2, *names)
        return DraftScale(lowest, tuple(names.get(n) or str(n) for n in range(lowest, highest + 1)), True)
    return DraftScale(1, tuple(plain.values())[:MOST_LEVELS], False)


def likely_areas(questions: Sequence[DraftQuestion], whole: str, area: str) -> tuple[tuple[str, str], ...]:
    """(what it is called, the heading of its first question): by the letters of the codes where there are several,
    `area` with the letter; else one, called `whole`."""
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


def _may_ask(heading: str, column) -> bool:
    word = normalised(heading)
    named = speaks_of_a_person(word) and word.count("_") < FEWEST_IN_A_SENTENCE
    return not (NO_QUESTION.fullmatch(word) or named or looks_personal(column))
