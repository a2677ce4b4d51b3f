"""The report's PDF, opened by a reader that did not write it (pypdf): tagged, in its language, with every figure."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from analytics.documents.report import report_bytes
from analytics.words.language import words
from tests.documents.worlds import ABOUT, report_2018, report_2031, two_turns

pytestmark = pytest.mark.long  # draws PDFs, and reads them page by page

SV, EN = words("sv"), words("en")


def pages(reader: PdfReader) -> list[str]:
    """Every page's text, with plain spaces."""
    return [page.extract_text().replace("\N{NO-BREAK SPACE}", " ") for page in reader.pages]


@pytest.fixture(scope="module")
def published() -> PdfReader:
    return PdfReader(BytesIO(report_bytes(report_2018("en"), ".pdf", ABOUT, EN, appendix=True)))


@pytest.fixture(scope="module")
def swedish() -> PdfReader:
    return PdfReader(BytesIO(report_bytes(report_2018(), ".pdf", ABOUT, SV, appendix=True)))


@pytest.fixture(scope="module")
def hand_made() -> PdfReader:
    return PdfReader(BytesIO(report_bytes(report_2031("en"), ".pdf", ABOUT, EN, appendix=True)))


def test_tagged_with_language_and_title(swedish, published):
    root = swedish.trailer["/Root"]
    assert root["/Lang"] == "sv-SE" and published.trailer["/Root"]["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert published.metadata.title == "Account of international work 2018"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_every_table_of_figures_has_header_cells(published):
    kinds: list[str] = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get"):
            if "/S" in node:
                kinds.append(node["/S"])
            if "/K" in node and not isinstance(node["/K"], int):
                walk(node["/K"])

    walk(published.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert kinds.count("/TH") >= 2 + 2 + 2 + 3 and kinds.count("/H1") >= 6 and "/TOC" in kinds


def test_tables_of_2018_line_by_line(published):
    lines = [line for page in pages(published) for line in page.splitlines()]
    units = lines.index("Table 1. EU funds paid 2018")
    assert [line.rsplit(" ", 1)[1] for line in lines[units + 2 : units + 8]] == [
        "179,906",
        "310,447",
        "6,068",
        "65,865",
        "17,825",
        "580,111",
    ]
    goals = next(n for n, line in enumerate(lines) if line.startswith("Table 3. "))
    assert lines[goals + 2 : goals + 12] == [
        "1. A young, global and modern city",
        "2. A city for business and work",
        "3. A city for children and young people 580,111",
        "4. An open city",
        "5. An equal city",
        "6. A safe city",
        "7. An active and creative city",
        "8. An ecologically sustainable city",
        "9. A city with good working conditions",
        "Sum 580,111",
    ]


def test_swedish_amounts_are_grouped_with_hard_spaces(swedish):
    raw = "".join(page.extract_text() for page in swedish.pages)
    assert "580 111" in raw.replace("\N{NO-BREAK SPACE}", " ") and "2 989 177" in raw.replace("\N{NO-BREAK SPACE}", " ")


def test_every_page_says_where_the_data_come_from_and_which_page_it_is(published, hand_made):
    for n, page in enumerate(pages(published), 1):
        assert "Published data" in page and f"Page {n} of {len(published.pages)}" in page
        assert f"Version {ABOUT['Version']}" in page
    assert all("Partly synthetic data" in page for page in pages(hand_made))


def test_the_hand_made_year(hand_made):
    said = "\n".join(pages(hand_made))
    for figure in ("170,000.48", "120,000.10", "50,000.05", "150,000.15", "70,000.38", "7,000.25"):
        assert figure in said
    assert "about 1,200,000" in said and said.count("Not written yet.") == 5
    assert "31 December 2031 and 8 January 2032" in said


def test_texts_are_no_markup_and_a_character_without_a_glyph_is_replaced(hand_made):
    said = "\n".join(pages(hand_made))
    assert "#strong[nej] *a* _b_ $x$ \\ <t> @r" in " ".join(said.split())


def test_the_outline_lists_the_headings(published):
    titles = [item.title for item in published.outline if not isinstance(item, list)]
    assert "2 EU funds 2018" in titles and "Appendix: how the account was made" in titles


def test_a_mixed_report_says_what_is_invented_and_the_bounds_of_the_calendar_year():
    reader = PdfReader(BytesIO(report_bytes(two_turns(), ".pdf", ABOUT, EN, appendix=True)))
    said = " ".join("\n".join(pages(reader)).split())
    for origin in ("partly synthetic", "synthetic", "imported", "published"):
        assert f"Provenance {origin}" in said
    assert "by calendar year, at least 70,000.38" in said and "by calendar year, at most 170,500.98" in said
    assert "slut (not in this report)" in said and "Provenance of the answer: synthetic" in said
