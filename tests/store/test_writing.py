"""Writers: a new version whole or not at all, whoever dies, waits or goes back meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from analytics.loads import load as loading
from analytics.model.errors import Problem, StoreBroken, StoreBusy, StoreMissing
from analytics.store import disk, writing
from analytics.store.reading import Store, version_history
from analytics.store.rollback import roll_back
from analytics.store.turns import TURN, take_turn
from analytics.store.versions import read_current
from analytics.store.writing import StoreUnwritable, locked
from tests.sampling import pairs, sample
from tests.store.making import SCHOOLS, answers, kvalitet, put, tree, write
from tests.store.others import WHERE, hold, load_and_be_killed, load_when_told, processes, started

SHOWN = "select school_id, n from cell order by school_id"


@pytest.fixture(scope="module")
def alfa_loaded(store_once_built, tmp_path_factory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("alfa") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa"))
    return store


@pytest.fixture
def alfa_store(alfa_loaded, tmp_path) -> Path:
    """A store of its own, at version 2, with answers of one school."""
    return shutil.copytree(alfa_loaded, tmp_path / "store")


@pytest.mark.parametrize("where", sample(list(WHERE), 3))
def test_a_writer_that_is_killed(alfa_store, where):
    before = tree(alfa_store)
    writer = started(load_and_be_killed, alfa_store, where)
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    after = tree(alfa_store)
    assert {name: after[name] for name in before} == before
    assert set(after) > set(before), "it was killed too early to have written anything"
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26)]

    assert put(alfa_store, answers=answers("beta", people=27)).version == 3
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26), ("beta", 27)]
    assert tree(alfa_store).keys() == before.keys() | {"view-3.duckdb", "answers-3.duckdb"}, "what it left is gone"


def test_a_write_that_fails_leaves_nothing(empty_store, monkeypatch):
    before = tree(empty_store)

    def no_room(*_) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "sync", no_room)
    with pytest.raises(StoreUnwritable, match="No space left on device"):
        put(empty_store, schools=SCHOOLS)
    assert tree(empty_store) == before


def test_figures_that_show_what_must_be_hidden_are_not_published(empty_store):
    def leak(connection: duckdb.DuckDBPyConnection, _: int) -> None:
        connection.execute(
            "insert into cell (framework, year, school_id, criterion, area, n, status)"
            " values ('vebs-2022', 2022, 'alfa', 'A1', 'ledarskap', 3, 'hidden')"
        )

    before = tree(empty_store)
    with locked(empty_store), pytest.raises(StoreBroken, match="a hidden cell holds figures"):
        write(empty_store, change_view=leak)
    assert tree(empty_store) == before


def test_a_version_never_hides_less_than_the_floor(empty_store):
    with locked(empty_store):
        write(empty_store, hide_below=1)
    assert version_history(empty_store)[-1].hide_below == 5


def test_a_store_that_another_process_holds_is_busy(empty_store, monkeypatch):
    held, let_go = processes.Event(), processes.Event()
    other = started(hold, empty_store, held, let_go)
    try:
        assert held.wait(30)
        monkeypatch.setattr(loading, "locked", lambda folder, wait, **how: locked(folder, 0.2, **how))
        with pytest.raises(StoreBusy):
            put(empty_store, schools=SCHOOLS)
        assert Store(empty_store).current().number == 1, "readers do not wait"
    finally:
        let_go.set()
        other.join()
    assert put(empty_store, schools=SCHOOLS).version == 2


def test_two_loads_at_once_come_one_after_the_other(alfa_store):
    told = processes.Event()
    loads = [started(load_when_told, alfa_store, "beta", year, told) for year in (2022, 2023)]
    told.set()
    for process in loads:
        process.join(60)
    assert [process.exitcode for process in loads] == [0, 0]
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26), ("beta", 26), ("beta", 26)]
    assert [record.parent for record in version_history(alfa_store)] == [None, 1, 2, 3]


def test_a_store_that_is_not_there_is_not_made_by_a_load(tmp_path):
    with pytest.raises(StoreMissing):
        put(tmp_path / "store", schools=SCHOOLS)
    assert not (tmp_path / "store").exists()


def test_nothing_is_drawn_on_stdout_where_python_has_no_script(alfa_store):
    """There DuckDB would draw how far it is with a question of two seconds, in the middle of what is told as JSON."""
    asks = """if True:
        import sys
        from pathlib import Path
        import duckdb
        from analytics.store.reading import open_answers
        from analytics.store.new_files import in_one_transaction

        def told(connection, number=0):
            print(*connection.execute("select current_setting('enable_progress_bar')").fetchone())

        told(duckdb.connect())
        with open_answers(Path(sys.argv[1]) / "answers-2.duckdb") as connection:
            told(connection)
        in_one_transaction(Path(sys.argv[1]) / "made.duckdb", {}, [], told, 1)
    """
    done = subprocess.run([sys.executable, "-c", asks, str(alfa_store)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "False"]


def test_back_and_on_again(alfa_store):
    """A load after going back gets a number of its own and stands on what was gone back to."""
    put(alfa_store, answers=answers("beta"))
    roll_back(alfa_store, 2)
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26)]
    assert put(alfa_store, answers=answers("beta", people=32)).version == 4
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26), ("beta", 32)]
    assert version_history(alfa_store)[-1].parent == 2
    roll_back(alfa_store, 3)
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26), ("beta", 26)]
    assert [version.number for version in read_current(alfa_store).published] == [1, 2, 3, 4]


def test_back_to_what_never_was(empty_store):
    with pytest.raises(KeyError):
        roll_back(empty_store, 7)


@pytest.mark.parametrize("file", ["view-1.duckdb", "answers-1.duckdb"])
@pytest.mark.parametrize("content", [None, b"no database" * 1000])
def test_back_to_a_version_that_is_damaged(alfa_store, file, content):
    (alfa_store / file).unlink()
    if content:
        (alfa_store / file).write_bytes(content)
    with pytest.raises(StoreBroken):
        roll_back(alfa_store, 1)
    assert read_current(alfa_store).number == 2


def test_whoever_waits_goes_on_waiting_while_others_get_their_turns(empty_store):
    """Ten who hold the store one after the other, each for less than the patience, and all together for more."""
    with ThreadPoolExecutor(1) as pool:
        with locked(empty_store):
            waiting = pool.submit(take_turn, empty_store, 0.4)
            for _ in range(10):
                time.sleep(0.15)
                (empty_store / TURN).write_text(str(time.monotonic()), "ascii")  # as the next one does
            assert not waiting.done()
        waiting.result(10).release()


def test_nobody_waits_for_one_who_goes_on_holding_the_store(empty_store):
    with locked(empty_store):
        began = time.monotonic()
        with pytest.raises(StoreBusy), locked(empty_store, 0.3):
            pass
        assert 0.3 <= time.monotonic() - began < 5


def test_nobody_waits_longer_than_somebody_will(empty_store):
    with locked(empty_store), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(take_turn, empty_store, 5, 0.6)
        while not waiting.done():
            (empty_store / TURN).write_text(str(time.monotonic()), "ascii")
            time.sleep(0.05)
        assert isinstance(waiting.exception(), StoreBusy)


IN_THE_WAY = ["CURRENT.part", ".unfinished", ".unfinished.part", "view-3.duckdb.part", "answers-3.duckdb.part"]


@pytest.mark.parametrize("name", sample(IN_THE_WAY, 2))
def test_a_folder_in_the_place_of_a_file_that_is_being_made_is_cleared_away(alfa_store, name):
    (alfa_store / name / "inside").mkdir(parents=True)
    assert kvalitet("rollback", 1, "--store", alfa_store) == 0
    assert not (alfa_store / name).exists()
    assert kvalitet("rollback", 2, "--store", alfa_store) == 0


NOT_WRITTEN = [
    (OSError(28, "No space left on device"), "Disken är full."),
    (OSError(30, "Read-only file system"), "Disken går att läsa men inte att skriva på."),
    (PermissionError(13, "Permission denied"), "Behörighet saknas."),
    (IsADirectoryError(21, "Is a directory"), "Där ligger en mapp i stället för en fil"),
    (duckdb.IOException("Could not write file: No space left on device"), "Disken är full."),
]


@pytest.mark.parametrize(("why", "command"), pairs(NOT_WRITTEN, ["load", "rollback"]))
def test_what_cannot_be_written_is_told_in_our_words_and_the_systems_stand_apart(
    alfa_store, tmp_path, monkeypatch, capsys, why, command
):
    error, told = why

    def fails(*_) -> None:
        raise error

    before = tree(alfa_store)
    (tmp_path / "more.csv").write_text(answers("beta"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "sync", fails)
        call = ["rollback", 1] if command == "rollback" else ["load", tmp_path / "more.csv"]
        if isinstance(error, OSError) or command == "load":
            assert kvalitet(*call, "--store", alfa_store) == 3
            said, technical = capsys.readouterr().err.strip().splitlines()
            assert "Det går inte att skriva i datalagret. " + told in said and str(error.args[-1]) not in said
            assert technical == f"  För tekniker: {error.args[-1]}" and "Inget ändrades" in said
    assert tree(alfa_store) == before


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: path.unlink(), "Filen saknas."),
        (lambda path: path.write_bytes(b"no database" * 1000), "Filen är skadad"),
        (lambda path: (path.unlink(), path.mkdir()), "Där ligger en mapp i stället för en fil"),
        (lambda path: shutil.copyfile(path.with_name("view-1.duckdb"), path), "Filen är skadad, eller är inte den"),
    ],
)
def test_what_is_damaged_is_told_in_our_words_too(alfa_store, capsys, damage, told):
    damage(alfa_store / "view-2.duckdb")
    assert kvalitet("versions", "--store", alfa_store) == 3
    said = capsys.readouterr()
    lines = said.err.strip().splitlines()
    assert told in lines[0] and not re.search("Error|error|not a valid|Cannot open", lines[0])
    assert all(line.startswith("  För tekniker: ") for line in lines[1:]) and said.out.lstrip().startswith("1  ")


def test_versions_tells_the_others_where_an_old_one_is_gone(alfa_store, capsys):
    put(alfa_store, answers=answers("beta"))
    (alfa_store / "view-2.duckdb").unlink()
    assert kvalitet("versions", "--json", "--store", alfa_store) == 3
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["version"]) == (False, 3)
    assert [(one["version"], one["in_force"]) for one in said["versions"]] == [(1, False), (3, True)]
    (problem,) = said["problems"]
    assert problem["file"].endswith("view-2.duckdb") and set(problem) == {*Problem.__slots__}
    (alfa_store / "answers-1.duckdb").unlink()
    (alfa_store / "CURRENT").unlink()
    assert kvalitet("versions", "--json", "--store", alfa_store) == 3
    said = json.loads(capsys.readouterr().out)
    assert [one["version"] for one in said["versions"]] == [1, 3] and said["version"] is None
    assert [Path(problem["file"]).name for problem in said["problems"]] == ["CURRENT", "answers-1.duckdb"]
