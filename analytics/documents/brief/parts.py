"""The brief's two parts as blocks, without bounds to a page: the school, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.dialogue.brief.facts import Brief
from analytics.documents.brief.agreed_words import agreed_blocks, is_cut, last_blocks
from analytics.documents.brief.change_words import accord_blocks, moved_blocks
from analytics.documents.brief.goal_words import goal_blocks, goal_sentence
from analytics.documents.brief.limits import Limits
from analytics.documents.brief.marks_words import marks_blocks
from analytics.documents.brief.names import cut
from analytics.documents.brief.picture import dots_block
from analytics.documents.brief.place_words import people_sentence, place_sentence, strength_blocks
from analytics.documents.brief.question_words import question_text
from analytics.documents.paper.shapes import Block, Bullets, Heading, Paragraph, Signatures, Tone
from analytics.words.language import Words
from analytics.words.school_links import link_sentence

SHORTEST = 60  # characters that a line of notes is reckoned as, at least


def school_part(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """The answer, the areas, what the school is highest on, what stands between it and the goal, what has moved,
    whether the staff see it alike, and its projects and marks."""
    yield Paragraph(f"{place_sentence(brief, say)} {goal_sentence(brief, say)}")
    people = people_sentence(brief, say)
    if people:
        yield Paragraph(people, Tone.NOTE)
    for link in brief.links:
        yield Paragraph(link_sentence(link, brief.school.id, brief.linked, say), Tone.NOTE)
    yield dots_block(brief, say)
    yield from strength_blocks(brief, say)
    yield from goal_blocks(brief, say, limits.misses)
    yield from moved_blocks(brief, say, limits.moves)
    yield from accord_blocks(brief, say)
    yield from marks_blocks(brief, say, limits)
    if not has_figures(brief):
        yield from last_blocks(brief, say, limits)
        yield from _cut_note(brief, say, limits)


def has_figures(brief: Brief) -> bool:
    """Whether anything of the round may be shown."""
    return brief.round is not None and brief.round.shown > 0


def talk_part(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """Three questions and what is agreed for this year, below what was agreed and what came of it; where there are no
    figures that stands in the school's part. A heading comes first."""
    if has_figures(brief):
        yield from last_blocks(brief, say, limits)
    yield Heading(say("Three questions to talk about"))
    yield Bullets(tuple(question_text(question, brief, say) for question in brief.questions))
    yield from agreed_blocks(brief, say, limits)
    if has_figures(brief):
        yield from _cut_note(brief, say, limits)


def _cut_note(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    if is_cut(brief, limits):
        text = say(
            "Texts that end in … are cut; they stand whole under the goals and the notes of their year on the page"
            " Quality dialogue."
        )
        yield Paragraph(text, Tone.NOTE)


def written(brief: Brief) -> str:
    """The notes that were typed."""
    return (brief.dialogue.notes or "").strip() if brief.dialogue else ""


def notes(brief: Brief, say: Words, limits: Limits) -> Iterator[Block]:
    """The typed notes, a paragraph a line."""
    if not written(brief):
        return
    yield Heading(say("Notes"))
    left = limits.notes
    for line in filter(str.strip, written(brief).splitlines()):
        if left > 0:
            yield Paragraph(cut(line, left))
            left -= max(len(line), SHORTEST)


def to_write(brief: Brief, say: Words) -> str:
    """What the empty lines are for."""
    if brief.agreed:
        return say("Notes")
    return say("What we agree on (criterion, from where to where, by when, who does what) and other notes")


def signatures(say: Words) -> Signatures:
    return Signatures((say("Principal"), say("Manager")))
