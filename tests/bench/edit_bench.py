"""How long until what one person saves is seen by another, in another process, on the demo's 75 schools: a payment's
amount, and an agreement's goal. Prints a line of JSON for each: milliseconds from the press to what a page of the other
process would read, those that the save took, and those of the processor in it.
`python -m tests.bench.edit_bench [TIMES] [STORE]`.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from analytics.loads.dialogue_rows import texts_of
from analytics.loads.save_dialogue import save_dialogue
from analytics.model.schools import Viewer
from analytics.store.reading import Store
from analytics.store.registers import read_registers
from analytics.words.language import words
from tests.drafting import typed
from tests.kept_stores import copy_of_built
from tests.loads import funding_edits

SAY, ALL = words("sv"), Viewer("everybody", schools=None)
OF_PAYMENTS = "select count(*) from payment where amount_sek = ?"
OF_GOALS = "select count(*) from agreement where goal = ?"
LOOK = 0.002  # seconds between two clicks of the other
Taken = tuple[float, float, float]


def other(folder: Path, asked: Connection) -> None:
    """Another process of the app: clicks until it reads what it waits for, and says when (by the machine's clock)."""
    store = Store(folder)
    asked.send(store.current().number)
    while question := asked.recv():
        sql, value = question
        while store.current().rows(sql, [value]) == [(0,)]:
            time.sleep(LOOK)
        asked.send(time.monotonic())


def measure(store: Path, times: int) -> dict[str, list[Taken]]:
    """Milliseconds until it is seen, of the save, and of the processor in the save; the first is not counted."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=other, args=(store, there), daemon=True)
    process.start()
    here.recv()
    found: dict[str, list[Taken]] = {}
    for turn in range(times + 1):
        for what, (sql, value, save) in {"payment": payment(store, turn), "goal": goal(store, turn)}.items():
            here.send((sql, value))
            time.sleep(0.1)
            began, worked = time.monotonic(), time.process_time()
            save()
            took, busy = time.monotonic() - began, time.process_time() - worked
            seen = here.recv() - began
            if turn:
                found.setdefault(what, []).append((seen * 1e3, took * 1e3, busy * 1e3))
    here.send(None)
    process.join(10)
    return found


def payment(store: Path, turn: int) -> tuple[str, float | str, Callable[[], object]]:
    began = funding_edits.texts(store)
    row = next(name.rpartition(".")[0] for name in began if name.startswith("payments."))
    amount = 700_001 + turn
    fields = funding_edits.typed(began, {f"{row}.amount_sek": str(amount)})
    return OF_PAYMENTS, amount, lambda: funding_edits.save(store, fields)


def goal(store: Path, turn: int) -> tuple[str, float | str, Callable[[], object]]:
    dialogues = read_registers(Store(store).current()).dialogues
    agreement = dialogues.agreements[0]
    about = (agreement.school_id, agreement.framework, agreement.year)
    text, field = f"Ett mål för prov {turn}", f"a{agreement.number}.goal"
    fields = typed({field: text}, texts_of(dialogues, about))
    return OF_GOALS, text, lambda: save_dialogue(store, ALL, about, fields, SAY, saved_by="bench")


def copied(store: Path, folder: Path) -> Path:
    return shutil.copytree(store, folder / "edited")


def medians(taken: list[Taken]) -> list[float]:
    return [median(part) for part in zip(*taken, strict=True)]


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        store = Path(sys.argv[2]) if len(sys.argv) > 2 else copy_of_built(Path(folder) / "store")
        for what, taken in measure(store, times).items():
            seen, took, busy = (round(one, 1) for one in medians(taken))
            most = round(max(one for one, *_ in taken), 1)
            print(json.dumps({"saved": what, "seen_ms": seen, "most_ms": most, "save_ms": took, "cpu_ms": busy}))
