"""Files that add what is not there: nothing that is there goes, nothing is doubled, and both are told beforehand."""

from __future__ import annotations

import shutil
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from analytics.intake.files import ReadingOptions
from analytics.loads.load import LoadOutcome, LoadRefused, check, load
from analytics.loads.trial import LoadTrial, try_out
from analytics.registers.kinds import KIND
from analytics.store.funding import read_funding
from analytics.store.reading import Store, version_history
from analytics.store.registers import read_registers
from tests.sampling import sample
from tests.store.making import SAY, kvalitet

PROJECTS = """project_id,title,programme,start,end
lank,Länk,Erasmus+,2020-01-01,2022-12-31
bro,Bro,ESF+,2020-01-01,2022-12-31
"""
HEAD = "project_id,report_year,unit,kind,date,amount,currency,rate,amount_sek,budget_goal,voucher,ledger_code,note\n"
BY_HAND = (
    HEAD
    + """lank,2021,Utbildning,received,2021-02-01,1000,EUR,10.5,10500,,,,first instalment
lank,2021,Utbildning,spent,,,,,300,,,,typed
lank,2021,Utbildning,spent,2021-05-05,,,,700,,A-1042,,typed
lank,2021,Utbildning,spent,2021-06-06,,,,50,,,,without its voucher
bro,2021,Utbildning,spent,2021-05-05,,,,700,,A-1042,,another project's
"""
)
VOUCHERS = (
    HEAD
    + """lank,2021,Förvaltningen,spent,2021-05-05,,,,700,,a 01042,,
lank,2021,Förvaltningen,spent,2021-06-06,,,,50,,A-1100,,
lank,2021,Förvaltningen,spent,2021-09-01,,,,90.50,3,A-2000,,
lank,2021,Förvaltningen,spent,2021-09-01,,,,90.50,5,A-2000,,
lank,2021,Förvaltningen,received,2021-02-01,1000,EUR,10.4,10400,,,,
"""
)


def put(store: Path, how: str = "", **texts: str) -> LoadOutcome:
    files = []
    for name, text in texts.items():
        files.append(store.parent / f"{name}.csv")
        files[-1].write_text(text, "utf-8")
    how_ = {how: True} if how else {}
    return load(store, files, ReadingOptions(), SAY, loaded_by="test", **how_)


def tried(store: Path, text: str, name: str = "again") -> LoadTrial:
    path = store.parent / f"{name}.csv"
    path.write_text(text, "utf-8")
    return try_out(store, [path], ReadingOptions(), SAY)


def money(store: Path) -> list[tuple]:
    paid = read_funding(Store(store).current()).payments
    return sorted((p.project_id, p.amount_sek, p.voucher or "", p.budget_goal or 0, p.note or "") for p in paid)


@pytest.fixture(scope="module")
def typed_once(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("typed") / "store")
    put(store, projects=PROJECTS, payments=BY_HAND)
    return store


@pytest.fixture
def typed(typed_once: Path, tmp_path: Path) -> Path:
    """A store of its own whose money of the year was typed by hand."""
    return shutil.copytree(typed_once, tmp_path / "store")


def test_vouchers_come_beside_what_was_typed_and_none_is_doubled(typed):
    before = money(typed)
    trial = tried(typed, VOUCHERS)
    assert (len(trial.added.new), len(trial.added.there)) == (3, 2)
    assert put(typed, "add", vouchers=VOUCHERS).ok
    after = money(typed)
    assert [row for row in before if row not in after] == [], "nothing that was typed is gone"
    assert sorted(set(after) - set(before)) == [
        ("lank", Decimal("50"), "A-1100", 0, ""),
        ("lank", Decimal("90.50"), "A-2000", 3, ""),
        ("lank", Decimal("90.50"), "A-2000", 5, ""),
    ]


def test_a_file_that_comes_again_adds_nothing_and_makes_no_version(typed):
    put(typed, "add", vouchers=VOUCHERS)
    there, versions = money(typed), len(version_history(typed))
    trial = tried(typed, VOUCHERS)
    assert trial.added.new == () and not trial.adds_something
    assert put(typed, "add", vouchers=VOUCHERS).version == versions
    assert money(typed) == there and len(version_history(typed)) == versions
    more = VOUCHERS + "bro,2021,Förvaltningen,spent,2021-10-01,,,,12,,A-2001,,\n"
    assert put(typed, "add", vouchers=more).version == versions + 1
    assert len(money(typed)) == len(there) + 1


@pytest.mark.parametrize("order", sample(list(permutations(range(3))), 5))
def test_a_voucher_is_split_over_as_many_rows_as_the_file_has(typed, order):
    parts = [f"bro,2021,Förvaltningen,spent,2021-09-09,,,,40,{goal},B-7,,\n" for goal in ("", "3", "5")]
    put(typed, "add", one=HEAD + parts[order[0]])
    trial = tried(typed, HEAD + "".join(parts[n] for n in order))
    assert [len(rows) for rows in (trial.added.new, trial.added.there, trial.added.otherwise)] == [2, 1, 0]
    put(typed, "add", all=HEAD + "".join(parts[n] for n in order))
    assert [goal for _, _, voucher, goal, _ in money(typed) if voucher == "B-7"] == [0, 3, 5]


def test_what_says_something_else_stays_and_is_told(typed):
    trial = tried(typed, VOUCHERS)
    assert [one.at for one in trial.added.otherwise] == [1, 5], "another unit; another rate"
    put(typed, "add", vouchers=VOUCHERS)
    paid = read_funding(Store(typed).current()).payments
    assert [p.unit for p in paid if p.voucher == "A-1042" and p.project_id == "lank"] == ["Utbildning"]


@pytest.mark.parametrize(
    ("row", "likely"),
    [
        ("lank,2021,F,spent,2021-03-03,,,,300,,A-5,,\n", True),  # typed without day and voucher
        ("lank,2021,F,spent,2021-06-06,,,,50,,A-5,,\n", True),  # typed without voucher
        ("lank,2021,F,spent,2021-06-07,,,,50,,A-5,,\n", False),  # another day
        ("lank,2020,F,spent,,,,,300,,A-5,,\n", False),  # another year
        ("lank,2021,F,spent,2021-05-05,,,,700,,A-9,,\n", False),  # another voucher of the same day
        ("lank,2021,F,repaid,,,,,300,,A-5,,\n", False),  # another kind
        ("bro,2021,F,spent,2021-03-03,,,,300,,A-5,,\n", False),  # another project
    ],
)
def test_money_that_may_be_there_without_its_voucher_is_added_and_told(typed, row, likely):
    there = BY_HAND.splitlines(keepends=True)[3]  # so that something is asked
    added = tried(typed, HEAD + row + there).added
    assert len(added.new) == 1 and [one.at for one in added.likely] == ([1] if likely else [])


def test_what_a_replacement_takes_away_is_told_beforehand(typed):
    trial = tried(typed, VOUCHERS)
    assert trial.replaced.gone == (("payments", 4),) and trial.replaced.new == 5, "of another unit"
    put(typed, "replace", vouchers=VOUCHERS)
    assert len(money(typed)) == 6 and not any(note == "typed" for *_, note in money(typed) if "bro" not in _)


def test_rows_with_a_key_stay_as_they_are_and_new_ones_come(typed):
    text = PROJECTS.replace("Bro", "Bron") + "ny,Ny,Nordplus,2021-01-01,2021-12-31\n"
    trial = tried(typed, text, "projects")
    assert [[one.row.id for one in rows] for rows in (trial.added.new, trial.added.otherwise)] == [["ny"], ["bro"]]
    put(typed, "add", projects=text)
    assert {p.id: p.title for p in read_funding(Store(typed).current()).projects} == {
        "lank": "Länk",
        "bro": "Bro",
        "ny": "Ny",
    }
    assert len(money(typed)) == 5


TABLES = [
    ("partners", "project_id,country,place", "lank,DK,Aarhus", "lank,DK,Odense"),
    ("visits", "project_id,year,direction,place,persons", "lank,2021,outgoing,Aarhus,4", "lank,2021,incoming,,2"),
    ("budgets", "project_id,scope,amount,currency", "lank,own,1000,SEK", "lank,whole,9000,SEK"),
    ("narratives", "year,question,text", "2021,results,Bra", "2021,staffing,Tre"),
    ("cooperations", "year,cooperation,form", "2021,Vänorter,network", "2021,Tävlingen,competition"),
]


def test_every_table_is_added_to_in_the_same_way(typed):
    put(typed, **{name: f"{head}\n{there}\n" for name, head, there, _ in TABLES})
    again = {name: f"{head}\n{there}\n{new}\n" for name, head, there, new in TABLES}
    for name, text in again.items():
        with pytest.raises(LoadRefused):
            put(typed, **{name: text})
    put(typed, "add", **again)
    registers = read_registers(Store(typed).current())
    assert {name: len(registers.of(KIND[name])) for name in again} == dict.fromkeys(again, 2)


def test_what_is_one_list_or_a_round_is_replaced_or_left(typed):
    goals = "number,title_sv\n1,Ett\n2,Två\n"
    assert tried(typed, goals, "goals").added is None
    with pytest.raises(LoadRefused) as error:
        put(typed, "add", goals=goals)
    assert "--add" not in error.value.problems[0].hint
    put(typed, schools="school_id,name\nalfa,Alfaskolan\n")
    with pytest.raises(LoadRefused):
        put(typed, "add", schools="school_id,name\nalfa,Alfaskolan\n", vouchers=VOUCHERS)


def test_a_check_says_how_much_is_new(typed):
    path = typed.parent / "vouchers.csv"
    path.write_text(VOUCHERS, "utf-8")
    (report,) = check(typed, [path], ReadingOptions(), SAY, add=True).reports
    assert report.notes[0] == "3 rows are added, 2 are here already."
    assert any("(row 1, 5)" in note for note in report.notes) and any("(row 2)" in note for note in report.notes)
    (report,) = check(typed, [path], ReadingOptions(), SAY).reports
    assert report.notes == ()


def test_the_command_adds_or_replaces_and_never_both(typed, capsys):
    path = typed.parent / "vouchers.csv"
    path.write_text(VOUCHERS, "utf-8")
    assert kvalitet("--store", typed, "load", path) == 1
    assert "--add" in capsys.readouterr().err
    assert kvalitet("--store", typed, "load", path, "--add", "--replace") == 2
    assert kvalitet("--store", typed, "check", path, "--add") == 0
    assert "3 rader läggs till" in capsys.readouterr().out
    assert kvalitet("--store", typed, "load", path, "--add") == 0
    assert len(money(typed)) == 8
