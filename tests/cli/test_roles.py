"""`kvalitet roles` and `kvalitet audit`, as whoever runs the server uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics import cli
from analytics.store.audit import FILE, entries
from analytics.store.versions import read_current

WHO = ("--issuer", "https://issuer", "--subject", "s-1")


@pytest.fixture
def projects(tmp_path):
    """What makes a version, and costs little: the figures stay."""
    path = tmp_path / "projects.csv"
    path.write_text("project_id,title,programme,start,end\nhav,Havet,Erasmus+,2018-09-01,2020-08-31\n", "utf-8")
    return str(path)


@pytest.fixture
def told(few_copy, monkeypatch, capfd):
    """Runs the command on a store of its own; the exit code and what it printed as JSON."""
    monkeypatch.setenv("KVALITET_STORE", str(few_copy))

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--json"])
        return ended.value.code or 0, json.loads(capfd.readouterr().out)

    def running(*words):
        try:
            return run(*words)
        except pytest.fail.Exception:  # it ended well, without an exit
            return 0, json.loads(capfd.readouterr().out)

    return running


def test_the_first_administrator_is_made_here(told):
    assert told("roles", "add", *WHO, "--name", "Anna", "--role", "admin")[0] == 0
    code, said = told("roles", "list")
    assert code == 0 and [(row["subject"], row["role"], row["schools"]) for row in said["roles"]] == [
        ("s-1", "admin", [])
    ]
    code, said = told("roles", "remove", *WHO)
    assert code == 0 and said["roles"][0]["name"] == "Anna"
    assert told("roles", "list")[1]["roles"] == []
    assert told("roles", "remove", *WHO)[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--role", "skola"),
        ("--role", "skola", "--school", "nosuchschool"),
        ("--role", "eu", "--school", "agatskolan"),
    ],
)
def test_a_school_s_role_is_about_schools_that_there_are(told, words):
    code, said = told("roles", "add", *WHO, "--name", "Anna", *words)
    assert code == 1 and said["problems"][0]["column"] == "--school"
    assert told("roles", "list")[1]["roles"] == []


def test_what_is_done_is_written_down_and_can_be_checked(told, few_copy, tmp_path, projects):
    assert told("export", "city", "--framework", "vebs-2022", "--out", str(tmp_path / "before.csv"))[0] == 0
    assert not (few_copy / FILE).exists(), "one person's own store keeps no such file"
    told("roles", "add", *WHO, "--name", "Anna", "--role", "data")
    told("export", "city", "--framework", "vebs-2022", "--out", str(tmp_path / "after.csv"))
    told("load", projects)
    told("rollback", "1")
    assert [one.did for one in entries(few_copy, 9)] == ["version_chosen", "version_made", "exported", "role_given"]
    code, said = told("audit", "verify")
    assert code == 0 and said["audit"]["entries"] == 4
    assert told("audit", "verify", "--last", said["audit"]["last"])[0] == 0
    assert told("audit", "verify", "--last", "00ff")[0] == 1
    held = (few_copy / FILE).read_bytes()
    (few_copy / FILE).write_bytes(held.replace(b"after.csv", b"other.csv"))
    code, said = told("audit", "verify")
    assert code == 1 and said["problems"][0]["row"] == 3
    assert [one["number"] for one in told("audit", "list", "--latest", "2")[1]["entries"]] == [4, 3]


def test_what_is_done_and_what_is_not_is_told_where_it_cannot_be_written_down(told, few_copy, tmp_path, projects):
    told("roles", "add", *WHO, "--name", "Anna", "--role", "data")
    told("load", projects)
    (few_copy / FILE).unlink()
    (few_copy / FILE).mkdir()
    done = "Det är gjort, men kunde inte skrivas upp i loggen audit.jsonl."
    not_done = "det som inte kan skrivas upp görs inte."
    another = ("roles", "add", *WHO, "--name", "Bo", "--role", "eu")
    Path(projects).write_text(Path(projects).read_text("utf-8").replace("Havet", "Sjön"), "utf-8")
    for words in (another, ("rollback", "1"), ("load", projects, "--replace")):
        code, said = told(*words)
        assert code == 3 and said["problems"][0]["hint"].endswith(not_done), words
    assert read_current(few_copy).number == 2 and [row["role"] for row in told("roles", "list")[1]["roles"]] == ["data"]
    backup = tmp_path / "backup.zip"
    for words in (("roles", "remove", *WHO), ("backup", str(backup))):
        code, said = told(*words)
        assert code == 3 and said["problems"][0]["problem"].startswith(done), words
    assert told("roles", "list")[1]["roles"] == [] and told("verify", str(backup))[0] == 0
