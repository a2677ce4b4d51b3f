"""A document's blocks in Word, on the page or in a cell of a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from docx.blkcntnr import BlockItemContainer
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Length, Mm, Pt

from analytics.documents.paper.pictures import figure_png, figure_svg
from analytics.documents.paper.shapes import (
    TWELFTHS,
    Block,
    Bullets,
    Dots,
    FormFields,
    Grid,
    Heading,
    Paragraph,
    Points,
    Prose,
    Ruled,
    SideBySide,
    Signatures,
    Tone,
)
from analytics.documents.paper.table import PaperTable
from analytics.documents.paper.word_style import Sizes
from analytics.documents.paper.word_tables import add_fields, add_grid, add_table
from analytics.documents.paper.word_typed import add_typed
from analytics.documents.paper.word_xml import (
    add_bookmark,
    add_svg,
    cells_of,
    keep_row_whole,
    new_table,
    stand_beside,
    styled,
)
from analytics.words.language import Words

GUTTER = Mm(7)
TONES = {Tone.BODY: "Normal", Tone.NOTE: "Note", Tone.MISSING: "Missing"}
SIGNED = 0.68
"""The part of a line to sign on that is for the name; after a gap comes the date."""


@dataclass(frozen=True, slots=True)
class WordTarget:
    """Where blocks go: the page or a cell, how wide it is, and the numbers of the bookmarks that headings get."""

    container: BlockItemContainer
    width: Length
    sizes: Sizes
    say: Words
    bookmarks: Iterator[int]


def add_blocks(place: WordTarget, blocks: Iterable[Block]) -> None:
    """The blocks one after the other."""
    for block in blocks:
        match block:
            case Heading():
                heading = styled(place.container.add_paragraph(block.text), f"Heading {block.level}")
                heading.paragraph_format.page_break_before = block.own_page
                if block.level <= 2:
                    add_bookmark(heading, next(place.bookmarks))
            case Paragraph():
                styled(place.container.add_paragraph(block.text), TONES[block.tone])
            case Bullets():
                for item in block.items:
                    styled(place.container.add_paragraph(item), "List Bullet")
            case Prose() | Points():
                add_typed(place.container, block)
            case FormFields():
                add_fields(place.container, block, place.width)
            case Grid():
                add_grid(place.container, block, place.width)
            case PaperTable():
                add_table(place.container, block, place.width)
            case Ruled():
                _add_ruled(place, block)
            case Signatures():
                _add_signatures(place, block)
            case Dots():
                _add_dots(place, block)
            case SideBySide():
                _add_beside(place, block)
            case _:
                raise TypeError(block)


def _add_ruled(place: WordTarget, block: Ruled) -> None:
    styled(place.container.add_paragraph(block.label), "Field label").paragraph_format.keep_with_next = True
    for n in range(block.lines):
        line = styled(place.container.add_paragraph("\t"), "Line to write on").paragraph_format
        line.keep_with_next = n < block.lines - 1
        line.tab_stops.add_tab_stop(place.width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _add_signatures(place: WordTarget, block: Signatures) -> None:
    """A line a label in two pieces, the second for the date."""
    count = max(len(block.labels), 2)
    cells, widths = _cells_beside(place, [place.width // count] * count)
    for cell, width, label in zip(cells, widths, block.labels, strict=False):
        line = styled(cell.paragraphs[0], "Line to write on")
        line.add_run("\t\t\t")
        line.paragraph_format.space_before = Mm(8)
        names = styled(cell.add_paragraph(f"{label}\t{place.say('Date')}"), "Field label")
        for paragraph, drawn in ((line, True), (names, False)):
            tabs = paragraph.paragraph_format.tab_stops
            if drawn:
                tabs.add_tab_stop(int(width * SIGNED), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
                tabs.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            tabs.add_tab_stop(int(width * (SIGNED + 0.05)), WD_TAB_ALIGNMENT.LEFT)


def _add_dots(place: WordTarget, block: Dots) -> None:
    """The picture as SVG, with a PNG for what cannot read that."""
    if block.caption:
        styled(place.container.add_paragraph(block.caption), "Caption")
    how = (block, place.say, place.width.pt, place.sizes.cell)
    paragraph = styled(place.container.add_paragraph(), "Picture")
    paragraph.paragraph_format.keep_with_next = bool(block.note)
    picture = paragraph.add_run().add_picture(BytesIO(figure_png(*how)), width=place.width)
    add_svg(paragraph, picture, figure_svg(*how), block.alt)
    if block.note:
        styled(place.container.add_paragraph(block.note), "Note")


def _add_beside(place: WordTarget, block: SideBySide) -> None:
    left = place.width * block.share // TWELFTHS
    cells, widths = _cells_beside(place, [left, place.width - left])
    for cell, width, blocks in zip(cells, widths, (block.left, block.right), strict=True):
        if not blocks:
            continue
        empty = cell.paragraphs[0]._p
        empty.getparent().remove(empty)
        add_blocks(replace(place, container=cell, width=width), blocks)
        if cell.paragraphs:
            cell.paragraphs[0].paragraph_format.space_before = Pt(4)


def _cells_beside(place: WordTarget, columns: list[int]) -> tuple[list, list[Length]]:
    """A row of cells that are no table, and how wide the text in each may be."""
    table = new_table(place.container, 1, len(columns), place.width)
    stand_beside(table, columns, GUTTER)
    keep_row_whole(table.rows[0])
    styled(place.container.add_paragraph(), "Gap")
    widths = [Length(width - GUTTER) for width in columns[:-1]] + [Length(columns[-1])]
    return cells_of(table)[0], widths
