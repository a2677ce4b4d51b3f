"""The yearly follow-up report: the same words in Word and PDF, its figures, and what it says where there is nothing."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from analytics.cli import cli
from analytics.dialogue.followup import RoleTally, Tally
from analytics.dialogue.followup_report import YearReport, year_report
from analytics.documents.followup import FORMATS, followup_bytes
from analytics.documents.followup.contents import followup_document
from analytics.documents.paper.shapes import Bullets, Heading, Paragraph
from analytics.documents.paper.table import PaperTable
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks
from analytics.words.language import words

TODAY = date(2025, 3, 1)
ABOUT = {"Version": "1 (2025-03-01 08:00 UTC)"}
EN = words("en")


@pytest.fixture(scope="module")
def reports(demo_store) -> dict[tuple[str, int], YearReport]:
    view = Store(demo_store).current()
    frameworks = {framework.id: framework for framework in read_frameworks(view)}
    rounds = [("vebs-2022", 2024), ("vebs-2022", 2025), ("dsoe-2018", 2019)]
    return {(id_, year): year_report(view, Viewer("all", None), frameworks[id_], year, TODAY) for id_, year in rounds}


def tables(report: YearReport) -> list[PaperTable]:
    return [block for block in followup_document(report, ABOUT, EN).blocks if isinstance(block, PaperTable)]


def test_chapters_and_stamp(reports):
    document = followup_document(reports["vebs-2022", 2024], ABOUT, EN)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "1 In short",
        "2 What was agreed, and what came of it",
        "3 Late goals",
        "4 Whether what was worked on rose",
        "5 Central activities",
        "6 The road to certification",
        "7 How the figures are made",
    ]
    assert document.warning and document.stamp.startswith("Synthetic data")
    assert document.foot == "Follow-up of the quality dialogues 2024 · Version 1 (2025-03-01 08:00 UTC)"


def test_rows_add_up_to_the_sum(reports):
    areas, roles = tables(reports["vebs-2022", 2024])[:2]
    for column in range(2, 7):
        assert sum(int(row[column]) for row in areas.rows) == int(areas.total[column])
        assert sum(int(row[column]) for row in roles.rows) == int(roles.total[column])
    assert areas.total[2] == str(reports["vebs-2022", 2024].found.agreements.agreed)


def test_the_warning_stands_before_the_plain_changes_by_area(reports):
    blocks = list(followup_document(reports["vebs-2022", 2024], ABOUT, EN).blocks)
    warned = next(i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and "regression to the mean" in b.text)
    plain = next(i for i, b in enumerate(blocks) if isinstance(b, PaperTable) and b.caption.startswith("Plain changes"))
    assert warned < plain


def test_pdf_and_word_hold_the_same_words(reports):
    report = reports["vebs-2022", 2024]
    pdf = PdfReader(io.BytesIO(followup_bytes(report, ".pdf", ABOUT, EN)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    word = ZipFile(io.BytesIO(followup_bytes(report, ".docx", ABOUT, EN))).read("word/document.xml").decode()
    late = reports["vebs-2022", 2024].found.late
    for said in ("Goals by area", "Actions by who is responsible for them", "Beyond the expected", "Certified"):
        assert said in text and said in word
    assert late and all(report.school_names[row.school_id] in word for row in late)
    assert 3 <= len(pdf.pages) <= 8
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_json_has_the_figures(reports):
    report = reports["vebs-2022", 2024]
    told = json.loads(followup_bytes(report, ".json", ABOUT, EN))
    assert told["provenance"] == "synthetic" and told["as_of"] == "2025-03-01"
    assert sum(area["done"] for area in told["by_area"]) == told["agreements"]["done"] == report.found.agreements.done
    assert told["worked_on"]["moved"]["beyond"] == report.moved.moved.beyond
    assert len(told["late"]) == told["agreements"]["late"]


def test_the_latest_round_says_what_it_cannot_tell(reports):
    document = followup_document(reports["vebs-2022", 2025], ABOUT, EN)
    told = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert sum("when the next round has been answered" in text for text in told) == 2
    assert "No goal is late on 1 March 2025." in told
    assert not any("regression to the mean" in text for text in told)


def test_goals_without_actions_are_said_to_have_none_and_have_no_table_of_zeros(reports):
    report = without_actions(reports["vebs-2022", 2024])
    blocks = followup_document(report, ABOUT, EN).blocks
    told = [block.text for block in blocks if isinstance(block, Paragraph)]
    n = report.found.agreements.agreed
    missing = f"No action is written down for any of the {n} goals: who does what towards them is not stated."
    assert told[0].endswith(missing) and told.count(missing) == 1
    assert "Actions by who is responsible for them" not in {table.caption for table in tables(report)}
    offered = [use.activity.title for use in report.found.activities]
    assert [block.items for block in blocks if isinstance(block, Bullets)] == [tuple(offered)]
    assert f"The administration offers {len(offered)} activities that actions can lean on." in told
    assert not any("0 of 0" in text for text in told)


def without_actions(report: YearReport) -> YearReport:
    nothing, found = Tally(0, 0, 0, 0), report.found
    roles = tuple(RoleTally(row.role, nothing, nothing) for row in found.roles)
    activities = tuple(replace(use, actions=0, schools=0) for use in found.activities)
    return replace(report, found=replace(found, actions=nothing, roles=roles, activities=activities))


def test_a_round_with_nothing_agreed_is_a_page_that_says_so_and_where_to_begin(reports):
    report = reports["dsoe-2018", 2019]
    document = followup_document(report, ABOUT, EN)
    assert document.headings == () and document.front == () and document.contents == ""
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "0 of 74 schools have held a dialogue about the round of 2019. Nothing has been agreed about the round of"
        " 2019.",
        "Goals are written down on the page Quality dialogue: choose a school and the round, and begin with the brief."
        " The follow-up then tells what comes of them.",
        "Goals are set in February and followed up in January 2020.",
    ]
    (about,) = tables(report)
    assert ("Version", ABOUT["Version"]) in about.rows and report.stages == (), "the events are of the framework after"
    later = reports["vebs-2022", 2024].stages
    assert tables(replace(report, stages=later))[0].caption.startswith("How far schools have come")
    pdf = PdfReader(io.BytesIO(followup_bytes(report, ".pdf", ABOUT, EN)))
    assert len(pdf.pages) == 1 and "0 of 0" not in pdf.pages[0].extract_text()
    without = tables(replace(report, stages=()))
    assert [table.caption for table in without] == [""], "a register without schools is no table"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_round_without_dialogues_makes_a_report_all_the_same(reports, suffix):
    assert followup_bytes(reports["dsoe-2018", 2019], suffix, ABOUT, EN)


def test_another_ending_is_no_format(reports):
    with pytest.raises(KeyError):
        followup_bytes(reports["vebs-2022", 2024], ".xlsx", ABOUT, EN)


def test_the_command_writes_it_and_refuses_what_is_not_there(demo_store, tmp_path):
    out = tmp_path / "followup.json"
    call = ["export", "followup", "--store", str(demo_store), "--framework", "vebs-2022", "--out", str(out)]
    assert CliRunner().invoke(cli, [*call, "--year", "2024"], standalone_mode=False).exception is None
    assert json.loads(out.read_text("utf-8"))["year"] == 2024
    out.unlink()
    assert CliRunner().invoke(cli, [*call, "--year", "2019"], standalone_mode=False).exception is not None
    assert not out.exists()
