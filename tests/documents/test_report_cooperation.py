"""International work without EU funds: a chapter and a sheet of its own, and in no sum."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from analytics.documents.paper.shapes import Heading, Prose, texts
from analytics.documents.report import report_bytes, report_document
from analytics.funding.report import report
from analytics.intake.kinds import KINDS
from analytics.model.funding import Cooperation, CooperationForm
from analytics.model.provenance import Provenance
from analytics.words.language import words
from tests.documents.test_report_workbook import opened
from tests.documents.worlds import ABOUT, malmo_2018, rows

SV, EN = words("sv"), words("en")
SAID = (
    Cooperation(
        2018, "JDO", CooperationForm.FOUNDATION, "Skolor i USA", None, "Lärare **i par**.", Provenance.PUBLISHED
    ),
    Cooperation(
        2018, "Nordic CRAFT", CooperationForm.PROJECT, None, "Nordiska ministerrådet", None, Provenance.PUBLISHED
    ),
    Cooperation(2019, "Nästa år", CooperationForm.NETWORK),
)


@pytest.fixture(scope="module")
def year():
    return report(replace(malmo_2018(), cooperations=SAID), 2018, SV)


def test_the_chapter_comes_after_the_form_s_and_has_the_year_s_alone(year):
    blocks = report_document(year, ABOUT, SV, appendix=True).blocks
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    place = headings.index("5 Samarbeten utan EU-medel 2018")
    assert headings[place + 1 : place + 4] == ["5.1 JDO", "5.2 Nordic CRAFT", "Bilaga: hur redovisningen är gjord"]
    said = "\n".join(text for block in blocks for text in texts(block))
    assert "Stiftelse" in said and "Nordiska ministerrådet" in said and "Nästa år" not in said
    assert any(span.bold for block in blocks if isinstance(block, Prose) for span in block.spans), (
        "what is typed has marks"
    )
    assert all(report_bytes(year, suffix, ABOUT, SV) for suffix in (".pdf", ".docx"))


def test_it_is_in_no_sum_and_a_year_without_any_has_no_chapter(year):
    without = report(malmo_2018(), 2018, SV)
    assert (year.total_sek, year.sheets, year.by_sector) == (without.total_sek, without.sheets, without.by_sector)
    assert "utan EU-medel" not in "\n".join(texts(report_document(without, ABOUT, SV).blocks))


def test_json_workbook_and_csv_have_it(year):
    told = json.loads(report_bytes(year, ".json", ABOUT, SV))["cooperations"]
    assert [row["cooperation"] for row in told] == ["JDO", "Nordic CRAFT"]
    assert told[0]["form"] == "foundation" and told[0]["text"] == "Lärare **i par**."
    sheet = opened(report_bytes(year, ".xlsx", ABOUT, SV))["Utan EU-medel"]
    assert any(row[:2] == ["JDO", "Stiftelse"] for row in sheet)
    with ZipFile(BytesIO(report_bytes(year, ".zip", ABOUT, SV))) as tables:
        assert "Nordiska ministerrådet" in tables.read("Utan EU-medel.csv").decode()


def test_invented_cooperation_makes_the_report_partly_synthetic():
    invented = (replace(SAID[0], provenance=Provenance.SYNTHETIC),)
    mixed = report(replace(malmo_2018(), cooperations=invented), 2018, SV)
    document = report_document(mixed, ABOUT, SV)
    assert mixed.provenance is Provenance.MIXED and document.warning
    assert "Samarbetets ursprung: syntetiska" in "\n".join(texts(document.blocks))


def test_the_published_file_has_the_columns_and_words_of_its_kind():
    found = rows("malmo-2018/cooperations.csv")
    assert len(found) == 6 and set(found[0]) <= {column.name for column in KINDS["cooperations"].columns}
    assert {row["form"] for row in found} <= {form.value for form in CooperationForm}
