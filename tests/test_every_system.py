"""That nothing stands on what one system has alone: municipal desks run Windows, which cannot be tried here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.model.errors import LeftBehind
from analytics.store import disk, letting_go
from analytics.store.aside import PREFIX, aside
from analytics.store.letting_go import let_go
from analytics.store.versions import read_current
from analytics.store.writing import locked
from tests.test_structure import PRODUCT, importers, name, nodes

OF_ONE_SYSTEM = (
    "fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "crypt", "curses", "readline",
    "msvcrt", "winreg", "_winapi", "winsound", "nt",
)  # fmt: skip
GUARDED = {("analytics/intake/worker.py", "resource"), ("analytics/intake/reading_process.py", "fcntl")}
"""Imported where there is one, with something else to do, or nothing, where there is none."""
ASKED_FIRST = {("analytics/cli/output.py", "os.getuid")}
NAMES_OF_ONE_SYSTEM = re.compile(
    r"os\.(fork\w*|get(e?[ug]id|pgid|sid|loadavg)|set(sid|pgid|e?[ug]id)|killpg|nice|chown|lchown|mkfifo|mknod|sync|"
    r"fchmod|fchown|pread|pwrite|sched_\w+|uname|wait\w*|O_(DIRECTORY|NOFOLLOW|CLOEXEC|SYNC|NONBLOCK))|"
    r"signal\.(SIG(KILL|HUP|ALRM|CHLD|PIPE|QUIT|USR1|USR2|XCPU|STOP|CONT)|alarm|setitimer|pause|pthread_\w+)"
)


def dotted(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_no_module_of_one_system_is_imported_but_where_it_is_guarded():
    assert {found for found in importers(PRODUCT, *OF_ONE_SYSTEM) if "." not in found[1]} == GUARDED
    for file, module in GUARDED:
        path = next(path for path in PRODUCT if name(path) == file)
        tried = [node for node in nodes(path) if isinstance(node, ast.Try | ast.With)]
        assert any(
            f"import {module}" in ast.unparse(node.body[0]) and "ImportError" in ast.unparse(node) for node in tried
        )


def test_no_name_of_one_system_is_used_but_where_it_is_asked_for_first():
    used = {(name(path), word) for path in PRODUCT for word in dotted(path) if NAMES_OF_ONE_SYSTEM.fullmatch(word)}
    assert used == ASKED_FIRST


def test_a_file_is_given_anothers_name_in_one_place():
    """Where others have it in hand on Windows it is tried again."""
    moves = {"os.replace", "os.rename", "os.renames", "shutil.move"}
    assert {name(path) for path in PRODUCT for word in dotted(path) if word in moves} == {"analytics/store/disk.py"}


def test_texts_are_written_with_the_same_ends_of_lines_everywhere():
    """CURRENT is told by its digest, and who makes a file twice gets the same."""
    writes = [
        (name(path), ast.unparse(node))
        for path in PRODUCT
        for node in nodes(path)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write_text"
    ]
    assert len(writes) > 3
    assert [said for said in writes if "newline='\\n'" not in said[1]] == []


def test_own_files_are_found_by_one_module():
    """In a clone and in a wheel alike: nobody else counts folders upwards from where a module lies."""
    up = re.compile(r"__file__\)(\.resolve\(\))?\.(parents\[|parent\.parent)")
    assert [name(path) for path in PRODUCT if up.search(path.read_text("utf-8"))] == ["analytics/model/installed.py"]


def held_for(times: int, do):
    """As Windows answers who replaces, or reads, what somebody else has in hand."""
    left = [times]

    def held(*words):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return do(*words)

    return held


def test_who_finds_a_file_in_somebodys_hand_tries_again(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "PATIENCE", 2.0)
    monkeypatch.setattr(disk.os, "replace", held_for(3, disk.os.replace))
    disk.write_whole(tmp_path / "CURRENT", "a\nb\n")
    monkeypatch.setattr(Path, "read_bytes", held_for(3, Path.read_bytes))
    assert disk.read_whole(tmp_path / "CURRENT") == b"a\nb\n"


def test_and_is_told_where_it_is_never_let_go_of(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    monkeypatch.setattr(disk.os, "replace", held_for(10_000, disk.os.replace))
    with pytest.raises(PermissionError):
        disk.write_whole(tmp_path / "CURRENT", "a")
    assert list(tmp_path.iterdir()) == []


def test_a_version_that_a_server_holds_open_is_let_go_of_and_told(empty_store, monkeypatch):
    """Its files go with the next command that writes, once nobody has them open."""
    from tests.store.making import write

    with locked(empty_store):
        write(empty_store, figures_stay=True, funding_stays=True)
    first = read_current(empty_store).published[0]
    with locked(empty_store), monkeypatch.context() as patch, pytest.raises(LeftBehind, match=first.view):
        patch.setattr(letting_go, "clear_strays", held_for(1, letting_go.clear_strays))
        let_go(empty_store, [first])
    assert [version.number for version in read_current(empty_store).published] == [2]
    assert (empty_store / first.view).exists()
    with locked(empty_store):
        assert not (empty_store / first.view).exists()


def test_what_a_killed_one_left_goes_though_its_lock_is_open_meanwhile(tmp_path, monkeypatch):
    """Windows takes no file away that somebody has open, the lock that says that it is nobody's among them."""
    left = tmp_path / f"{PREFIX}x"
    (left / "store").mkdir(parents=True)
    (left / "store" / "answers-1.duckdb").write_text("secret")
    (left / ".lock").touch()
    gone = []
    taking = disk.take_away
    monkeypatch.setattr("analytics.store.aside.take_away", lambda path: (gone.append(path.name), taking(path)))
    with aside(tmp_path):
        assert not left.exists()
    assert gone == ["store", left.name]
