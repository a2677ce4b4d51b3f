"""Kills of whatever writes to a store, at each place where it touches the file system and at moments of no choosing.

`python -m tests.store.kills [--step N] [--moments N] [--seed N] [OPERATION...]` tries each such place (every so-manyeth
with --step) and as many moments of each operation, and says what it found. A kill is SIGKILL: no cleaning up, no
`finally`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from random import Random

from analytics.model.errors import KvalitetError
from analytics.model.people import Identity, ViewerRole
from analytics.store import audit, drafts, roles
from analytics.store.aside import PREFIX
from analytics.store.backup import back_up, check_backup
from analytics.store.drafts import Drafts, Typed
from analytics.store.reading import Store
from analytics.store.rollback import check_whole
from analytics.store.strays import clear_when_free
from analytics.store.versions import CURRENT, read_current
from tests.kept_stores import copy_of_built
from tests.store import others
from tests.store.damages import files
from tests.store.making import SCHOOLS, answers, kvalitet, put
from tests.store.others import dying_at, processes, save_nothing, started

BESIDE = {drafts.FILE, roles.FILE, audit.FILE, *(f".{name}.lock" for name in ("drafts", "roles", "audit"))}
PROJECTS = "project_id,title,programme,start,end\np1,Ett projekt,Erasmus+,2022-09-01,2024-08-31\n"


@dataclass(frozen=True)
class Operation:
    do: Callable[[Path], None]
    builds: bool = False  # there is no store before
    lets_go: bool = False  # versions may be gone after it


OPERATIONS = {
    "load": Operation(others.load_answers),
    "replace": Operation(others.replace_answers),
    "save funding": Operation(others.save_funding),
    "save dialogue": Operation(others.save_a_dialogue),
    "republish": Operation(others.republish_all),
    "rollback": Operation(others.go_back),
    "purge": Operation(others.purge_versions, lets_go=True),
    "gallra": Operation(others.dispose_alfa, lets_go=True),
    "build": Operation(others.build, builds=True),
    "backup": Operation(others.back_up_beside),
    "restore": Operation(others.restore_beside),
}


@dataclass
class Found:
    """What came of an operation's kills. `lost`, `half`, `strays`: where, and what; nothing, that is."""

    places: int = 0
    moments: int = 0
    outlived: int = 0  # it was done before the moment had come
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.half or self.strays)


def make_worked_on(folder: Path) -> Path:
    """A store at version 3 that several people use, with projects, and a draft: version 2 tells, beside it, what one
    person answered. A backup lies beside it."""
    store = copy_of_built(folder / "store", "--empty")
    put(store, schools=SCHOOLS, answers=answers("alfa"), projects=PROJECTS)
    (folder / "more.csv").write_text(answers("alfa", people=27), "utf-8")
    assert kvalitet("load", folder / "more.csv", "--replace", "--i-know", "--store", store) == 0
    roles.give_role(store, Identity("https://idp", "1"), "Anna Ek", ViewerRole.ADMIN, (), "test")
    Drafts(store).keep("one", "session", "dialogue alfa", "field", Typed("", "half a sentence"))
    back_up(store, folder / "before.zip")
    return store


@dataclass(frozen=True)
class Trial:
    """An operation, tried in copies of a folder that holds a store and a backup of it."""

    operation: Operation
    worked_on: Path

    def at_places(self, step: int = 1, first: int = 0) -> Found:
        """Killed at each place (or every so-manyeth) where it touches the file system, up to the last."""
        found = Found()
        for place in count(first, step):
            with self._copy() as store:
                writer = started(dying_at, place, store, self.operation.do)
                writer.join(3600)
                self._look(store, writer.exitcode, f"place {place}", found)
                if writer.exitcode == 0:
                    return found
                found.places += 1
        raise AssertionError("it has an end")

    def at_moments(self, times: int, random: Random) -> Found:
        """Killed so many times, each at some moment of the time that it takes."""
        found, takes = Found(), self._seconds
        while found.moments < times:
            moment = random.uniform(0, takes)
            with self._copy() as store:
                writer, begin = self._begun(store)
                begin()
                time.sleep(moment)
                writer.kill()
                writer.join()
                self._look(store, writer.exitcode, f"moment {moment:.4f}", found)
                if writer.exitcode == 0:
                    found.outlived += 1
                    takes = max(takes * 0.9, moment * 0.5)  # the machine has less to do than when it was timed
                else:
                    found.moments += 1
        return found

    @cached_property
    def _seconds(self) -> float:
        """What it takes when nobody kills it."""
        taken = []
        for _ in range(3):
            with self._copy() as store:
                writer, begin = self._begun(store)
                begin()
                clock = time.perf_counter()
                writer.join(300)
                taken.append(time.perf_counter() - clock)
                assert writer.exitcode == 0
        return sorted(taken)[1]

    def _begun(self, store: Path):
        told, began = processes.Event(), processes.Event()
        writer = started(others.begin_when_told, told, began, store, self.operation.do)

        def begin() -> None:
            told.set()
            assert began.wait(60)

        return writer, begin

    def _copy(self) -> _Copy:
        return _Copy(self.worked_on, self.operation.builds)

    @cached_property
    def _of_before(self) -> dict[str, bytes | None]:
        return files(self.worked_on / "store")

    @cached_property
    def _ends(self) -> tuple[dict, dict]:
        """What a reader finds before, and after it was done in peace."""
        with self._copy() as store:
            before = self._told(store)
            self.operation.do(store)
            return before, self._told(store)

    def _told(self, store: Path) -> dict:
        """What the version in force holds, and what lies beside the store."""
        told: dict = {"archive": (store.parent / "new.zip").exists(), "back": (store.parent / "back").exists()}
        with suppress(KvalitetError):
            current = read_current(store)
            view = Store(store).current()
            told["rows"] = {name: view.rows(f'select count(*) from "{name}"') for name in sorted(view.tables)}
            told["titles"] = view.rows("select title from project order by title")
            told["versions"] = sorted(version.number for version in current.published)
            told["version"] = current.number
            view.close()
        return told

    def _look(self, store: Path, code: int | None, where: str, found: Found) -> None:
        """What the kill has done."""
        assert code in (0, -signal.SIGKILL), f"{where}: ended with {code}"
        of_before = {} if self.operation.builds else self._of_before
        before, after = self._ends
        told = self._told(store)
        if told not in ((after,) if code == 0 else (before, after)) and not self._is_between(told):
            found.half.append(f"{where}: {told}")
        found.half += [f"{where}: {what}" for what in _not_whole(store, of_before)]
        found.lost += [f"{where}: {name}" for name in self._gone(store, of_before)]
        clear_when_free(store)
        found.strays += [f"{where}: {name}" for name in sorted(_strays(store))]
        if (found.places + found.moments) % 3 == 0 or _beside(store):
            self._do_again(store)
            found.strays += [f"{where}, done again: {name}" for name in sorted(_strays(store) | _beside(store))]
            found.half += [f"{where}, done again: {what}" for what in _not_whole(store, of_before)]

    def _is_between(self, told: dict) -> bool:
        """Purging is done in two steps, each whole: the versions are let go, and then what was told of them."""
        return self.operation.lets_go and told.get("versions") in ([1, 3], [1, 2, 3]) and told["version"] == 3

    def _gone(self, store: Path, of_before: dict[str, bytes | None]) -> Iterator[str]:
        """What was there and is not, or is something else."""
        if not of_before:
            return
        now = files(store)
        named = {CURRENT, *_named(store)} if self.operation.lets_go else set(of_before)
        for name, held in of_before.items():
            if name == audit.FILE:
                if not (now.get(name) or b"").startswith(held or b""):
                    yield name
            elif name not in (CURRENT, *BESIDE) and name in named and now.get(name) != held:
                yield name
        if Drafts(store).about("dialogue alfa") != Drafts(self.worked_on / "store").about("dialogue alfa"):
            yield drafts.FILE
        if now.get(roles.FILE) != of_before[roles.FILE]:
            yield roles.FILE

    def _do_again(self, store: Path) -> None:
        """The next who does the same, and who writes to the store."""
        for name, folder in (("new.zip", False), ("back", True)):
            with suppress(FileNotFoundError):
                (shutil.rmtree if folder else Path.unlink)(store.parent / name)
        if not self.operation.builds or not (store / CURRENT).exists():
            self.operation.do(store)
        save_nothing(store)
        clear_when_free(store)


class _Copy:
    """A copy of the folder in which an operation is tried; gone afterwards."""

    def __init__(self, of: Path, without_store: bool):
        self._of, self._without = of, without_store
        self._folder = tempfile.TemporaryDirectory(prefix="kills-")

    def __enter__(self) -> Path:
        folder = Path(self._folder.name)
        if not self._without:
            shutil.copytree(self._of / "store", folder / "store")
        shutil.copy(self._of / "before.zip", folder)
        return folder / "store"

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _named(store: Path) -> set[str]:
    with suppress(KvalitetError):
        versions = read_current(store).published
        return {name for version in versions for name in (version.view, version.answers)}
    return set()


def _strays(store: Path) -> set[str]:
    """What lies in the store and nobody asks for."""
    if not store.exists():
        return set()
    return files(store).keys() - _named(store) - BESIDE - {CURRENT}


def _beside(store: Path) -> set[str]:
    return {path.name for path in store.parent.iterdir() if path.name.startswith(PREFIX)}


def _not_whole(store: Path, of_before: dict[str, bytes | None]) -> Iterator[str]:
    """What can be asked for and is not whole: a version, an archive, a store that was put back. A version that is as it
    was is whole."""
    for folder in (store, store.parent / "back"):
        try:
            if (folder / CURRENT).exists():
                now = files(folder)
                for version in read_current(folder).published:
                    if not {version.view, version.answers} <= {
                        n for n, held in now.items() if held == of_before.get(n)
                    }:
                        check_whole(folder, version)
        except KvalitetError as error:
            yield f"{folder.name}: {error}"
    try:
        if (store.parent / "new.zip").exists():
            check_backup(store.parent / "new.zip")
    except KvalitetError as error:
        yield f"new.zip: {error}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--step", type=int, default=1)
    asked.add_argument("--moments", type=int, default=60)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("operations", nargs="*", default=list(OPERATIONS))
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        make_worked_on(Path(folder))
        for name in said.operations:
            trial = Trial(OPERATIONS[name], Path(folder))
            for found in (trial.at_places(said.step), trial.at_moments(said.moments, Random(said.seed))):
                print(json.dumps({"operation": name} | asdict(found), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
