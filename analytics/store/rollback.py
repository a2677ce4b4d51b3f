"""Going back to a version, also where CURRENT is gone: the versions' own files tell which there are, and which of them
are whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from analytics.model.errors import PointerLost, StoreBroken
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.new_files import verify
from analytics.store.reading import TABLES, View, all_of, open_answers
from analytics.store.sources import check_belongs
from analytics.store.versions import Current, Published, numbers_taken, read_current, write_current
from analytics.store.writing import StoreUnwritable, locked


def roll_back(folder: Path, number: int, note: Callable[[], None] = lambda: None) -> None:
    """Puts an earlier (or later) version in force; raises KeyError where there is none, StoreBroken where its files are
    missing or damaged. The caller holds `locked(folder)`. `note`: writes down who does it, before it is done.

    Where CURRENT is gone or cannot be read, it is written anew, with every version whose view can be read.
    """
    known = known_versions(folder)
    version = next((version for version in (*known, *lying(folder, [number])) if version.number == number), None)
    if version is None:
        raise KeyError(number)
    check_whole(folder, version)
    note()
    try:
        write_current(folder, Current(number, tuple(sorted({*known, version}, key=lambda one: one.number))))
    except OSError as error:
        raise StoreUnwritable(f"{folder}: {error.strerror or error}") from error


def choose(folder: Path, number: int, *, chosen_by: str) -> None:
    """The same under the lock, and written down who did it. Raises StoreBusy too."""
    with locked(folder):
        roll_back(folder, number, partial(note_where_kept, folder, chosen_by, Did.VERSION_CHOSEN, version=number))


def known_versions(folder: Path) -> tuple[Published, ...]:
    """Every version that CURRENT lists, oldest first; where it is gone or cannot be read, every one that lies there."""
    try:
        return read_current(folder).published
    except PointerLost:
        return tuple(lying(folder, sorted(numbers_taken(folder))))


def newest_whole(folder: Path, but: Published | None = None) -> Published | None:
    """The newest of the versions that nothing is missing of; `but`: other than this one."""
    for version in reversed(known_versions(folder)):
        if version != but and is_whole(folder, version):
            return version
    return None


def is_whole(folder: Path, version: Published) -> bool:
    try:
        check_whole(folder, version)
    except StoreBroken:
        return False
    return True


def check_whole(folder: Path, version: Published) -> None:
    """Reads all of a version; raises StoreBroken where anything is missing or damaged."""
    verify(folder / version.view, version.number)
    view = View(folder / version.view, version.number)
    try:
        missing = TABLES - view.tables if view.is_of_this_edition else ()
        if missing:
            raise StoreBroken(f"{folder / version.view}: {', '.join(sorted(missing))}")
        view.read_all()
        with open_answers(folder / version.answers) as answers:
            for (name,) in answers.execute("select table_name from duckdb_tables() where not internal").fetchall():
                answers.execute(all_of(name)).fetchall()
            check_belongs(view, answers, folder / version.answers)
    finally:
        view.close()


def lying(folder: Path, numbers: list[int]) -> list[Published]:
    """Of the versions with these numbers, those whose views lie in the folder and can be read."""
    found = []
    for number in numbers:
        try:
            view = View(folder / f"view-{number}.duckdb", number)
        except StoreBroken:
            continue
        found.append(Published(number, view.path.name, f"answers-{_answers_of(view)}.duckdb"))
        view.close()
    return found


def _answers_of(view: View) -> int:
    """The number in the name of the answers file that a version stands on. Before that was written down, a version
    that touched no answers had the figures of the one whose file it shares."""
    written = next((column for column in ("answers", "figures") if view.has("version", column)), "number")
    return view.rows(f"select {written} from version")[0][0]
