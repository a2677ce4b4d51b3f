"""Which of a form's columns is the respondent's school, where several may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pyarrow.compute as pc

from analytics.intake.columns import SheetCheck
from analytics.intake.headings import inner_parts, normalised
from analytics.intake.personal import PERSONAL_HEADING

IDENTIFYING = ("school_unit_code", "skolenhetskod", "school_id", "skol_id", "skolid", "skolenhet", "enhet")
SPEAKS_OF_SCHOOLS = re.compile(
    r"\b(?:skol(?:a|an|ans|enhet|enheten|namn)|förskol(?:a|an)|school|arbetsplats|enhet(?:en)?|workplace|"
    r"var (?:arbetar|jobbar) du|where do you work)\b",
    re.IGNORECASE,
)
# A heading that asks for the one school, as others speak of schools in general.
ASKS_WHICH = re.compile(
    r"\b(?:vilken|vilket|vad heter|namn(?:et)?|arbetar|jobbar|tillhör|välj|ange|"
    r"which|name|work|belong|select|choose)\b",
    re.IGNORECASE,
)
# What schools are called, also where none is loaded yet.
CALLED_LIKE_ONE = re.compile(
    r"skol(?:a|an|or|enhet)\b|skolan?\W|gymnasi(?:um|et)|\bschool\b|\bacademy\b", re.IGNORECASE
)
OF_THE_SCHOOL = re.compile(r"\b(?:skolans|school['’]?s)\b", re.IGNORECASE)
FEW_WORDS = 3
OTHER_SCHOOL = re.compile(r"\b(?:annan|annat|other|övrig)\b", re.IGNORECASE)  # a field beside the list of them
MOSTLY = 0.5  # share of a column's different words that are known schools
LONGEST = 80  # letters of a school's name
MOST_WORDS = 5_000  # that are looked up


def school_column(check: SheetCheck, criteria: Sequence[str], complain: Callable[..., None]) -> str | None:
    """The column of schools among those that are no criteria: the one whose heading says so and that holds known
    schools, else the one that mostly does. Between several that may be it none is guessed; `complain` is told."""
    say = check.say
    if check.sheet.by_hand:
        said = check.sheet.by_hand.headings_of("school")
        if not said:
            complain("school", None, say("There is no column of schools."), say("Head it “school” or “skola”."))
        return said[0] if said else None
    others = [heading for heading in check.sheet.headings if heading not in criteria]
    known = {heading: _share_known(check, heading) for heading in others}
    named = [check.heading("school")] if check.has("school") else []
    named += [heading for heading in others if _is(heading, IDENTIFYING) and heading not in named]
    speaking = [h for h in others if SPEAKS_OF_SCHOOLS.search(check.sheet.written(h)) and h not in named]
    for heading in named:
        if known[heading]:
            return heading
    holding = [heading for heading in speaking if known[heading]] or [
        heading
        for heading in others
        if known[heading] > MOSTLY and not PERSONAL_HEADING.search(normalised(heading)) and heading not in speaking
    ]
    mostly = [heading for heading in holding if known[heading] >= MOSTLY]
    if len(mostly) == 1:
        return mostly[0]
    if len(holding) == 1:
        return holding[0]
    if named:
        return named[0]
    if not holding and (likely := _likely(check, others, speaking)):
        return likely
    if holding:
        text = say("Several columns hold schools: {headings}.", headings=say.listing(holding))
        complain("school", None, text, say("Head the one that is the respondent's own “school” or “skola”."))
    elif len(speaking) > 1:
        text = say(
            "Several columns speak of schools, and none holds one that is known: {headings}.",
            headings=say.listing(speaking),
        )
        complain("school", None, text, say("Head the right one “school” or “skola”, and load the schools first."))
    else:
        text = say("There is no column of schools.")
        listed = ", ".join(others)
        hint = say("Head it “school” or “skola”. The other headings are: {headings}.", headings=listed)
        complain("school", None, text, hint if others else say("Head it “school” or “skola”."))
    return None


def _likely(check: SheetCheck, others: Sequence[str], speaking: Sequence[str]) -> str | None:
    """The column in which the respondent's school stands, where none is known: the one whose cells are called like
    schools, else the one whose heading asks for one. Between several none is guessed."""
    filled = [heading for heading in others if pc.any(pc.not_equal(check.sheet.column(heading), "")).as_py()]
    called = [
        heading
        for heading in filled
        if _share_called_like(check, heading) > MOSTLY and not PERSONAL_HEADING.search(normalised(heading))
    ]
    speak = [heading for heading in filled if heading in speaking]
    asking = [heading for heading in called or speak if ASKS_WHICH.search(check.sheet.written(heading))]
    own = [heading for heading in asking if not OTHER_SCHOOL.search(heading)]
    short = [heading for heading in speak if _is_short(check.sheet.written(heading))]
    for likely in (called, asking, own, [] if asking else short):
        if len(likely) == 1:
            return likely[0]
    return None


def _is_short(heading: str) -> bool:
    """`Din skola`; not `Läst skolans plan?`."""
    return len(heading.split()) <= FEW_WORDS and not OF_THE_SCHOOL.search(heading)


def _share_called_like(check: SheetCheck, heading: str) -> float:
    """Of the column's different words, those that are called like schools; none of a column of sentences."""
    words = [word for word in pc.unique(check.sheet.column(heading)).to_pylist() if word]
    if not words or len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
        return 0.0
    return sum(bool(CALLED_LIKE_ONE.search(word)) for word in words) / len(words)


def _is(heading: str, names: Sequence[str]) -> bool:
    return any(normalised(part) in names for part in (heading, *inner_parts(heading)))


def _share_known(check: SheetCheck, heading: str) -> float:
    """Of the column's different words, those that are known schools."""
    words = [word for word in pc.unique(check.sheet.column(heading)).to_pylist() if word]
    if not words or not check.register.schools or len(words) > MOST_WORDS:
        return 0.0
    return sum(check.register.knows_school(word) for word in words) / len(words)
