"""What writers that were killed have left: copies of individual answers that nobody will ask for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.model.errors import StoreBroken, StoreMissing
from analytics.store import unfinished
from analytics.store.disk import take_away
from analytics.store.turns import LOCK
from analytics.store.versions import CURRENT, OF_A_VERSION, read_current

BESIDE = ("", ".wal", ".tmp")
"""What DuckDB may have beside a file: its log, and what did not fit in memory."""
AN_HOUR = 3600  # seconds: whoever reads a version's answers without the lock is done by then


def clear_strays(folder: Path) -> None:
    """Takes away what no version can be made of; the caller holds the lock, so that nothing is being written. Where
    CURRENT is lost nothing is touched: whatever lies there may be needed to bring a version back. Raises OSError."""
    pointer = folder / CURRENT
    try:
        published = read_current(folder).published
    except StoreMissing:
        published = ()
    except StoreBroken:
        return
    for part in parts(folder):
        take_away(part)
    named = {name for version in published for name in (version.view, version.answers)}
    for name in unfinished.left(pointer) - named:
        take_away_version_file(folder, name)
    unfinished.forget(pointer)
    for spilled in folder.glob("*.duckdb.tmp"):
        if OF_A_VERSION.fullmatch(spilled.stem) and time.time() - spilled.stat().st_mtime > AN_HOUR:
            take_away(spilled)


def clear_when_free(folder: Path) -> None:
    """The same, unless somebody writes; for a process that has nothing to write itself."""
    with suppress(OSError, Timeout):
        if (folder / unfinished.NOTE).exists() or next(parts(folder), None):
            with FileLock(folder / LOCK, timeout=0):
                clear_strays(folder)


def parts(folder: Path) -> Iterator[Path]:
    """Files that were not finished; DuckDB has a log and a folder beside one."""
    for names in ("view-*.duckdb.part*", "answers-*.duckdb.part*", f"{CURRENT}.part", f"{unfinished.NOTE}.part"):
        yield from folder.glob(names)


def take_away_version_file(folder: Path, name: str) -> None:
    """A version's file and what lies beside it."""
    if OF_A_VERSION.fullmatch(name):  # and nothing else, whatever a note says
        for beside in BESIDE:
            take_away(folder / (name + beside))
