"""Writing: one load becomes one new version, whole or not at all.

The change is made on new files beside the old ones, which readers go on using. Only when both are closed, reopened,
verified and flushed does CURRENT point to them. A write that is killed leaves a stray file and nothing else; one that
fails leaves nothing. No file of a version is ever written over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.model.errors import StoreBroken, StoreMissing, StoreNewer, StoreThere
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.people import Did
from analytics.registers.kinds import REGISTERS
from analytics.store import unfinished
from analytics.store.audit import note_where_kept
from analytics.store.disk import put_in_place, sync, take_away
from analytics.store.homes import at_hand, home_of
from analytics.store.reading import (
    DAMAGE,
    EDITION,
    HARDENED,
    KNOWN_TABLES,
    ONE_THREAD,
    QUIET,
    Config,
    View,
    quoted,
    seal,
    version_record,
)
from analytics.store.reading import SCHEMA as VIEW_SCHEMA
from analytics.store.rows import give_ids
from analytics.store.sources import OF_A_VIEW, SourceFile, without_folders, write_sources
from analytics.store.strays import clear_strays
from analytics.store.strays import parts as parts_in
from analytics.store.turns import LONGEST, PATIENCE, take_turn
from analytics.store.versions import (
    CURRENT,
    Current,
    Published,
    holds_a_store,
    number_of,
    numbers_taken,
    pointer_text,
    read_current,
    write_current,
)

Change = Callable[[duckdb.DuckDBPyConnection, int], object]
"""Changes a new file through its connection; the number is the version's."""
ChangeAnswers = Callable[[duckdb.DuckDBPyConnection, int], bool | None]
"""The same; says whether anything that was there is gone."""

# Tables that a new view takes over from the version it stands on; published figures are computed anew, unless nothing
# that they are made of has changed.
CARRIED_OVER = (
    "framework", "area", "criterion", "school", "school_alias", "school_context", "school_link",
    *(kind.table for kind in REGISTERS), "register_change", "frozen_brief", "near_copy",
)  # fmt: skip
PUBLISHED = (
    "cell", "area_cell", "school_round", "city_cell", "city_area", "school_change", "city_change", "forecast",
    "trend", "trend_level", "trend_backtest", "trend_before", "trend_level_before", "trend_backtest_before",
)  # fmt: skip
# A view has many narrow columns, each in blocks of its own: in these it takes 5 MB where DuckDB's own take 11.
VIEW_CONFIG: Config = {**HARDENED, "default_block_size": "16384"}
# To try how small FSST makes every column of texts takes longer than the rest of closing a view, and saves 4 % of it.
WITHOUT_FSST = "set disabled_compression_methods = 'fsst'"
FEW_ANSWERS = 1_500_000  # bytes of a file whose answers are one group of rows to DuckDB
ANSWERS_SCHEMA = (Path(__file__).parent / "answers.sql").read_text("utf-8")


class StoreUnwritable(StoreBroken):
    """A new version could not be written (no room, no right to write); what was there is untouched."""


@contextmanager
def locked(
    folder: Path, wait_seconds: float = PATIENCE, *, make: bool = False, longest: float = LONGEST
) -> Iterator[None]:
    """Holds the store against other writers, in any process; raises StoreBusy, StoreMissing or StoreUnwritable. Waits
    for others until `wait_seconds` have gone by without any of them being done, and no longer than `longest`.

    To `make` a store there must be none: StoreThere where there is one, or anything left of one.
    """
    if not make and not holds_a_store(folder):
        raise StoreMissing(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = take_turn(folder, wait_seconds, longest)
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error
    try:
        if make and holds_a_store(folder):
            raise StoreThere(str(folder))
        with suppress(OSError):  # what cannot be taken away now is by the next writer
            clear_strays(folder)
        with home_of(folder).hold(wait_seconds, longest):
            if make and holds_a_store(folder):  # made on another machine meanwhile
                raise StoreThere(str(folder))
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
    change_answers: ChangeAnswers,
    change_view: Change,
    figures_stay: bool = False,
    funding_stays: bool = False,
    names_stay: bool = True,
    answers_anew: Change | None = None,
    let_go: Collection[Published] = (),
    let_go_files: Collection[str] = (),
    on_step: Callable[[], None] = lambda: None,
) -> int:
    """Makes a new version and puts it in force; returns its number. The caller holds `locked(folder)`.

    `change_answers` gets the new answers file, `change_view` the new view with that file attached as `answers`.
    With `figures_stay` the answers and the published figures are taken over as they are, and `change_answers` is not
    asked; `funding_stays`: the funding register too is as it was; not `names_stay`: what is measured is called
    otherwise, so that whatever tells the figures is made anew. `sources` are noted beside the answers, so a version
    that is made from files has an answers file of its own.
    With `answers_anew` that file is no copy of the one before, in which what is deleted may be read still: it fills an
    empty one from that, attached as `before`. Where `change_answers` says that something is gone, what is left is put
    in an empty one likewise. Versions that are `let_go`, and other files of some, go as the new one
    comes, by the same move of CURRENT.
    """
    try:
        current = read_current(folder)
        published = current.published
    except StoreMissing:
        current, published = None, ()
    base = current.in_force if current else None
    number = max({version.number for version in published} | numbers_taken(folder), default=0) + 1
    sources = tuple(sources)
    same_answers = base.answers if base and figures_stay and not sources and not answers_anew else None
    new = Published(number, f"view-{number}.duckdb", same_answers or f"answers-{number}.duckdb")

    answers = at_hand(folder / same_answers) if same_answers else folder / (new.answers + ".part")
    view = folder / (new.view + ".part")
    parts = ((view, new.view),) if same_answers else ((answers, new.answers), (view, new.view))
    digest: str | None = None
    gone = False

    def fill_answers(connection: duckdb.DuckDBPyConnection, number: int) -> None:
        nonlocal digest, gone
        if answers_anew:
            answers_anew(connection, number)
        elif not figures_stay:
            gone = change_answers(connection, number)
        digest = write_sources(connection, number, sources)

    try:
        if not same_answers:
            setup = [ANSWERS_SCHEMA]
            if base and answers_anew:
                setup.append(f"attach '{quoted(at_hand(folder / base.answers))}' as before (read_only)")
            elif base:
                shutil.copyfile(at_hand(folder / base.answers), answers)
            _in_one_transaction(answers, HARDENED, setup, fill_answers, number)
            if gone:
                _write_anew(answers, number)
        on_step()

        def fill(connection: duckdb.DuckDBPyConnection, number: int) -> None:
            made = [number, base.number if base else None, datetime.now(UTC).replace(tzinfo=None), loaded_by, action]
            made += [max(hide_below, HIDE_BELOW_FLOOR), EDITION, number, number, number_of(new.answers), digest]
            connection.execute("insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
            if base:
                here = "select table_name, estimated_size from duckdb_tables() where database_name = 'base'"
                rows = dict(connection.execute(here).fetchall())  # an earlier edition may have fewer tables
                if not rows.keys() <= KNOWN_TABLES:
                    raise StoreNewer(f"{folder / base.view}")  # what is not known would be left out
                carried = (*CARRIED_OVER, *PUBLISHED) if figures_stay else CARRIED_OVER
                carried = [table for table in carried if rows.get(table)]  # most have no rows: half the time of a save
                for table in carried:
                    connection.execute(f"insert into {table} by name select * from base.{table}")
                give_ids(connection, number, carried)
            if base and figures_stay and names_stay:
                for stays, what in ((figures_stay, "figures"), (funding_stays, "funding")):
                    if stays:
                        connection.execute(f"update version set {what} = (select {what} from base.version)")
            if same_answers and connection.execute(f"{OF_A_VIEW} and database_name = 'base'").fetchall():
                connection.execute("update version set answers_digest = (select answers_digest from base.version)")
            change_view(connection, number)

        attach = [f"attach '{quoted(answers)}' as answers (read_only)"]
        if base:
            attach.append(f"attach '{quoted(at_hand(folder / base.view))}' as base (read_only)")
        # Copying small tables is quicker with one thread, and leaves the other cores to those who read.
        alone = same_answers or answers.stat().st_size <= FEW_ANSWERS
        config = {**VIEW_CONFIG, **(ONE_THREAD if alone else {})}
        _in_one_transaction(view, config, [WITHOUT_FSST, VIEW_SCHEMA, *attach], fill, number)
        on_step()

        verify(view, number)
        files = [{"file": without_folders(source.file), "kind": source.kind} for source in sources]
        note_where_kept(folder, loaded_by, Did.VERSION_MADE, version=number, action=action, files=files)
        left = tuple(version for version in published if version not in let_go)
        _put_in_force(folder, parts, Current(number, (*left, new)), _files_of(let_go, let_go_files, (*left, new)))
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error
    except DAMAGE as error:
        raise StoreUnwritable(f"{folder}: {error}") from error
    finally:
        with suppress(OSError):
            for part in parts_in(folder):
                take_away(part)
    return number


def _files_of(let_go: Collection[Published], files: Collection[str], left: Iterable[Published]) -> list[str]:
    """The files that go with these versions, but for those that another needs."""
    needed = {name for version in left for name in (version.view, version.answers)}
    return sorted({*files, *(name for version in let_go for name in (version.view, version.answers))} - needed)


def _put_in_force(folder: Path, parts: Sequence[tuple[Path, str]], new: Current, gone: Sequence[str]) -> None:
    """Gives the new files their names and points to them. Where that fails, none of them is left: they hold answers,
    and nobody would ask for them. Then those that are `gone` are taken away; where that fails, the next tries."""
    pointer = folder / CURRENT
    before = pointer.read_bytes() if pointer.exists() else None
    try:
        after = pointer_text(new).encode()
        unfinished.note(pointer, [name for _, name in parts], before, then=gone, then_holds=after)
        for part, name in parts:
            sync(part)
            put_in_place(part, folder / name)
        sync(folder)
        write_current(folder, new)
    except BaseException:
        if not (pointer.exists() and read_current(folder).number == new.number):
            for _, name in parts:
                (folder / name).unlink(missing_ok=True)
        unfinished.forget(pointer)
        raise
    with suppress(OSError):  # the version is in force; what is noted of it holds no more
        if gone:
            clear_strays(folder)
        else:
            unfinished.forget(pointer)


def _in_one_transaction(path: Path, config: Config, setup: list[str], change: Change, number: int) -> None:
    with duckdb.connect(str(path), config=config) as connection:
        for statement in (QUIET, *setup):
            connection.execute(statement)
        seal(connection)
        connection.begin()
        change(connection, number)
        connection.commit()
        connection.execute("checkpoint")


def _write_anew(answers: Path, number: int) -> None:
    """Has a file of answers hold what its tables hold and no more: what was deleted lies in its free blocks."""
    fresh = answers.with_name(f"{answers.name}-anew")
    attach = f"attach '{quoted(answers)}' as before (read_only)"
    _in_one_transaction(fresh, HARDENED, [ANSWERS_SCHEMA, attach], _copy_all, number)
    put_in_place(fresh, answers)


def _copy_all(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    tables = "select table_name from duckdb_tables() where database_name = 'before'"
    for (name,) in connection.execute(tables).fetchall():
        connection.execute(f"insert into {name} by name select * from before.{name} order by rowid")


def verify(path: Path, number: int) -> None:
    """Raises StoreBroken where the view is not this version, or shows what must be hidden."""
    view = View(path, number)
    try:
        if version_record(view).number != number:
            raise StoreBroken(f"{path}: not version {number}")
        if view.rows("select 1 from cell where status = 'hidden' and (n is not null or mean is not null) limit 1"):
            raise StoreBroken(f"{path}: a hidden cell holds figures")
    finally:
        view.close()
