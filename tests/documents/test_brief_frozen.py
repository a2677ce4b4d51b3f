"""A brief kept as it was: the same facts and words, whatever the store holds later; and the command's files."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import duckdb
import pytest
from docx import Document as WordFile
from pypdf import PdfReader

from analytics.cli import main
from analytics.dialogue.brief.facts import brief
from analytics.documents.brief import (
    FORMATS,
    brief_bytes,
    brief_document,
    frozen_bytes,
    frozen_contents,
    frozen_document,
)
from analytics.model.dialogue import FrozenBrief
from analytics.model.schools import Viewer
from analytics.store.dialogue import write_frozen_brief
from analytics.store.reading import Store
from analytics.store.versions import read_current
from analytics.words.language import words

EVERYTHING = Viewer("test", schools=None)
SV, EN = words("sv"), words("en")
HELD = date(2025, 2, 10)


@pytest.fixture(scope="module")
def told(demo_store):
    return brief(Store(demo_store).current(), EVERYTHING, "kometskolan", "vebs-2022", 2025, HELD)


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_it_is_opened_again_as_it_was(told):
    contents = frozen_contents(told, SV, EN)
    for say in (SV, EN):
        assert frozen_document(contents, say.language) == brief_document(told, say)
        assert frozen_bytes(contents, ".json", say) == brief_bytes(told, ".json", say)
        assert text_of(frozen_bytes(contents, ".pdf", say)) == text_of(brief_bytes(told, ".pdf", say))
        frozen, now = (
            [p.text for p in WordFile(BytesIO(data)).paragraphs]
            for data in (frozen_bytes(contents, ".docx", say), brief_bytes(told, ".docx", say))
        )
        assert frozen == now and frozen
    assert frozen_document(contents, "fi") == frozen_document(contents, "sv")


def test_a_text_that_is_no_brief_is_an_error():
    for contents in ("", "[]", '{"edition": 1}'):
        with pytest.raises(ValueError):
            frozen_document(contents, "sv")


def test_json_has_every_figure_by_name(told):
    facts = json.loads(brief_bytes(told, ".json", EN))
    assert list(facts) == [
        "school", "framework", "year", "version", "provenance", "made", "day", "hide_below", "dialogue", "round",
        "position", "earlier", "strengths", "way", "moved", "accords", "last", "agreed", "projects", "stage", "labels",
        "questions", "links", "titles",
    ]  # fmt: skip
    assert facts["position"]["whole"]["mean"] == told.position.whole.mean
    assert len(facts["questions"]) == 3 and facts["made"] == "2025-02-10"
    assert facts["titles"]["criteria"]["A1"]["en"] == told.framework.criterion("A1").title.en
    assert FORMATS == (".pdf", ".docx", ".json")
    with pytest.raises(KeyError):
        brief_bytes(told, ".csv", EN)


def kvalitet(store, *words_of_call) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["--store", str(store), *map(str, words_of_call)])
        raise SystemExit(0)
    return ended.value.code


def test_the_command_writes_every_format(demo_store, tmp_path, capsys):
    for suffix in FORMATS:
        out = tmp_path / f"brief{suffix}"
        assert kvalitet(demo_store, "export", "brief", "--school", "Kometskolan", "--year", 2025, "--out", out) == 0
        assert out.stat().st_size > 1000
    assert json.loads((tmp_path / "brief.json").read_text("utf-8"))["framework"]["id"] == "vebs-2022"
    out = tmp_path / "old.json"
    assert kvalitet(demo_store, "export", "brief", "--school", "stratusskolan", "--year", 2020, "--out", out) == 0
    assert json.loads(out.read_text("utf-8"))["framework"]["id"] == "dsoe-2018"


@pytest.mark.parametrize(
    ("call", "column", "hint"),
    [
        (("--school", "Kometskolen", "--year", 2025), "--school", "Kometskolan"),
        (("--school", "kometskolan", "--year", 1999), "--year", "2018"),
        (("--school", "kometskolan", "--year", 2025, "--framework", "nope"), "--framework", "vebs-2022"),
        (("--school", "kometskolan", "--year", 2025, "--framework", "dsoe-2018"), "--year", "2018"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(demo_store, tmp_path, capsys, call, column, hint):
    out = tmp_path / "brief.json"
    capsys.readouterr()
    assert kvalitet(demo_store, "export", "brief", *call, "--out", out, "--json") == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["column"] == column and hint in problem["hint"] and not out.exists()


def test_an_ending_that_is_no_format_is_a_word_that_is_off(demo_store, tmp_path):
    call = ("export", "brief", "--school", "kometskolan", "--year", 2025, "--out", tmp_path / "brief.csv")
    assert kvalitet(demo_store, *call) == 2
    assert kvalitet(demo_store, "export", "briefs", "--year", 2025, "--out", tmp_path / "briefs.pdf") == 2


def test_the_kept_brief_is_written_unless_the_present_one_is_asked_for(demo_copy, tmp_path, capsys):
    """A brief is put in the store as it was kept, with a figure that the store no longer has."""
    view = Store(demo_copy).current()
    then = brief(view, EVERYTHING, "agatskolan", "vebs-2022", 2025, HELD)
    contents = json.loads(frozen_contents(then, SV, EN))
    contents["facts"]["position"]["whole"]["mean"] = 1.25
    contents["documents"]["sv"]["blocks"][0]["text"] = "Som det var."
    kept = FrozenBrief(
        "agatskolan", "vebs-2022", 2025, datetime(2025, 3, 4, tzinfo=UTC), 1, "test", json.dumps(contents)
    )
    del view
    with duckdb.connect(str(demo_copy / read_current(demo_copy).in_force.view)) as connection:
        write_frozen_brief(connection, kept)
    call = ("export", "brief", "--school", "agatskolan", "--year", 2025, "--out")
    capsys.readouterr()
    assert kvalitet(demo_copy, *call, tmp_path / "kept.json") == 0
    assert "4 mars 2025" in capsys.readouterr().out  # when it was frozen, whenever the dialogue was held
    assert kvalitet(demo_copy, *call, tmp_path / "now.json", "--now") == 0
    assert "mars" not in capsys.readouterr().out
    assert kvalitet(demo_copy, *call, tmp_path / "kept.pdf") == 0
    kept_mean, mean = (
        json.loads((tmp_path / name).read_text("utf-8"))["position"]["whole"]["mean"]
        for name in ("kept.json", "now.json")
    )
    assert (kept_mean, mean) == (1.25, then.position.whole.mean)
    assert "Som det var." in text_of((tmp_path / "kept.pdf").read_bytes())[0]


def test_all_of_a_round_as_one_archive(empty_store, tmp_path, monkeypatch):
    (tmp_path / "schools.csv").write_text("school_id,name\nal,Alskolan\nbjork,Björkskolan\n", "utf-8")
    rows = [f"vebs-2022,2025,{school},{c},0,2,6,4" for school in ("al", "bjork") for c in ("A1", "A2", "B1")]
    heading = "framework,year,school,criterion,level_1,level_2,level_3,level_4"
    (tmp_path / "counts.csv").write_text("\n".join([heading, *rows]), "utf-8")
    assert kvalitet(empty_store, "load", tmp_path / "schools.csv", tmp_path / "counts.csv") == 0
    assert kvalitet(empty_store, "export", "briefs", "--year", 2025, "--out", tmp_path / "all.zip") == 0
    word = (*("export", "briefs", "--year", 2025, "--format", "docx"), "--out", tmp_path / "word.zip")
    assert kvalitet(empty_store, *word) == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == ["2025-al-vebs-2022-v2.pdf", "2025-bjork-vebs-2022-v2.pdf"]
        assert "Björkskolan" in text_of(archive.read("2025-bjork-vebs-2022-v2.pdf"))[0]
    with zipfile.ZipFile(tmp_path / "word.zip") as archive:
        assert archive.namelist() == ["2025-al-vebs-2022-v2.docx", "2025-bjork-vebs-2022-v2.docx"]
    assert kvalitet(empty_store, "export", "briefs", "--year", 2024, "--out", tmp_path / "none.zip") == 1
