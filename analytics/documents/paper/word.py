"""The document as a Word file that Word and LibreOffice both open: headings, contents, tables with header rows."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from analytics.documents.paper.setting import words_of
from analytics.documents.paper.shapes import Document, FormFields, printable
from analytics.documents.paper.word_blocks import WordTarget, add_blocks
from analytics.documents.paper.word_style import ACCENT, ROOMY, SOFT, TIGHT, WARN, Sizes, house_style
from analytics.documents.paper.word_tables import add_fields
from analytics.documents.paper.word_xml import add_contents, add_field, bottom_line
from analytics.model.present import present

PROPERTY = 255
"""Characters that a file's property may have (python-docx)."""


def word_bytes(document: Document) -> bytes:
    """The Word file."""
    document = printable(document)
    word, sizes = new_document(), TIGHT if document.compact else ROOMY
    house_style(word, document.language, sizes)
    _properties(word, document)
    _page(word, document, sizes)
    place = WordTarget(word._body, sizes.width, sizes, words_of(document), count(1))
    _front(word, document, place)
    add_blocks(place, document.blocks)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.comments = document.title[:PROPERTY], document.stamp[:PROPERTY]
    properties.author, properties.keywords = "Kvalitetsdialog", document.keywords[:PROPERTY]
    properties.created = properties.modified = datetime.now(UTC)
    rels = present(word.part.package).rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:  # of python-docx's template
        del rels[key]
    properties.language, properties.last_modified_by = document.language, "Kvalitetsdialog"


def _page(word: WordDocument, document: Document, sizes: Sizes) -> None:
    """A4 with the stamp above and the title and page numbers below; where the stamp stands in a compact document's
    head, it is not said twice on the first page."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = sizes.side
    section.top_margin = section.bottom_margin = sizes.top
    section.header_distance = section.footer_distance = Mm(12 if sizes is ROOMY else 8)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _stamp(head, document, sizes.small)
    _foot(section.footer, document, sizes)
    if document.compact:
        section.different_first_page_header_footer = True
        _foot(section.first_page_footer, document, sizes)


def _foot(footer: _Footer, document: Document, sizes: Sizes) -> None:
    foot = footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    present(foot.style).paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(sizes.width, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{document.foot}\t{document.page}")
    add_field(foot, "PAGE", "1")
    foot.add_run(document.of)
    add_field(foot, "NUMPAGES", "1")
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(sizes.small), SOFT


def _front(word: WordDocument, document: Document, place: WordTarget) -> None:
    sizes = place.sizes
    air = Mm(0 if document.compact else 14)
    if document.sender:
        word.add_paragraph(document.sender, "Sender").paragraph_format.space_before = air
    title = word.add_paragraph(document.title, "Title").paragraph_format
    title.space_before = Mm(0) if document.sender else air
    title.space_after = Pt(8 if document.compact or document.stamp else 24)
    if document.stamp:
        stamp = word.add_paragraph()
        stamp.paragraph_format.space_after = Pt(8 if document.compact else 24)
        _stamp(stamp, document, sizes.stamp, bold=document.warning or not document.compact)
    for block in document.front:
        if isinstance(block, FormFields) and not block.quiet:
            add_fields(place.container, block, place.width, strong=True)
        else:
            add_blocks(place, [block])
    if document.contents and not document.compact:
        contents = word.add_paragraph(document.contents, "Contents heading")
        bottom_line(contents, ACCENT)
        add_contents(word, document.headings)


def _stamp(paragraph: WordParagraph, document: Document, size: float, bold: bool | None = None) -> None:
    run = paragraph.add_run(document.stamp)
    run.font.size, run.font.bold = Pt(size), document.warning if bold is None else bold
    run.font.color.rgb = WARN if document.warning else SOFT
