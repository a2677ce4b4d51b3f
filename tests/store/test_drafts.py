"""What is typed and not saved is on disk at once, and is nobody else's."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from analytics.model.errors import StoreBroken
from analytics.store.drafts import FILE, Drafts, Typed
from tests.sampling import examples

ABOUT = "dialogue alfa vebs-2022 2025"


def test_a_field_is_kept_with_what_stood_there_when_typing_began(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep("d1", "s", ABOUT, "notes", Typed("old", "ne"))
    drafts.keep("d1", "s", ABOUT, "notes", Typed("somebody else's", "new"))
    found = drafts.read("d1")
    assert (found.about, found.fields) == (ABOUT, {"notes": Typed("old", "new")})


def test_what_is_typed_back_to_what_it_was_is_no_draft(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep("d1", "s", ABOUT, "notes", Typed("old", "new"))
    drafts.keep("d1", "s", ABOUT, "notes", Typed("old", "old"))
    assert drafts.read("d1") is None and drafts.about(ABOUT) == ()


def test_what_is_thrown_away_cannot_be_read_in_the_file_whatever_sqlite_this_is(tmp_path, monkeypatch):
    connect = sqlite3.connect

    def leaving_what_is_deleted(*given, **named):
        connection = connect(*given, **named)
        connection.execute("pragma secure_delete = off")
        return connection

    monkeypatch.setattr(sqlite3, "connect", leaving_what_is_deleted)
    drafts = Drafts(tmp_path)
    for name in ("d1", "d2"):
        drafts.keep(name, "s", ABOUT, "notes", Typed("", f"{name} says " * 50))
    drafts.forget("d1")
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"d1 says" not in left and b"d2 says" in left


def test_two_people_have_a_draft_each_and_each_sees_that_there_is_another(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep("d1", "s", ABOUT, "notes", Typed("", "mine"))
    drafts.keep("d2", "s", ABOUT, "notes", Typed("", "hers"))
    drafts.keep("d3", "s", "something else", "notes", Typed("", "x"))
    drafts.sign("d2", "Anna")
    assert {draft.id: (draft.who, draft.fields["notes"].text) for draft in drafts.about(ABOUT)} == {
        "d1": ("", "mine"),
        "d2": ("Anna", "hers"),
    }


def test_a_draft_or_some_of_its_fields_are_thrown_away(tmp_path):
    drafts = Drafts(tmp_path)
    for name in ("notes", "participants", "held"):
        drafts.keep("d1", "s", ABOUT, name, Typed("", "x"))
    drafts.forget("d1", ("notes", "held"))
    assert list(drafts.read("d1").fields) == ["participants"]
    drafts.begin_anew("d1", "participants", Typed("theirs", "x and theirs"))
    assert drafts.read("d1").fields["participants"] == Typed("theirs", "x and theirs")
    drafts.forget("d1")
    assert drafts.read("d1") is None


def test_what_is_saved_is_no_draft_and_what_was_typed_since_stands_on_it(tmp_path):
    drafts = Drafts(tmp_path)
    for name in ("notes", "held"):
        drafts.keep("d1", "s", ABOUT, name, Typed("", "first"))
    drafts.keep("d1", "s", ABOUT, "notes", Typed("", "first and last"))
    drafts.saved("d1", {"notes": ("first", "first", "A1"), "held": ("first", "first", "")})
    assert drafts.read("d1").fields == {"notes": Typed("first", "first and last", "A1")}
    drafts.saved("d1", {"notes": ("first and last", "first and last", "A1")})
    assert drafts.read("d1") is None


def test_what_was_typed_since_stands_on_what_the_text_was_saved_as(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep("d1", "s", ABOUT, "held", Typed("", "3 feb 2025 eller"))
    drafts.saved("d1", {"held": ("3 feb 2025", "2025-02-03", "")})
    assert drafts.read("d1").fields == {"held": Typed("2025-02-03", "3 feb 2025 eller")}
    drafts.keep("d1", "s", ABOUT, "held", Typed("", "2025-02-03"))
    assert drafts.read("d1") is None, "typed back to what is saved"


def test_one_session_goes_on_with_a_draft_and_another_with_a_copy(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.keep("d1", "annas", ABOUT, "notes", Typed("old", "Annas", "A1"))
    mine = drafts.read("d1")
    assert mine.session == "annas" and drafts.take_up("d1", "bos").session == "bos"
    copied = drafts.copy(mine, "d2", "annas")
    assert (copied.session, copied.fields) == ("annas", {"notes": Typed("old", "Annas", "A1")})
    assert {draft.id for draft in drafts.about(ABOUT)} == {"d1", "d2"} and drafts.take_up("d9", "bos") is None


def test_nothing_is_made_by_looking(tmp_path):
    assert Drafts(tmp_path).read("d1") is None and list(tmp_path.iterdir()) == []


def test_a_file_that_somebody_is_just_making_holds_nothing_yet(tmp_path):
    (tmp_path / FILE).touch()
    assert Drafts(tmp_path).read("d1") is None and Drafts(tmp_path).about(ABOUT) == ()


def test_many_threads_lose_nothing(tmp_path):
    def typing(person: int) -> None:
        for n in range(20):
            Drafts(tmp_path).keep(f"d{person}", "s", ABOUT, f"field{n}", Typed("", f"{person} {n}"))

    threads = [threading.Thread(target=typing, args=(person,)) for person in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(draft.fields) for draft in Drafts(tmp_path).about(ABOUT)) == [20] * 6


ROUNDS, PROCESSES, THREADS = examples(12, at_night=50), 4, 3


@pytest.mark.long
def test_a_file_that_many_open_anew_at_once_is_made_once_and_keeps_what_each_wrote(tmp_path):
    """Servers start together and the first letters are typed in all of them: nobody is told of a locked file."""
    folders = [tmp_path / str(n) for n in range(ROUNDS)]
    for folder in folders:
        folder.mkdir()
    spawning = get_context("spawn")
    barrier, failures = spawning.Barrier(PROCESSES * THREADS), spawning.SimpleQueue()
    processes = [
        spawning.Process(target=opening_at_once, args=(folders, n, barrier, failures)) for n in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert failures.empty(), failures.get()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    everybody = {f"d{n}-{thread}" for n in range(PROCESSES) for thread in range(THREADS)}
    assert all({draft.id for draft in Drafts(folder).about(ABOUT)} == everybody for folder in folders)


def opening_at_once(folders: list[Path], number: int, barrier: Barrier, failures) -> None:
    """One of the processes: its threads, and those of the others, open one file after the other at the same moment."""

    def opening(thread: int) -> None:
        for folder in folders:
            barrier.wait(60)
            try:
                Drafts(folder).keep(f"d{number}-{thread}", "s", ABOUT, "notes", Typed("", "x"))
            except StoreBroken as broken:
                failures.put(str(broken))

    threads = [threading.Thread(target=opening, args=(thread,)) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_file_of_an_earlier_edition_is_made_ready_and_keeps_what_it_holds(tmp_path):
    """Without the mark that its tables are there, and without its log beside it."""
    Drafts(tmp_path).keep("d1", "s", ABOUT, "notes", Typed("", "x"))
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("pragma user_version = 0")
        connection.execute("pragma journal_mode = delete")
    assert Drafts(tmp_path).read("d1").fields == {"notes": Typed("", "x")}
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_process_that_is_killed_after_typing_leaves_the_text(tmp_path):
    code = (
        "import sys; from pathlib import Path; from analytics.store.drafts import Drafts, Typed\n"
        f"Drafts(Path(sys.argv[1])).keep('d1', 's', {ABOUT!r}, 'notes', Typed('', 'half a sen'))\n"
        "print('typed', flush=True); sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], **pipes) as process:
        assert process.stdout.readline() == "typed\n"
        os.kill(process.pid, signal.SIGKILL)
    assert Drafts(tmp_path).read("d1").fields["notes"].text == "half a sen"


def test_a_damaged_file_is_told_as_a_broken_store(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(StoreBroken):
        Drafts(tmp_path).read("d1")
    with pytest.raises(StoreBroken) as broken:
        Drafts(tmp_path).keep("d1", "s", ABOUT, "notes", Typed("", "x"))
    assert isinstance(broken.value.__cause__, sqlite3.Error)


def test_several_fields_are_kept_and_forgotten_as_one_or_not_at_all(tmp_path):
    """Half a row that is drawn after a reload would be taken for all of it."""
    drafts = Drafts(tmp_path)
    drafts.keep_all("d1", "s", ABOUT, {"a": Typed("", "1"), "b": Typed("as it was", "as it was")})
    drafts.keep_all("d1", "s", ABOUT, {"c": Typed("", "3")}, ["a"])
    assert drafts.read("d1").fields == {"c": Typed("", "3")}
    with pytest.raises(StoreBroken):
        drafts.keep_all("d1", "s", ABOUT, {"e": Typed("", "5"), "f": Typed("", None)}, ["c"])
    assert drafts.read("d1").fields == {"c": Typed("", "3")}
