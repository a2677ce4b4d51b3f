"""What is typed with marks, in Word: paragraphs of pieces, links, and lists within lists."""

from __future__ import annotations

from docx.blkcntnr import BlockItemContainer
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Length
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from analytics.documents.paper.shapes import Block, Heading, Paragraph, Points, Prose, Span
from analytics.documents.paper.word_style import ACCENT, POINT
from analytics.documents.paper.word_xml import number_points, styled, web_link
from analytics.model.present import present

DEEPEST = 6
"""Steps in from which on points stand no further in: the page has an edge."""


def add_typed(place: BlockItemContainer, block: Block, depth: int = 0) -> None:
    """A block of a text, so many lists deep."""
    match block:
        case Prose():
            _write(place.add_paragraph(), block, depth)
        case Heading() | Paragraph():
            style = "Heading 3" if isinstance(block, Heading) else "Normal"
            _stand_in(styled(place.add_paragraph(block.text), style), depth)
        case Points():
            _add_points(place, block, depth)
        case _:
            raise TypeError(block)


def _add_points(place: BlockItemContainer, block: Points, depth: int) -> None:
    """Each point begins with its bullet or number; what follows in it stands below, as far in."""
    heads = []
    for item in block.items:
        first, *rest = item or (Prose(()),)
        head = styled(place.add_paragraph(), "List Bullet" if block.first is None else "List Number")
        heads.append(head)
        _stand_in(head, depth + 1, hanging=True)
        if isinstance(first, Prose):
            _write(head, first, None)
        else:
            rest = [first, *rest]
        for part in rest:
            add_typed(place, part, depth + 1)
    if block.first is not None and heads:
        number_points(heads, block.first)


def _stand_in(paragraph: WordParagraph, depth: int, hanging: bool = False) -> None:
    if depth:
        stands = paragraph.paragraph_format
        stands.left_indent = Length(POINT * min(depth, DEEPEST))
        stands.first_line_indent = Length(-POINT if hanging else 0)
        if hanging:
            stands.tab_stops.add_tab_stop(stands.left_indent)


def _write(paragraph: WordParagraph, block: Prose, depth: int | None) -> None:
    """The pieces; `depth` None: the paragraph stands where it should already."""
    if depth is not None:
        _stand_in(styled(paragraph, "Normal"), depth)
    for span in block.spans:
        run = paragraph.add_run(span.text)
        run.bold, run.italic, run.font.superscript = span.bold or None, span.italic or None, span.note or None
        if span.link:
            _lead(paragraph, run, span)


def _lead(paragraph: WordParagraph, run: Run, span: Span) -> None:
    """The piece becomes a link, in its own colour and underlined."""
    run.font.color.rgb, run.underline = ACCENT, True
    target = present(paragraph.part).relate_to(span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = web_link(target)
    run._r.addprevious(link)
    link.append(run._r)
