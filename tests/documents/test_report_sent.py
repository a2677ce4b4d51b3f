"""The yearly report as it is sent: who sends it, what stands in it and what is kept out of it."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import NameObject, NullObject

from analytics.documents.paper.shapes import Document, FormFields, Heading, texts
from analytics.documents.report import report_bytes, report_document
from analytics.model.provenance import Provenance
from analytics.model.sender import NOBODY, Dispatch, Filing, Sender
from analytics.words.language import words
from tests.documents.archive_rules import faults
from tests.documents.test_report_word import texts as word_texts
from tests.documents.test_report_word import xml
from tests.documents.worlds import ABOUT, of_origins, report_2018, report_2031
from tests.libreoffice import needs_writer
from tests.sampling import at_night

SV, EN = words("sv"), words("en")
SENT = Dispatch(
    Sender("Malmö stad", "Grundskolenämnden", "Grundskoleförvaltningen", "internationellt@malmo.example"),
    Filing("GRF-2019-12", date(2019, 2, 20), "Nämnden 2019-02-20, § 25"),
)


def said(document: Document) -> str:
    return "\n".join(texts(document))


def front_labels(document: Document) -> list[str]:
    return [field.label for block in document.front if isinstance(block, FormFields) for field in block.rows[0]]


def test_the_head_says_who_sends_it_in_word_pdf_and_json():
    data = report_bytes(report_2018(), ".docx", ABOUT, SV, SENT)
    word = word_texts(xml(data, "word/document.xml"))
    reader = PdfReader(BytesIO(report_bytes(report_2018(), ".pdf", ABOUT, SV, SENT)))
    first = " ".join(reader.pages[0].extract_text().split())
    for text in ("Malmö stad, Grundskolenämnden", "GRF-2019-12", "2019-02-20", "§ 25", "internationellt@malmo.example"):
        assert text in word and text in first.replace("\N{NO-BREAK SPACE}", " ")
    assert word.index("Malmö stad") < word.index("Redovisning av internationellt arbete 2018")
    told = json.loads(report_bytes(report_2018(), ".json", ABOUT, SV, SENT))["sender"]
    assert told == {
        "city": "Malmö stad",
        "committee": "Grundskolenämnden",
        "administration": "Grundskoleförvaltningen",
        "number": "GRF-2019-12",
        "day": "2019-02-20",
        "decision": "Nämnden 2019-02-20, § 25",
        "contact": "internationellt@malmo.example",
    }


def test_what_nobody_has_said_is_left_out_and_known_to_be_missing():
    nothing = report_document(report_2018(), ABOUT, SV)
    assert nothing.sender == "" and len(nothing.front) == 1, "the key figures alone"
    assert NOBODY.missing == ("city", "committee", "administration", "number", "day", "decision", "contact")
    half = Dispatch(Sender(city="Malmö stad"), Filing(number="GRF-2019-12"))
    document = report_document(report_2018(), ABOUT, SV, half)
    assert document.sender == "Malmö stad" and front_labels(document)[0] == "Diarienummer"
    assert half.missing == ("committee", "administration", "day", "decision", "contact")


def test_internal_matters_are_in_an_appendix_that_is_asked_for():
    report = report_2018()
    plain, whole = (report_document(report, ABOUT, SV, SENT, appendix=wanted) for wanted in (False, True))
    assert report.remarks and report.remarks[0].text in said(whole)
    for internal in (report.remarks[0].text, ABOUT["Version"], "Publicerade uppgifter", "årsskiftet"):
        assert internal in said(whole) and internal not in said(plain), internal
    assert whole.blocks[: len(plain.blocks)] == plain.blocks, "the appendix comes last and changes nothing before it"
    first = next(block for block in whole.blocks[len(plain.blocks) :] if isinstance(block, Heading))
    assert first.own_page and first.text == "Bilaga: hur redovisningen är gjord"


@pytest.mark.parametrize("origins", [(), (Provenance.SYNTHETIC, Provenance.SYNTHETIC)], ids=["some", "all"])
def test_what_is_invented_says_so_on_every_page_without_the_appendix(origins):
    report = of_origins(*origins) if origins else report_2031()
    document = report_document(report, ABOUT, SV, SENT)
    assert document.warning and "yntetiska" in document.stamp
    reader = PdfReader(BytesIO(report_bytes(report, ".pdf", ABOUT, SV, SENT)))
    assert all("yntetiska" in page.extract_text() for page in reader.pages)


def test_the_pdf_says_of_itself_that_it_is_for_archives_and_screen_readers():
    reader = PdfReader(BytesIO(report_bytes(report_2018(), ".pdf", ABOUT, SV, SENT)))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data()
    for said_of_itself in (
        b"<pdfaid:part>2</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert said_of_itself in metadata


def test_the_pdf_is_what_it_says_as_far_as_can_be_read_without_a_validator():
    data = report_bytes(report_2018(), ".pdf", ABOUT, SV, SENT, appendix=True)
    assert faults(PdfReader(BytesIO(data))) == []
    assert faults(PdfReader(BytesIO(report_bytes(report_2031(), ".pdf", ABOUT, SV, SENT)))) == []
    broken = PdfReader(BytesIO(data))
    root = broken.trailer["/Root"]
    del root["/Lang"]
    root[NameObject("/OpenAction")] = NullObject()
    assert {"no language", "does something when opened"} <= set(faults(broken))


@at_night
@needs_writer
def test_libreoffice_counts_the_pages_of_the_table_of_contents(tmp_path):
    """Writer by itself, without anybody's asking it to update: each entry has the page that its heading is on."""
    (tmp_path / "a.docx").write_bytes(report_bytes(report_2018(), ".docx", ABOUT, SV, SENT))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        capture_output=True,
        timeout=300,
        check=True,
    )
    pages = ["".join(page.extract_text().split()) for page in PdfReader(tmp_path / "a.pdf").pages]
    for heading in report_document(report_2018(), ABOUT, SV, SENT).headings:
        text = "".join(heading.text.split())  # lines are broken where LibreOffice likes
        (page,) = [n for n, said_there in enumerate(pages[1:], 2) if text in said_there]
        assert re.search(re.escape(text) + rf"\.*{page}", pages[0]), heading
