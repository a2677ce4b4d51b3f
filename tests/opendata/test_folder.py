"""The folder, by the function and by the command: whole or not at all, the same every time, nothing else taken away."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from analytics import cli
from analytics.opendata import folder as folders
from analytics.opendata.examples import EXAMPLES, OPENING
from analytics.opendata.folder import DATABASE, README, TABLES, put_open_data, write_open_data
from analytics.words.language import words
from tests.opendata.conftest import SETTINGS


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question)
def test_each_worked_question_has_an_answer(written, example):
    with duckdb.connect(str(written.folder / DATABASE), read_only=True) as connection:
        found = connection.execute(example.sql).fetchall()
    assert found and any(value is not None for value in found[0])


def test_the_database_opens_as_is_said(written, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(written.folder)
    exec(OPENING)
    assert "48 rows" in capsys.readouterr().out


def test_the_same_version_gives_the_same_files(written, tmp_path):
    again = write_open_data(written.view, written.by, tmp_path)
    assert again == written.open_data
    for path in again.paths:
        if path != DATABASE:
            assert (tmp_path / path).read_bytes() == (written.folder / path).read_bytes(), path


def test_what_is_there_gives_place_whole_or_stays(written, tmp_path, monkeypatch):
    out = shutil.copytree(written.folder, tmp_path / "ut")
    (out / README).write_text("before")

    def broken(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as without:
        without.setattr(folders, "TABLES", TABLES[:1])
        without.setattr(folders, "write_database", broken)
        with pytest.raises(OSError):
            put_open_data(written.view, written.by, out)
    assert (out / README).read_text() == "before" and [path.name for path in tmp_path.iterdir()] == ["ut"]
    put_open_data(written.view, written.by, out)
    assert "Provstads kommun" in (out / README).read_text("utf-8") and [p.name for p in tmp_path.iterdir()] == ["ut"]


def test_a_folder_of_something_else_is_left_alone(few_store, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--store", str(few_store), "export", "opendata", "--out", str(tmp_path)])
    assert ended.value.code == 1 and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "Något annat ligger i mappen." in capsys.readouterr().err


def test_the_command_says_what_is_not_set(few_store, tmp_path, capsys):
    cli.main(["--store", str(few_store), "export", "opendata", "--out", str(tmp_path / "ut")])
    said = capsys.readouterr()
    assert "22 tabeller" in said.out and "KVALITET_OPEN_ADDRESS" in said.err
    assert (tmp_path / "ut" / "catalog.rdf").exists()


def test_the_command_refuses_a_setting_that_cannot_be(few_store, tmp_path, capsys, monkeypatch):
    for name, value in (SETTINGS | {"KVALITET_OPEN_ORGANISATION": "1"}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--store", str(few_store), "export", "opendata", "--out", str(tmp_path / "ut"), "--json"])
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert ended.value.code == 1 and problem["column"] == "KVALITET_OPEN_ORGANISATION" and problem["hint"]
    assert not (tmp_path / "ut").exists()


def test_the_text_for_people_says_who_where_and_how(written):
    text = (written.folder / README).read_text("utf-8")
    for said in ("Provstads kommun", "2120001124", "CC0 1.0", "oppnadata@provstad.example", "nullstr", "påhittade"):
        assert said in text
    assert words("sv").plural("{n} row", "{n} rows", 5) in text
