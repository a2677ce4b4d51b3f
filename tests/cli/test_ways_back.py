"""`kvalitet withdraw` and `kvalitet tidy`, as whoever runs the server uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics import cli
from analytics.store.versions import read_current
from tests.intake.making import PROV, csv_bytes, rows
from tests.loads.test_load import SCHOOLS, put
from tests.loads.test_withdrawing import answers, people


@pytest.fixture
def told(empty_store: Path, monkeypatch, capfd):
    """A store with a round that was loaded twice (versions 3 and 4); runs the command: exit code and JSON."""
    put(empty_store, prov=PROV, schools=SCHOOLS)
    put(empty_store, first=answers(people("alfa", 2021, "33443322")))
    put(empty_store, replace=True, again=answers(people("alfa", 2021, "1111111111111")))
    monkeypatch.setenv("KVALITET_STORE", str(empty_store))

    def run(*words: str) -> tuple[int, dict]:
        code = 0
        try:
            cli.main([*words, "--json"])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, json.loads(capfd.readouterr().out)

    return run


def test_a_load_is_taken_back(told, empty_store: Path):
    code, said = told("withdraw", "4")
    assert (code, said["ok"], said["version"]) == (0, True, 5)
    code, said = told("versions")
    assert said["versions"][-1]["action"] == "withdraw"


@pytest.mark.parametrize("number", ["2", "99"])
def test_what_cannot_be_taken_back_is_told(told, empty_store: Path, number: str):
    before = read_current(empty_store)
    code, said = told("withdraw", number)
    assert code == 1 and not said["ok"] and said["problems"][0]["hint"]
    assert read_current(empty_store) == before


def test_tidying_is_tried_first(told, empty_store: Path, monkeypatch):
    monkeypatch.setattr("analytics.loads.tidying.LATEST", 1)
    code, said = told("tidy", "--dry-run")
    assert (code, said["gone"], said["dry_run"]) == (0, [1, 2], True)
    assert [one["version"] for one in said["kept"]] == [3, 4]
    assert len(read_current(empty_store).published) == 4
    assert told("tidy")[1]["gone"] == [1, 2]
    assert [version.number for version in read_current(empty_store).published] == [3, 4]
    assert told("tidy")[1]["gone"] == []


def test_the_same_file_once_more_is_said_to_be(told, tmp_path: Path):
    def loaded(name: str, text: str) -> list[str]:
        path = tmp_path / name
        path.write_bytes(csv_bytes(rows(text), ","))
        code, said = told("load", "--replace", "--by", "Anna", str(path))
        assert code == 0
        return [note for note in said["files"][0]["notes"] if "Anna (version" in note]

    other = answers(people("alfa", 2021, "4444444444444"))
    assert loaded("a.csv", answers(people("alfa", 2021, "2222222222222"))) == []
    (note,) = loaded("of another name.csv", answers(people("alfa", 2021, "2222222222222")))
    assert "(version 5)" in note
    assert loaded("a.csv", other) == []
