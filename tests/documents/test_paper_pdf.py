"""Every block in PDF, read by a reader that did not write it (pypdf): its text, its tags, no picture of pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from analytics.documents.paper.pdf import pdf_bytes
from analytics.documents.paper.shapes import Bullets, Document, DotLine, Ruled, SideBySide, Signatures
from analytics.words.language import words
from tests.documents.papers import DOTS, document


def read(made: Document) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(made)))


def said(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    """The structure's tags in the order of reading, each with its alternative text."""

    def walk(node) -> Iterator[tuple[str, str]]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif hasattr(node, "get"):
            if "/S" in node:
                yield node["/S"], str(node.get("/Alt", ""))
            if "/K" in node and not isinstance(node["/K"], int):
                yield from walk(node["/K"])

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


@pytest.fixture(scope="module")
def swedish() -> PdfReader:
    return read(document())


def test_every_block_is_said_in_order(swedish):
    text, at = said(swedish), 0
    date = words("sv")("Date")
    for part in (
        "Kvalitetsdialog 2026: Ängsskolan",
        "Syntetiska data",
        "Index",
        "2,97",
        "Var skolan står",
        "Skolan ligger över staden på Ledarskap",
        "Strecket är 95 %-intervallet.",
        "Styrkor",
        "• Ledningen har en gemensam bild",
        "• Utrustningen fungerar",
        "Det som står i vägen",
        "Tid för lärande.",
        "Överenskommet",
        "Danmark X",
        "Att skriva",
        "Anteckningar",
        "Rektor",
        date,
        "Utbildningschef",
        date,
    ):
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


def test_the_picture_writes_its_figures_as_the_language_does(swedish):
    text = said(swedish)
    # 1.125 is 1.12 on the screen (words.number), so it is on paper
    for figure in (
        "Alla områden 2,96",
        "Ledarskap 3,30",
        "Ämnesdidaktik 1,12",
        "Infrastruktur <2 dold (för få svar) –",
    ):
        assert figure in text
    english = said(read(document("en-GB")))
    assert "Ledarskap 3.30" in english and "3,30" not in english


def test_the_scale_the_goal_and_the_key_are_named(swedish):
    text = said(swedish)
    for name in ("Påbörjad", "Aktiverad", "Trygg – mål", "Välutvecklad", "Skolan Staden Liknande skolor"):
        assert name in text
    alone = replace(DOTS, lines=(DotLine("Ledarskap", 3.3, city=2.8),))
    assert "Skolan Staden" in said(read(document(dots=alone)))
    assert "Liknande skolor" not in said(read(document(dots=alone)))


def test_the_picture_is_drawn_and_tagged_with_its_alternative_text(swedish):
    assert ("/Figure", DOTS.alt) in tags(swedish)
    assert not any(list(page.images) for page in swedish.pages)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in swedish.trailer["/Root"]["/Metadata"].get_data()


def test_lists_and_headings_are_tagged_and_lines_to_write_on_are_not(swedish):
    kinds = [kind for kind, _ in tags(swedish)]
    assert kinds.count("/LI") == 2 and kinds.count("/H1") == 2 and kinds.count("/H2") == 2
    few, many = (replace(document(), blocks=(Ruled("Anteckningar", lines),)) for lines in (1, 20))
    assert tags(read(few)) == tags(read(many)), "a reader hears the label alone"


def test_a_compact_document_has_no_cover_and_says_the_stamp_once_a_page(swedish):
    assert "/TOC" not in [kind for kind, _ in tags(swedish)]
    assert swedish.pages[0].extract_text().count("Syntetiska data") == 1
    assert "Var skolan står" in swedish.pages[0].extract_text()
    long = read(replace(document(), blocks=(Ruled("a", 20), Ruled("b", 20))))
    assert len(long.pages) == 2 and long.pages[1].extract_text().count("Syntetiska data") == 1


def test_a_document_without_contents_has_none_even_when_it_is_not_compact():
    assert "/TOC" not in [kind for kind, _ in tags(read(replace(document(), compact=False)))]
    assert "/TOC" in [kind for kind, _ in tags(read(replace(document(), compact=False, contents="Innehåll")))]


def test_nothing_to_show_is_no_fault():
    empty = (replace(DOTS, lines=()), SideBySide((), ()), Bullets(()), Signatures(()), Ruled("Tomt", 0))
    assert "Tomt" in said(read(replace(document(), blocks=empty)))


def test_names_of_levels_do_not_touch_where_the_picture_is_narrow():
    """In half a page the names stand on two lines, the goal's on the lower one, next to its line."""
    narrow = read(replace(document(), blocks=(SideBySide((DOTS,), (Bullets(("x",)),), 5),)))
    at: dict[str, float] = {}

    def visit(text, frame, place, *rest):
        for name in (*DOTS.names, "Alla"):
            if text.strip().startswith(name):
                at.setdefault(name, frame[5] + frame[3] * place[5])

    narrow.pages[0].extract_text(visitor_text=visit)
    assert at["Aktiverad"] == at["Välutvecklad"] > at["Påbörjad"] + 8
    assert at["Påbörjad"] == pytest.approx(at["Trygg"], abs=0.5) and at["Trygg"] > at["Alla"] + 8
