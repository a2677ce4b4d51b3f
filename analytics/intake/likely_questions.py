"""Which of a form's columns are questions on one scale, where no framework tells: by what their cells share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from analytics.intake.headings import BETWEEN, GRID, bare, normalised
from analytics.intake.level_words import is_dont_know
from analytics.intake.personal import looks_personal, speaks_of_a_person
from analytics.intake.readers import TextTable
from analytics.intake.register import folded

MOST_LEVELS = 10
# A number, and what it is called: `3`, `3.`, `3 - Trygg`, `3 (Trygg)`; neither `100` nor `3.21`.
LEVEL = re.compile(r"(?P<number>\d{1,2})(?!\d|[.,]\d)(?:\s*(?:[-–—.:)=(]\s*)?(?P<name>[^\d\s].*?)\)?|\.)?")
CODE = re.compile(r"(?P<code>[^\W\d_]{1,3}\d{1,2}|\d{1,2}(?:\.\d{1,2})?)(?:\s*[.:)–-])?\s+(?P<title>\S.*)")
NO_QUESTION = re.compile(
    r"(?:id|nr|nummer|index|respondent|svarande)\d*|poang.*|poäng.*|points.*|feedback.*|total.*|"
    # what forms tools write of the answer itself: how far it came, how long it took, in which language
    r"(?:progress|status|finished|lastpage|seed|startlanguage|interviewtime|response_?type|user_?language|"
    r"distribution_?channel|duration|språk|language|collector|custom_data)(?:_.*)?"
)
LETTER = re.compile(r"[^\W\d_]")
FEWEST_IN_A_SENTENCE = 4  # words after the first: what is as long is no name of a field, whatever words stand in it
FAR = 3  # between where numbers end: so far apart they are on two scales
LONGEST = 200  # letters of a title


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A column that is taken for a criterion: its heading, what the criterion is called, and what a grid's columns are
    asked under, '' where it is in none."""

    heading: str
    code: str
    title: str
    grid: str = ""


@dataclass(frozen=True, slots=True)
class LikelyQuestions:
    """The columns of the scale that most of them are on, and those that have another in common: a framework has one."""

    questions: tuple[DraftQuestion, ...]
    on_other_scales: tuple[str, ...]


def likely_questions(table: TextTable, school_heading: str | None = None) -> LikelyQuestions:
    """The columns whose cells are levels of one scale, as far as they show it."""
    words = {
        heading: [word for word in pc.unique(column).to_pylist() if not is_dont_know(folded(word))]
        for heading, column in zip(table.headings, table.columns, strict=True)
        if heading != school_heading and _may_ask(heading, column)
    }
    every = {heading: own for heading, own in words.items() if _is_numbered(own)}
    numbered = _of_one_height(every)
    by_names = _by_names({heading: words[heading] for heading in numbered})
    scales = [*by_names, *_worded({heading: own for heading, own in words.items() if heading not in every})]
    scales = [scale for scale in scales if scale]
    best = max(scales, key=lambda scale: (len(scale), _levels(scale, words)), default=[])
    several = [scale for scale in scales if scale is not best and (len(scale) > 1 or scale in by_names)]
    others = {heading for scale in several for heading in scale} | (every.keys() - set(numbered))
    return LikelyQuestions(
        questions_of([heading for heading in table.headings if heading in best]),
        tuple(heading for heading in table.headings if heading in others),
    )


def questions_of(headings: Sequence[str]) -> tuple[DraftQuestion, ...]:
    """What headings ask: "A1. We have a plan" is the criterion A1, "How is it? [We have a plan]" and "How is it? - We
    have a plan" are one of a grid, where others have the same before it."""
    parts = {heading: _in_grid(heading) for heading in headings}
    times = Counter(bare(found[0]) for found in parts.values() if found)
    asked = []
    for heading, found in parts.items():
        code, title, grid = "", heading, ""
        if found and times[bare(found[0])] > 1:
            grid, title = found[0].strip(" :-–—"), found[1]
        if coded := CODE.fullmatch(title):
            code, title = coded["code"].upper(), coded["title"]
        asked.append(DraftQuestion(heading, code, title[:LONGEST].rstrip(), grid[:LONGEST].rstrip()))
    titles = Counter(bare(question.title) for question in asked)
    return tuple(  # where two grids ask the same, the heading tells them apart
        question
        if titles[bare(question.title)] == 1
        else DraftQuestion(question.heading, question.code, question.heading[:LONGEST].rstrip(), question.grid)
        for question in asked
    )


def _in_grid(heading: str) -> tuple[str, str] | None:
    """What stands before a grid's row, and the row; a tool's code before it is left out."""
    found = [match for match in GRID.finditer(heading) if match.end() == len(heading.rstrip())]
    if found:
        before, row = heading[: found[-1].start("row") - 1].strip(), found[-1]["row"].strip()
        before = re.sub(r"^[A-Za-z]{1,3}\d+\w*(?:\s*\[\w+\])?\s*[.:]?\s*", "", before)
        within = list(BETWEEN.finditer(row))  # Qualtrics has the question and the row in one
        if not before and within:
            before, row = _parted(row, within[-1])
        return (before, row) if before and row else None
    between = list(BETWEEN.finditer(heading))
    before, row = _parted(heading, between[-1]) if between else ("", "")
    return (before, row) if before and row else None


def _parted(text: str, sign: re.Match[str]) -> tuple[str, str]:
    """What stands before a sign, with its question mark, and after it."""
    return text[: sign.start() + 1].strip(" -–—>|/"), text[sign.end() :].strip(" -–—>|/")


def _is_numbered(own: Sequence[str]) -> bool:
    """Whether all of a column's cells are levels by number; what all numbers are called alike (5 years) is a unit."""
    if not own or len(own) > MOST_LEVELS:
        return False
    found = [LEVEL.fullmatch(word) for word in own]
    if not all(level and int(level["number"]) <= MOST_LEVELS for level in found):
        return False
    names = [folded(level["name"] or "") for level in found if level]
    return len(names) < 3 or len(set(names)) > 1 or not names[0]


def _of_one_height(numbered: Mapping[str, Sequence[str]]) -> list[str]:
    """Without a column whose numbers go on, by more than one, where all others end: school years beside levels. Of
    numbers that end in two places far from each other (1 to 4 and 0 to 10) those that most columns have."""
    highest = {heading: highest_of(own) for heading, own in numbered.items()}
    left = sorted(highest, key=highest.__getitem__)
    while len(left) > 2 and highest[left[-1]] > highest[left[-2]] + 1:
        left.pop()
    ends = Counter(highest[heading] for heading in left)
    if (
        len(ends) == 2
        and min(ends.values()) > 1
        and max(ends) - min(ends) >= FAR
        and not any(map(names_of, numbered.values()))
    ):
        most = ends.most_common(1)[0][0]
        left = [heading for heading in left if highest[heading] == most]
    return [heading for heading in numbered if heading in left]


def highest_of(own: Sequence[str]) -> int:
    """The highest number of a column's levels; raises ValueError where it has none."""
    return max(int(level["number"]) for word in own if (level := LEVEL.fullmatch(word)))


def _by_names(numbered: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The columns of each scale, where the same number is called one thing in some columns and another in others
    (`3 - Trygg`, `3 - Ofta`): taken as one scale, each level would be two things. Where every question has names of its
    own for its levels, they are one scale all the same; numbers without names are of the scale that most are on."""
    named = {heading: names_of(own) for heading, own in numbered.items()}
    scales: list[tuple[list[str], dict[int, str]]] = []
    for heading, names in sorted(named.items(), key=lambda one: -len(one[1])):
        if not names:
            continue
        for columns, known in scales:
            if any(known.get(n) == name for n, name in names.items()) and _agree(known, names):
                columns.append(heading)
                known |= names
                break
        else:
            scales.append(([heading], dict(names)))
    if sum(len(columns) > 1 for columns, _ in scales) < 2:
        return [list(numbered)]
    most = max(scales, key=lambda scale: len(scale[0]))[0]
    most += [heading for heading, names in named.items() if not names]
    return [[heading for heading in numbered if heading in columns] for columns, _ in scales]


def names_of(own: Sequence[str]) -> dict[int, str]:
    """What a column's numbers are called, where they are called anything."""
    found = [level for word in own if (level := LEVEL.fullmatch(word)) and level["name"]]
    return {int(level["number"]): bare(level["name"]) for level in found}


def _agree(known: Mapping[int, str], names: Mapping[int, str]) -> bool:
    return all(known.get(n, name) == name for n, name in names.items())


def _worded(words: Mapping[str, Sequence[str]]) -> Iterable[list[str]]:
    """Columns with words in common, together; one that has more words of its own than in common is none of them."""
    few = {
        heading: set(map(folded, own))
        for heading, own in words.items()
        if 0 < len(own) <= MOST_LEVELS and all(LETTER.search(word) for word in own)
    }
    times = Counter(word for own in few.values() for word in own)
    left = {heading: own for heading, own in few.items() if all(times[word] > 1 for word in own)}
    while left:
        first = next(iter(left))
        scale, known = [first], set(left.pop(first))
        while more := [heading for heading, own in left.items() if own & known]:
            for heading in more:
                scale.append(heading)
                known |= left.pop(heading)
        for heading, own in few.items():  # a level that one question alone has got
            together = own & known
            if heading not in scale and len(together) > len(own - known) and len(known | own) <= MOST_LEVELS:
                scale.append(heading)
                known |= own
        if len(scale) > 1 and len(known) <= MOST_LEVELS:
            yield scale


def _levels(scale: Collection[str], words: Mapping[str, Sequence[str]]) -> int:
    return len({folded(word) for heading in scale for word in words[heading]})


def _may_ask(heading: str, column) -> bool:
    word = normalised(heading)
    named = speaks_of_a_person(word) and word.count("_") < FEWEST_IN_A_SENTENCE
    return not (NO_QUESTION.fullmatch(word) or named or looks_personal(column))
