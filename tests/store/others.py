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
from analytics.loads.backup_disposal import dispose_in_backup
from analytics.loads.dialogue_rows import texts_of
from analytics.loads.disposal_rules import outright
from analytics.loads.disposing import dispose
from analytics.loads.purging import purge
from analytics.loads.save_dialogue import save_dialogue
from analytics.maturity.publish import version as publish
from analytics.store import writing
from analytics.store.backup import back_up, restore
from analytics.store.dialogue import read_dialogues
from analytics.store.reading import Store
from analytics.store.rollback import roll_back
from analytics.store.writing import locked
from tests.drafting import typed
from tests.loads import funding_edits
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
    """Does something, and dies before it touches the store, or what lies beside it, the so-manyeth time (counted from
    0): opens, names or takes away a file."""
    touched = 0

    def look(name: str, about: tuple) -> None:
        nonlocal touched
        if name in TOUCHES and any(str(store.parent) in str(path) for path in about[:2]):
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


def replace_answers(store: Path) -> None:
    put(store, answers=answers("alfa", level=4), replace="yes")


def begin_when_told(told, began, store: Path, do: Callable) -> None:
    """Does something, and says when it begins."""
    told.wait(60)
    began.set()
    do(store)


def republish_all(store: Path) -> None:
    loading.republish(store, loaded_by="test")


def save_funding(store: Path) -> None:
    began = funding_edits.texts(store)
    fields = funding_edits.typed(began, {f"{funding_edits.part(began, 'projects')}.title": "Another title"})
    funding_edits.save(store, fields)


def save_a_dialogue(store: Path) -> None:
    about = ("alfa", "vebs-2022", 2022)
    began = texts_of(read_dialogues(Store(store).current()), about)
    texts = {"notes": "A good talk", "an1.criterion": "A1", "an1.to_level": "3.5", "an1.due": "2023-01-31"}
    save_dialogue(store, funding_edits.ALL, about, typed(texts, began), SAY, saved_by="test")


def back_up_beside(store: Path) -> None:
    back_up(store, store.parent / "new.zip")


def restore_beside(store: Path) -> None:
    restore(store.parent / "before.zip", store.parent / "back")


def save_nothing(store: Path) -> None:
    with locked(store):
        write(store, figures_stay=True, funding_stays=True)


def go_back(store: Path) -> None:
    with locked(store):
        roll_back(store, 1)


def purge_versions(store: Path) -> None:
    purge(store, purged_by="test")


def dispose_alfa(store: Path) -> None:
    dispose(store, outright(("vebs-2022", 2022), None, False, "test"), "test")


def dispose_in(archive: Path, store: Path) -> None:
    dispose_in_backup(store, archive, "test")
