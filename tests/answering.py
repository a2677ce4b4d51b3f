"""What is asked of one version again and again is answered once, and what is opened again and again opened once.

A version's files do not change, and a DuckDB of its own for each opening takes 11 ms of a processor: a load makes six,
the tests some nine thousand. By day those that read one file alone share one; at night each has its own.
"""

from __future__ import annotations

import filecmp
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import duckdb
import pytest

from analytics.store.in_turn import InTurn
from analytics.store.reading import View
from tests.sampling import NIGHTLY

FILES = 24  # that stay open: a store of four versions has eight, and is copied
FOLDERS = 4  # whose files are read in turn, each by a DuckDB that stays


@pytest.fixture(scope="package", autouse=True)
def answered_once() -> Iterator[None]:
    """By day an open version, which does not change, answers a question once: of those that a hundred pages of the same
    city ask, six in seven are the same. At night it answers each."""
    ask, answered = View.rows, WeakKeyDictionary()

    def rows(view: View, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple]:
        known, question = answered.setdefault(view, {}), (sql, repr(parameters))
        if question not in known:
            known[question] = ask(view, sql, parameters)
        return list(known[question])

    with pytest.MonkeyPatch.context() as patch:
        if not NIGHTLY:
            patch.setattr(View, "rows", rows)
        yield


@pytest.fixture(scope="session", autouse=True)
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoldersInTurn | None]:
    """By day an opened file is shared by all who read it, and what reads a folder's files in turn by all who do."""
    with pytest.MonkeyPatch.context() as patch:
        if NIGHTLY:
            yield None
            return
        files, folders = OpenFiles(duckdb.connect), FoldersInTurn(tmp_path_factory.getbasetemp())
        in_turn = cached_property(folders.connection)
        in_turn.__set_name__(InTurn, "_connection")
        patch.setattr(duckdb, "connect", files.connect)
        patch.setattr(InTurn, "_connection", in_turn)
        patch.setattr(InTurn, "__exit__", lambda turn, *ended: folders.leave(turn, *ended))
        yield folders
        files.let_go()
        folders.close()


class Opened(NamedTuple):
    """A file by the name it was opened by, and the one it has now."""

    path: str
    now: str
    state: tuple[int, ...]
    whole: duckdb.DuckDBPyConnection


class OpenFiles:
    """In place of `duckdb.connect`: who opens a file to read gets a cursor of the DuckDB that has it open already, or a
    copy of it to the last byte, if nothing has been written to it and it is opened in the same way. One that is let go
    stays open for as long as somebody has a cursor of it: to close it would close theirs."""

    def __init__(self, connect: Callable[..., duckdb.DuckDBPyConnection]):
        self._connect = connect
        self._lock = threading.Lock()
        self._open: dict[tuple, Opened] = {}  # the one asked for last stands last

    def connect(
        self, database: Any = ":memory:", read_only: bool = False, config: dict | None = None
    ) -> duckdb.DuckDBPyConnection:
        path = str(database)
        if path == ":memory:":
            return self._connect(path, read_only, config or {})
        with self._lock:
            state = _state(path)
            opening = (*state, repr(config))
            kept = self._kept(path, opening) if read_only else None
            if not kept:
                # Of what it has open DuckDB would give that, as it was; nothing may hold what is let go.
                for other in [key for key, one in self._open.items() if one.path == path or key[:2] == state[:2]]:
                    del self._open[other]
                kept = Opened(path, path, state, self._connect(path, read_only, config or {}))
                if not (read_only and state):
                    return kept.whole
            self._open[opening] = kept
            while len(self._open) > FILES:
                del self._open[next(iter(self._open))]
            return kept.whole.cursor()

    def _kept(self, path: str, opening: tuple) -> Opened | None:
        """What has the file open, or the one that it is a copy of, as the files of a copied store are."""
        kept = self._open.pop(opening, None)
        if kept and kept.state == opening[:-1]:
            return kept._replace(now=path)
        for one in [kept] if kept else [one for key, one in self._open.items() if key[2:] == opening[2:]]:
            if one.state == _state(one.now) and (kept or filecmp.cmp(one.now, path, shallow=False)):
                return one
        return None

    def let_go(self) -> None:
        with self._lock:
            self._open.clear()


def _state(path: str) -> tuple[int, ...]:
    """What tells a file from every other, and from itself once it has been written to; nothing where there is none."""
    with suppress(OSError):
        file = Path(path).stat()
        return file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns
    return ()


class FoldersInTurn:
    """What has read a folder's files in turn, while nobody does: one for all the folders that tests make."""

    def __init__(self, below: Path) -> None:
        self.below = below
        self._make = vars(InTurn)["_connection"].func
        self._leave = InTurn.__exit__
        self._free: dict[Path, duckdb.DuckDBPyConnection] = {}

    def connection(self, turn: InTurn) -> duckdb.DuckDBPyConnection:
        reached = self._reached(turn)
        turn.whole = self._free.pop(reached, None) or self._make(InTurn(reached))
        return turn.whole.cursor()

    def leave(self, turn: InTurn, *ended: object) -> None:
        self._leave(turn, *ended)
        whole = vars(turn).pop("whole", None)
        if whole and not any(ended):
            self._free[self._reached(turn)] = whole
            while len(self._free) > FOLDERS:
                self._free.pop(next(iter(self._free))).close()

    def _reached(self, turn: InTurn) -> Path:
        return self.below if turn._folder.is_relative_to(self.below) else turn._folder

    def close(self) -> None:
        while self._free:
            self._free.popitem()[1].close()
