"""The brief as a document: two pages at most, whatever is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analytics.dialogue.brief import Brief
from analytics.documents.brief.agreed_words import agreed_blocks, is_cut, last_blocks
from analytics.documents.brief.goal_words import goal_sentence, way_blocks
from analytics.documents.brief.limits import STEPS, Limits
from analytics.documents.brief.marks_words import marks_blocks
from analytics.documents.brief.moved_words import accord_blocks, moved_blocks
from analytics.documents.brief.names import cut, invented, origin_text, stage_name
from analytics.documents.brief.place_words import (
    dots_block,
    key_figures,
    people_sentence,
    place_sentence,
    strength_blocks,
)
from analytics.documents.brief.question_words import question_text
from analytics.documents.brief.room import BELOW_NOTE, MARGIN, PAGE, WIDTH, WRITING, height, lines_of
from analytics.documents.paper.shapes import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Ruled,
    Signatures,
    Tone,
    printable,
)
from analytics.language import Words

NAME = 60  # characters of a school's name
TITLE_SIZE, TITLE_LINE, STAMP = 6.0, 6.1, 10.0  # mm
KEY_FIGURES = 14.0  # mm, with the room around them
FEWEST_LINES = 3  # to write on
SHORTEST = 60  # characters that a line of notes is reckoned as, at least


def brief_document(brief: Brief, say: Words) -> Document:
    """The brief, ready to be set."""
    page, of = say("Page {page} of {pages}", page="|", pages="|").split("|")[:2]
    title = _title(brief, say)
    version = say("version {version} of the data, {day}", version=brief.version, day=say.day(brief.day))
    return printable(
        Document(
            language="sv-SE" if say.language == "sv" else "en-GB",
            title=title,
            stamp=origin_text(brief, say),
            warning=invented(brief),
            foot=f"{title} · {version}",
            page=page,
            of=of,
            contents="",
            front=(Paragraph(_about(brief, say), Tone.NOTE), *key_figures(brief, say)),
            blocks=(*first_page(brief, say), *second_page(brief, say)),
            compact=True,
        )
    )


def _about(brief: Brief, say: Words) -> str:
    """The framework, the school's stage and district, and who took part."""
    parts = [cut(brief.framework.title.in_(say.language), 90)]
    if brief.school.stage:
        parts.append(cut(stage_name(brief.school.stage, say), 40))
    if brief.school.district:
        parts.append(cut(brief.school.district, 40))
    if brief.dialogue and brief.dialogue.held:
        parts.append(say("held on {day}", day=say.day(brief.dialogue.held)))
    if brief.dialogue and brief.dialogue.participants:
        parts.append(say("present: {names}", names=cut(brief.dialogue.participants, 120)))
    return " · ".join(parts)


def first_page(brief: Brief, say: Words) -> tuple[Block, ...]:
    """The school: the answer, the areas, three strengths, what stands between it and the goal, what has moved, whether
    the staff see it alike, and its projects and marks."""
    for limits in STEPS:
        blocks = tuple(_first_page(brief, say, limits))
        if _head(brief, say) + height(blocks) <= PAGE - MARGIN:
            break
    return blocks


def _head(brief: Brief, say: Words) -> float:
    """Millimetres of the title, the stamp, the line about the school and the key figures."""
    title = lines_of(_title(brief, say), WIDTH - 4, TITLE_SIZE) * TITLE_LINE
    figures = KEY_FIGURES if any(True for _ in key_figures(brief, say)) else 0.0
    return title + STAMP + height([Paragraph(_about(brief, say), Tone.NOTE)]) + BELOW_NOTE + figures


def _title(brief: Brief, say: Words) -> str:
    return say("Quality dialogue {year}: {school}", year=brief.year, school=cut(brief.school.name, NAME))


def _first_page(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    yield Paragraph(f"{place_sentence(brief, say)} {goal_sentence(brief, say)}")
    people = people_sentence(brief, say)
    if people:
        yield Paragraph(people, Tone.NOTE)
    yield dots_block(brief, say)
    yield from strength_blocks(brief, say)
    yield from way_blocks(brief, say, limits.misses)
    yield from moved_blocks(brief, say, limits.moves)
    yield from accord_blocks(brief, say)
    yield from marks_blocks(brief, say, limits)


def second_page(brief: Brief, say: Words) -> tuple[Block, ...]:
    """The conversation: what was agreed, what to talk about, and room to write and sign in."""
    for limits in STEPS:
        told = (*_second_page(brief, say, limits), *_notes(brief, say, limits))
        ends = (
            (_signatures(say),) if _written(brief) else (Ruled(_to_write(brief, say), FEWEST_LINES), _signatures(say))
        )
        room = PAGE - MARGIN - height([*told, *ends])
        if room >= 0:
            break
    if not _written(brief):
        lines = FEWEST_LINES + max(0, int(room / WRITING))
        ends = (replace(ends[0], lines=lines), *ends[1:])
    return (replace(told[0], own_page=True), *told[1:], *ends)


def _second_page(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """All above the notes; a heading comes first."""
    yield from last_blocks(brief, say, limits)
    yield Heading(say("Three questions to talk about"))
    yield Bullets(tuple(question_text(question, brief, say) for question in brief.questions))
    yield from agreed_blocks(brief, say, limits)
    if is_cut(brief, limits):
        text = say("Texts that end in … are cut; they are whole on the page Quality dialogue (/dialog).")
        yield Paragraph(text, Tone.NOTE)


def _written(brief: Brief) -> str:
    """The notes that were typed."""
    return (brief.dialogue.notes or "").strip() if brief.dialogue else ""


def _notes(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """The typed notes, a paragraph a line."""
    if not _written(brief):
        return
    yield Heading(say("Notes"))
    left = limits.notes
    for line in filter(str.strip, _written(brief).splitlines()):
        if left > 0:
            yield Paragraph(cut(line, left))
            left -= max(len(line), SHORTEST)


def _to_write(brief: Brief, say: Words) -> str:
    """What the empty lines are for."""
    if brief.agreed:
        return say("Notes")
    return say("What we agree on (criterion, from where to where, by when, who does what) and other notes")


def _signatures(say: Words) -> Signatures:
    return Signatures((say("Principal"), say("Manager")))
