"""What is opened once for all tests by day is never what was there before (tests/answering.py)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analytics.store.reading import APART, SEALED
from tests.answering import OpenFiles


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str, int], Path]:
    """A file with one table of one number."""

    def make(name: str, number: int) -> Path:
        with OpenFiles(duckdb.connect).connect(tmp_path / name) as connection:
            connection.execute(f"create table held as select {number} as number")
        return tmp_path / name

    return make


def held(files: OpenFiles, path: Path, config: dict = SEALED) -> list[int]:
    with files.connect(path, read_only=True, config=config) as connection:
        return [number for (number,) in connection.execute("select number from held order by number").fetchall()]


def test_a_file_that_stays_as_it_is_is_opened_once_however_it_is_called(made, tmp_path):
    opened = []
    files = OpenFiles(lambda *how: opened.append(how) or duckdb.connect(*how))
    path = made("one.duckdb.part", 1)
    assert held(files, path) == held(files, path) == [1]
    renamed = path.rename(tmp_path / "one.duckdb")
    assert held(files, renamed) == [1] and len(opened) == 1
    assert held(files, renamed, APART) == [1] and len(opened) == 2, "it is as closed to other files as it says"


def test_so_is_a_copy_and_neither_is_the_other_once_one_is_changed(made, tmp_path):
    opened = []
    files = OpenFiles(lambda *how: opened.append(how) or duckdb.connect(*how))
    path = made("one.duckdb", 1)
    copy, later = (Path(shutil.copy2(path, tmp_path / name)) for name in ("copy.duckdb", "later.duckdb"))
    assert held(files, path) == held(files, copy) == [1] and len(opened) == 1
    with files.connect(copy) as connection:
        connection.execute("insert into held values (3)")
    assert (held(files, copy), held(files, path), held(files, later)) == ([1, 3], [1], [1]) and len(opened) == 3
    path.write_bytes(b"no database" * 1000)
    assert held(files, later) == [1] and len(opened) == 4
    other = made("other.duckdb", 2)
    when = other.stat()
    os.utime(later, ns=(when.st_atime_ns, when.st_mtime_ns))
    assert (held(files, other), held(files, later)) == ([2], [1]), "as old, and something else"


@pytest.mark.parametrize("change", ["written to", "replaced", "damaged", "gone"])
def test_one_that_does_not_is_opened_anew(made, change):
    files = OpenFiles(duckdb.connect)
    path, other = made("one.duckdb", 1), made("other.duckdb", 2)
    assert (held(files, path), held(files, other)) == ([1], [2])
    match change:
        case "written to":
            with files.connect(path) as connection:
                connection.execute("insert into held values (3)")
            assert held(files, path) == [1, 3]
        case "replaced":
            os.replace(other, path)
            assert held(files, path) == [2]
        case _:
            path.write_bytes(b"no database" * 1000) if change == "damaged" else path.unlink()
            with pytest.raises(duckdb.IOException):
                held(files, path)


def test_who_has_one_keeps_it_when_it_is_let_go(made):
    files = OpenFiles(duckdb.connect)
    with files.connect(made("one.duckdb", 1), read_only=True, config=SEALED) as mine:
        files.let_go()
        assert mine.execute("select number from held").fetchall() == [(1,)]
