"""What a writer that is killed leaves is taken away by the next, and nothing is that a version could be made of."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from analytics.store import strays, unfinished
from analytics.store.rollback import roll_back
from analytics.store.strays import LOCK, clear_when_free
from analytics.store.versions import CURRENT, read_current
from analytics.store.writing import locked
from tests.sampling import sample
from tests.store.damages import LOST, files
from tests.store.making import SCHOOLS, answers, kvalitet, put
from tests.store.others import (
    WHERE,
    load_and_be_killed,
    load_answers,
    started,
)


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """At version 3: version 2 tells, beside it, what one person answered."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("strays") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa"))
    with_one_more = answers("alfa", people=27)
    (store.parent / "more.csv").write_text(with_one_more, "utf-8")
    assert kvalitet("load", store.parent / "more.csv", "--replace", "--i-know", "--store", store) == 0
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "store")


def named(store: Path) -> set[str]:
    versions = read_current(store).published
    return {CURRENT, *(name for version in versions for name in (version.view, version.answers))}


@pytest.mark.parametrize("where", sample(list(WHERE), 4, 1))
def test_killed_where_duckdb_writes(store, where):
    before = files(store)
    writer = started(load_and_be_killed, store, where)
    writer.join()
    assert writer.exitcode == -signal.SIGKILL and files(store).keys() > before.keys()
    clear_when_free(store)
    assert files(store) == before


def killed_before_the_pointer(store: Path) -> set[str]:
    """A load that has named its files and nothing else; what it has left."""
    before = files(store).keys()
    started(load_and_be_killed, store, "before the pointer is moved").join()
    return files(store).keys() - before - {unfinished.NOTE}


@pytest.mark.parametrize("state", sample([state for state in LOST if state != "a folder"], 6))
def test_nothing_is_taken_away_while_the_pointer_is_lost(store, state):
    """Not by the server, nor by a command; once CURRENT is written anew all that is whole is a version."""
    left, history = killed_before_the_pointer(store), files(store)
    assert left == {"answers-4.duckdb", "view-4.duckdb"}
    LOST[state](store)
    clear_when_free(store)
    assert kvalitet("load", store, "--store", store) != 0
    assert {name: held for name, held in files(store).items() if name != CURRENT} == {
        name: held for name, held in history.items() if name != CURRENT
    }
    with locked(store):
        roll_back(store, 3)
    assert [version.number for version in read_current(store).published] == [1, 2, 3, 4]
    load_answers(store)
    assert files(store).keys() == named(store) >= left, "it is a version that may be gone back to now"


def test_an_older_pointer_put_back_costs_nothing(store):
    """What it does not name was published once, and is no stray."""
    older = (store / CURRENT).read_bytes()
    load_answers(store)
    held = files(store)
    (store / CURRENT).write_bytes(older)
    killed_before_the_pointer(store)
    clear_when_free(store)
    assert files(store) == {**held, CURRENT: older}


def test_a_pointer_that_has_moved_on_says_nothing_of_what_was_noted(store):
    """As in a copy of the folder that was made while a version was published."""
    unfinished.note(store / CURRENT, ["view-2.duckdb", "answers-3.duckdb"], b"what CURRENT was before")
    before = {name: held for name, held in files(store).items() if name != unfinished.NOTE}
    load_answers(store)
    assert before.items() - {CURRENT: None}.items() <= {**files(store), CURRENT: before[CURRENT]}.items()
    assert not (store / unfinished.NOTE).exists()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": 3}', '{"files": ["../../x", "CURRENT", "view-3.duckdb"], "current": "%s"}']
)
def test_a_note_that_says_anything_takes_no_published_file(store, text):
    beside = store.parent.parent / "x"
    digest = unfinished._digest((store / CURRENT).read_bytes())
    (store / unfinished.NOTE).write_text(text.replace("%s", digest), "utf-8")
    beside.write_text("mine")
    before = {name: held for name, held in files(store).items() if name != unfinished.NOTE}
    with locked(store):
        pass
    assert files(store) == before and beside.read_text() == "mine"


def test_who_writes_just_now_is_left_alone(store):
    part = store / "answers-4.duckdb.part"
    part.write_bytes(b"being written")
    with FileLock(store / LOCK):
        clear_when_free(store)
    assert part.exists()
    clear_when_free(store)
    assert not part.exists()


def test_what_did_not_fit_in_memory_goes_when_nobody_can_need_it(store, monkeypatch):
    """DuckDB puts it beside the file; a check that is killed leaves it there."""
    with duckdb.connect(str(store / "answers-3.duckdb"), read_only=True) as connection:
        ((spilled,),) = connection.execute("select current_setting('temp_directory')").fetchall()
    assert Path(spilled) == store / "answers-3.duckdb.tmp"
    Path(spilled).mkdir()
    for age, stays in ((0, True), (strays.AN_HOUR + 60, False)):
        monkeypatch.setattr(strays.time, "time", lambda age=age: Path(spilled).stat().st_mtime + age)
        with locked(store):
            pass
        assert Path(spilled).exists() == stays
