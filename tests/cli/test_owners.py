"""`kvalitet` in a store of several owners: whose is said, or asked for; nothing is done to the whole in passing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analytics.store.owners import folder_of_owner, owners_of
from analytics.store.versions import read_current
from tests.store.making import kvalitet

SCHOOLS = "name,school_unit_code,huvudman\nAlfaskolan,10000001,Malmö stad\nBetaskolan,20000001,Lund\n"


@pytest.fixture(scope="module")
def loaded_once(store_once_built, tmp_path_factory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("owners") / "store")
    file = store.parent / "schools.csv"
    file.write_text(SCHOOLS, "utf-8")
    assert kvalitet("--store", store, "load", file) == 0
    return store


@pytest.fixture
def nation(loaded_once, tmp_path) -> Path:
    return shutil.copytree(loaded_once, tmp_path / "nation")


def told(capsys, *words) -> tuple[int, dict]:
    capsys.readouterr()
    code = kvalitet(*words, "--json")
    return code, json.loads(capsys.readouterr().out)


def test_owners_are_listed_with_what_they_have(nation, capsys):
    code, said = told(capsys, "--store", nation, "owners")
    assert code == 0
    assert said["owners"] == [
        {"id": "lund", "name": "Lund", "schools": 1, "version": 1, "rounds": []},
        {"id": "malmo-stad", "name": "Malmö stad", "schools": 1, "version": 1, "rounds": []},
    ]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("said", ["malmo-stad", "malmö  Stad"])
def test_a_command_works_in_the_store_of_whom_is_said(nation, capsys, said, before):
    words = ("--owner", said, "versions") if before else ("versions", "--owner", said)
    code, listed = told(capsys, "--store", nation, *words)
    assert (code, listed["versions"][0]["files"][-1]["rows"]) == (0, 1)


def test_the_environment_may_say_whose(nation, capsys, monkeypatch):
    monkeypatch.setenv("KVALITET_OWNER", "lund")
    assert told(capsys, "--store", nation, "export", "results", "--framework", "-", "--out", "x.csv")[0] == 1
    assert told(capsys, "--store", nation, "versions")[1]["versions"][0]["version"] == 1


@pytest.mark.parametrize("command", [["versions"], ["backup", "kopia.zip"], ["gallra"], ["tidy"], ["rollback", "1"]])
def test_what_is_for_one_owner_is_not_done_to_the_whole(nation, capsys, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = told(capsys, "--store", nation, *command)
    (problem,) = said["problems"]
    assert (code, problem["column"]) == (1, "--owner")
    assert "lund, malmo-stad" in problem["hint"]
    assert not (tmp_path / "kopia.zip").exists()


def test_an_owner_that_is_none_is_told_with_the_nearest(nation, capsys):
    code, said = told(capsys, "--store", nation, "versions", "--owner", "malmo-sta")
    assert (code, said["problems"][0]["value"]) == (1, "malmo-sta")
    assert "malmo-stad" in said["problems"][0]["hint"]


def test_nobody_is_said_in_a_store_that_is_one_owners(empty_store, capsys):
    assert told(capsys, "--store", empty_store, "versions", "--owner", "lund")[0] == 1
    assert told(capsys, "--store", empty_store, "owners")[1]["owners"] == []


def test_what_is_done_to_every_owner_says_so(nation, capsys):
    code, said = told(capsys, "--store", nation, "verify")
    assert (code, [one["id"] for one in said["owners"]]) == (0, ["lund", "malmo-stad"])
    code, said = told(capsys, "--store", nation, "republish")
    assert (code, [one["version"] for one in said["owners"]]) == (0, [2, 2])
    assert read_current(folder_of_owner(nation, "lund")).number == 2


def test_a_damaged_owner_is_found(nation, capsys):
    folder = folder_of_owner(nation, "lund")
    (folder / read_current(folder).in_force.view).write_bytes(b"no view")
    code, said = told(capsys, "--store", nation, "verify")
    assert (code, said["ok"]) == (3, False)
    code, said = told(capsys, "--store", nation, "owners")
    assert [one["version"] for one in said["owners"]] == [None, 1]


def test_a_check_says_what_every_owner_would_get_and_changes_nothing(nation, capsys, tmp_path):
    file = tmp_path / "invited.csv"
    rows = "vebs-2022,2024,10000001,40\nvebs-2022,2024,20000001,30\n"
    file.write_text(f"framework,year,school,invited\n{rows}", "utf-8")
    code, said = told(capsys, "--store", nation, "check", file)
    assert (code, said["files"][0]["rows"]) == (0, 2)
    assert [(one["id"], one["files"][0]["rows"]) for one in said["owners"]] == [("malmo-stad", 1), ("lund", 1)][::-1]
    assert read_current(folder_of_owner(nation, "lund")).number == 1


def test_there_is_room_for_a_new_owner_whose_files_come_with_its_name(nation, capsys, tmp_path):
    code, said = told(capsys, "--store", nation, "owners", "add", "Södra  skolgruppen")
    assert (code, said["owners"][0]["id"]) == (0, "sodra-skolgruppen")
    assert [one.name for one in owners_of(nation)] == ["Lund", "Malmö stad", "Södra skolgruppen"]
    file = tmp_path / "projects.csv"
    file.write_text("project_id,title,programme,start,end\nhav,Havet,Erasmus+,2022-01-01,2023-01-01\n", "utf-8")
    assert kvalitet("--store", nation, "load", file) == 1
    assert kvalitet("--store", nation, "--owner", "sodra-skolgruppen", "load", file) == 0
    assert told(capsys, "--store", nation, "owners", "add", "södra skolgruppen")[0] == 1


def test_owners_stand_side_by_side_with_what_each_has_published(nation, capsys, tmp_path):
    file, out = tmp_path / "answers.csv", tmp_path / "owners.json"
    people = {"10000001": 26, "20000001": 22}
    rows = (
        f"vebs-2022,{year},{code},p{n},A1,{1 + (n + year + int(code[0])) % 4}\n"
        for code, many in people.items()
        for year in (2022, 2023, 2024)
        for n in range(many)
        if year == 2024 or code != "20000001"
    )
    file.write_text("framework,year,school,respondent,criterion,level\n" + "".join(rows), "utf-8")
    assert kvalitet("--store", nation, "load", file) == 0
    assert kvalitet("--store", nation, "export", "owners", "--framework", "vebs-2022", "--out", out) == 0
    found = json.loads(out.read_text("utf-8"))
    assert [(row["year"], row["owner"], row["schools"]) for row in found] == [
        (2022, "", 1), (2022, "malmo-stad", 1), (2023, "", 1), (2023, "malmo-stad", 1),
        (2024, "", 2), (2024, "lund", 1), (2024, "malmo-stad", 1),
    ]  # fmt: skip
    nations, lund, malmo = found[4:]
    for row, code, many in ((lund, 2, 22), (malmo, 1, 26)):
        by_hand = sum(1 + (n + 2024 + code) % 4 for n in range(many)) / many
        assert row["mean_of_schools"] == pytest.approx(by_hand)
        assert row["met"] + row["not_met"] == 1
    assert nations["mean_of_schools"] == pytest.approx((lund["mean_of_schools"] + malmo["mean_of_schools"]) / 2)
    assert nations["met"] == lund["met"] + malmo["met"] and nations["difference"] is None
    assert (malmo["before_year"], lund["before_year"]) == (2023, None)
    assert told(capsys, "--store", nation, "export", "owners", "--framework", "x", "--out", out)[0] == 1


def test_a_school_that_is_hidden_with_its_owner_is_hidden_beside_the_others(nation, tmp_path):
    file, out = tmp_path / "answers.csv", tmp_path / "owners.json"
    rows = (
        f"vebs-2022,2024,{code},p{n},A1,3\n" for code, many in (("10000001", 12), ("20000001", 4)) for n in range(many)
    )
    file.write_text("framework,year,school,respondent,criterion,level\n" + "".join(rows), "utf-8")
    assert kvalitet("--store", nation, "load", file) == 0
    assert kvalitet("--store", nation, "export", "owners", "--framework", "vebs-2022", "--out", out) == 0
    nations, lund, malmo = json.loads(out.read_text("utf-8"))
    assert (lund["hidden_schools"], lund["schools"], lund["mean_of_schools"]) == (1, 0, None)
    assert (nations["schools"], nations["mean_of_schools"]) == (1, malmo["mean_of_schools"])
