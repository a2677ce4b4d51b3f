"""How long answers take to load, beside DuckDB's bare read of the same file. Prints lines of JSON.

`measure`: 75 schools x 4 years x 25 criteria x 55 staff = 412,500 synthetic answers, checks and published figures
included, by the clock. `before_publishing`: 100 schools x 100 staff, a million answers, all but the figures, by the
processor.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.words.language import words

FRAMEWORK = Path(__file__).parents[2] / "data" / "frameworks" / "vebs-2022.toml"
SCHOOLS, YEARS, CRITERIA, STAFF = 75, range(2022, 2026), [f"{area}{i}" for area in "ABCDE" for i in range(1, 6)], 55
MILLION = 100, 100
"""Schools and staff of a million answers."""
MOST = 3
"""Times the bare read that what comes before publishing may take of the processor."""
PUBLISH = "analytics.maturity.publish.version.publish"
TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def written(folder: Path, schools: int = SCHOOLS, staff: int = STAFF) -> tuple[Path, Path]:
    """The files of answers and of schools; every text is quoted, as R and pandas do it too."""
    rng = np.random.default_rng(7)
    shape = (schools, len(YEARS), len(CRITERIA), staff)
    school, year, criterion, person = (axis.ravel() for axis in np.indices(shape))
    base = 2.2 + 0.2 * year + 0.01 * (school % 30) - 0.02 * criterion
    level = np.clip(np.rint(base + rng.normal(0, 0.8, base.size)), 1, 4).astype(int)
    columns = {
        "framework": pa.array(["vebs-2022"] * base.size),
        "year": pa.array(year + YEARS[0]),
        "school": pa.array([f"s{i:02d}" for i in range(schools)]).take(pa.array(school)),
        "respondent": pa.array([f"p{i:02d}" for i in range(staff)]).take(pa.array(person)),
        "criterion": pa.array(CRITERIA).take(pa.array(criterion)),
        "level": pa.array(level),
    }
    answers, register = folder / "answers.csv", folder / "schools.csv"
    pa.csv.write_csv(pa.table(columns), answers)
    register.write_text("school_id,name\n" + "".join(f"s{i:02d},Skola {i}\n" for i in range(schools)), "utf-8")
    return answers, register


def measure(folder: Path) -> dict:
    """Loads the answers into a new store in the folder; returns seconds, and the ratio to DuckDB's read."""
    (answers, schools), store = written(folder), folder / "store"
    _begun(store, schools)

    start, worked = time.perf_counter(), spent()
    load(store, [answers], ReadingOptions(), words("sv"), loaded_by="bench")
    loaded, worked = time.perf_counter() - start, spent() - worked
    bare = []
    for _ in range(3):
        start = time.perf_counter()
        duckdb.execute("create or replace temp table t as select * from read_csv(?)", [str(answers)])
        bare.append(time.perf_counter() - start)
    return {
        "answers": SCHOOLS * len(YEARS) * len(CRITERIA) * STAFF,
        "load_s": round(loaded, 2),
        "load_cpu_s": round(worked, 2),
        "bare_read_s": round(min(bare), 3),
        "ratio": round(loaded / min(bare), 1),
    }


class BeforePublishing(NamedTuple):
    """Seconds of the processor, of all processes: until publishing began, of the whole load without it (the view, its
    verifying and putting in force among it), and of the bare read; medians of as many times, in turn."""

    answers: int
    until_s: float
    without_s: float
    bare_read_s: float

    @property
    def ratio(self) -> float:
        """All but publishing, by the bare read."""
        return self.without_s / self.bare_read_s


def before_publishing(
    folder: Path, times: int = 5, schools: int = MILLION[0], staff: int = MILLION[1]
) -> BeforePublishing:
    """Loads answers without publishing them, and reads their file with DuckDB alone, in turn."""
    answers, register = written(folder, schools, staff)
    taken, began = [], list[float]()
    for n in range(times):
        _begun(store := folder / f"store-{n}", register)
        start = spent()
        with patch(PUBLISH, lambda *_, **__: began.append(spent())):
            load(store, [answers], ReadingOptions(), words("sv"), loaded_by="bench")
        end = spent()
        with duckdb.connect() as bare:
            read = spent()
            bare.execute("create temp table t as select * from read_csv(?)", [str(answers)])
            taken.append((began.pop() - start, end - start, spent() - read))
    return BeforePublishing(schools * len(YEARS) * len(CRITERIA) * staff, *map(median, zip(*taken, strict=True)))


def _begun(store: Path, schools: Path) -> None:
    """A new store of the frameworks and schools."""
    files = [FRAMEWORK.with_name("dsoe-2018.toml"), FRAMEWORK, schools]
    load(store, files, ReadingOptions(), words("sv"), loaded_by="", new_store=True)


def spent() -> float:
    """The processor's seconds that this process has used, those that it has started and that have ended, and (on Linux)
    those that go on: files are read in one."""
    ended, live = os.times(), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        if int(said[1]) == os.getpid():
            live += int(said[11]) + int(said[12])
    return time.process_time() + ended.children_user + ended.children_system + live / TICK


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder))))
    with tempfile.TemporaryDirectory() as folder:
        found = before_publishing(Path(folder))
        print(json.dumps({name: round(value, 3) for name, value in found._asdict().items()} | {"ratio": found.ratio}))
