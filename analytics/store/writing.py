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
import pyarrow as pa

from analytics.model.errors import StoreBroken, StoreMissing, StoreThere
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.people import Did
from analytics.store import unfinished
from analytics.store.audit import note_where_kept
from analytics.store.disk import put_in_place, sync, take_away
from analytics.store.homes import at_hand, home_of
from analytics.store.new_files import (
    ANSWERS_CONFIG,
    ANSWERS_SCHEMA,
    FEW_ANSWERS,
    VIEW_CONFIG,
    WITHOUT_FSST,
    Change,
    ChangeAnswers,
    ChangeView,
    carry_over,
    in_one_transaction,
    keep,
    verify,
    write_anew,
)
from analytics.store.reading import DAMAGE, EDITION, ONE_THREAD, quoted
from analytics.store.reading import SCHEMA as VIEW_SCHEMA
from analytics.store.sources import SourceFile, without_folders, write_sources
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

# What is no file of answers has no new version stand on it: what it lacks would be made anew, empty.
IS_OF_ANSWERS = "select framework, year, school_id from {table} limit 0"


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
    change_view: ChangeView,
    figures_stay: bool = False,
    funding_stays: bool = False,
    names_stay: bool = True,
    answers_anew: Change | None = None,
    begins_as_before: bool = False,
    let_go: Collection[Published] = (),
    let_go_files: Collection[str] = (),
    on_step: Callable[[], None] = lambda: None,
) -> int:
    """Makes a new version and puts it in force; returns its number. The caller holds `locked(folder)`.

    `change_answers` gets the new answers file, `change_view` the new view with that file attached as `answers`, and the
    version before as `base` and `answers_before`; what it returns is kept in the new answers file as `worked_out`.
    With `figures_stay` the answers and the published figures are taken over as they are, and `change_answers` is not
    asked; `funding_stays`: the funding register too is as it was; not `names_stay`: what is measured is called
    otherwise, so that whatever tells the figures is made anew. `sources` are noted beside the answers, so a version
    that is made from files has an answers file of its own.
    With `answers_anew` that file is no copy of the one before, in which what is deleted may be read still: it fills an
    empty one from that, attached as `before`. Where `change_answers` says that something is gone, what is left is put
    in an empty one likewise. Where figures stay, a view that `begins_as_before` is a copy of the one before, for a
    change of what its history keeps anyway: less than half of the work. Versions that are `let_go`, and other files of
    some, go as the new one comes, by the same move of CURRENT: the caller holds `nobody_copies(folder)` then, too.
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
    gone, few = False, True
    worked_out: pa.Table | None = None

    def fill_answers(connection: duckdb.DuckDBPyConnection, number: int) -> None:
        nonlocal digest, gone, few
        if answers_anew:
            answers_anew(connection, number)
        elif not figures_stay:
            connection.execute("drop table worked_out")  # of whatever columns
            connection.execute(ANSWERS_SCHEMA)
            gone = change_answers(connection, number)
        few = connection.execute("select count(*) from answer").fetchall()[0][0] <= FEW_ANSWERS
        digest = write_sources(connection, number, sources)

    try:
        if not same_answers:
            setup = []
            if base and answers_anew:
                setup.append(f"attach '{quoted(at_hand(folder / base.answers))}' as before (read_only)")
            elif base:
                shutil.copyfile(at_hand(folder / base.answers), answers)
                setup.append(IS_OF_ANSWERS.format(table="round_source"))
            in_one_transaction(answers, ANSWERS_CONFIG, setup, fill_answers, number, ANSWERS_SCHEMA)
            if gone:
                write_anew(answers, number)
        on_step()

        copied = base.view if base and figures_stay and begins_as_before else None
        if copied:
            shutil.copyfile(at_hand(folder / copied), view)

        def fill(connection: duckdb.DuckDBPyConnection, number: int) -> None:
            nonlocal worked_out
            if copied and connection.execute("select edition from version").fetchall() != [(EDITION,)]:
                raise StoreBroken(f"{folder / copied}: not of edition {EDITION}")
            made = [number, base.number if base else None, datetime.now(UTC).replace(tzinfo=None), loaded_by, action]
            made += [max(hide_below, HIDE_BELOW_FLOOR), EDITION, number, number, number_of(new.answers), digest]
            connection.execute("delete from version")
            connection.execute("insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
            if base and not copied:
                carry_over(connection, number, folder / base.view, figures_stay)
            if base and figures_stay and names_stay:
                for stays, what in ((figures_stay, "figures"), (funding_stays, "funding")):
                    if stays:
                        connection.execute(f"update version set {what} = (select {what} from base.version)")
            columns = connection.execute("pragma table_info('base.version')").fetchall() if same_answers else ()
            if any(name == "answers_digest" for _, name, *_ in columns):
                connection.execute("update version set answers_digest = (select answers_digest from base.version)")
            worked_out = change_view(connection, number)

        attach = [f"attach '{quoted(answers)}' as answers (read_only)"]
        if same_answers:
            attach.append(IS_OF_ANSWERS.format(table="answers.round_source"))
        if base:
            attach.append(f"attach '{quoted(at_hand(folder / base.view))}' as base (read_only)")
        if base and not same_answers:
            attach.append(f"attach '{quoted(at_hand(folder / base.answers))}' as answers_before (read_only)")
        # Copying small tables is quicker with one thread, and leaves the other cores to those who read.
        config = {**VIEW_CONFIG, **(ONE_THREAD if few else {})}
        in_one_transaction(view, config, [WITHOUT_FSST, *attach], fill, number, "" if copied else VIEW_SCHEMA)
        if worked_out is not None and not same_answers:
            rows = worked_out
            in_one_transaction(answers, ANSWERS_CONFIG, [], lambda connection, _: keep(connection, rows), number)
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
