"""What other processes do to a store. They are forked from a server that has imported everything once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from filelock import FileLock

from analytics.intake.files import ReadingOptions
from analytics.loads import load as loading
from analytics.loads.purging import purge
from analytics.maturity.publish import version as publish
from analytics.store import writing
from analytics.store.rollback import roll_back
from analytics.store.writing import locked
from tests.store.making import SAY, answers, put, write

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.store.others"])


def started(do: Callable, *arguments: object) -> BaseProcess:
    process = processes.Process(target=do, args=arguments)
    process.start()
    return process


def die(*_: object, **__: object) -> None:
    """No cleaning up, no `finally`."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_the_view(path: Path) -> None:
    if path.name.startswith("view-"):
        die()


WHERE = {
    "while answers change": (loading, "_change_answers", die),
    "while figures are computed": (publish, "publish", die),
    "before the new files are named": (writing, "verify", die),
    "between the two files": (writing, "sync", die_at_the_view),
    "before the pointer is moved": (writing, "write_current", die),
}


def load_and_be_killed(store: Path, where: str) -> None:
    module, name, deadly = WHERE[where]
    setattr(module, name, deadly)
    put(store, answers=answers("beta"))


def load_when_told(store: Path, school: str, year: int, told) -> None:
    told.wait(60)
    put(store, **{f"{school}-{year}": answers(school, year)})


def hold(store: Path, held, let_go) -> None:
    with FileLock(store / ".lock"):
        held.set()
        let_go.wait(60)


def dying_at(event: int, store: Path, do: Callable, *arguments: object) -> None:
    """Does something, and dies before it touches the store the so-manyeth time (counted from 0): opens, names or takes
    away a file."""
    touched = 0

    def look(name: str, about: tuple) -> None:
        nonlocal touched
        if name in TOUCHES and any(str(store) in str(path) for path in about[:2]):
            if touched == event:
                die()
            touched += 1

    sys.addaudithook(look)
    do(store, *arguments)


TOUCHES = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.copyfile")


def build(store: Path) -> None:
    frameworks = sorted((Path(__file__).parents[2] / "data" / "frameworks").glob("*.toml"))
    loading.load(store, frameworks, ReadingOptions(), SAY, loaded_by="test", new_store=True, hide_below=5)


def load_answers(store: Path) -> None:
    put(store, answers=answers("beta"), replace="yes")


def save_nothing(store: Path) -> None:
    with locked(store):
        write(store, figures_stay=True, funding_stays=True)


def go_back(store: Path) -> None:
    with locked(store):
        roll_back(store, 1)


def purge_versions(store: Path) -> None:
    purge(store, purged_by="test")
