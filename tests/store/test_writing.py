"""Writers: a new version whole or not at all, whoever dies, waits or goes back meanwhile."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import duckdb
import pytest

from analytics.loads import load as loading
from analytics.model.errors import StoreBroken, StoreBusy, StoreMissing
from analytics.store import writing
from analytics.store.reading import Store, version_history
from analytics.store.rollback import roll_back
from analytics.store.versions import numbers_taken, read_current
from analytics.store.writing import StoreUnwritable, locked
from tests.store.making import SCHOOLS, answers, put, tree, write
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


@pytest.mark.parametrize("where", WHERE)
def test_a_writer_that_is_killed(alfa_store, where):
    before = tree(alfa_store)
    writer = started(load_and_be_killed, alfa_store, where)
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    after = tree(alfa_store)
    assert {name: after[name] for name in before} == before
    assert set(after) > set(before), "it was killed too early to have written anything"
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26)]

    taken = numbers_taken(alfa_store)
    assert put(alfa_store, answers=answers("beta", people=27)).version == max(taken) + 1
    assert {name: after[name] for name in after if ".part" not in name and name != "CURRENT"}.items() <= tree(
        alfa_store
    ).items(), "nothing is written over, whoever it was that left it"
    assert Store(alfa_store).current().rows(SHOWN) == [("alfa", 26), ("beta", 27)]
    assert [name for name in tree(alfa_store) if ".part" in name] == []


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
        monkeypatch.setattr(loading, "locked", lambda folder, wait, make: locked(folder, 0.2, make=make))
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
