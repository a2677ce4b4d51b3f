"""Writing: one load becomes one new version, whole or not at all.

The change is made on new files beside the old ones, which readers go on using. Only when both are closed, reopened,
verified and flushed does CURRENT point to them. A write that is killed leaves a stray file and nothing else.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from analytics.model import HIDE_BELOW_FLOOR, StoreBroken, StoreBusy, StoreMissing
from analytics.store.reading import HARDENED, SourceFile, View, version_record
from analytics.store.versions import Current, Published, read_current, sync, write_current

Change = Callable[[duckdb.DuckDBPyConnection, int], None]
"""Changes a new file through its connection; the number is the version's."""

# Tables that a new view takes over from the version it stands on; published figures are computed anew.
CARRIED_OVER = ("framework", "area", "criterion", "school", "school_alias")
SCHEMA = Path(__file__).parent


@contextmanager
def locked(folder: Path, wait_seconds: float = 10):
    """Holds the store against other writers, in any process; raises StoreBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=wait_seconds):
            yield
    except Timeout:
        raise StoreBusy(str(folder)) from None


def write_version(
    folder: Path,
    *,
    loaded_by: str,
    action: str,
    sources: Iterable[SourceFile],
    hide_below: int,
    change_answers: Change,
    change_view: Change,
    start_over: bool = False,
    on_step: Callable[[], None] = lambda: None,
) -> int:
    """Makes a new version and puts it in force; returns its number. The caller holds `locked(folder)`.

    `change_answers` gets the new answers file, `change_view` the new view with that file attached as `answers`.
    With `start_over` the version stands on nothing, whatever was there before.
    """
    try:
        current = read_current(folder)
        published = current.published
    except StoreMissing:
        current, published = None, ()
    base = None if start_over or current is None else current.in_force
    number = max((version.number for version in published), default=0) + 1
    new = Published(number, f"view-{number}.duckdb", f"answers-{number}.duckdb")

    answers = folder / (new.answers + ".part")
    view = folder / (new.view + ".part")
    for stray in (answers, view, answers.with_name(answers.name + ".wal"), view.with_name(view.name + ".wal")):
        stray.unlink(missing_ok=True)
    if base:
        shutil.copyfile(folder / base.answers, answers)
    _in_one_transaction(answers, [(SCHEMA / "answers.sql").read_text("utf-8")], change_answers, number)
    on_step()

    def fill(connection: duckdb.DuckDBPyConnection, number: int) -> None:
        connection.execute(
            "insert into version values (?, ?, ?, ?, ?, ?)",
            [
                number,
                base.number if base else None,
                datetime.now(UTC).replace(tzinfo=None),
                loaded_by,
                action,
                max(hide_below, HIDE_BELOW_FLOOR),
            ],
        )
        for source in sources:
            connection.execute(
                "insert into source_file values (?, ?, ?, ?)", [source.file, source.sha256, source.kind, source.rows]
            )
        if base:
            for table in CARRIED_OVER:
                connection.execute(f"insert into {table} by name select * from base.{table}")
        change_view(connection, number)

    attach = [f"attach '{_quoted(answers)}' as answers (read_only)"]
    if base:
        attach.append(f"attach '{_quoted(folder / base.view)}' as base (read_only)")
    _in_one_transaction(view, [(SCHEMA / "view.sql").read_text("utf-8"), *attach], fill, number)
    on_step()

    _verify(view, number)
    for part, name in ((answers, new.answers), (view, new.view)):
        sync(part)
        os.replace(part, folder / name)
    sync(folder)
    write_current(folder, Current(number, (*published, new)))
    return number


def roll_back(folder: Path, number: int) -> None:
    """Puts an earlier (or later) published version in force; raises KeyError where it was never published."""
    current = read_current(folder)
    version = current.version(number)
    if not ((folder / version.view).exists() and (folder / version.answers).exists()):
        raise StoreBroken(f"{folder}: {version.view}, {version.answers}")
    write_current(folder, Current(number, current.published))


def _in_one_transaction(path: Path, setup: list[str], change: Change, number: int) -> None:
    with duckdb.connect(str(path), config=HARDENED) as connection:
        for statement in setup:
            connection.execute(statement)
        connection.begin()
        change(connection, number)
        connection.commit()
        connection.execute("checkpoint")


def _verify(path: Path, number: int) -> None:
    view = View(path, number)
    try:
        if version_record(view).number != number:
            raise StoreBroken(f"{path}: not version {number}")
        if view.rows("select 1 from cell where status = 'hidden' and (n is not null or mean is not null) limit 1"):
            raise StoreBroken(f"{path}: a hidden cell holds figures")
    finally:
        view.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
