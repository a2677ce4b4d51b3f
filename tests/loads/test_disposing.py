"""Answers that are taken away for good are nowhere any more; what was published of them stays, or goes, as was said."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from analytics.loads.backup_disposal import dispose_in_backup
from analytics.loads.disposal_rules import by_retention, outright
from analytics.loads.disposing import LeftBehind, dispose, look_through
from analytics.loads.load import LoadRefused
from analytics.loads.recounting import republish
from analytics.loads.withdrawing import withdraw
from analytics.model.people import Did
from analytics.store import disk, writing
from analytics.store.audit import entries
from analytics.store.audit import note as note_in_audit
from analytics.store.backup import back_up, check_backup, restore
from analytics.store.disposals import disposals, rounds_in
from analytics.store.drafts import ASIDE, STAMP, Drafts, Typed
from analytics.store.drafts import FILE as DRAFTS_FILE
from analytics.store.new_files import PUBLISHED
from analytics.store.reading import Store, open_answers
from analytics.store.retention import FILE, Retention, RetentionWrong, read_retention
from analytics.store.rollback import is_whole, roll_back
from analytics.store.versions import read_current
from analytics.store.writing import StoreUnwritable, locked
from tests.maturity.random_worlds import HISTORIES, random_history
from tests.maturity.worlds import publish
from tests.sampling import NIGHTLY, at_night, sample
from tests.store.making import SCHOOLS, answers, kvalitet, put, tree, write
from tests.store.others import dispose_alfa, dispose_in, dying_at, load_when_told, processes, started

OF_THE_ROUND = ("cell", "area_cell", "school_round", "city_cell", "city_area")
MARK = "speciallektor matematikdidaktik"
"""A role that stands in one school's answers alone."""
TODAY = date(2026, 11, 29)


def marked(school: str, year: int = 2022, level: int = 3) -> str:
    rows = (f"vebs-2022,{year},{school},p{i},A1,{level},{MARK}" for i in range(26))
    return "\n".join(("framework,year,school,respondent,criterion,level,role", *rows)) + "\n"


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 2: alfa's marked answers of 2022; 3: beta's, of 2022 and 2023; 4: nothing new; and a backup of it all."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("gallra") / "store")
    put(store, schools=SCHOOLS, alfa=marked("alfa"))
    put(store, beta=answers("beta"), later=answers("beta", 2023))
    with locked(store):
        write(store, figures_stay=True, funding_stays=True)
    back_up(store, store.parent / "backup.zip")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "store")


@pytest.fixture
def backup(loaded: Path, tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return Path(shutil.copyfile(loaded.parent / "backup.zip", tmp_path / "backups" / "backup.zip"))


def figures(store: Path, tables: tuple[str, ...] = PUBLISHED, year: int | None = None) -> dict[str, list]:
    view = Store(store).current()
    where = f" where year = {year}" if year else ""
    return {table: view.rows(f"select * from {table}{where} order by all") for table in tables}


def held(store: Path) -> set[tuple[str, int, str]]:
    """The school-rounds that any file of answers in the folder holds anything of."""
    found: set = set()
    for path in store.glob("answers-*.duckdb"):
        with open_answers(path) as stored:
            found |= set(rounds_in(stored))
    return found


def holds_the_mark(*paths: Path) -> Iterator[str]:
    """The files in which a marked answer can be read, with whatever tool."""
    for path in paths:
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.suffix == ".zip":
                with zipfile.ZipFile(file) as archive:
                    yield from (name for name in archive.namelist() if MARK.encode() in archive.read(name))
            elif file.is_file() and MARK.encode() in file.read_bytes():
                yield file.name


ROUND_2022 = outright(("vebs-2022", 2022), None, False, "a reason")
ALFA = outright(None, "alfa", False, "a reason")


@pytest.mark.parametrize("seed", HISTORIES)
def test_what_was_published_stays_to_the_last_digit_however_often_it_is_published_again(tmp_path, seed):
    """Of a framework's first round, of one in the middle, and at night of all, to the last, each published again."""
    view = publish(random_history(seed), tmp_path)
    store = tmp_path / "store"
    years = sorted({year for (year,) in view.rows("select distinct year from school_round")})
    gone: list[int] = []
    for year in (years[0], years[4], *(years if NIGHTLY else ())):
        (framework,) = {f for f, y in view.rows("select distinct framework, year from school_round") if y == year}
        before = figures(store)
        dispose(store, outright((framework, year), None, False, ""), "test")
        gone.append(year)
        assert figures(store) == before, "taking away counts nothing anew"
        assert {y for _, y, _ in held(store)}.isdisjoint(gone)
        if year == years[0] and not NIGHTLY:
            continue
        republish(store, loaded_by="test")
        after = figures(store)
        differ = {table for table in PUBLISHED if after[table] != before[table]}
        assert differ <= {"forecast"}, "a round is foretold from one whose people can be followed no more"
        assert len(after["forecast"]) == len(before["forecast"])
    if NIGHTLY:
        republish(store, loaded_by="test")
        assert figures(store) == after, "no round is left to count anything of"


def test_a_later_load_changes_nothing_that_was_published_of_the_round(store):
    before = figures(store, OF_THE_ROUND, 2022)
    dispose(store, ROUND_2022, "test")
    put(store, later=answers("alfa", 2023, level=4))
    put(store, schools=SCHOOLS.replace("Alfaskolan", "Nya Alfaskolan"), replace="yes")
    assert figures(store, OF_THE_ROUND, 2022) == before
    moved = Store(store).current().rows("select school_id, before_mean, mean from school_change where criterion = 'A1'")
    assert sorted(moved) == [("alfa", 3.0, 4.0), ("beta", 3.0, 3.0)], "and what is new is held against it"


def test_nothing_of_it_can_be_read_in_any_file(store, backup):
    assert set(holds_the_mark(store)) == {"answers-2.duckdb", "answers-3.duckdb"} == set(holds_the_mark(backup))
    dispose(store, ROUND_2022, "test")
    assert not [*holds_the_mark(store)] and held(store) == {("vebs-2022", 2023, "beta")}
    dispose_in_backup(store, backup, "test")
    assert not [*holds_the_mark(backup.parent)]


@pytest.mark.parametrize("way", ["withdrawn", "replaced"])
def test_what_is_replaced_or_taken_back_can_be_read_in_the_versions_that_hold_it_alone(store, way):
    """Else it would lie in the free blocks of every later file, and stay when those versions have gone by the rule."""
    if way == "replaced":
        put(store, replace="yes", alfa=answers("alfa"))
    else:
        withdraw(store, 2, withdrawn_by="test")
    assert set(holds_the_mark(store)) == {"answers-2.duckdb", "answers-3.duckdb"}
    stays = {("alfa", 2022)} if way == "replaced" else set()
    with open_answers(store / read_current(store).in_force.answers) as stored:
        assert {(school, year) for _, year, school in rounds_in(stored)} == {("beta", 2022), ("beta", 2023), *stays}
    dispose(store, by_retention(Retention(versions_days=0), TODAY + timedelta(days=2000)), "test")
    assert not [*holds_the_mark(store)]


def test_the_versions_that_hold_it_go_and_others_stay(store):
    dispose(store, ROUND_2022, "test")
    current = read_current(store)
    assert [version.number for version in current.published] == [1, 5] and current.number == 5
    assert tree(store).keys() == {"CURRENT", "view-1.duckdb", "answers-1.duckdb", "view-5.duckdb", "answers-5.duckdb"}
    assert all(is_whole(store, version) for version in current.published)
    with locked(store):
        roll_back(store, 1)
        roll_back(store, 5)
    with pytest.raises(KeyError), locked(store):
        roll_back(store, 4)


def test_files_that_no_version_names_go_too_and_those_that_cannot_be_read(store):
    shutil.copyfile(store / "answers-3.duckdb", store / "answers-17.duckdb")
    (store / "answers-18.duckdb").write_bytes(MARK.encode() + (store / "answers-3.duckdb").read_bytes()[:5000])
    older = json.loads((store / "CURRENT").read_text())
    older["published"] = [one for one in older["published"] if one["number"] != 2]
    (store / "CURRENT").write_text(json.dumps(older))
    dispose(store, ROUND_2022, "test")
    assert not [*holds_the_mark(store)] and held(store) == {("vebs-2022", 2023, "beta")}
    assert [version.number for version in read_current(store).published] == [1, 19]


def test_a_file_that_cannot_be_read_is_no_reason_by_itself(store):
    (store / "answers-2.duckdb").write_bytes(b"damaged" * 1000)
    (store / "view-1.duckdb").write_bytes(b"damaged" * 1000)
    before = tree(store)
    for wanted in (outright(("vebs-2022", 2031), None, True, ""), by_retention(Retention(answers_years=9), TODAY)):
        assert dispose(store, wanted, "test").is_empty and tree(store) == before


def test_a_school_s_answers_go_with_its_figures_and_the_city_is_counted_anew(store):
    put(store, alfa=answers("alfa", 2023, level=4))
    with locked(store):
        write(
            store,
            figures_stay=True,
            funding_stays=True,
            change_view=lambda view, _: view.execute(
                "insert into frozen_brief values ('alfa', 'vebs-2022', 2022, now()::timestamp, 5, 'x', '{}'),"
                " ('beta', 'vebs-2022', 2022, now()::timestamp, 5, 'x', '{}');"
                " insert into near_copy values ('vebs-2022', 2022, 'alfa', 5), ('vebs-2022', 2022, 'beta', 5)"
            ),
        )
    done = dispose(store, ALFA, "test")
    assert done.figures == (("vebs-2022", 2022, "alfa"), ("vebs-2022", 2023, "alfa")) and not done.answers
    view = Store(store).current()
    for table in (*OF_THE_ROUND[:3], "school_change", "trend", "frozen_brief", "near_copy"):
        assert {school for (school,) in view.rows(f"select school_id from {table}")} <= {"beta", ""}, table
    assert view.rows("select school_id from frozen_brief union all select school_id from near_copy") == [("beta",)] * 2
    assert view.rows("select year, schools, mean_of_schools from city_cell order by year") == [
        (2022, 1, 3),
        (2023, 1, 3),
    ]
    assert not [*holds_the_mark(store)] and {school for *_, school in held(store)} == {"beta"}
    assert [version.number for version in read_current(store).published] == [1, view.number]
    put(store, alfa=answers("alfa", people=30))  # nothing stands in the way of the right answers


def test_of_a_round_whose_answers_are_gone_a_school_s_figures_go_and_the_city_s_stay(store):
    dispose(store, ROUND_2022, "test")
    city = figures(store, OF_THE_ROUND[3:], 2022)
    dispose(store, ALFA, "test")
    republish(store, loaded_by="test")
    view = Store(store).current()
    assert view.rows("select school_id from school_round where year = 2022") == [("beta",)]
    assert figures(store, OF_THE_ROUND[3:], 2022) == city, "nothing is left to count it anew of"
    dispose(store, outright(("vebs-2022", 2022), None, True, ""), "test")
    assert not any(figures(store, OF_THE_ROUND, 2022).values())
    assert put(store, alfa=answers("alfa", people=30)).ok, "the round can be loaded anew"


def test_nothing_comes_to_a_round_whose_answers_are_gone(store, tmp_path):
    dispose(store, ROUND_2022, "test")
    before = tree(store)
    people = "framework,year,school,invited\nvebs-2022,2022,alfa,30\n"
    counts = "framework,year,school,criterion,level_1,level_2,level_3,level_4\nvebs-2022,2022,gamma,A1,9,9,9,9\n"
    new = "school_id,name\ngamma,Gammaskolan\n"
    for files in ({"a": answers("alfa")}, {"p": people}, {"s": new, "c": counts}):
        for replace in ("yes", ""):
            with pytest.raises(LoadRefused) as refused:
                put(store, **files, replace=replace)
            assert any("have been removed" in problem.problem for problem in refused.value.outcome.problems)
    assert tree(store) == before
    toml = (Path(__file__).parents[2] / "data" / "frameworks" / "vebs-2022.toml").read_text("utf-8")
    toml = toml[toml.index("id =") :]
    for old, other in (
        ("level = 3", "level = 4"),
        ('id = "A1"', 'id = "A1x"'),
        ("valid_from = 2022", "valid_from = 2023"),
    ):
        assert old in toml
        with pytest.raises(LoadRefused) as refused:
            put(store, framework=toml.replace(old, other, 1), replace="yes")
        assert any("Keep its criteria" in problem.hint for problem in refused.value.outcome.problems), other
    assert put(store, framework=toml.replace("Malmö stad", "Malmö"), replace="yes").ok


def test_the_rule_is_the_store_s_own(store):
    """Years after the end of the round's, days after another version took the place."""
    for years, went in ((5, []), (4, []), (3, [2022]), (2, [2022, 2023])):
        found = look_through(store, by_retention(Retention(answers_years=years), TODAY), "test")
        assert [year for year in (2022, 2023) if year in {y for _, y, _ in found.answers}] == went
    assert look_through(store, by_retention(Retention(), TODAY), "test").is_empty
    now = datetime.now(UTC).date()
    assert look_through(store, by_retention(Retention(versions_days=1), now), "test").is_empty
    found = look_through(store, by_retention(Retention(versions_days=0), now + timedelta(days=1)), "test")
    assert [version.number for version in found.versions] == [1, 2, 3] and not found.answers


def test_old_versions_go_and_taking_away_is_no_reason_for_another(store):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    wanted = by_retention(Retention(versions_days=0), tomorrow)
    before = figures(store)
    assert [version.number for version in dispose(store, wanted, "test").versions] == [1, 2, 3]
    assert [version.number for version in read_current(store).published] == [4, 5]
    assert figures(store) == before and held(store) == {
        ("vebs-2022", 2022, "alfa"),
        ("vebs-2022", 2022, "beta"),
        ("vebs-2022", 2023, "beta"),
    }
    assert [version.number for version in dispose(store, wanted, "test").versions] == [4]
    assert dispose(store, wanted, "test").is_empty and read_current(store).number == 6


@pytest.mark.parametrize(
    ("text", "key"),
    [("answers_years = -1", "answers_years"), ("answers_years = '3'", "answers_years"), ("years = 3", "years"),
     ("versions_days = true", "versions_days"), ("decision = 3", "decision"), ("answers_years =", None),
     ("a = " + "[" * 90_000, None), ("\0", None)],
)  # fmt: skip
def test_a_rule_that_is_none_takes_nothing(store, capsys, text, key):
    (store / FILE).write_text(text)
    with pytest.raises(RetentionWrong) as wrong:
        read_retention(store)
    assert wrong.value.key == key
    before = tree(store)
    assert kvalitet("gallra", "--store", store) == 1 and tree(store) == before
    assert "retention.toml" in capsys.readouterr().err
    (store / FILE).unlink()
    assert kvalitet("gallra", "--store", store) == 1, "no rule at all"


def test_drafts_go_by_the_days_that_nobody_has_changed_them(store, capsys):
    note_in_audit(store, "test", Did.SIGNED_IN)
    (store / FILE).write_text("drafts_days = 30")
    drafts, before = Drafts(store), read_current(store).number
    for id_ in ("old", "new"):
        drafts.keep(id_, "session", "dialogue alfa", "field", Typed("", "half a sentence"))
    with sqlite3.connect(store / DRAFTS_FILE) as connection:
        past = (datetime.now(UTC) - timedelta(days=32)).isoformat(timespec="seconds")
        connection.execute("update draft_head set changed = ? where id = 'old'", [past])
    assert kvalitet("gallra", "--dry-run", "--json", "--store", store) == 0
    assert json.loads(capsys.readouterr().out)["gallra"]["drafts"] == 1 and drafts.read("old")
    assert kvalitet("gallra", "--store", store) == 0
    assert "1 utkast som aldrig sparades" in capsys.readouterr().out
    assert drafts.read("old") is None and drafts.read("new") and read_current(store).number == before
    assert entries(store, 1)[0].did == Did.DRAFTS_DISPOSED
    names = {days: f"{ASIDE}{datetime.now(UTC) - timedelta(days=days):{STAMP}}.sqlite" for days in (2, 40)}
    for name in names.values():
        (store / name).write_text("half a sentence")
    (store / f"{names[40]}-wal").write_text("half a sentence")
    assert kvalitet("gallra", "--dry-run", "--store", store) == 0 and (store / names[40]).exists()
    assert kvalitet("gallra", "--store", store) == 0 and "1 skadad fil med utkast" in capsys.readouterr().out
    assert [path.name for path in store.glob(f"{ASIDE}*")] == [names[2]]
    assert kvalitet("gallra", "--store", store) == 0 and "inget att ta bort" in capsys.readouterr().out


def test_a_protocol_says_what_went_and_no_answer_and_every_later_version_has_it(store):
    note_in_audit(store, "test", Did.SIGNED_IN)
    dispose(store, ROUND_2022, "Anna")
    put(store, later=answers("alfa", 2023))
    dispose(store, ALFA, "Bo")
    first, second = disposals(store)
    assert (first.version, first.by, first.rule.decision, first.rule.outright) == (5, "Anna", "a reason", True)
    assert first.answers == (("vebs-2022", 2022, "alfa"), ("vebs-2022", 2022, "beta"))
    assert [version.number for version in first.versions] == [2, 3, 4] and first.versions[0].by == "test"
    assert second.figures == (("vebs-2022", 2022, "alfa"), ("vebs-2022", 2023, "alfa"))
    found = [entry.with_ for entry in entries(store, 20) if entry.did == Did.ANSWERS_DISPOSED]
    assert found[-1] == {"rounds": {"vebs-2022/2022": "answers"}, "schools": [], "versions": [2, 3, 4]}


def test_a_dry_run_says_the_same_and_changes_nothing(store, backup, capsys):
    before = tree(store)
    assert kvalitet("gallra", "--round", "vebs-2022/2022", "--dry-run", "--json", "--store", store) == 0
    told = json.loads(capsys.readouterr().out)
    assert tree(store) == before and told["dry_run"] and told["version"] == 4
    assert kvalitet("gallra", "--round", "vebs-2022/2022", "--json", "--store", store) == 0
    done = json.loads(capsys.readouterr().out)
    for said in (told, done):
        for changing in ("at", "version"):
            said["gallra"].pop(changing)
    assert told["gallra"] == done["gallra"] and done["version"] == 5
    archived = backup.read_bytes()
    assert kvalitet("gallra", "--backup", backup, "--dry-run", "--json", "--store", store) == 0
    of_backup = json.loads(capsys.readouterr().out)["gallra"]
    assert of_backup["answers"] == done["gallra"]["answers"] and backup.read_bytes() == archived
    assert [path.name for path in backup.parent.iterdir()] == ["backup.zip"]


def test_old_drafts_go_out_of_a_backup_by_the_same_rule(store, tmp_path, capsys):
    drafts, backup = Drafts(store), tmp_path / "with drafts.zip"
    for id_ in ("old", "new"):
        drafts.keep(id_, "session", "dialogue alfa", "field", Typed("", f"{id_} half a sentence"))
    with sqlite3.connect(store / DRAFTS_FILE) as connection:
        past = (datetime.now(UTC) - timedelta(days=32)).isoformat(timespec="seconds")
        connection.execute("update draft_head set changed = ? where id = 'old'", [past])
    back_up(store, backup)
    call = ("gallra", "--backup", backup, "--json", "--store", store)
    assert kvalitet(*call) == 0 and json.loads(capsys.readouterr().out)["gallra"]["drafts"] == 0, "no rule"
    (store / FILE).write_text("drafts_days = 30")
    was = backup.read_bytes()
    assert kvalitet(*call, "--dry-run") == 0 and json.loads(capsys.readouterr().out)["gallra"]["drafts"] == 1
    assert backup.read_bytes() == was
    assert kvalitet(*call) == 0 and json.loads(capsys.readouterr().out)["gallra"]["drafts"] == 1
    with zipfile.ZipFile(backup) as archive:
        held = archive.read(DRAFTS_FILE)
    assert b"new half" in held and b"old half" not in held


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--round", "vebs-2022"], 2),
        (["--round", "vebs-2022/x"], 2),
        (["--with-figures"], 2),
        (["--backup", "x.zip", "--school", "alfa"], 2),
        (["--round", "other/2022"], 1),
        (["--school", "gamma"], 1),
        (["--backup", "nowhere.zip"], 1),
    ],
)
def test_words_that_are_off_take_nothing(store, words, code):
    before = tree(store)
    assert kvalitet("gallra", *words, "--store", store) == code and tree(store) == before


def test_a_full_disk_leaves_all_as_it_was(store, monkeypatch):
    before = tree(store)
    for broken in sample(range(1, 13), 4):
        calls = count(1)

        def sync(path, broken=broken, calls=calls):
            if next(calls) >= broken:
                raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            for module in (writing, disk):
                patch.setattr(module, "sync", sync)
            try:
                dispose(store, ROUND_2022, "test")
            except StoreUnwritable:
                assert tree(store) == before
                continue
        break
    else:
        pytest.fail("the disk was full all the time")
    assert broken > 1 and not [*holds_the_mark(store)]


def test_a_file_that_cannot_be_taken_away_is_told_and_goes_later(store, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(writing, "clear_strays", lambda folder: None)
        with pytest.raises(LeftBehind):
            dispose(store, ROUND_2022, "test")
    assert read_current(store).number == 5 and (store / "answers-3.duckdb").exists()
    with locked(store):
        pass
    assert not [*holds_the_mark(store)]


@at_night
def test_beside_somebody_who_loads(store):
    told = processes.Event()
    other = started(load_when_told, store, "alfa", 2024, told)
    told.set()
    dispose(store, ROUND_2022, "test")
    other.join(60)
    assert other.exitcode == 0
    assert held(store) == {("vebs-2022", 2023, "beta"), ("vebs-2022", 2024, "alfa")} and not [*holds_the_mark(store)]


def test_a_backup_loses_what_the_store_has_lost_and_nothing_that_came_later(store, backup, tmp_path):
    dispose(store, outright(None, "alfa", False, ""), "test")
    dispose(store, ROUND_2022, "test")
    dispose(store, outright(("vebs-2022", 2022), None, True, ""), "test")
    put(store, right=answers("alfa", people=31))
    back_up(store, tmp_path / "later.zip")
    for archive, left in ((backup, {("vebs-2022", 2023, "beta")}), (tmp_path / "later.zip", held(store))):
        dispose_in_backup(store, archive, "test")
        check_backup(archive)
        assert restore(archive, tmp_path / archive.stem / "store").version
        assert held(tmp_path / archive.stem / "store") == left
    assert dispose_in_backup(store, backup, "test").disposal.is_empty


@at_night
def test_a_backup_that_is_killed_meanwhile_is_as_it_was_or_done(store, backup, tmp_path):
    dispose_alfa(store)
    before = backup.read_bytes()
    for event in count(0, 1) if NIGHTLY else (40, 120, 100_000):
        backup.write_bytes(before)
        writer = started(dying_at, event, backup, dispose_in, store)
        writer.join(120)
        assert writer.exitcode in (0, -signal.SIGKILL)
        check_backup(backup)
        assert backup.read_bytes() == before or not [*holds_the_mark(backup)]
        dispose_in_backup(store, backup, "test")
        assert [path.name for path in backup.parent.iterdir()] == ["backup.zip"] and not [*holds_the_mark(backup)]
        if writer.exitcode == 0:
            return


def test_what_is_no_backup_stays_as_it_is(store, tmp_path):
    dispose_alfa(store)
    (tmp_path / "letter.zip").write_bytes(b"somebody's")
    assert kvalitet("gallra", "--backup", tmp_path / "letter.zip", "--store", store) == 1
    assert (tmp_path / "letter.zip").read_bytes() == b"somebody's"
