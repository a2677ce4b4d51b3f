"""A folder and a lake in turn, in one run: loading, publishing, saving, opening. Prints a line of JSON for each, with
seconds by the clock and of the processor (PostgreSQL's not among them), and the lake's median by the folder's.
`python -m tests.bench.lake_bench [TIMES]` starts a PostgreSQL of its own.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.loads.recounting import republish
from analytics.store.homes import folder_of
from analytics.store.reading import Store
from analytics.store.writing import locked
from analytics.words.language import words
from tests.bench.load_bench import FRAMEWORK, written
from tests.store.lake.postgres import programs, started
from tests.store.making import answers, write

SAY = words("sv")
Taken = tuple[float, float]
ONE = "select school_id, criterion, n, mean from cell where school_id = 's07'"


def measure(times: int, folder: Path) -> dict[str, dict[str, list[Taken]]]:
    """Seconds by what is done and where; the first store of each home is for getting ready, and not counted."""
    files, found = written(folder), {}
    with started(programs() or Path()) as server:
        for turn in range(times + 1):
            for home in ("folder", "lake"):
                part = folder / f"{home}{turn}"
                (part / "shared").mkdir(parents=True)
                os.environ["KVALITET_DATA"] = str(part / "shared")
                told = server.database() if home == "lake" else str(part / "store")
                for what, seconds in tried(told, part, *files).items():
                    if turn:
                        found.setdefault(what, {}).setdefault(home, []).append(seconds)
    return found


def tried(told: str, part: Path, everything: Path, schools: Path) -> dict[str, Taken]:
    os.environ["KVALITET_LOCAL"] = str(part / "one")
    store, taken = folder_of(told), {}

    def take(what: str, do: Callable[[], object]) -> None:
        clock, worked = time.perf_counter(), time.process_time()
        do()
        taken[what] = (round(time.perf_counter() - clock, 3), round(time.process_time() - worked, 3))

    def loaded(*files: Path, **how: bool) -> None:
        load(store, list(files), ReadingOptions(), SAY, loaded_by="bench", **how)

    loaded(FRAMEWORK.with_name("dsoe-2018.toml"), FRAMEWORK, schools, new_store=True)
    take("412,500 answers loaded", lambda: loaded(everything))
    (part / "one.csv").write_text(answers("s07", people=40), "utf-8")
    take("a school's round replaced", lambda: loaded(part / "one.csv", replace=True))
    take("published anew", lambda: republish(store, loaded_by="bench"))
    take("a save without figures", lambda: saved(store))
    take("opened, a question asked", lambda: Store(store).current().rows(ONE))
    os.environ["KVALITET_LOCAL"] = str(part / "two")
    take("the same on another machine", lambda: Store(folder_of(told)).current().rows(ONE))
    view = Store(store).current()
    take("a hundred questions", lambda: [view.rows(ONE) for _ in range(100)])
    return taken


def saved(store: Path) -> None:
    with locked(store):
        write(store, figures_stay=True, change_view=_named)


def _named(connection, number: int) -> None:
    connection.execute("update school set district = 'Norr' where id = 's07'")


def medians(homes: dict[str, list[Taken]], place: int = 0) -> tuple[float, float]:
    """Of a folder and a lake; by the clock, or (1) of the processor."""
    folder, lake = (median(taken[place] for taken in homes[home]) for home in ("folder", "lake"))
    return folder, lake


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(times, Path(scratch))
    for what, homes in found.items():
        ratios = []
        for place in (0, 1):
            folder, lake = medians(homes, place)
            ratios.append(round(lake / folder, 2))
        print(json.dumps({"what": what, **homes, "ratios": ratios}))
