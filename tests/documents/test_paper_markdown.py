"""What is typed with marks: as blocks, on the page, in Word and in PDF; and that nothing of it is run or lost."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from analytics.documents.paper.markdown import DEEPEST, LONGEST, typed_blocks
from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.plain import document_from, plain_document
from analytics.documents.paper.shapes import Document, Heading, Paragraph, Points, Prose, Span, every_block, texts
from analytics.documents.paper.word import word_bytes
from analytics.words.language import words
from pages.ui.paper_html import blocks_html
from tests.documents.papers import document
from tests.documents.test_report_word import W, xml

SV = words("sv")
TEXT = """# Digitalisering
Skolor **deltar** i *två* projekt[^1].
Se [Erasmus+](https://erasmus.example/a?b=1&c=2).

- Kryddgårdsskolan
- Apelgårdsskolan

  som är ny
    - under

3. tre
4. fyra

[^1]: Tio skolor <b>i år</b>."""
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klick](javascript:alert(1))",
    "[klick](data:text/html;base64,PHNjcmlwdD4=)",
    "![bild](file:///etc/passwd)",
    '#import "x.typ": y #panic("nej") $x^2$',
    "`kod` och ```\nmer kod\n```",
    "> citat &amp; &lt;b&gt; \\<i\\>",
    "=HYPERLINK(\"http://x\")\n\n| a | b |\n|---|---|\n\n---\n\n[a]: http://x 'y'",
)


def paper(text: str) -> Document:
    blocks = (Heading("4 Arbete"), Heading("4.1 Områden", 2), *typed_blocks(text, SV))
    return replace(document(), front=(), blocks=blocks, compact=False, contents="Innehåll")


def test_every_mark_becomes_its_block():
    heading, first, points, numbered, notes, note = typed_blocks(TEXT, SV)
    assert heading == Heading("Digitalisering", 3)
    assert first == Prose(
        (
            Span("Skolor "),
            Span("deltar", bold=True),
            Span(" i "),
            Span("två", italic=True),
            Span(" projekt"),
            Span("1", note=True),
            Span("."),
            Span("\n"),
            Span("Se "),
            Span("Erasmus+", link="https://erasmus.example/a?b=1&c=2"),
            Span("."),
        )
    )
    under = Points(((Prose((Span("under"),)),),))
    second = (Prose((Span("Apelgårdsskolan"),)), Prose((Span("som är ny"),)), under)
    assert points == Points(((Prose((Span("Kryddgårdsskolan"),)),), second))
    assert (numbered.first, len(numbered.items)) == (3, 2)
    assert notes == Heading("Noter till texten", 3)
    assert note == Points(((Prose((Span("Tio skolor <b>i år</b>."),)),),), 1)


def test_below_a_heading_of_the_first_level_typed_headings_are_bold():
    """A third level below the first is no PDF/UA-1, and Typst makes no file of it."""
    blocks = typed_blocks("# Syfte\n\n- # Inne\n- text", SV, under=1)
    assert blocks[0] == Prose((Span("Syfte", bold=True),)) and Heading not in map(type, every_block(blocks))
    one = replace(document(), front=(), blocks=(Heading("1 Projekt"), *blocks), compact=False)
    assert b"pdfuaid" in pdf_bytes(one)


def test_a_text_without_marks_is_its_lines():
    (first, second) = typed_blocks("Rad ett\nrad två\n\nNytt stycke", SV)
    assert "".join(texts(first)) == "Rad ett\nrad två" and "".join(texts(second)) == "Nytt stycke"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_bites_is_only_a_text(text):
    said = "".join(texts(typed_blocks(text, SV)))
    for word in ("alert", "panic", "kod", "passwd", "HYPERLINK", "---", "http://x", "&amp;"):
        assert (word in text) <= (word in said)
    drawn = blocks_html(typed_blocks(text, SV), "sv")
    assert "<script" not in drawn and "<img" not in drawn and 'href="javascript' not in drawn and "href" not in drawn
    assert PdfReader(BytesIO(pdf_bytes(paper(text)))).pages, "Typst takes it for text"


def test_word_has_real_lists_links_and_notes():
    data = word_bytes(paper(TEXT))
    body = xml(data, "word/document.xml")
    styles = [mark.get(f"{W}val") for mark in body.iter(f"{W}pStyle")]
    assert styles.count("ListBullet") == 3 and styles.count("ListNumber") == 3 and styles.count("Heading3") == 2
    numbering = xml(data, "word/numbering.xml")
    starts = [mark.get(f"{W}val") for mark in numbering.iter(f"{W}startOverride")]
    assert starts == ["3", "1"], "each list counts for itself"
    own = [mark.get(f"{W}val") for mark in body.iter(f"{W}numId")]
    assert len(own) == 3 and len(set(own)) == 2
    assert b"https://erasmus.example/a?b=1&amp;c=2" in ZipFile(BytesIO(data)).read("word/_rels/document.xml.rels")
    raised = [mark.get(f"{W}val") for mark in body.iter(f"{W}vertAlign")]
    assert raised == ["superscript"]


def test_the_pdf_has_the_link_and_tagged_lists():
    reader = PdfReader(BytesIO(pdf_bytes(paper(TEXT))))
    links = [
        found.get_object()["/A"]["/URI"]
        for page in reader.pages
        for found in page.get("/Annots") or []
        if "/A" in found.get_object()
    ]
    assert links == ["https://erasmus.example/a?b=1&c=2"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_the_page_shows_it_as_it_prints():
    drawn = blocks_html(typed_blocks(TEXT, SV), "sv")
    for part in (
        "<h4>Digitalisering</h4>",
        "<strong>deltar</strong>",
        "<em>två</em>",
        "<sup>1</sup>",
        '<ol start="3">',
        'href="https://erasmus.example/a?b=1&amp;c=2"',
        "&lt;b&gt;i år&lt;/b&gt;",
    ):
        assert part in drawn, part


def test_a_document_with_it_is_kept_and_read_again():
    kept = paper(TEXT)
    assert document_from(plain_document(kept)) == kept


@pytest.mark.parametrize("text", ["- " * (DEEPEST + 1) + "djupt", "ord " * LONGEST])
def test_what_nobody_means_is_paragraphs_as_they_are_typed(text):
    assert typed_blocks(text, SV) == (Paragraph(text.strip()),)


def test_a_note_that_no_text_points_at_is_not_lost():
    assert "Glömd" in "".join(texts(typed_blocks("Text\n\n[^a]: Glömd", SV)))
    assert "Dubbel" in "".join(texts(typed_blocks("Text[^a]\n\n[^a]: Dubbel\n\n[^a]: En", SV)))


MARKS = st.sampled_from(
    ["*", "**", "_", "- ", "1. ", "# ", "[", "](", "https://x.se", ")", "[^a]", "[^a]: ", "\n", "  "]
)


@given(st.lists(st.one_of(MARKS, st.sampled_from(["alfa", "beta", "gamma", "\\", "<b>", "`", "&"])), max_size=25))
def test_no_word_is_lost_whatever_is_typed(parts):
    text = "".join(parts)
    said = "".join(texts(typed_blocks(text, SV)))
    for word in ("alfa", "beta", "gamma"):
        assert (word in text) <= (word in said), text
