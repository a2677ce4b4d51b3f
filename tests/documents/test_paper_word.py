"""Every block in Word, opened by python-docx and by the XML where that says more."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from docx.shared import Length

from analytics.documents.paper.pictures import figure_png, figure_svg
from analytics.documents.paper.shapes import Bullets, Ruled, SideBySide
from analytics.documents.paper.word import word_bytes
from analytics.words.language import words
from tests.documents.papers import DOTS, document

SVG = "{http://www.w3.org/2000/svg}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


@pytest.fixture(scope="module")
def data() -> bytes:
    return word_bytes(document())


@pytest.fixture(scope="module")
def word(data):
    return open_word(BytesIO(data))


def styles(element, word) -> list[tuple[str, str]]:
    """Every paragraph's style and text, in the order of reading."""
    names = {style.style_id: style.name for style in word.styles}
    return [
        (names.get(p.style or "Normal"), "".join(t.text or "" for t in p.iter(qn("w:t"))))
        for p in element.iter(qn("w:p"))
    ]


def test_every_block_is_said_in_order(word):
    read = [text for _, text in styles(word.element.body, word) if text]
    expected = ["Kvalitetsdialog 2026: Ängsskolan", "Syntetiska data", "Index", "2,97", "Svarande", "41 av 52"]
    expected += ["Var skolan står", DOTS.caption, DOTS.note, "Styrkor", "Ledningen har en gemensam bild"]
    expected += ["Utrustningen fungerar", "Det som står i vägen", "Tid för lärande.", "Inget.", "Överenskommet"]
    expected += ["Mål", "Antal", "Källkritik", "3", "S", "3", "Länder", "Danmark", "X", "Finland"]
    expected += ["Skolan deltar i ett projekt.", "Att skriva", "Anteckningar", "Överenskommet"]
    date = words("sv")("Date")
    assert read == [*expected, f"Rektor{date}", f"Utbildningschef{date}"]


def test_bullets_are_a_list_to_word(word):
    listed = [text for style, text in styles(word.element.body, word) if style == "List Bullet"]
    assert listed == ["Ledningen har en gemensam bild", "Utrustningen fungerar"]
    number = word.styles["List Bullet"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = word.part.numbering_part.element
    abstract = next(n for n in numbering.iter(qn("w:num")) if n.get(qn("w:numId")) == number)[0].get(qn("w:val"))
    levels = next(a for a in numbering.iter(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == abstract)
    assert levels.find(f".//{qn('w:numFmt')}").get(qn("w:val")) == "bullet"


def test_the_picture_is_svg_with_png_beside_it_and_has_its_text(word, data):
    (inline,) = word.element.body.iter(qn("wp:inline"))
    assert inline.docPr.get("descr") == DOTS.alt
    (blip,) = inline.iter(qn("a:blip"))
    png = word.part.related_parts[blip.get(qn("r:embed"))]
    vector = next(blip.iter(ASVG))
    assert vector.getparent().get("uri") == "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
    svg = word.part.related_parts[vector.get(qn("r:embed"))]
    assert png.content_type == "image/png" and png.blob.startswith(b"\x89PNG")
    assert svg.content_type == "image/svg+xml" and ElementTree.fromstring(svg.blob).tag == f"{SVG}svg"
    assert Length(inline.extent.cx).mm == pytest.approx(210 - 2 * 18, abs=0.1)
    assert b"image/svg+xml" in ZipFile(BytesIO(data)).read("[Content_Types].xml")


def test_two_pictures_are_two_parts():
    two = replace(document(), blocks=(DOTS, replace(DOTS, lines=DOTS.lines[:1])))
    names = [name for name in ZipFile(BytesIO(word_bytes(two))).namelist() if name.startswith("word/media/")]
    assert sorted(names) == [
        "word/media/image1.png",
        "word/media/image2.png",
        "word/media/picture1.svg",
        "word/media/picture2.svg",
    ]


def test_the_svg_has_the_goal_dashed_and_needs_no_font_and_no_symbol():
    drawn = ElementTree.fromstring(figure_svg(DOTS, words("sv"), 400, 9))
    kinds = {element.tag.removeprefix(SVG) for element in drawn.iter()}
    assert kinds <= {"svg", "g", "path", "defs"}
    dashed = [e for e in drawn.iter(f"{SVG}path") if e.get("stroke-dasharray")]
    assert len(dashed) == 1 and dashed[0].get("stroke").upper() == "#1B1F24"
    filled = [e for e in drawn.iter(f"{SVG}path") if (e.get("fill") or "").upper() == "#0B4F8A"]
    assert len(filled) == 3 + 1, "a dot for each figure and one in the key"
    hollow = [
        e for e in drawn.iter(f"{SVG}path") if (e.get("stroke") or "").upper() == "#5F6773" and e.get("fill") == "none"
    ]
    assert len(hollow) == 4 + 3 + 2, "the city's circles and the similar schools' diamonds, and one of each in the key"


def test_the_png_is_for_print():
    png = figure_png(DOTS, words("sv"), 432, 9)
    assert int.from_bytes(png[16:20]) == pytest.approx(432 / 72 * 300, abs=2)


def test_columns_are_no_table_to_a_screen_reader(word):
    layouts = [
        t for t in word.element.body.iter(qn("w:tbl")) if t.find(f".//{qn('w:tblLook')}").get(qn("w:val")) == "0600"
    ]
    assert len(layouts) == 3, "two pairs of columns, and the signatures"
    for layout in layouts:
        own = layout.tblPr
        assert own.find(qn("w:tblCaption")) is None and own.find(qn("w:tblBorders")) is None
        assert layout.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is None
        assert all(cell[-1].tag == qn("w:p") for cell in layout.iter(qn("w:tc"))), "Word wants a paragraph last"
    left, right = (int(c.get(qn("w:w"))) for c in layouts[0].iter(qn("w:gridCol")))
    assert left / (left + right) == pytest.approx(7 / 12, abs=0.01)


def test_tables_inside_columns_end_with_a_paragraph():
    inside = SideBySide((document().blocks[3],), ())
    body = open_word(BytesIO(word_bytes(replace(document(), blocks=(inside,))))).element.body
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))


def test_lines_to_write_on(word):
    lines = [text for style, text in styles(word.element.body, word) if style == "Line to write on"]
    assert lines == [""] * (5 + 4 + 2)
    leaders = [
        tab.get(qn("w:leader"))
        for p in word.element.body.iter(qn("w:p"))
        if p.style == "Linetowriteon"
        for tab in p.iter(qn("w:tab"))
        if tab.get(qn("w:leader"))
    ]
    assert leaders == ["underscore"] * (5 + 4 + 2 * 2), "a line to sign on has a second piece, for the date"


def test_a_compact_document_has_no_contents_and_its_stamp_at_the_head(word):
    assert not list(word.element.body.iter(qn("w:hyperlink")))
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == "" and section.header.paragraphs[0].text == "Syntetiska data"
    for footer in (section.first_page_footer, section.footer):
        assert footer.paragraphs[0].text.startswith("Ängsskolan\tSida ")
    assert section.left_margin.mm == pytest.approx(18, abs=0.1)


def test_contents_point_at_headings_in_columns_too():
    made = open_word(BytesIO(word_bytes(replace(document(), compact=False, contents="Innehåll"))))
    body = made.element.body
    marks = {
        mark.get(qn("w:name")): "".join(t.text for t in mark.getparent().iter(qn("w:t")))
        for mark in body.iter(qn("w:bookmarkStart"))
    }
    links = {
        link.get(qn("w:anchor")): "".join(t.text for t in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))
    }
    assert links == marks and list(links.values())[1:3] == ["Styrkor", "Det som står i vägen"]


def test_nothing_to_show_is_no_fault():
    empty = (replace(DOTS, lines=()), SideBySide((), ()), Bullets(()), Ruled("Tomt", 0))
    assert open_word(BytesIO(word_bytes(replace(document(), blocks=empty)))).element.body is not None
