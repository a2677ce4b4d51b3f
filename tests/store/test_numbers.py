"""No version's file is ever written over: numbers are taken by the files too. What is damaged is not put in force."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.model.errors import StoreBroken
from analytics.store import versions
from analytics.store.reading import Store
from analytics.store.rollback import is_whole, roll_back
from analytics.store.versions import numbers_taken, read_current
from analytics.store.writing import StoreUnwritable, locked
from tests.sampling import at_night, pairs, sample
from tests.store.damages import files, of_versions
from tests.store.making import SCHOOLS, answers, put

SHOWN = "select school_id, n from cell order by school_id, year"


@pytest.fixture(scope="module")
def loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("numbers") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa"))
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of its own, at version 2, with answers of one school."""
    return shutil.copytree(loaded, tmp_path / "store")


@at_night
def test_an_older_pointer_put_back_costs_no_version(store):
    """As when somebody takes CURRENT alone from a copy of last week."""
    older = (store / "CURRENT").read_bytes()
    put(store, answers=answers("beta"))
    put(store, answers=answers("beta", year=2023))
    before = of_versions(store)
    (store / "CURRENT").write_bytes(older)
    assert Store(store).current().number == 2
    assert put(store, answers=answers("beta", people=35)).version == 5
    assert before.items() <= of_versions(store).items()
    with locked(store):
        roll_back(store, 4)
    assert Store(store).current().rows(SHOWN) == [("alfa", 26), ("beta", 26), ("beta", 26)]
    assert [version.number for version in read_current(store).published] == [1, 2, 4, 5]


@pytest.mark.parametrize("stray", sample(["view-8.duckdb", "answers-8.duckdb", "ANSWERS-8.duckdb"], 2))
def test_a_stray_file_takes_its_number(store, stray):
    (store / stray).write_bytes(b"of a killed write")
    assert put(store, answers=answers("beta")).version == 9
    assert (store / stray).read_bytes() == b"of a killed write"


def test_files_of_something_else_take_none(store):
    others = ["view-8.duckdb.bak", "xview-9.duckdb", "view-.duckdb", "view-12345678901.duckdb", "view-7.txt"]
    for name in others:
        (store / name).write_bytes(b"something else")
    assert numbers_taken(store) == {1, 2}
    assert put(store, answers=answers("beta")).version == 3
    assert {(store / name).read_bytes() for name in others} == {b"something else"}


@pytest.mark.parametrize("fails_at", sample(["answers-3.duckdb", "view-3.duckdb", "CURRENT"], 2))
def test_a_disk_that_is_full_at_the_last_leaves_nothing(store, monkeypatch, fails_at):
    """Some of the new files have their names already; what cannot be pointed to must neither stay nor take a number."""
    replace = os.replace

    def no_room(part: Path, path: Path) -> None:
        if path.name == fails_at:
            raise OSError(28, "No space left on device")
        replace(part, path)

    before = files(store)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", no_room)
        with pytest.raises(StoreUnwritable, match="No space left"):
            put(store, answers=answers("beta"))
    assert files(store) == before
    assert put(store, answers=answers("beta")).version == 3


def test_a_disk_that_fails_once_the_pointer_is_moved_takes_nothing_back(store, monkeypatch):
    def failing(path: Path) -> None:
        if path == store and read_current(store).number == 3:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(versions, "sync", failing)
    with pytest.raises(StoreUnwritable):
        put(store, answers=answers("beta"))
    assert read_current(store).number == 3 and is_whole(store, read_current(store).in_force)


@pytest.fixture(scope="module")
def many_loaded(store_once_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """At version 3, and with so many answers in version 2 that they are kept in blocks of their own."""
    store = shutil.copytree(store_once_built, tmp_path_factory.mktemp("many") / "store")
    put(store, schools=SCHOOLS, answers=answers("alfa", people=5000))
    put(store, answers=answers("beta"))
    return store


FILES = ["view-2.duckdb", "answers-2.duckdb"]
DAMAGES = ["cut off", "overwritten in the middle", "a table is gone"]


@pytest.mark.parametrize(("name", "damage"), pairs(FILES, DAMAGES))
def test_what_is_damaged_anywhere_is_not_put_in_force(many_loaded, tmp_path, name, damage):
    store = shutil.copytree(many_loaded, tmp_path / "store")
    spoil(store / name, damage)
    before = files(store)
    with locked(store), pytest.raises(StoreBroken):
        roll_back(store, 2)
    assert files(store) == before


def spoil(path: Path, damage: str) -> None:
    content = bytearray(path.read_bytes())
    tables = ("answer", "round_source") if path.name.startswith("answers") else ("criterion", "agreement")
    if damage == "cut off":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "a table is gone":
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"drop table {tables[1]}")
    else:
        with duckdb.connect(str(path), read_only=True) as connection:
            blocks = f"select max(block_id) from pragma_storage_info('{tables[0]}') where block_id >= 0"
            block = connection.execute(blocks).fetchone()[0]
            size = connection.execute("select block_size from pragma_database_size()").fetchone()[0]
        start = 3 * 4096 + block * size  # after three headers
        content[start + 50 : start + 150] = bytes(100)
        path.write_bytes(content)
