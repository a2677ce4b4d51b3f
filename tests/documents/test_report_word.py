"""The report's Word file, opened by a reader that did not write it (mammoth), and by its XML where that says more."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import mammoth
import pytest

from analytics.documents.report import report_bytes
from analytics.model.provenance import Provenance
from analytics.words.language import words
from tests.documents.worlds import ABOUT, of_origins, report_2018, report_2031, two_turns

SV, EN = words("sv"), words("en")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NBSP = "\N{NO-BREAK SPACE}"


class Tables(HTMLParser):
    """The tables of a page as lists of rows of texts, and its headings."""

    def __init__(self, html: str):
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.headings: list[str] = []
        self._heading = self._cell = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
        elif tag in ("h1", "h2"):
            self.headings.append("")
            self._heading = True

    def handle_endtag(self, tag):
        self._heading = self._heading and tag not in ("h1", "h2")
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self._heading:
            self.headings[-1] += data
        elif self._cell:
            self.tables[-1][-1][-1] += data


@cache
def read(data: bytes) -> Tables:
    return Tables(mammoth.convert_to_html(BytesIO(data)).value)


def xml(data: bytes, part: str) -> ElementTree.Element:
    with ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(part))


def texts(root: ElementTree.Element) -> str:
    return "".join(element.text or "" for element in root.iter(f"{W}t"))


def table(tables: Tables, heading: str, rows: int) -> list[list[str]]:
    """The table whose header row starts so and that has so many rows below it."""
    return next(t for t in tables.tables if t[0][0].startswith(heading) and len(t) == rows + 1)


@pytest.fixture(scope="module")
def published() -> bytes:
    return report_bytes(report_2018("en"), ".docx", ABOUT, EN, appendix=True)


@pytest.fixture(scope="module")
def hand_made() -> bytes:
    return report_bytes(report_2031(), ".docx", ABOUT, SV, appendix=True)


@pytest.fixture(scope="module")
def mixed() -> bytes:
    return report_bytes(two_turns(), ".docx", ABOUT, EN, appendix=True)


def test_tables_1_3_and_4_cell_by_cell(published):
    read_back = read(published)
    units = table(read_back, "Administration", 6)
    assert [row[1] for row in units[1:]] == ["179,906", "310,447", "6,068", "65,865", "17,825", "580,111"]
    goals = table(read_back, "Goal", 10)
    assert [row[1] for row in goals[1:]] == ["", "", "580,111", "", "", "", "", "", "", "580,111"]
    assert goals[3][0] == "3. A city for children and young people"
    partners = table(read_back, "Sector", 5)
    assert [row[2] for row in partners[1:]] == ["7", "0", "5", "0", "12"]
    assert "Denmark (Odense, CEU)" in partners[3][1] and partners[1][1].startswith("Finland (Oulu)")


def test_the_sheet_of_a_project(published):
    read_back = read(published)
    grids = [t for t in read_back.tables if len(t) == 8 and len(t[0]) == 8]
    assert len(grids) == 5
    ticked = {row[n] for row in grids[2] for n in range(0, 8, 2) if row[n + 1] == "X"}
    assert ticked == {"Portugal", "Latvia", "Slovenia", "Finland", "Sweden"}
    assert ["Other country", "Türkiye"] in [row[6:8] for row in grids[2]]
    budgets = [t for t in read_back.tables if t[0][0] == "Total budget"]
    assert budgets[0][1:] == [["Whole project", "2,989,177"], ["The administration's share", "about 310,000"]]
    assert budgets[1][1][1:4] == ["1,338,620", "136,000", "9.842794"]


def test_amounts_in_swedish_never_break():
    data = report_bytes(report_2018(), ".docx", ABOUT, SV, appendix=True)
    assert f"580{NBSP}111" in texts(xml(data, "word/document.xml"))


def test_the_hand_made_year(hand_made):
    read_back = read(hand_made)
    units = next(t for t in read_back.tables if len(t) == 5 and t[2][0] == "Syd" and len(t[0]) == 2)
    assert [row[1] for row in units[1:]] == [
        f"120{NBSP}000,10",
        f"50{NBSP}000,05",
        "0,33",
        f"170{NBSP}000,48",
    ]
    goals = next(t for t in read_back.tables if len(t) == 12 and t[1][0].startswith("1. "))
    assert goals[10][1] == f"20{NBSP}000,00" and goals[11][1] == f"170{NBSP}000,48"


def test_a_text_that_bites_is_only_a_text(hand_made):
    assert '=HYPERLINK("http://x.y") #strong[nej]' in texts(xml(hand_made, "word/document.xml"))


def test_headings_contents_and_links(published):
    headings = read(published).headings
    assert headings[1] == "1.1 Digital Schools of Europe" and len(headings) == 4 + 5 + 6 + 1 + 3
    document = xml(published, "word/document.xml")
    entries = [texts(link) for link in document.iter(f"{W}hyperlink")]
    assert entries == headings
    anchors = {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")}
    assert anchors == {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    codes = [(code.text or "").split() for code in document.iter(f"{W}instrText")]
    assert [code[:1] for code in codes] == [["PAGEREF"]] * len(headings), "LibreOffice counts these and no TOC"
    assert {code[1] for code in codes} == anchors
    marks = [mark.get(f"{W}fldCharType") for mark in document.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"] * len(headings)
    assert xml(published, "word/settings.xml").find(f"{W}updateFields") is not None


def test_header_rows_come_again_and_rows_stay_whole(published):
    tables = list(xml(published, "word/document.xml").iter(f"{W}tbl"))
    headed = [t for t in tables if t.find(f".//{W}tblHeader") is not None]
    assert len(headed) >= 5 + 4 + 1
    assert all(t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for t in headed)


def test_language_title_and_stamp_on_every_page(published, hand_made):
    assert re.search(rb'<w:lang w:val="en-GB"', ZipFile(BytesIO(published)).read("word/styles.xml"))
    assert re.search(rb'<w:lang w:val="sv-SE"', ZipFile(BytesIO(hand_made)).read("word/styles.xml"))
    title = xml(published, "docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}title")
    assert title.text == "Account of international work 2018"
    heads = [name for name in ZipFile(BytesIO(published)).namelist() if re.match(r"word/header\d", name)]
    assert [texts(xml(published, name)) for name in heads] == ["Published data"]
    foot = next(name for name in ZipFile(BytesIO(published)).namelist() if re.match(r"word/footer\d", name))
    codes = [code.text.strip() for code in xml(published, foot).iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_what_is_not_written_says_so():
    data = report_bytes(report_2031("en"), ".docx", {}, EN)
    said = texts(xml(data, "word/document.xml"))
    assert said.count("Not written yet.") == 5 and "Andra stycket." in said
    assert "Partly synthetic data" in said


def test_the_turn_of_the_year_is_bounds_with_their_reason(published):
    turn = table(read(published), "Payments counted to 2018", 3)
    assert turn[1:] == [
        ["by the report year that they carry, as in this report", "580,111"],
        ["by calendar year, at least", "0"],
        ["by calendar year, at most", "580,111"],
    ]
    said = texts(xml(published, "word/document.xml"))
    assert "Counted to the report year 2018, 580,111 SEK was paid; by calendar year between 0 and 580,111 SEK." in said
    assert "does not say how much of the payments near the turn of the year was paid on which side of it" in said
    assert "Payments of another report year" not in said


def test_no_turn_of_the_year_where_nothing_is_near_it():
    data = report_bytes(of_origins(Provenance.PUBLISHED), ".docx", ABOUT, EN, appendix=True)
    assert "turn of the year" not in texts(xml(data, "word/document.xml")).lower()


def test_payments_near_the_turn_say_which_report_they_are_counted_to(mixed):
    near = next(t for t in read(mixed).tables if t[0][2:3] == ["Report year"])
    assert near[1:] == [
        ["Bron", "Nord", "2031", "2032-01-08", "100,000.10"],
        ["slut (not in this report)", "Nord", "2030", "2031-01-04", "500.50"],
    ]
    assert "Payments of another report year are in that year's report." in texts(xml(mixed, "word/document.xml"))


def test_every_sheet_and_answer_of_a_mixed_report_says_its_origin(mixed):
    cells = [cell for t in read(mixed).tables for row in t for cell in row]
    assert [cell.removeprefix("Provenance") for cell in cells if cell.startswith("Provenance") and cell[10:]] == [
        "partly synthetic",
        "synthetic",
        "imported",
        "published",
    ]
    assert texts(xml(mixed, "word/document.xml")).count("Provenance of the answer: synthetic") == 1


def test_a_report_of_one_origin_says_it_once(published):
    cells = [cell for t in read(published).tables for row in t for cell in row]
    assert [cell for cell in cells if cell.startswith("Provenance")] == ["Provenance"]
    assert "Provenance of the answer" not in texts(xml(published, "word/document.xml"))
