"""The document as a Word file that Word and LibreOffice both open: headings, contents, tables with header rows."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from analytics.documents.paper.shapes import Document, Heading, Paragraph, Tone
from analytics.documents.paper.word_style import ACCENT, SOFT, WARN, house_style
from analytics.documents.paper.word_tables import add_fields, add_grid, add_table
from analytics.documents.paper.word_xml import add_bookmark, add_contents, add_field, bottom_line

TEXT_WIDTH = Mm(160)


def word_bytes(document: Document) -> bytes:
    """The Word file."""
    word = new_document()
    house_style(word, document.language, TEXT_WIDTH)
    _properties(word, document)
    _page(word, document)
    _front(word, document)
    marks = iter(range(1, len(document.headings) + 1))
    for block in document.blocks:
        match block:
            case Heading():
                heading = word.add_heading(block.text, block.level)
                heading.paragraph_format.page_break_before = block.own_page
                add_bookmark(heading, next(marks))
            case Paragraph():
                word.add_paragraph(
                    block.text, {Tone.BODY: "Normal", Tone.NOTE: "Note", Tone.MISSING: "Missing"}[block.tone]
                )
            case _:
                _table(word, block)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _table(word: WordDocument, block, strong: bool = False) -> None:
    {"fields": add_fields, "grid": add_grid, "table": add_table}[block.kind](word, block, TEXT_WIDTH, strong)


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title, "Kvalitetsdialog", document.stamp
    properties.created = properties.modified = datetime.now(UTC)
    rels = word.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:  # of python-docx's template
        del rels[key]
    properties.language, properties.last_modified_by = document.language, "Kvalitetsdialog"


def _page(word: WordDocument, document: Document) -> None:
    """A4 with the stamp above and the title and page numbers below."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(12)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _stamp(head, document, 9)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.style.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_ALIGN_PARAGRAPH.RIGHT)
    foot.add_run(f"{document.foot}\t{document.page}")
    add_field(foot, "PAGE", "1")
    foot.add_run(document.of)
    add_field(foot, "NUMPAGES", "1")
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(9), SOFT


def _front(word: WordDocument, document: Document) -> None:
    word.add_paragraph(document.title, "Title").paragraph_format.space_before = Mm(14)
    stamp = word.add_paragraph()
    stamp.paragraph_format.space_after = Pt(24)
    _stamp(stamp, document, 12)
    for block in document.front:
        _table(word, block, strong=True)
    contents = word.add_paragraph(document.contents, "Contents heading")
    bottom_line(contents, ACCENT)
    add_contents(word, document.headings)


def _stamp(paragraph: WordParagraph, document: Document, size: int) -> None:
    run = paragraph.add_run(document.stamp)
    run.font.size, run.font.bold = Pt(size), document.warning or size > 9
    run.font.color.rgb = WARN if document.warning else SOFT
