"""The one way from a stranger's file to what it holds: a process of its own reads it, within limits.

Readers of formats have faults: a workbook of 1.5 kB aborts the process that reads it, a Parquet file of 300 kB takes
7 GB. So a process (worker.py) reads that may take memory and time by the file's size and no more. When it dies or is
stopped the file is refused in one sentence, and nobody else notices. It is kept for the next file: to start one takes
a quarter of a second, which a load spends on opening the store meanwhile (`get_ready`).
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

import numpy as np

from analytics.intake.coded import TextColumns
from analytics.intake.limit_settings import check_limit_settings
from analytics.intake.limits import no_reader
from analytics.intake.raw import FileProblem, LeftFile, RawTable, Unreadable, file_name
from analytics.intake.reading_process import Answer, ReadingProcess
from analytics.model.errors import Problem, Refused
from analytics.words.disk import reason
from analytics.words.language import Words

AT_ONCE = 2  # files that are read at the same time


def read_apart(
    path: Path | LeftFile, say: Words, sheet: str | None = None, known: Collection[str] = ()
) -> tuple[RawTable, str]:
    """The table in a stranger's file, and the file's SHA-256; raises Refused. `known`: see `heading_rows`."""
    answer = _asked(path, say, reads="table", suffix=path.suffix.lower(), sheet=sheet, known=sorted(known))
    assert answer.table is not None, "who reads a table answers with one"
    notes = tuple(answer.said["notes"])
    rows = answer.said["rows"]
    if rows is None:
        *columns, numbers = answer.table.columns
        rows = numbers.to_numpy()
    else:
        columns, rows = answer.table.columns, np.arange(1, rows + 1)
    return RawTable(answer.said["headings"], TextColumns(columns), rows, notes), answer.sha256


def read_framework_apart(path: Path | LeftFile, say: Words) -> tuple[dict, tuple[str, ...], str]:
    """A framework of a stranger's TOML file as plain values, its unused keys, and the SHA-256; raises Refused."""
    answer = _asked(path, say, reads="framework")
    return answer.said["framework"], tuple(answer.said["unused"]), answer.sha256


def get_ready(files: Iterable[object]) -> None:
    """Starts the process that will read them, if any is a stranger's file, so that it is there when it is wanted."""
    if any(isinstance(file, Path | LeftFile) for file in files):
        processes().get_ready()


def _asked(path: Path | LeftFile, say: Words, **request: Any) -> Answer:
    name = file_name(path)
    try:
        check_limit_settings(say)
        with path.open("rb") as file, processes().one_for(request | {"language": say.language}, say) as process:
            answer = process.read(file, say)
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be read."), reason(error, say))))
        raise Refused([Problem(name, None, None, None, text, say("Check the path."))]) from None
    except Unreadable as error:
        raise error.refused(name) from None
    if faults := answer.said.get("faults"):
        raise Unreadable(*(FileProblem(**fault) for fault in faults)).refused(name)
    return answer


class _Processes:
    """Those that wait for a file to read: one as a rule."""

    def __init__(self):
        self._idle: list[ReadingProcess] = []
        self._lock = Lock()
        self._places = BoundedSemaphore(AT_ONCE)
        atexit.register(self.end)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)  # two cannot talk to one

    def get_ready(self) -> None:
        with self._lock:
            if not self._idle:
                with suppress(OSError):  # who asks for it is told
                    self._idle.append(ReadingProcess())

    @contextmanager
    def one_for(self, request: dict[str, Any], say: Words) -> Iterator[ReadingProcess]:
        """A process that has taken the request up, and waits for the file; raises Unreadable where none starts."""
        with self._places:
            process = self._taken_up(request) or self._taken_up(request)  # the first may have waited for too long
            if process is None:
                raise Unreadable(no_reader(say))
            try:
                yield process
            finally:
                with self._lock:
                    if process.good and not self._idle:
                        self._idle.append(process)
                    else:
                        process.end()

    def _taken_up(self, request: dict[str, Any]) -> ReadingProcess | None:
        try:
            with self._lock:
                process = self._idle.pop() if self._idle else ReadingProcess()
        except OSError:
            return None
        if process.takes_up(request):
            return process
        process.end()
        return None

    def _forget(self) -> None:
        self._idle, self._lock, self._places = [], Lock(), BoundedSemaphore(AT_ONCE)

    def end(self) -> None:
        """Ends those that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()


@cache
def processes() -> _Processes:
    return _Processes()
