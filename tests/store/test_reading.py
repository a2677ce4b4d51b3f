"""Readers: one view shared by threads, one version for as long as it is held, and broken stores told as such."""

from __future__ import annotations

import json
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

import analytics
from analytics.model.errors import NoMemory, StoreBroken, StoreMissing
from analytics.store.in_turn import InTurn
from analytics.store.new_files import in_one_transaction
from analytics.store.reading import HARDENED, Store, View, open_answers, version_history, version_record
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.store.making import SCHOOLS, answers, put, sources, tree, write


def test_threads_share_a_view_and_get_right_answers(demo_store):
    view = Store(demo_store).current()
    questions = {
        school: (n, mean)
        for school, n, mean in view.rows("select school_id, count(n), avg(mean) from cell group by school_id")
    }
    start = threading.Barrier(8)

    def ask(worker: int) -> list[str]:
        start.wait()
        schools = [school for i, school in enumerate(sorted(questions) * 3) if i % 8 == worker]
        wrong = []
        for school in schools:
            rows = view.rows("select count(n), avg(mean) from cell where school_id = ?", [school])
            table = view.table("select n from cell where school_id = ? and n is not null", [school])
            if rows[0][0] != questions[school][0] or table.num_rows != questions[school][0]:
                wrong.append(school)
            if rows[0][1] != pytest.approx(questions[school][1]):
                wrong.append(school)
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert [wrong for found in pool.map(ask, range(8)) for wrong in found] == []


def test_a_version_is_opened_twice_in_a_process(demo_store):
    """As when a page reads while a load checks."""
    first, second = (Store(demo_store).current() for _ in range(2))
    assert first.rows("select count(*) from cell") == second.rows("select count(*) from cell")


def test_a_reader_goes_on_with_its_version_while_the_next_is_published(empty_store):
    put(empty_store, schools=SCHOOLS, answers=answers("alfa"))
    store = Store(empty_store)
    held = store.current()
    question = "select school_id, n from cell order by school_id"
    assert held.rows(question) == [("alfa", 26)]
    seen, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(tuple(held.rows(question)))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        try:
            put(empty_store, answers=answers("beta"))
        finally:
            done.set()
        reading.result()
    assert set(seen) == {(("alfa", 26),)} and len(seen) > 3
    assert held.rows(question) == [("alfa", 26)]
    assert store.current().rows(question) == [("alfa", 26), ("beta", 26)]
    assert (held.number, store.current().number) == (2, 3)


def test_the_version_in_force_stays_open_when_older_ones_are_asked_for(empty_store):
    with locked(empty_store):
        for _ in range(5):
            write(empty_store)
    store = Store(empty_store)
    oldest = store.version(1)
    for number in (2, 3, 4, 5, 6, 1):
        newest = store.version(number)
    assert newest.number == 1 and newest is not oldest, "only a few versions are kept open"
    assert store.version(1) is newest, "but always the one asked for last"
    assert oldest.rows("select number from version") == [(1,)], "and one that is held goes on being read"
    with pytest.raises(KeyError):
        store.version(7)


def test_queries_reach_no_file(demo_store, tmp_path):
    view = Store(demo_store).current()
    (tmp_path / "secret.csv").write_text("a\n1\n")
    for sql in (f"select * from read_csv('{tmp_path}/secret.csv')", f"attach '{tmp_path}/x.duckdb'", "set threads = 1"):
        with pytest.raises(duckdb.Error):
            view.rows(sql)
    assert not (tmp_path / "x.duckdb").exists()


def test_what_a_version_says_of_itself(empty_store):
    put(empty_store, schools=SCHOOLS, answers=answers("alfa"))
    first, second = version_history(empty_store)
    assert (first.number, first.parent, first.action, first.hide_below) == (1, None, "build", 5)
    assert (second.number, second.parent, second.action, second.loaded_by) == (2, 1, "load", "test")
    assert [(file.kind, file.rows) for file in sources(empty_store)[1]] == [("schools", 2), ("answers", 26)]
    assert abs((datetime.now(UTC) - second.created_at).total_seconds()) < 600
    assert version_record(Store(empty_store).current()) == second


def test_no_store(tmp_path):
    with pytest.raises(StoreMissing):
        Store(tmp_path).current()
    assert list(tmp_path.iterdir()) == []


PUBLISHED = {"number": 1, "view": "view-1.duckdb", "answers": "answers-1.duckdb"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\x01garbage",
        "[1, 2]",
        "3",
        '{"version": 1}',
        json.dumps({"version": 2, "published": [PUBLISHED]}),
        json.dumps({"version": "one", "published": [PUBLISHED]}),
        json.dumps({"version": 1, "published": [{**PUBLISHED, "view": 7}]}),
        json.dumps({"version": 1, "published": [{**PUBLISHED, "more": 1, "view": "gone.duckdb"}]}),
        json.dumps({"version": 1, "published": {"number": 1}}),
    ],
)
def test_a_broken_pointer(empty_store, text):
    (empty_store / "CURRENT").write_text(text)
    with pytest.raises(StoreBroken):
        Store(empty_store).current()


@pytest.mark.parametrize("damage", ["gone", "garbage", "cut off", "of another version", "without tables", "a folder"])
def test_a_broken_version(empty_store, damage):
    with locked(empty_store):
        write(empty_store)
    view = empty_store / "view-2.duckdb"
    whole = view.read_bytes()
    view.unlink()
    match damage:
        case "garbage":
            view.write_bytes(b"no database" * 1000)
        case "cut off":
            view.write_bytes(whole[:50_000])
        case "of another version":
            view.write_bytes((empty_store / "view-1.duckdb").read_bytes())
        case "without tables":
            duckdb.connect(str(view)).close()
        case "a folder":
            view.mkdir()
    with pytest.raises(StoreBroken):
        Store(empty_store).current().rows("select * from cell, school, criterion")
    with pytest.raises(StoreBroken):
        put(empty_store, answers=answers("alfa"))
    assert read_current(empty_store).number == 2
    assert not [name for name in tree(empty_store) if name.endswith(".part")] if damage != "a folder" else True


def test_a_table_that_is_gone_is_a_broken_store(empty_store):
    with duckdb.connect(str(empty_store / "view-1.duckdb")) as connection:
        connection.execute("drop table area_cell")
    with pytest.raises(StoreBroken):
        Store(empty_store).current().rows("select * from area_cell")


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_broken_answers_are_told_by_a_load(empty_store, content):
    path = empty_store / "answers-1.duckdb"
    path.unlink()
    if content:
        path.write_bytes(content)
    with pytest.raises(StoreBroken):
        put(empty_store, schools=SCHOOLS)
    with pytest.raises(StoreBroken), open_answers(path):
        pass


def test_a_closed_view_is_no_broken_store_for_others(empty_store):
    one, other = (View(empty_store / "view-1.duckdb", 1) for _ in range(2))
    one.close()
    assert other.rows("select number from version") == [(1,)]


def test_no_connection_of_ours_reaches_another_file(tmp_path, store_once_built, monkeypatch, opened_once):
    """Whatever a load, a look back, a disposal or open data opens: once it is open, no question that got into it
    could read or write anything else, nor loosen that."""
    if opened_once:  # by day else one reads what all tests make
        monkeypatch.setattr(opened_once, "below", tmp_path / "nothing")
    store = shutil.copytree(store_once_built, tmp_path / "store")
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    number = read_current(store).in_force
    tried = []

    def try_out(connection, number: int = 0) -> None:
        for question in (
            f"from read_text('{outside}')",
            f"copy (select 1) to '{tmp_path / 'out.csv'}'",
            f"attach '{tmp_path / 'other.duckdb'}' as other",
            "set enable_external_access = true",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                connection.execute(question)
            tried.append(question)

    with open_answers(store / number.answers) as stored, open_answers(store / number.answers) as again:
        try_out(stored)
        try_out(again)
    with InTurn(store) as files:
        for name, has in ((number.answers, "round_source"), (number.view, "version")):
            with files.opened(store / name, has=has) as opened:
                try_out(opened)
    in_one_transaction(tmp_path / "made.duckdb", HARDENED, [], try_out, 1)
    assert len(tried) == 20


def test_every_module_that_opens_a_connection_closes_it_to_other_files():
    """But for the lake's, which reaches what is not on this machine."""
    ours = Path(analytics.__file__).parent
    texts = {path.relative_to(ours).as_posix(): path.read_text("utf-8") for path in ours.rglob("*.py")}
    opening = {name: text for name, text in texts.items() if "duckdb.connect(" in text and "import duckdb" in text}
    assert len(opening) > 3 and {
        name for name, text in opening.items() if not re.search(r"^[^#\n]*(seal\(|config=(SEALED|APART))", text, re.M)
    } <= {"opendata/examples.py", "store/lake/connecting.py"}


def test_a_file_is_not_taken_for_broken_because_there_is_no_room_to_ask(store_once_built):
    """Else a load that nearly repeats it would be let through where memory is short."""
    name = read_current(store_once_built).in_force.answers
    with (
        pytest.raises(NoMemory),
        InTurn(store_once_built) as files,
        files.opened(store_once_built / name, has="round_source"),
    ):
        raise duckdb.OutOfMemoryException
    with pytest.raises(NoMemory), InTurn(store_once_built) as files, files.between():
        raise duckdb.OutOfMemoryException
