"""The brief as a document: two pages at most, whatever is written. The first is about the school, the second is what
to talk about; where there are no figures one page is enough."""

from __future__ import annotations

from dataclasses import replace

from analytics.dialogue.brief.facts import Brief
from analytics.documents.brief.limits import STEPS
from analytics.documents.brief.names import cut
from analytics.documents.brief.page_height import BELOW_NOTE, MARGIN, PAGE, WIDTH, WRITING, height, lines_of
from analytics.documents.brief.parts import has_figures, notes, school_part, signatures, talk_part, to_write, written
from analytics.documents.brief.picture import key_figures
from analytics.documents.paper.shapes import Block, Document, Paragraph, Ruled, Tone
from analytics.documents.paper.titled import titled
from analytics.words.language import Words
from analytics.words.provenance import provenance_stamp
from analytics.words.schools import stage_name

NAME = 60  # characters of a school's name
TITLE_SIZE, TITLE_LINE, STAMP = 6.0, 6.1, 10.0  # mm
KEY_FIGURES = 14.0  # mm, with the room around them
FEWEST_LINES, FEWEST_ON_ONE = 3, 5  # to write on; where all stands on one page


def brief_document(brief: Brief, say: Words) -> Document:
    """The brief, ready to be set."""
    say = say.of_rounds(brief.framework)
    title = say("Quality dialogue {year}: {school}", year=say.round(brief.year), school=cut(brief.school.name, NAME))
    made = say("made on {day} from version {version} of the data", day=say.day(brief.made), version=brief.version)
    about, figures = Paragraph(_about(brief, say), Tone.NOTE), tuple(key_figures(brief, say))
    head = lines_of(title, WIDTH - 4, TITLE_SIZE) * TITLE_LINE + STAMP + height([about]) + BELOW_NOTE
    head += KEY_FIGURES if figures else 0.0
    return titled(
        title,
        _one_page(brief, say, head) or (*_first_page(brief, say, head), *_second_page(brief, say)),
        say,
        stamp=provenance_stamp(brief.provenance, say),
        warning=brief.provenance.invented,
        made=made,
        front=(about, *figures),
        compact=True,
    )


def _about(brief: Brief, say: Words) -> str:
    """The framework, the school's stage and district, and who took part."""
    parts = [cut(brief.framework.title.in_(say.language), 90)]
    if brief.school.stage:
        parts.append(cut(stage_name(brief.school.stage, say), 40))
    if brief.school.district:
        parts.append(cut(brief.school.district, 40))
    held = brief.dialogue.held if brief.dialogue else None
    if held:
        day = say.day(held)
        parts.append(say("planned for {day}", day=day) if held > brief.made else say("held on {day}", day=day))
    if brief.dialogue and brief.dialogue.participants:
        parts.append(say("present: {names}", names=cut(brief.dialogue.participants, 120)))
    return " · ".join(parts)


def _one_page(brief: Brief, say: Words, head: float) -> tuple[Block, ...]:
    """All of it where there are no figures and it fits with room to write in; else nothing."""
    if has_figures(brief):
        return ()
    blocks = (*school_part(brief, say, STEPS[0]), *talk_part(brief, say, STEPS[0]), *notes(brief, say, STEPS[0]))
    return _ended(brief, say, blocks, PAGE - MARGIN - head, FEWEST_ON_ONE)


def _first_page(brief: Brief, say: Words, head: float) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    for limits in STEPS:
        blocks = tuple(school_part(brief, say, limits))
        if head + height(blocks) <= PAGE - MARGIN:
            break
    return blocks


def _second_page(brief: Brief, say: Words) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    for limits in STEPS:
        first, *rest = *talk_part(brief, say, limits), *notes(brief, say, limits)
        blocks = (replace(first, own_page=True), *rest)
        found = _ended(brief, say, blocks, PAGE - MARGIN, FEWEST_LINES)
        if found:
            return found
    return (*blocks, signatures(say))


def _ended(brief: Brief, say: Words, blocks: tuple[Block, ...], room: float, fewest: int) -> tuple[Block, ...]:
    """What is told with lines to write on, as many as there is room for, unless notes are typed, and with room to sign;
    nothing where there is not room for the fewest lines."""
    end = signatures(say)
    if written(brief):
        return (*blocks, end) if height([*blocks, end]) <= room else ()
    ruled = Ruled(to_write(brief, say), fewest)
    left = room - height([*blocks, ruled, end])
    return () if left < 0 else (*blocks, replace(ruled, lines=fewest + int(left / WRITING)), end)
