"""The register held against a ledger from file to mark: by the command, whose word scripts take, and saved once."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import pytest

from analytics.cli import cli
from analytics.cli.main import main
from analytics.intake.raw import LeftFile
from analytics.loads.ledger import left_ledger, remember, said_columns
from analytics.loads.recognition import recognised
from analytics.store.saved_forms import saved_forms
from tests.loads.funding_edits import SAY, texts

PROJECTS = "project_id,title,programme,start,end\nhav,Havet,Erasmus+,2024-09-01,2026-08-31\n"
PAYMENTS = """project_id,report_year,unit,amount_sek,kind,date,voucher,ledger_code,note
hav,2025,Kontoret,1000.50,spent,2025-03-04,A1,4711,
hav,2025,Kontoret,2000,spent,2025-03-05,,4711,
hav,2025,Kontoret,300,spent,2025-03-06,A3,4711,
hav,2025,Kontoret,90000,received,2025-02-01,B1,4711,
hav,2025,Kontoret,95000,granted,2025-01-01,,4711,
"""
LEDGER = """Bokf.dag;Ver;Proj;Fritext;Debet;Kredit
2025-02-01;B1;4711;Anna Ek 19800101-1234;;90000
2025-03-04;A1;4711;Resa;1000,50;
2025-03-07;A2;4711;Resa;2000;
2025-03-06;A3;4711;Resa;300,10;
"""
SAID = {"Bokf.dag": "date", "Ver": "voucher", "Proj": "ledger_code", "Debet": "debit", "Kredit": "credit"}


@pytest.fixture(scope="module")
def loaded(store_once_built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reconciled")
    store = shutil.copytree(store_once_built, folder / "store")
    for name, text in (("projects.csv", PROJECTS), ("payments.csv", PAYMENTS), ("ledger.csv", LEDGER)):
        (folder / name).write_text(text, "utf-8")
    files = [str(folder / "projects.csv"), str(folder / "payments.csv")]
    cli.main(["load", *files, "--store", str(store)], standalone_mode=False)
    return folder


@pytest.fixture
def store(loaded, tmp_path):
    return shutil.copytree(loaded, tmp_path / "own") / "store"


def reconcile(store, capsys, *more) -> tuple[int, dict]:
    capsys.readouterr()
    code = 0
    try:
        main(["reconcile", str(store.parent / "ledger.csv"), "--store", str(store), "--json", *more])
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_the_command_tells_what_differs_marks_what_agrees_and_finds_it_again(store, capsys):
    code, told = reconcile(store, capsys)
    assert code == 1 and {one["column"] for one in told["problems"]} >= {"date"}, "the headings do not tell"
    by_hand = [word for pair in SAID.items() for word in ("--column", *pair)]
    code, told = reconcile(store, capsys, *by_hand, "--mark")
    found = told["reconciliation"]
    assert code == 1 and found["cases"]["matched"] == 3 and found["cases"]["differs"] == 1 and len(found["to_do"]) == 1
    assert Decimal(found["ledger_sek"]) == Decimal("3300.60") - 90000 and found["register_sek"] == "-86699.50"
    assert found["to_do"][0]["vouchers"] == ["A3"] and found["to_do"][0]["projects"] == ["Havet"]
    assert "Anna" not in json.dumps(told)
    saved = {name: text for name, text in texts(store).items() if name.endswith(".reconciled")}
    assert sorted(saved.values()) == ["", "", "A1 2025-03-04", "A2 2025-03-07", "B1 2025-02-01"]
    version = told["version"]
    _, again = reconcile(store, capsys, *by_hand, "--mark")
    assert again["version"] == version, "what is marked is not saved once more"
    assert again["reconciliation"]["cases"] == found["cases"]


def test_what_agrees_ends_with_0_and_the_columns_said_once_are_known_again(store, capsys):
    path = store.parent / "ledger.csv"
    path.write_text(LEDGER.replace("300,10", "300"), "utf-8")
    left = left_ledger(path, store, SAY)
    assert left.problems and left.columns == {"Ver": "voucher", "Debet": "debit", "Kredit": "credit"}
    remember(store, said_columns(left, SAID, SAY), "Anna Ek")
    assert left_ledger(path, store, SAY).saved.by == "Anna Ek"
    code, told = reconcile(store, capsys)
    assert code == 0 and told["reconciliation"]["to_do"] == []
    left = recognised(LeftFile("l.csv", path.read_bytes()), (), saved_forms(store), {}, SAY)
    assert left.kind is None and "ledger" in left.problems[0].problem, "it is not taken for anything that is loaded"
    assert not any("reconciled" in name and text for name, text in texts(store).items())


def test_of_no_project_and_no_column_there_is_nothing_to_compare(store, capsys):
    code, told = reconcile(store, capsys, "--project", "berg")
    assert code == 1 and "hav" in told["problems"][0]["hint"]
    code, told = reconcile(store, capsys, "--column", "Proj", "code")
    assert code == 1 and told["problems"][0]["value"] == "code"
