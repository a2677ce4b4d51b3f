"""Files that take gigabytes or hours where nobody stops them are refused in a sentence each; ordinary ones are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from analytics.intake import delimited, guard, limit_settings, limits, parsing
from analytics.intake.guard import get_ready, processes
from analytics.intake.limit_settings import LimitSetting
from analytics.intake.reading_process import ReadingProcess
from analytics.model.errors import Refused
from tests.intake.bombs import BOMBS
from tests.intake.making import PROV, SAY, csv_bytes, ods_bytes, parquet_bytes, rows, save, take, xlsx_bytes
from tests.sampling import NIGHTLY, at_night, sample

TOO_MUCH, TOO_LONG = limits.takes_too_much(SAY).problem, limits.takes_too_long(SAY).problem
NO_WORKBOOK = "The workbook cannot be opened: it is damaged, protected by a password, or something else."
STRAY_CELL = "The workbook is too large, or has a stray cell far from the table."
NO_TABLE = "This is not a table: the file is neither text nor a spreadsheet."
NO_LIST = "This is JSON, and no list of things that can be read as rows."
NO_TOML = "This is not a TOML file: it breaks off, or is something else."
MANY_ROWS, MANY_COLUMNS = "The file has more than 5,000,000 rows.", "The file has more than 2,000 columns."
TOLD = {
    "blanks_around_the_sign.xlsx": TOO_MUCH,
    "small_letters.xlsx": TOO_MUCH,
    "another_folder.xlsx": TOO_MUCH,
    "no_reference.xlsx": TOO_MUCH,
    "far_and_plain.xlsx": STRAY_CELL,
    "shared_texts.xlsx": TOO_MUCH,
    "sheet_of_900_mb.xlsx": STRAY_CELL,
    "many_names_for_one.xlsx": STRAY_CELL,
    "book_in_a_book.xlsx": NO_WORKBOOK,
    "half_a_letter.xlsx": NO_WORKBOOK,
    "entities.ods": NO_WORKBOOK,
    "repeated_cells.ods": MANY_COLUMNS,
    "many_rows.parquet": MANY_ROWS,
    "long_texts.parquet": TOO_MUCH,
    "many_columns.parquet": MANY_COLUMNS,
    "many_columns.csv": MANY_COLUMNS,
    "few_too_many_columns.csv": MANY_COLUMNS,
    "wide_in_quotes.csv": MANY_COLUMNS,
    "lines.csv": MANY_ROWS,
    "returns.csv": MANY_ROWS,
    "nul.csv": NO_TABLE,
    "half_a_letter.csv": NO_TABLE,
    "packed.csv": NO_TABLE,
    "nested.json": NO_LIST,
    "long_key.json": "A heading has 20,000,000 characters; one of 32,767 is the longest that is read.",
    "nested.csv": NO_LIST,
    "comment.toml": "The file is larger than 4 MB.",
    "deep_keys.toml": TOO_LONG,
    "deep_lists.toml": NO_TOML,
    "decimal_number.toml": NO_TOML,
    "half_a_letter.toml": "This is not a TOML file: line 1 cannot be read.",
}
pytestmark = pytest.mark.long  # readers are started, stopped and waited for
LIMITED = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is limited on Linux alone")


@LIMITED
def test_bombs_are_refused_and_cost_little(tmp_path):
    """Under 512 MB in the process that reads, a quarter of that in the one that asks; at night all of them, each
    in under 10 s."""
    names = sample(list(BOMBS), 5)
    for name in names:
        save(tmp_path / name, BOMBS[name]())
    command = [sys.executable, "-m", "tests.intake.bombs", *(str(tmp_path / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)
    *outcomes, totals = map(json.loads, done.stdout.splitlines())
    assert [outcome["name"] for outcome in outcomes] == names
    for outcome in outcomes:
        file, _, problem, hint = outcome["first"]
        assert Path(file).name == outcome["name"] and hint
        assert problem == TOLD.get(outcome["name"], problem)
        assert outcome["faults"] <= limits.MOST_FAULTS + 1
        assert not NIGHTLY or outcome["seconds"] < 10, outcome
    assert totals["peak_of_readers"] < 512
    assert totals["growth"] < (160 if NIGHTLY else 64)


@LIMITED
def test_what_dies_takes_nothing_with_it(tmp_path):
    """The other files of the call are read, before and after; each problem stands at its file."""
    good = "framework | year | school | respondent | criterion | level\nprov-2020 | 2021 | alfa | p | A1 | "
    files = [
        save(tmp_path / "a.csv", csv_bytes(rows(good + "3"))),
        save(tmp_path / "small_letters.xlsx", BOMBS["small_letters.xlsx"]()),
        save(tmp_path / "b.xlsx", xlsx_bytes(rows(good + "9"))),
        save(tmp_path / "deep_lists.toml", BOMBS["deep_lists.toml"]()),
        save(tmp_path / "c.toml", PROV.replace("prov-2020", "prov-2021")),
    ]
    intake = take(tmp_path, *files)
    assert [(Path(p.file).name, p.row, p.column, p.problem) for p in intake.problems] == [
        ("small_letters.xlsx", None, None, TOO_MUCH),
        ("b.xlsx", 1, "level", "The level is not on the scale."),
        ("deep_lists.toml", None, None, NO_TOML),
    ]
    assert [Path(report.file).name for report in intake.reports] == ["a.csv", "b.xlsx", "c.toml"]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(limits.most_bytes(SAY) + 1)
    (problem,) = take(tmp_path, tmp_path / "a.csv").problems
    assert problem.problem == "The file is larger than 256 MB."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are there on POSIX alone")
def test_a_pipe_is_read_to_its_end_and_no_further_than_the_limit(tmp_path, monkeypatch):
    def put(pieces: list[bytes]) -> Path:
        path = tmp_path / f"{len(pieces)}.csv"
        os.mkfifo(path)

        def write() -> None:
            try:
                with path.open("wb") as pipe:
                    pipe.writelines(pieces)
            except BrokenPipeError:
                pass

        threading.Thread(target=write, daemon=True).start()
        return path

    assert len(take(tmp_path, put([b"school_id,name\n", b"ett,Ettan\n"])).schools) == 1
    monkeypatch.setattr("analytics.intake.reading_process.most_bytes", lambda say, reads: 100_000)
    (problem,) = take(tmp_path, put([b"school_id,name\n", b"x" * 5_000_000, b"\n"])).problems
    assert problem.problem == "The file is larger than 256 MB."


def test_the_reader_is_kept_for_the_next_file(tmp_path, monkeypatch):
    started = []

    class Counted(ReadingProcess):
        def __init__(self):
            super().__init__()
            started.append(self)

    processes().end()
    monkeypatch.setattr(guard, "ReadingProcess", Counted)
    table = rows("school_id | name\nett | Ettan")
    files = [
        save(tmp_path / name, make(table))
        for name, make in (
            ("a.csv", csv_bytes),
            ("b.xlsx", xlsx_bytes),
            ("c.ods", ods_bytes),
            ("d.parquet", parquet_bytes),
        )
    ]
    get_ready(files)
    for file in files:
        assert len(take(tmp_path, file).schools) == 1
    assert len(started) == 1
    started[0]._process.kill()  # it may have waited for too long, or the system may have needed its memory
    assert len(take(tmp_path, files[0]).schools) == 1
    assert len(started) == 2


def test_many_ask_at_the_same_time(tmp_path):
    """Each gets what its own file holds."""
    files = [save(tmp_path / f"{i}.csv", csv_bytes([["school_id", "name"], [f"s{i}", f"S{i}"]])) for i in range(8)]
    found: list[list[str]] = [[] for _ in files]

    def ask(i: int) -> None:
        found[i] = [guard.read_apart(files[i], SAY)[0].columns[0][0].as_py() for _ in range(3)]

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(files))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[f"s{i}"] * 3 for i in range(8)]


def test_a_reader_that_does_not_start_is_no_fault_of_the_file(tmp_path, monkeypatch):
    processes().end()
    monkeypatch.setattr("analytics.intake.reading_process.sys.executable", str(tmp_path / "nothing"))
    with pytest.raises(Refused) as refused:
        guard.read_apart(save(tmp_path / "a.csv", "school_id,name\nett,Ettan\n"), SAY)
    assert [p.problem for p in refused.value.problems] == [limits.no_reader(SAY).problem]


def test_a_reader_that_says_nothing_is_stopped(tmp_path, monkeypatch):
    """By the clock: what there is where a processor's seconds cannot be limited."""
    processes().end()
    monkeypatch.setattr("analytics.intake.reading_process.PATIENCE", 0.0001)
    with pytest.raises(Refused) as refused:
        guard.read_apart(save(tmp_path / "a.csv", b"school_id,name\n" + b"ett,Ettan\n" * 200_000), SAY)
    assert [p.problem for p in refused.value.problems] == [TOO_LONG]


def test_a_reader_stops_at_so_many_faults(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_FAULTS", 3)
    with pytest.raises(parsing.Unreadable) as unreadable:
        parsing.parsed(".csv", b"a,b\n1,2\n" + b"1\n" * 9, None, SAY)
    assert [fault.row for fault in unreadable.value.faults] == [2, 3, 4, 5]


@at_night
def test_a_wide_table_within_the_limit_is_read(tmp_path):
    """Spreadsheet programs end a line with a separator for each of their columns."""
    head = ["school_id", "name", *(f"c{i}" for i in range(1_998))]
    text = ",".join(head) + "," * 14_384 + "\nett,Ettan" + "," * 16_382 + "\n"
    intake = take(tmp_path, save(tmp_path / "a.csv", text))
    assert [row.school.id for row in intake.schools] == ["ett"] and not intake.problems


def test_problems_that_show_in_rows_are_told_up_to_the_limit_too(tmp_path, monkeypatch):
    """A Parquet file of 80 kB has millions of rows, each of which may be wrong."""
    for module in ("columns", "files", "limits"):
        monkeypatch.setattr(f"analytics.intake.{module}.MOST_FAULTS", 3)
    head = "framework,year,school,respondent,criterion,level\n"
    wrong = save(tmp_path / "a.csv", head + "prov-2020,2021,alfa,p,A1,9\n" * 7 + "prov-2020,2021,nobody,p,A1,3\n")
    again = save(tmp_path / "b.csv", head + "prov-2020,2021,alfa,p,A1,3\n" * 7)
    problems = [(Path(p.file).name, p.row, p.problem) for p in take(tmp_path, wrong, again).problems]
    more = "More is wrong in the file; at most 3 faults of a file are shown."
    level, twice = "The level is not on the scale.", "The respondent has answered A1 already."
    assert problems == [
        *(("a.csv", row, level) for row in (1, 2, 3)),
        ("a.csv", None, more),
        *(("b.csv", row, twice) for row in (2, 3, 4)),
        ("b.csv", None, more),
    ]


@pytest.mark.parametrize(
    ("limit", "text", "said"),
    [
        ("MOST_LISTED", "school_id,name\n" + "ett,Ettan\n" * 4, {}),
        ("MOST_LISTED", "project_id,title,programme,start,end\n" + "p,P,E,2020-01-01,2021-01-01\n" * 4, {}),
        ("MOST_FORMS", "school,A1\n" + "alfa,3\n" * 4, {"framework": "prov-2020", "year": 2021}),
        ("MOST_TABLED", "framework,year,school,invited\n" + "prov-2020,2021,alfa,9\n" * 4, {}),
        (
            "MOST_TABLED",
            "framework,year,school,criterion,level_1,level_2,level_3,level_4\n"
            + "prov-2020,2021,alfa,A1,1,2,3,4\n" * 4,
            {},
        ),
    ],
    ids=["schools", "projects", "forms", "participation", "counts"],
)
def test_rows_that_each_become_much_are_fewer(tmp_path, monkeypatch, limit, text, said):
    monkeypatch.setattr(f"analytics.intake.kinds.{limit}", 3)
    problems = take(tmp_path, save(tmp_path / "a.csv", text), **said).problems
    assert [p.problem for p in problems] == ["The file has more than 3 rows."]


@pytest.fixture
def as_set(monkeypatch):
    """Sets a limit, for the process that reads too."""

    def set_(setting: LimitSetting, said: str) -> None:
        monkeypatch.setenv(setting.name, said)
        processes().end()

    yield set_
    monkeypatch.undo()
    processes().end()


def test_a_limit_is_what_it_is_set_to_and_a_refusal_names_the_setting(tmp_path, as_set):
    wide = save(
        tmp_path / "a.csv",
        ",".join(["school_id", "name", *(f"c{i}" for i in range(700))]) + "\nett,Ettan" + "," * 700 + "\n",
    )
    assert len(take(tmp_path, wide).schools) == 1
    as_set(limit_settings.COLUMNS, "600")
    (problem,) = take(tmp_path, wide).problems
    assert problem.problem == "The file has more than 600 columns." and "KVALITET_FILE_COLUMNS" in problem.hint
    as_set(limit_settings.FILE_SIZE, "64")
    with (tmp_path / "b.csv").open("wb") as file:
        file.truncate(64 * limits.MEGABYTE + 1)
    (problem,) = take(tmp_path, tmp_path / "b.csv").problems
    assert problem.problem == "The file is larger than 64 MB." and "KVALITET_FILE_MB" in problem.hint


@pytest.mark.parametrize("setting", limit_settings.LIMIT_SETTINGS, ids=lambda setting: setting.name)
def test_a_limit_that_cannot_be_is_refused_and_no_file_is_read_by_a_guess(tmp_path, monkeypatch, setting):
    file = save(tmp_path / "a.csv", "school_id,name\nett,Ettan\n")
    for said in ("many", "1e9", "-1", "0", "8.5", "٨", "9" * 30, str(setting.least - 1), str(setting.most + 1)):
        monkeypatch.setenv(setting.name, said)
        with pytest.raises(Refused) as refused:
            guard.read_apart(file, SAY)
        (problem,) = refused.value.problems
        assert (problem.column, problem.value) == (setting.name, said)
    for said in ("", " ", str(setting.least), str(setting.most)):
        monkeypatch.setenv(setting.name, said)
        assert len(guard.read_apart(file, SAY)[0].rows) == 1


def test_every_limit_that_can_be_set_is_documented():
    told = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
    for setting in limit_settings.LIMIT_SETTINGS:
        row = f"| `{setting.name}` | {setting.usual:,} | {setting.least:,}–{setting.most:,} |"
        assert row in told, row
