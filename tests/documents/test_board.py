"""The yearly quality report: the pages' own figures, the same in Word, PDF and JSON, and nothing of a single school."""

from __future__ import annotations

import io
import json
from datetime import date
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from analytics.cli import cli
from analytics.dialogue.board_report import BoardReport, board_report
from analytics.documents.board import FORMATS, board_bytes
from analytics.documents.board.contents import board_document
from analytics.documents.paper.shapes import Dots, Heading, Paragraph
from analytics.documents.paper.table import PaperTable
from analytics.maturity.city_words import city_answer
from analytics.maturity.results import city_table
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks, read_schools
from analytics.words.language import words

TODAY = date(2025, 3, 1)
ABOUT = {"Version": "1 (2025-03-01 08:00 UTC)"}
EN = words("en")


@pytest.fixture(scope="module")
def view(demo_store):
    return Store(demo_store).current()


@pytest.fixture(scope="module")
def reports(view) -> dict[tuple[str, int], BoardReport]:
    frameworks = {framework.id: framework for framework in read_frameworks(view)}
    rounds = [("vebs-2022", 2024), ("vebs-2022", 2022), ("dsoe-2018", 2018)]
    return {(id_, year): board_report(view, Viewer("all", None), frameworks[id_], year, TODAY) for id_, year in rounds}


def tables(report: BoardReport) -> list[PaperTable]:
    return [block for block in board_document(report, ABOUT, EN).blocks if isinstance(block, PaperTable)]


def test_chapters_and_stamp(reports):
    document = board_document(reports["vebs-2022", 2024], ABOUT, EN)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "1 In short",
        "2 Where the schools stand, area by area",
        "3 Criterion by criterion",
        "4 Where effort pays",
        "5 What was agreed, and what came of it",
        "6 The road to certification",
        "7 How the figures are made",
    ]
    assert document.warning and document.foot == "Quality report 2024 · Version 1 (2025-03-01 08:00 UTC)"
    assert Paragraph(city_answer(reports["vebs-2022", 2024].city, EN)) in document.blocks


def test_its_figures_are_those_of_the_city_s_export(view, reports):
    """Every criterion, in the framework's order, as `kvalitet export city` has it."""
    exported = {row["criterion"]: row for row in city_table(view, "vebs-2022").to_pylist() if row["year"] == 2024}
    _, criteria = tables(reports["vebs-2022", 2024])[:2]
    told = {row[0].partition(" ")[0]: row for row in criteria.rows}
    assert list(told) == [one.id for one in reports["vebs-2022", 2024].framework.criteria]
    for criterion, row in told.items():
        assert row[1] == EN.number(exported[criterion]["mean_of_schools"])
        assert row[2] == EN.percent(exported[criterion]["share_at_goal"])
    told = json.loads(board_bytes(reports["vebs-2022", 2024], ".json", ABOUT, EN))
    assert {one["criterion"]: one["mean"] for one in told["criteria"]} == {
        criterion: row["mean_of_schools"] for criterion, row in exported.items()
    }


def test_the_first_round_of_a_framework_is_held_against_nothing(reports):
    report = reports["dsoe-2018", 2018]
    areas, criteria = tables(report)[:2]
    heads = [head.heading for table in (areas, criteria) for head in table.columns]
    assert not any("Change" in heading or "Pace" in heading for heading in heads)
    told = json.loads(board_bytes(report, ".json", ABOUT, EN))
    assert told["compared_with"] is None and {area["change"] for area in told["areas"]} == {None}


def test_no_change_is_told_that_is_not_clear(reports):
    report = reports["vebs-2022", 2024]
    clear = {change.criterion: change.clear for change in report.city.changes if change.criterion}
    for row in tables(report)[1].rows:
        assert (row[-1] == "no clear change") == (not clear[row[0].partition(" ")[0]])


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_school_is_named(view, reports, suffix):
    data = board_bytes(reports["vebs-2022", 2024], suffix, ABOUT, EN)
    if suffix == ".docx":
        text = ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    elif suffix == ".pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        text = data.decode()
    assert "2024" in text and not [one.name for one in read_schools(view) if one.name in text]


def test_the_picture_is_told_in_words(reports):
    (picture,) = [b for b in board_document(reports["vebs-2022", 2024], ABOUT, EN).blocks if isinstance(b, Dots)]
    assert all(line.label in picture.alt and EN.number(present(line.value)) in picture.alt for line in picture.lines)


def test_the_command(demo_store, tmp_path):
    def asked(*arguments: str):
        return CliRunner().invoke(cli, ["export", "board", "--store", str(demo_store), *arguments])

    out = tmp_path / "board.json"
    assert asked("--framework", "vebs-2022", "--year", "2024", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text())["about"]["Version"].startswith("1 (")
    for wrong in (("vebs-2022", "2031"), ("no-such", "2024")):
        refused = asked("--framework", wrong[0], "--year", wrong[1], "--out", str(tmp_path / "no.json"))
        assert refused.exit_code != 0 and not (tmp_path / "no.json").exists()
    assert asked("--framework", "vebs-2022", "--year", "2024", "--out", str(tmp_path / "board.xlsx")).exit_code == 2
