"""What other processes do to a store. They are forked from a server that has imported everything once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from filelock import FileLock

from analytics.loads import load as loading
from analytics.maturity.publish import version as publish
from analytics.store import writing
from tests.store.making import answers, put

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
