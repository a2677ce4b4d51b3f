"""Writing: one load becomes one new version, whole or not at all.

The change is made on new files beside the old ones, which readers go on using. Only when both are closed, reopened,
verified and flushed does CURRENT point to them. A write that is killed leaves a stray file and nothing else; one that
fails leaves nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from analytics.model.errors import StoreBroken, StoreBusy, StoreMissing
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.registers.kinds import REGISTERS
from analytics.store.reading import DAMAGE, EDITION, HARDENED, SourceFile, View, open_answers, version_record
from analytics.store.reading import SCHEMA as VIEW_SCHEMA
from analytics.store.versions import Current, Published, read_current, sync, write_current

Change = Callable[[duckdb.DuckDBPyConnection, int], None]
"""Changes a new file through its connection; the number is the version's."""

# Tables that a new view takes over from the version it stands on; published figures are computed anew, unless nothing
# that they are made of has changed.
CARRIED_OVER = (
    "framework", "area", "criterion", "school", "school_alias", "school_context",
    *(kind.table for kind in REGISTERS), "frozen_brief",
)  # fmt: skip
PUBLISHED = (
    "cell", "area_cell", "school_round", "city_cell", "city_area", "school_change", "city_change", "forecast",
)  # fmt: skip
# A view has many narrow columns, each in blocks of its own: in these it takes 5 MB where DuckDB's own take 11.
VIEW_CONFIG = {**HARDENED, "default_block_size": "16384"}
ANSWERS_SCHEMA = (Path(__file__).parent / "answers.sql").read_text("utf-8")


class StoreUnwritable(StoreBroken):
    """A new version could not be written (no room, no right to write); what was there is untouched."""


@contextmanager
def locked(folder: Path, wait_seconds: float = 10, *, make: bool = False) -> Iterator[None]:
    """Holds the store against other writers, in any process; raises StoreBusy, StoreMissing or StoreUnwritable.

    With `make` there need be no store yet.
    """
    if not make:
        read_current(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise StoreBusy(str(folder)) from None
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


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
    figures_stay: bool = False,
    funding_stays: bool = False,
    on_step: Callable[[], None] = lambda: None,
) -> int:
    """Makes a new version and puts it in force; returns its number. The caller holds `locked(folder)`.

    `change_answers` gets the new answers file, `change_view` the new view with that file attached as `answers`.
    With `start_over` the version stands on nothing, whatever was there before; with `figures_stay` the answers and the
    published figures are taken over as they are, and `change_answers` is not asked; `funding_stays`: the funding
    register too is as it was.
    """
    try:
        current = read_current(folder)
        published = current.published
    except StoreMissing:
        current, published = None, ()
    base = None if start_over or current is None else current.in_force
    number = max((version.number for version in published), default=0) + 1
    same_answers = base.answers if base and figures_stay else None
    new = Published(number, f"view-{number}.duckdb", same_answers or f"answers-{number}.duckdb")

    answers = folder / (same_answers or new.answers + ".part")
    view = folder / (new.view + ".part")
    parts = ((view, new.view),) if same_answers else ((answers, new.answers), (view, new.view))
    _clear(*(part for part, _ in parts))  # a writer that was killed may have left some
    try:
        if not same_answers:
            if base:
                shutil.copyfile(folder / base.answers, answers)
            _in_one_transaction(answers, HARDENED, [ANSWERS_SCHEMA], change_answers, number)
        on_step()

        def fill(connection: duckdb.DuckDBPyConnection, number: int) -> None:
            made = [number, base.number if base else None, datetime.now(UTC).replace(tzinfo=None), loaded_by, action]
            made += [max(hide_below, HIDE_BELOW_FLOOR), EDITION, number, number]
            connection.execute("insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
            for source in sources:
                connection.execute(
                    "insert into source_file values (?, ?, ?, ?)",
                    [_without_folders(source.file), source.sha256, source.kind, source.rows],
                )
            if base:
                here = "select table_name from duckdb_tables() where database_name = 'base'"
                there = {name for (name,) in connection.execute(here).fetchall()}  # an earlier edition may have fewer
                for table in (*CARRIED_OVER, *PUBLISHED) if figures_stay else CARRIED_OVER:
                    if table in there:
                        connection.execute(f"insert into {table} by name select * from base.{table}")
            if base and figures_stay:
                for stays, what in ((figures_stay, "figures"), (funding_stays, "funding")):
                    if stays:
                        connection.execute(f"update version set {what} = (select {what} from base.version)")
            change_view(connection, number)

        attach = [f"attach '{_quoted(answers)}' as answers (read_only)"]
        if base:
            attach.append(f"attach '{_quoted(folder / base.view)}' as base (read_only)")
        _in_one_transaction(view, VIEW_CONFIG, [VIEW_SCHEMA, *attach], fill, number)
        on_step()

        _verify(view, number)
        for part, name in parts:
            sync(part)
            os.replace(part, folder / name)
        sync(folder)
        write_current(folder, Current(number, (*published, new)))
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error
    except DAMAGE as error:
        raise StoreUnwritable(f"{folder}: {error}") from error
    finally:
        _clear(*(part for part, _ in parts))
    return number


def roll_back(folder: Path, number: int) -> None:
    """Puts an earlier (or later) published version in force; raises KeyError where it was never published, StoreBroken
    where its files are missing or damaged. The caller holds `locked(folder)`."""
    current = read_current(folder)
    version = current.version(number)
    _verify(folder / version.view, number)
    with open_answers(folder / version.answers):
        pass
    write_current(folder, Current(number, current.published))


def _in_one_transaction(path: Path, config: dict[str, str], setup: list[str], change: Change, number: int) -> None:
    with duckdb.connect(str(path), config=config) as connection:
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


def _clear(*parts: Path) -> None:
    """Takes away what a write that came to nothing has left."""
    for part in parts:
        part.unlink(missing_ok=True)
        part.with_name(part.name + ".wal").unlink(missing_ok=True)
        shutil.rmtree(part.with_name(part.name + ".tmp"), ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _without_folders(file: str) -> str:
    """The file's name alone, where it came with a path of some machine's."""
    return Path(file).name if Path(file).is_absolute() else file
