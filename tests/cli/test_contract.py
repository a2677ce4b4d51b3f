"""The `kvalitet` command from end to end, as scripts use it: files in, exit codes, JSON, versions, exports."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from filelock import FileLock
from python_calamine import CalamineWorkbook

from analytics import cli
from analytics.loads import load as loading
from analytics.store.dialogue import read_dialogues
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.writing import locked
from tests.kept_stores import ROOT
from tests.sampling import at_night, pairs

FRAMEWORK = """
id = "prov-2024"
title = { sv = "Prov", en = "Trial" }
issuer = "Provstad"
valid_from = 2024
valid_to = 2026
[scale]
min = 1
max = 4
labels = { sv = ["Påbörjad", "Aktiverad", "Trygg", "Välutvecklad"], en = ["Started", "Active", "Safe", "Developed"] }
[goal]
level = 3
statistic = "mean"
[[area]]
id = "a"
title = { sv = "Område A", en = "Area A" }
[[area.criterion]]
id = "A1"
title = { sv = "Skolan har en plan", en = "The school has a plan" }
[[area.criterion]]
id = "A2"
title = { sv = "Alla känner till planen", en = "Everybody knows the plan" }
"""
SCHOOLS = "school_id,name,school_unit_code,district\nbjork,Björkskolan,12345678,Nord\nal,Ålskolan,23456789,Syd\n"
LEVELS = {"bjork": [3, 3, 4, 2, 3, 4], "al": [1, 2, 2, 3, 2]}
RESULTS = (
    "framework,year,school_id,school,criterion,area,n,dont_know,invited,response_rate,mean,ci_low,ci_high,"
    "share_at_goal,share_low,share_high,median,pulled_mean,status"
)
CITY = (
    "framework,year,criterion,area,schools,answers,mean_of_schools,mean_of_answers,share_at_goal,p10,p90,"
    "between_school_sd,left_out_schools"
)

TRENDS = (
    "framework,school_id,school,area,criterion,rounds,first_year,last_year,level,pace,pace_low,pace_high,direction_sure,"
    "beside_city,status"
)


def answers(year=2025, levels=LEVELS, criterion="A1", school=lambda id_: id_):
    head = "framework,year,school,respondent,criterion,level\n"
    return head + "".join(
        f"prov-2024,{year},{school(id_)},p{i},{criterion},{level}\n"
        for id_, found in levels.items()
        for i, level in enumerate(found)
    )


@pytest.fixture(scope="module")
def begun(store_once_built, tmp_path_factory):
    """A folder with the trial's files, and a store that holds its framework and schools."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copytree(store_once_built, folder / "store")
    return with_loaded(folder, {"prov.toml": FRAMEWORK, "schools.csv": SCHOOLS})


@pytest.fixture(scope="module")
def answered(begun, tmp_path_factory):
    """With a round of answers, as version 3."""
    folder = shutil.copytree(begun, tmp_path_factory.mktemp("answered") / "of its own")
    return with_loaded(folder, {"answers.csv": answers()})


@pytest.fixture(scope="module")
def funded(begun, tmp_path_factory):
    """With two EU projects and what belongs to them."""
    folder = shutil.copytree(begun, tmp_path_factory.mktemp("funded") / "of its own")
    return with_loaded(folder, FUNDING)


def with_loaded(folder, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KVALITET_STORE", str(folder / "store"))
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        assert kvalitet("load", *texts) == 0
    return folder


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Copies what was made to the test's own working folder."""

    def copy(made):
        shutil.copytree(made, tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("KVALITET_STORE", str(tmp_path / "store"))
        return tmp_path

    return copy


@pytest.fixture
def here(begun, at):
    """What was begun, as the test's own working folder."""
    return at(begun)


@pytest.fixture
def with_answers(answered, at):
    return at(answered)


@pytest.fixture
def with_funding(funded, at):
    return at(funded)


def kvalitet(*words) -> int:
    """Runs the command in this process; returns its exit code."""
    before = sys.argv
    sys.argv = ["kvalitet", *map(str, words)]
    try:
        cli.main()
    except SystemExit as stop:
        return stop.code or 0
    finally:
        sys.argv = before
    return 0


@pytest.fixture
def told(capsys):
    """Runs the command with --json; returns the exit code and what it printed."""

    def run(*words):
        capsys.readouterr()
        code = kvalitet(*words, "--json")
        return code, json.loads(capsys.readouterr().out)

    return run


def load(folder, text, name="answers.csv", encoding="utf-8"):
    (folder / name).write_bytes(text.encode(encoding))
    return kvalitet("load", name)


def exported(folder, what="results"):
    assert kvalitet("export", what, "--framework", "prov-2024", "--out", "out.csv") == 0
    with (folder / "out.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_answers_come_out_as_the_contract_s_columns(with_answers):
    rows = exported(with_answers)
    assert ",".join(rows[0]).startswith(RESULTS)
    al, bjork = rows if rows[0]["school_id"] == "al" else rows[::-1]
    empty = ("n", "dont_know", "median", "share_at_goal", "share_low", "share_high")
    assert {bjork[name] for name in empty} == {""} and bjork["status"] == "few"
    assert list(bjork)[-2:] == ["n_band", "share_band"] and bjork["n_band"] == "5-9"
    assert (bjork["mean"], bjork["share_band"], bjork["dont_know_band"]) == ("3.2", "above_half", "none")
    assert (al["mean"], al["share_band"]) == ("2.0", "below_half")
    city = exported(with_answers, "city")
    assert ",".join(city[0]).startswith(CITY)
    assert float(city[0]["mean_of_schools"]) == pytest.approx((3.2 + 2) / 2)
    assert float(city[0]["mean_of_answers"]) == pytest.approx((3.2 + 2) / 2)  # seven each


def test_files_say_their_version_where_that_is_asked_for(with_answers):
    number = Store(with_answers / "store").current().number
    for what, last in (("results", ["version", "mean_bound", "share_bound"]), ("city", ["version"])):
        plain = exported(with_answers, what)
        words = ["export", what, "--framework", "prov-2024", "--with-version", "--out"]
        assert kvalitet(*words, "v.csv") == kvalitet(*words, "v.json") == 0
        with (with_answers / "v.csv").open(encoding="utf-8") as file:
            told = list(csv.DictReader(file))
        names = list(told[0])
        assert names[names.index("version") :][: len(last)] == last
        assert [{name: text for name, text in row.items() if name != "version"} for row in told] == plain
        of_json = {row["version"] for row in json.loads((with_answers / "v.json").read_text("utf-8"))}
        assert of_json == {number} and {row["version"] for row in told} == {str(number)}


def test_funding_as_csv_says_its_version_where_that_is_asked_for_and_loads_again(with_funding):
    words = ["export", "funding", "--year", "2025", "--out"]
    assert kvalitet(*words, "plain.csv") == kvalitet(*words, "v.csv", "--with-version") == 0
    plain, told = ([*csv.reader((with_funding / f"{name}.csv").open(encoding="utf-8"))] for name in ("plain", "v"))
    number = Store(with_funding / "store").current().number
    assert [row[:-1] for row in told] == plain and {row[-1] for row in told} == {"version", str(number)}
    assert kvalitet("load", "v.csv", "--as", "payments", "--replace") == 0


def test_trends_come_out_as_the_contract_s_columns_from_the_third_round(here):
    levels = {"bjork": [3, 3, 4, 2, 3, 4] * 4, "al": [1, 2, 2, 3, 2] * 4}
    for year in (2024, 2025):
        (here / f"{year}.csv").write_text(answers(year, levels), "utf-8")
    assert kvalitet("load", "2024.csv", "2025.csv") == 0
    assert exported(here, "trends") == [], "two rounds have no trend"
    assert load(here, answers(2026, {"bjork": levels["bjork"]}), "2026.csv") == 0
    rows = exported(here, "trends")
    assert ",".join(rows[0]).startswith(TRENDS)
    assert [(row["school_id"], row["school"], row["area"], row["criterion"]) for row in rows] == [
        (*school, *thing)
        for school in (("", ""), ("bjork", "Björkskolan"), ("al", "Ålskolan"))
        for thing in (("", ""), ("a", ""), ("a", "A1"))
    ]
    city, bjork, al = rows[::3]
    assert (bjork["rounds"], bjork["first_year"], bjork["last_year"], bjork["status"]) == ("3", "2024", "2026", "ok")
    assert bjork["beside_city"] == "cannot_tell" and city["beside_city"] == "" and city["status"] == "ok"
    assert float(bjork["pace_low"]) < float(bjork["pace"]) < float(bjork["pace_high"])
    assert 0.5 <= float(bjork["direction_sure"]) <= 1 <= float(bjork["level"]) <= 4
    assert (al["rounds"], al["status"], al["pace"], al["direction_sure"]) == ("2", "too_few_rounds", "", "")
    assert {row["provenance"] for row in rows} == {"imported"}
    for name in ("t.xlsx", "t.parquet", "t.json"):
        assert kvalitet("export", "trends", "--framework", "prov-2024", "--out", name) == 0
    assert json.loads((here / "t.json").read_text("utf-8")) == pq.read_table("t.parquet").to_pylist()
    assert kvalitet("export", "trends", "--framework", "nope", "--out", "x.csv") == 1


ENCODINGS, SEPARATORS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"], [",", ";", "\t"]


@pytest.mark.parametrize(("encoding", "separator"), pairs(ENCODINGS, SEPARATORS))
def test_dialects_and_swedish_headings(here, encoding, separator):
    text = answers(school=lambda id_: {"bjork": "Björkskolan", "al": "ålskolan"}[id_])
    text = text.replace("framework,year,school,respondent,criterion,level", "RAMVERK,År,Skola,Svarande,Kriterium,Nivå")
    assert load(here, text.replace(",", separator), encoding=encoding) == 0
    assert {row["school_id"] for row in exported(here)} == {"bjork", "al"}


def test_workbook_and_parquet_hold_the_same(here):
    rows = list(csv.reader(answers().splitlines()))
    with xlsxwriter.Workbook("a.xlsx") as book:
        book.add_worksheet("Om").write(0, 0, "nothing here")
        sheet = book.add_worksheet("Svar")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, float(cell) if cell.isdigit() else cell)
    assert kvalitet("load", "a.xlsx", "--sheet", "Svar") == 0
    from_workbook = exported(here)
    table = pa.table({name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])})
    year, level = (pa.array([float(v.as_py()) for v in table[name]]) for name in ("year", "level"))
    table = table.set_column(1, "year", year).set_column(5, "level", level)
    pq.write_table(table, "a.parquet")
    assert kvalitet("load", "a.parquet", "--replace") == 0
    assert exported(here) == from_workbook


def test_schools_by_id_code_name_and_alias_after_a_rename(here, told):
    (here / "new.csv").write_text("school_id,name,school_unit_code\nbjork,Granskolan,12345678\n", "utf-8")
    assert kvalitet("load", "new.csv") == 1, "a school that is there is refused without --replace"
    assert kvalitet("load", "new.csv", "--replace") == 0
    one, names = {"bjork": LEVELS["bjork"]}, {2024: "12345678", 2025: "björkskolan", 2026: "Granskolan"}
    for year, word in names.items():
        (here / f"{year}.csv").write_text(answers(year, one, school=lambda _, word=word: word), "utf-8")
    assert kvalitet("load", *(f"{year}.csv" for year in names)) == 0
    assert {row["school_id"] for row in exported(here)} == {"bjork"}
    (here / "unknown.csv").write_text(answers(school=lambda _: "Granskola"), "utf-8")
    code, said = told("load", "unknown.csv", "--replace")
    assert code == 1 and "Granskolan" in said["problems"][0]["hint"]


def test_a_form_s_personal_columns_are_dropped_and_nowhere_in_the_store(here, told):
    head = "ID;Starttid;E-post;Namn;Skola;A1. Skolan har en plan;Alla känner till planen\n"
    cells = ["3", "3 - Trygg", "Trygg", "vet ej", "", "4", "2"]
    rows = [f"{i};2025-01-10 09:12;anna{i}@skola.se;Anna Testsson;bjork;{cell};3\n" for i, cell in enumerate(cells)]
    (here / "form.csv").write_text(head + "".join(rows), "utf-8")
    assert kvalitet("load", "form.csv") == 1, "a form needs --framework and --year"
    code, said = told("load", "form.csv", "--framework", "prov-2024", "--year", "2025")
    assert code == 0
    assert {drop["column"] for drop in said["files"][0]["dropped"]} == {"ID", "Starttid", "E-post", "Namn"}
    first, second = exported(here)
    assert (first["n_band"], first["dont_know_band"], first["mean"]) == ("5-9", "some", "3.0")
    assert (second["n_band"], second["dont_know_band"], second["mean"]) == ("5-9", "none", "3.0")
    for file in (here / "store").glob("*.duckdb"):
        assert b"testsson" not in file.read_bytes().lower() and b"@skola.se" not in file.read_bytes()
        with duckdb.connect(str(file), read_only=True) as stored:
            for (table,) in stored.execute("select table_name from duckdb_tables()").fetchall():
                assert "testsson" not in str(stored.execute(f"select * from {table}").fetchall()).lower()


def test_counts_and_participation(here):
    (here / "counts.csv").write_text(
        "framework;year;school;criterion;level_1;level_2;level_3;level_4;dont_know\n"
        "prov-2024;2025;bjork;A1;1;2;3;4;5\nprov-2024;2025;al;A1;0;0;4;0;1\n",
        "utf-8",
    )
    (here / "part.csv").write_text("framework,year,school,invited\nprov-2024,2025,bjork,40\n", "utf-8")
    assert kvalitet("load", "part.csv", "counts.csv") == 0
    bjork, al = exported(here)
    assert (bjork["n"], bjork["dont_know"], bjork["invited"], bjork["status"]) == ("10", "5", "40", "low_response")
    assert float(bjork["mean"]) == 3.0 and float(bjork["response_rate"]) == 15 / 40
    assert al["status"] == "hidden", "four answers"
    kept = {"framework", "year", "school_id", "school", "criterion", "area", "status", "provenance"}
    assert {name for name, value in al.items() if value} == kept


BAD = {
    "off the scale": ("prov-2024,2025,bjork,p1,A1,5", "level", "5"),
    "no level": ("prov-2024,2025,bjork,p1,A1,hög", "level", "hög"),
    "unknown criterion": ("prov-2024,2025,bjork,p1,Z9,3", "criterion", "Z9"),
    "unknown framework": ("prov,2025,bjork,p1,A1,3", "framework", "prov"),
    "year outside": ("prov-2024,2027,bjork,p1,A1,3", "year", "2027"),
    "no year": ("prov-2024,i fjol,bjork,p1,A1,3", "year", "i fjol"),
    "unknown school": ("prov-2024,2025,gran,p1,A1,3", "school", "gran"),
    "twice": ("prov-2024,2025,bjork,p0,A1,3", "respondent", "p0"),
    "too few cells": ("prov-2024,2025,bjork,p1,A1", None, None),
    "too many cells": ("prov-2024,2025,bjork,p1,A1,3,3", None, None),
}


@pytest.mark.parametrize(("bad", "command"), pairs(list(BAD), ["check", "load"]))
def test_refused_with_row_and_column_and_nothing_changed(here, told, bad, command):
    line, column, value = BAD[bad]
    good = answers(levels={"bjork": [3]})
    (here / "bad.csv").write_text(f"{good}\n{line}\n", "utf-8")  # a blank line counts as a row
    left = (".lock", ".turn")
    before = {path.name: path.stat().st_mtime_ns for path in (here / "store").iterdir() if path.name not in left}
    code, said = told(command, "bad.csv")
    assert code == 1 and said["ok"] is False and len(said["problems"]) == 1
    problem = said["problems"][0]
    assert set(problem) == {"file", "row", "column", "value", "problem", "hint"}
    assert problem["row"] == 3 and problem["column"] == column
    assert value is None or problem["value"] == value
    assert problem["problem"] and problem["hint"]
    after = {path.name: path.stat().st_mtime_ns for path in (here / "store").iterdir() if path.name not in left}
    assert after == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n\n",
        b"framework,year,school,respondent,criterion,level\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00",
        b"en text\nbara\n",
    ],
    ids=["empty", "blank", "headings alone", "picture", "no table"],
)
def test_files_that_are_no_tables(here, told, content):
    (here / "odd.csv").write_bytes(content)
    code, said = told("load", "odd.csv")
    assert code == 1 and len(said["problems"]) == 1


def test_every_problem_of_every_file_at_once_and_nothing_of_the_good_ones(here, told):
    (here / "good.csv").write_text(answers(), "utf-8")
    (here / "one.csv").write_text(answers(2025, {"bjork": [9, 8]}, "A2"), "utf-8")
    (here / "two.csv").write_text("school_id,name,school_unit_code\nny,Nyskolan,01234567\nny,,1234\n", "utf-8")
    (here / "three.toml").write_text(FRAMEWORK.replace("level = 3", "level = 9").replace("prov-2024", "x"), "utf-8")
    code, said = told("load", "good.csv", "one.csv", "two.csv", "three.toml")
    assert code == 1
    counted = {
        name: sum(problem["file"] == name for problem in said["problems"])
        for name in ("good.csv", "one.csv", "three.toml")
    }
    assert counted == {"good.csv": 0, "one.csv": 2, "three.toml": 1}
    assert sum(problem["file"] == "two.csv" for problem in said["problems"]) >= 3
    assert exported(here) == []


def test_the_same_respondent_in_two_files_of_one_load(here, told):
    for name in ("a.csv", "b.csv"):
        (here / name).write_text(answers(levels={"bjork": [3]}), "utf-8")
    code, said = told("load", "a.csv", "b.csv")
    assert code == 1 and [(p["file"], p["row"]) for p in said["problems"]] == [("b.csv", 1)]


def test_replace_takes_the_rounds_of_the_file_and_no_others(with_answers):
    assert load(with_answers, answers()) == 1
    (with_answers / "again.csv").write_text(answers(levels={"bjork": [1, 1, 1, 1, 1, 3, 3, 3, 3, 3]}), "utf-8")
    assert kvalitet("load", "again.csv", "--replace") == 0
    assert {row["school_id"]: float(row["mean"]) for row in exported(with_answers)} == {"bjork": 2.0, "al": 2.0}


def test_a_framework_with_answers_changes_only_where_they_still_fit(with_answers):
    (with_answers / "less.toml").write_text(FRAMEWORK.replace('id = "A1"', 'id = "B1"'), "utf-8")
    assert kvalitet("load", "less.toml", "--replace") == 1
    (with_answers / "other.toml").write_text(FRAMEWORK.replace("level = 3", "level = 2"), "utf-8")
    assert kvalitet("load", "other.toml") == 1
    told = exported(with_answers)
    assert kvalitet("load", "other.toml", "--replace") == 1, "two levels would tell few answers"
    assert exported(with_answers) == told
    (with_answers / "named.toml").write_text(FRAMEWORK + "\n# said again\n", "utf-8")
    assert kvalitet("load", "named.toml", "--replace") == 0, "what leaves the cut as it is may be replaced"


def test_versions_and_rollback(with_answers, told):
    code, said = told("versions")
    assert code == 0 and said["version"] == 3 and [v["version"] for v in said["versions"]] == [1, 2, 3]
    assert said["versions"][2]["files"][0]["rows"] == 11 and len(said["versions"][2]["files"][0]["sha256"]) == 64
    assert kvalitet("rollback", 2) == 0 and exported(with_answers) == []
    assert kvalitet("rollback", 9) == 1
    assert load(with_answers, answers(2026), "next.csv") == 0
    code, said = told("versions")
    assert said["version"] == 4 and said["versions"][3]["parent"] == 2
    assert {row["year"] for row in exported(with_answers)} == {"2026"}
    assert kvalitet("rollback", 3) == 0 and {row["year"] for row in exported(with_answers)} == {"2025"}


def test_store_before_and_after_the_command(here, tmp_path):
    other = tmp_path / "other"
    assert kvalitet("--store", other, "build", "--empty") == 0
    assert kvalitet("versions", "--store", other) == 0
    assert kvalitet("build", "--empty", "--store", other) == 1, "a store that is there is not made anew"


def test_exit_codes_of_a_call_that_is_off_and_of_a_busy_or_broken_store(here, tmp_path, monkeypatch, capsys):
    assert kvalitet("load") == 2 and kvalitet("nonsense") == 2
    assert kvalitet("export", "results", "--framework", "prov-2024", "--out", "x.doc") == 2
    assert kvalitet("export", "results", "--framework", "nope", "--out", "x.csv") == 1
    assert kvalitet("versions", "--store", tmp_path / "nowhere") == 3
    (here / "answers.csv").write_text(answers(), "utf-8")
    monkeypatch.setattr(loading, "locked", lambda folder, wait, **how: locked(folder, 0.2, **how))
    capsys.readouterr()
    with FileLock(here / "store" / ".lock"):
        assert kvalitet("load", "answers.csv") == 3
    told = capsys.readouterr().err
    assert told and "Traceback" not in told
    (here / "store" / "CURRENT").write_text("rubbish", "utf-8")
    assert kvalitet("load", "answers.csv") == 3


@at_night
def test_a_killed_load_leaves_the_store_as_it_was(with_answers):
    before = exported(with_answers)
    script = (
        "import os, signal; from pathlib import Path; from analytics.loads import load as loading;"
        "from analytics.intake.files import ReadingOptions;"
        "from analytics.words.language import words; import analytics.store.writing as w;"
        "w.write_current = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        "loading.load(Path('store'), [Path('late.csv')], ReadingOptions(), words('sv'), loaded_by='x')"
    )
    (with_answers / "late.csv").write_text(answers(2026), "utf-8")
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert exported(with_answers) == before
    assert kvalitet("load", "late.csv") == 0 and {row["year"] for row in exported(with_answers)} == {"2025", "2026"}


def test_every_export_format_says_the_same(here):
    assert load(here, answers(levels={"bjork": [3, 3, 4, 2, 3, 4] * 4, "al": [1, 2]})) == 0
    rows = exported(here)
    for name in ("r.xlsx", "r.parquet", "r.json", "e.csv"):
        extra = ["--excel"] if name == "e.csv" else []
        assert kvalitet("export", "results", "--framework", "prov-2024", "--out", name, *extra) == 0
    as_json = json.loads((here / "r.json").read_text("utf-8"))
    as_parquet = pq.read_table("r.parquet").to_pylist()
    assert as_json == as_parquet and list(as_json[0]) == list(rows[0])
    sheet = CalamineWorkbook.from_path("r.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0] == list(rows[0]) and len(sheet) == 1 + len(rows)
    for text, typed, cells in zip(rows, as_json, sheet[1:], strict=True):
        for (name, value), cell in zip(text.items(), cells, strict=True):
            assert (typed[name] is None) == (value == "") == (cell == "")
            if isinstance(typed[name], float):
                assert float(value) == typed[name] == pytest.approx(cell)
    raw = (here / "e.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b";3,1666" in raw


PROJECTS = (
    "project_id;title;programme;start;end;budget_goal\nhav;Havet;Erasmus+;2023-01-01;2025-12-31;1\n"
    "skog;Skogen;Nordplus;2024-01-01;2024-12-31;\n"
)
PAYMENTS = (
    "project_id;report_year;unit;amount_sek;paid_until\nhav;2024;Björkskolan;1 000,25;2025-01-03\n"
    "hav;2024;Förvaltningen;500;\nskog;2024;Förvaltningen;0,50;\nhav;2025;Förvaltningen;7;\n"
)
BUDGETS = "project_id;scope;amount;currency;rate\nhav;own;1 000;EUR;11,5\n"
PARTNERS = "project_id,country,place,sector\nhav,EL,Aten,public\nskog,FI,,\nskog,EL,Aten,public\n"


FUNDING = {"projects.csv": PROJECTS, "payments.csv": PAYMENTS, "budgets.csv": BUDGETS, "partners.csv": PARTNERS}


def test_the_funding_export_has_the_contract_s_keys_and_sums(with_funding):
    assert kvalitet("export", "funding", "--year", "2024", "--out", "f.json") == 0
    report = json.loads((with_funding / "f.json").read_text("utf-8"))
    assert (report["year"], report["total_sek"]) == (2024, 1500.75)
    assert report["by_unit"] == [
        {"unit": "Björkskolan", "amount_sek": 1000.25},
        {"unit": "Förvaltningen", "amount_sek": 500.5},
    ]
    goals = {goal["number"]: goal["amount_sek"] for goal in report["by_budget_goal"]}
    assert (goals[1], goals[2]) == (1500.25, 0)
    assert {row["programme"]: row["amount_sek"] for row in report["by_programme"]} == {
        "Erasmus+": 1500.25,
        "Nordplus": 0.5,
    }
    sectors = {row["sector"]: (row["count"], row["partners"]) for row in report["partners_by_sector"]}
    assert list(sectors) == ["public", "private", "university", "nonprofit"]
    assert sectors["public"][0] == 1 and sectors["public"][1][0].items() >= {"country": "GR", "place": "Aten"}.items()
    hav = report["projects"][0]
    assert (hav["project_id"], hav["paid_sek"], hav["own_budget_sek"], hav["countries"]) == (
        "hav",
        1500.25,
        11500,
        ["GR"],
    )
    assert {"narratives", "remarks"} <= set(report)


def test_funding_is_replaced_by_project_and_year_and_refused_without_saying_so(with_funding, told):
    (with_funding / "more.csv").write_text(
        "project_id,report_year,unit,amount_sek\nhav,2026,Förvaltningen,9\n", "utf-8"
    )
    assert kvalitet("load", "more.csv") == 0, "another year of a known project is no repetition"
    (with_funding / "again.csv").write_text(
        "project_id,report_year,unit,amount_sek\nhav,2024,Förvaltningen,1\n", "utf-8"
    )
    code, refused = told("load", "again.csv")
    assert (code, [(p["row"], p["column"]) for p in refused["problems"]]) == (1, [(1, "project_id")])
    assert kvalitet("load", "again.csv", "--replace") == 0
    for year, total in ((2024, 1.5), (2025, 7), (2026, 9)):
        assert kvalitet("export", "funding", "--year", str(year), "--out", "f.json") == 0
        assert json.loads((with_funding / "f.json").read_text("utf-8"))["total_sek"] == total


def test_a_repayment_needs_a_note_and_lowers_the_sum_to_the_ore(with_funding, told):
    text = "project_id;report_year;unit;amount_sek;note\nhav;2026;Nord;9:-;\nhav;2026;Nord;\N{MINUS SIGN} 2,05 kr;{}\n"
    (with_funding / "back.csv").write_text(text.format(""), "utf-8")
    code, refused = told("load", "back.csv")
    assert (code, [(p["row"], p["column"]) for p in refused["problems"]]) == (1, [(2, "note")])
    (with_funding / "back.csv").write_text(text.format("Outnyttjat"), "utf-8")
    assert kvalitet("load", "back.csv") == 0
    assert kvalitet("export", "funding", "--year", "2026", "--out", "f.json") == 0
    exported_funding = json.loads((with_funding / "f.json").read_text("utf-8"))
    assert (exported_funding["total_sek"], exported_funding["projects"][0]["paid_sek"]) == (6.95, 6.95)


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx", "csv", "json"])
def test_the_funding_export_has_five_formats_and_no_year_without_anything(with_funding, suffix):
    assert kvalitet("export", "funding", "--year", "2024", "--out", f"f.{suffix}") == 0
    assert (with_funding / f"f.{suffix}").stat().st_size > 100
    assert kvalitet("export", "funding", "--year", "1999", "--out", f"g.{suffix}") == 1
    assert kvalitet("export", "funding", "--year", "2024", "--out", "g.parquet") == 2
    assert not list(with_funding.glob("g.*"))


CERTIFICATIONS = "school;event;date;note\nBjörkskolan;applied;2024-01-10;\nbjork;certified;2024-06-03;Till rektor\n"


def certifications(store) -> list[tuple]:
    rows = read_dialogues(Store(store).current()).certifications
    return [(row.school_id, row.event.value, row.day.isoformat(), row.note, row.provenance.value) for row in rows]


def test_certifications_are_loaded_refused_and_replaced_school_by_school(here, told):
    assert load(here, CERTIFICATIONS, "c.csv") == 0
    assert load(here, "skola;händelse;datum\n23456789;ansökt;2025-01-10\n", "other.csv") == 0
    bjork = [("bjork", "applied", "2024-01-10", None), ("bjork", "certified", "2024-06-03", "Till rektor")]
    al = ("al", "applied", "2025-01-10", None, "imported")
    assert certifications(here / "store") == [*((*row, "imported") for row in bjork), al]
    code, refused = told("load", "c.csv")
    assert (code, [(p["row"], p["column"], p["value"]) for p in refused["problems"]]) == (1, [(1, "school", "bjork")])
    (here / "new.csv").write_text("school,event,date\nbjork,declined,2024-02-01\n", "utf-8")
    assert kvalitet("load", "new.csv", "--replace") == 0
    assert certifications(here / "store") == [al, ("bjork", "declined", "2024-02-01", None, "imported")]


BAD_CERTIFICATIONS = {
    "gran,applied,2024-01-10": ("school", "gran"),
    "bjork,invited,2024-01-10": ("event", "invited"),
    "bjork,,2024-01-10": ("event", None),
    "bjork,applied,10/1 2024": ("date", "10/1 2024"),
    "bjork,applied,2999-01-10": ("date", "2999-01-10"),
    "bjork,certified,2024-06-03": ("date", "2024-06-03"),
}


@pytest.mark.parametrize(("line", "command"), pairs(list(BAD_CERTIFICATIONS), ["check", "load"]))
def test_certifications_refused_with_row_and_column(here, told, line, command):
    column, value = BAD_CERTIFICATIONS[line]
    (here / "bad.csv").write_text(f"school,event,date\nbjork,certified,2024-06-03\n\n{line}\n", "utf-8")
    code, said = told(command, "bad.csv")
    (problem,) = said["problems"]
    assert (code, problem["row"], problem["column"], problem["hint"] > "") == (1, 3, column, True)
    assert value is None or problem["value"] == value
    assert certifications(here / "store") == []


def test_the_first_certified_schools_are_published_facts_of_every_store_but_an_empty_one(here, demo_store):
    assert certifications(here / "store") == []
    assert kvalitet("--store", here / "other", "build", "--no-demo") == 0
    for store in (here / "other", demo_store):
        published = [row for row in certifications(store) if row[-1] == "published"]
        assert [row[:3] for row in published] == [
            ("hermodsdalsskolan", "certified", "2022-06-03"),
            ("mellersta-forstadsskolan", "certified", "2022-06-03"),
            ("oxievangsskolan", "certified", "2022-06-03"),
        ]
        assert all("Goto 10" in row[3] for row in published)
        names = {school.id: school.name for school in read_schools(Store(store).current())}
        assert [names[row[0]] for row in published] == [
            "Hermodsdalsskolan", "Mellersta Förstadsskolan", "Oxievångsskolan",
        ]  # fmt: skip
    assert len(certifications(here / "other")) == 3, "nothing invented"


def test_a_year_of_dialogue_in_files(here, told):
    """Dialogue, agreement and action in one call, in any order; then the follow-up in place of it."""
    head = "school;framework;year;number;criterion;from_level;to_level;due;status;outcome\n"
    (here / "d.csv").write_text("school;framework;year;held\nbjork;prov-2024;2025;2025-02-10\n", "utf-8")
    (here / "a.csv").write_text(f"{head}bjork;prov-2024;2025;1;A1;2,4;3;2026-01-31;;\n", "utf-8")
    (here / "act.csv").write_text(
        "school;framework;year;agreement;number;text;role\nbjork;prov-2024;2025;1;1;Läsa;Rektor\n", "utf-8"
    )
    assert kvalitet("load", "act.csv") == 1, "there is no such agreement"
    assert kvalitet("load", "act.csv", "d.csv", "a.csv") == 0
    (here / "a.csv").write_text(f"{head}bjork;prov-2024;2025;1;A1;2,4;3;2026-01-31;klart;Vi nådde dit\n", "utf-8")
    assert kvalitet("load", "a.csv") == 1
    assert kvalitet("load", "a.csv", "--replace") == 0
    now = read_dialogues(Store(here / "store").current())
    (agreement,) = now.agreements
    assert (agreement.from_level, agreement.status.value, agreement.outcome) == (2.4, "done", "Vi nådde dit")
    assert ([a.text for a in now.actions], len(now.dialogues)) == (["Läsa"], 1)


def test_python_m_analytics_is_the_command(here):
    done = subprocess.run(
        [sys.executable, "-m", "analytics", "versions", "--json"], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0 and json.loads(done.stdout)["ok"] is True


def test_the_command_says_which_edition_it_is(capsys):
    edition = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert kvalitet("--version") == 0
    assert capsys.readouterr().out == f"kvalitet {edition}\n"
