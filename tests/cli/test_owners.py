"""`kvalitet` in a store of several owners: whose is said, or asked for; nothing is done to the whole in passing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.model.owners import SchoolOwner
from analytics.model.people import Identity, ViewerRole
from analytics.store.audit import entries
from analytics.store.owners import add_owners, folder_of_owner, owners_of
from analytics.store.reading import open_answers
from analytics.store.roles import give_role
from analytics.store.versions import read_current
from tests.store.making import kvalitet
from tests.store.test_backup import changed

SCHOOLS = "name,school_unit_code,huvudman\nAlfaskolan,10000001,Malmö stad\nBetaskolan,20000001,Lund\n"


@pytest.fixture(scope="module")
def loaded_once(store_once_built, tmp_path_factory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("owners") / "store")
    file = store.parent / "schools.csv"
    file.write_text(SCHOOLS, "utf-8")
    assert kvalitet("--store", store, "load", file) == 0
    return store


@pytest.fixture
def nation(loaded_once, own_like) -> Path:
    return own_like(loaded_once)


@pytest.fixture
def folder(loaded_once, tmp_path) -> Path:
    """The same where an owner's part may be taken away: a machine's folder of a lake would have it again."""
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


def test_an_owner_who_has_nothing_yet_is_not_one_who_cannot_be_read(folder, capsys):
    """A load names new owners first, and may be ended before they have got anything."""
    add_owners(folder, [SchoolOwner("osby", "Osby")])
    damaged = folder_of_owner(folder, "lund") / read_current(folder_of_owner(folder, "lund")).in_force.view
    damaged.write_bytes(b"")
    assert kvalitet("--store", folder, "owners") == 0
    lund, malmo, osby = capsys.readouterr().out.splitlines()[-3:]
    assert "kan inte läsas" in lund and "version 1" in malmo and osby.endswith("har inget här än")


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


@pytest.mark.parametrize(
    "command", [["versions"], ["gallra", "--round", "vebs-2022/2024"], ["tidy"], ["rollback", "1"], ["withdraw", "1"]]
)
def test_what_is_for_one_owner_is_not_done_to_the_whole(nation, capsys, command):
    code, said = told(capsys, "--store", nation, *command)
    (problem,) = said["problems"]
    assert (code, problem["column"]) == (1, "--owner")
    assert "lund, malmo-stad" in problem["hint"]


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
    assert (code, said["ok"], [one["id"] for one in said["owners"]]) == (3, False, ["malmo-stad"])
    assert "lund" in said["problems"][0]["file"]
    code, said = told(capsys, "--store", nation, "owners")
    assert [one["version"] for one in said["owners"]] == [None, 1]


def test_each_damaged_owner_is_told_with_what_to_do_and_the_others_are_looked_at(folder, capsys):
    """One byte of an owner's answers, which no page opens; of the other the pointer is gone."""
    lund, malmo = (folder_of_owner(folder, owner) for owner in ("lund", "malmo-stad"))
    answers = lund / read_current(lund).in_force.answers
    content = bytearray(answers.read_bytes())
    content[len(content) // 2] ^= 16
    answers.write_bytes(content)
    (malmo / "CURRENT").unlink()
    code, said = told(capsys, "--store", folder, "verify")
    assert (code, said["version"], said["owners"]) == (3, 1, [])
    assert [Path(one["file"]).parent for one in said["problems"]] == [lund, malmo]
    assert "tidigare kopia" in said["problems"][0]["hint"] and f"--store {malmo}" in said["problems"][1]["hint"]
    code, said = told(capsys, "--store", folder, "repair")
    assert (code, said["owners"]) == (3, [{"id": "malmo-stad", "version": 1}])
    (problem,) = said["problems"]
    assert problem["file"] == str(lund) and "Där ligger" not in problem["problem"], "nothing is wrong with the folder"


def test_what_is_wrong_with_the_store_itself_keeps_nothing_from_being_told_of_its_owners(folder, capsys):
    (folder / read_current(folder).in_force.view).write_bytes(b"no view")
    (folder_of_owner(folder, "lund") / "CURRENT").unlink()
    code, said = told(capsys, "--store", folder, "verify")
    assert (code, said["version"], [one["id"] for one in said["owners"]]) == (3, None, ["malmo-stad"])
    assert [Path(one["file"]).parent for one in said["problems"]] == [folder, folder_of_owner(folder, "lund")]
    code, said = told(capsys, "--store", folder, "repair")
    assert (code, [one["id"] for one in said["owners"]]) == (3, ["lund", "malmo-stad"])
    assert [one["file"] for one in said["problems"]] == [str(folder)]
    assert kvalitet("--store", folder, "verify") == 3
    out, err = capsys.readouterr()
    assert "Lund (lund)" in out and str(folder) in err


def test_every_owners_pointer_is_put_right_at_once(nation, capsys):
    for owner in ("lund", "malmo-stad"):
        (folder_of_owner(nation, owner) / "CURRENT").unlink()
    assert told(capsys, "--store", nation, "verify")[0] == 3
    code, said = told(capsys, "--store", nation, "repair")
    assert (code, said["owners"]) == (0, [{"id": "lund", "version": 1}, {"id": "malmo-stad", "version": 1}])
    assert told(capsys, "--store", nation, "verify")[0] == 0


def test_an_owner_whose_folder_is_gone_is_told_by_every_command_for_all(folder, capsys, tmp_path):
    assert kvalitet("--store", folder, "backup", tmp_path / "all.zip") == 0
    shutil.rmtree(folder_of_owner(folder, "lund"))
    for command in (["verify"], ["repair"], ["audit", "verify"]):
        code, said = told(capsys, "--store", folder, *command)
        assert (code, [Path(one["file"]).name for one in said["problems"]]) == (3, ["lund"])
    code, said = told(capsys, "--store", folder, "backup", tmp_path / "later.zip")
    assert (code, said["without"], [one["id"] for one in said["owners"]]) == (0, ["lund"], ["malmo-stad"])
    assert kvalitet("--store", folder, "--owner", "lund", "restore", tmp_path / "all.zip") == 0
    assert told(capsys, "--store", folder, "verify")[0] == 0


def test_all_are_backed_up_and_put_back_with_one_command_and_each_has_it_written_down(folder, capsys, tmp_path):
    lund = folder_of_owner(folder, "lund")
    for each in (folder, lund):
        give_role(each, Identity("https://idp", "1"), "Anna Ek", ViewerRole.ADMIN, (), "test")
    code, said = told(capsys, "--store", folder, "backup", tmp_path / "all.zip")
    assert (code, [(one["id"], one["version"]) for one in said["owners"]]) == (0, [("lund", 1), ("malmo-stad", 1)])
    assert told(capsys, "verify", tmp_path / "all.zip")[1]["owners"] == said["owners"]
    assert kvalitet("--store", folder, "--owner", "lund", "backup", tmp_path / "lund.zip") == 0
    assert kvalitet("--store", tmp_path / "back", "restore", tmp_path / "all.zip") == 0
    assert [one.did for one in entries(lund, 9)] == ["backed_up", "backed_up", "role_given"]
    assert [one.did for one in entries(tmp_path / "back" / "owners" / "lund", 9)] == ["restored", "role_given"]
    assert [one.did for one in entries(tmp_path / "back", 9)] == ["restored", "role_given"]
    shutil.rmtree(folder_of_owner(folder, "malmo-stad"))
    code, said = told(capsys, "--store", folder, "--owner", "malmo-stad", "restore", tmp_path / "lund.zip")
    assert (code, said["problems"][0]["value"]) == (1, None) and "lund" in said["problems"][0]["problem"]


def test_all_are_moved_with_one_command_or_one_owner_alone(folder, capsys, tmp_path):
    give_role(folder_of_owner(folder, "lund"), Identity("https://idp", "1"), "Anna Ek", ViewerRole.ADMIN, (), "test")
    shutil.rmtree(folder_of_owner(folder, "malmo-stad"))
    code, said = told(capsys, "--store", folder, "move", "--to", tmp_path / "there")
    assert (code, said["owners"]) == (0, [{"id": "lund", "version": 1, "versions": 1}])
    assert said["without"] == ["malmo-stad"]
    assert owners_of(tmp_path / "there") == owners_of(folder)
    lund = folder_of_owner(tmp_path / "there", "lund")
    assert [one.did for one in entries(lund, 9)] == ["moved", "role_given"]
    assert told(capsys, "--store", folder, "move", "--to", tmp_path / "there")[0] == 1
    assert kvalitet("--store", folder, "--owner", "lund", "move", "--to", tmp_path / "lund") == 0
    assert read_current(tmp_path / "lund") == read_current(lund) and not owners_of(tmp_path / "lund")
    assert kvalitet("--store", folder, "move", "--to", tmp_path / "once more") == 0
    assert "lund  version 1" in capsys.readouterr().out


def test_the_audit_of_every_owner_is_followed(nation, capsys):
    for owner in ("lund", "malmo-stad"):
        give_role(folder_of_owner(nation, owner), Identity("https://idp", "1"), "A", ViewerRole.ADMIN, (), "test")
    code, said = told(capsys, "--store", nation, "audit", "verify")
    assert (code, [one["audit"]["entries"] for one in said["owners"]]) == (0, [1, 1])
    file = folder_of_owner(nation, "lund") / "audit.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"n":1', b'"n":2'))
    code, said = told(capsys, "--store", nation, "audit", "verify")
    assert (code, said["problems"][0]["row"], [one["id"] for one in said["owners"]]) == (3, 1, ["malmo-stad"])
    assert Path(said["problems"][0]["file"]).parent.name == "lund"


@pytest.fixture(scope="module")
def rounds_once(loaded_once, tmp_path_factory) -> Path:
    """Both owners have two rounds, and say for how long answers are kept: one for ever, until somebody says so."""
    store = shutil.copytree(loaded_once, tmp_path_factory.mktemp("rounds") / "store")
    file = store.parent / "answers.csv"
    rows = (f"vebs-2022,{year},{code},p{n},A1,3\n" for year in (2022, 2023) for code in CODES for n in range(25))
    file.write_text("framework,year,school,respondent,criterion,level\n" + "".join(rows), "utf-8")
    assert kvalitet("--store", store, "load", file) == 0
    return store


CODES = ("10000001", "20000001")


def answers_of(store: Path, owner: str) -> set[int]:
    folder = folder_of_owner(store, owner)
    with open_answers(folder / read_current(folder).in_force.answers) as answers:
        return {year for (year,) in answers.execute("select distinct year from answer").fetchall()}


def test_each_owners_answers_go_by_its_own_setting_and_out_of_a_backup_of_all(rounds_once, capsys, tmp_path):
    store, backup = shutil.copytree(rounds_once, tmp_path / "store"), tmp_path / "all.zip"
    code, said = told(capsys, "--store", store, "gallra")
    assert (code, said["ok"]) == (1, False)  # nobody says how long
    years = date.today().year - 2023
    lund, malmo = (folder_of_owner(store, owner) / "retention.toml" for owner in ("lund", "malmo-stad"))
    lund.write_text(f"answers_years = {years}\n", "utf-8")
    malmo.write_text("answers_years = true\n", "utf-8")
    code, said = told(capsys, "--store", store, "gallra")
    assert (code, said["problems"][0]["column"]) == (1, "answers_years")  # and nothing has gone of anybody's
    assert answers_of(store, "lund") == {2022, 2023}
    malmo.unlink()
    assert kvalitet("--store", store, "backup", backup) == 0
    code, said = told(capsys, "--store", store, "gallra", "--dry-run")
    assert (code, answers_of(store, "lund")) == (0, {2022, 2023})
    code, said = told(capsys, "--store", store, "gallra")
    gone = {one["id"]: one["gallra"] and [of["year"] for of in one["gallra"]["answers"]] for one in said["owners"]}
    assert (code, gone) == (0, {"lund": [2022], "malmo-stad": None})
    assert (answers_of(store, "lund"), answers_of(store, "malmo-stad")) == ({2023}, {2022, 2023})
    code, said = told(capsys, "--store", store, "gallra", "--backup", backup)
    assert (code, [len(one["gallra"]["answers"]) for one in said["owners"]]) == (0, [1, 0])
    assert kvalitet("--store", tmp_path / "back", "restore", backup) == 0
    assert answers_of(tmp_path / "back", "lund") == {2023} and answers_of(tmp_path / "back", "malmo-stad") == {
        2022,
        2023,
    }
    assert [one["id"] for one in told(capsys, "verify", backup)[1]["owners"]] == ["lund", "malmo-stad"]


def test_what_went_from_one_owners_store_goes_from_that_owners_backup_and_no_others(rounds_once, capsys, tmp_path):
    store, own, plain = shutil.copytree(rounds_once, tmp_path / "store"), tmp_path / "lund.zip", tmp_path / "plain.zip"
    assert kvalitet("--store", store, "--owner", "lund", "backup", own) == 0
    capsys.readouterr()
    assert kvalitet("--store", store, "--owner", "lund", "gallra", "--round", "vebs-2022/2022") == 0
    assert "kvalitet export gallring --owner lund --out" in capsys.readouterr().out
    before = own.read_bytes()
    code, said = told(capsys, "--store", store, "--owner", "malmo-stad", "gallra", "--backup", own)
    assert (code, own.read_bytes()) == (1, before) and "lund" in said["problems"][0]["problem"]
    changed(own, plain, lambda _, said: said.pop("owner"))  # as earlier editions made it: whose it is, is to be said
    assert told(capsys, "--store", store, "gallra", "--backup", plain)[1]["problems"][0]["column"] == "--owner"
    for archive, words in ((own, []), (plain, ["--owner", "lund"])):
        assert told(capsys, "--store", store, *words, "gallra", "--backup", archive)[0] == 0
        assert kvalitet("--store", tmp_path / archive.stem, "restore", archive) == 0
        folder = tmp_path / archive.stem
        with open_answers(folder / read_current(folder).in_force.answers) as answers:
            assert answers.execute("select distinct year from answer").fetchall() == [(2023,)]
    assert told(capsys, "verify", own)[1]["owner"] == "lund"


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
