"""How long a year's answers take to load, beside DuckDB's bare read of the same file. Prints one line of JSON.

75 schools x 4 years x 25 criteria x 55 staff = 412,500 synthetic answers, checks and published figures included.
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv

from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.words.language import words

FRAMEWORK = Path(__file__).parents[2] / "data" / "frameworks" / "vebs-2022.toml"
SCHOOLS, YEARS, CRITERIA, STAFF = 75, range(2022, 2026), [f"{area}{i}" for area in "ABCDE" for i in range(1, 6)], 55


def written(folder: Path) -> tuple[Path, Path]:
    """The files of answers and of schools."""
    rng = np.random.default_rng(7)
    shape = (SCHOOLS, len(YEARS), len(CRITERIA), STAFF)
    school, year, criterion, person = (axis.ravel() for axis in np.indices(shape))
    base = 2.2 + 0.2 * year + 0.01 * (school % 30) - 0.02 * criterion
    level = np.clip(np.rint(base + rng.normal(0, 0.8, base.size)), 1, 4).astype(int)
    columns = {
        "framework": pa.array(["vebs-2022"] * base.size),
        "year": pa.array(year + YEARS[0]),
        "school": pa.array([f"s{i:02d}" for i in range(SCHOOLS)]).take(pa.array(school)),
        "respondent": pa.array([f"p{i:02d}" for i in range(STAFF)]).take(pa.array(person)),
        "criterion": pa.array(CRITERIA).take(pa.array(criterion)),
        "level": pa.array(level),
    }
    answers, schools = folder / "answers.csv", folder / "schools.csv"
    pa.csv.write_csv(pa.table(columns), answers)
    schools.write_text("school_id,name\n" + "".join(f"s{i:02d},Skola {i}\n" for i in range(SCHOOLS)), "utf-8")
    return answers, schools


def measure(folder: Path) -> dict:
    """Loads the answers into a new store in the folder; returns seconds, and the ratio to DuckDB's read."""
    (answers, schools), store = written(folder), folder / "store"
    say = words("sv")
    load(
        store,
        [FRAMEWORK.with_name("dsoe-2018.toml"), FRAMEWORK, schools],
        ReadingOptions(),
        say,
        loaded_by="",
        new_store=True,
    )

    start, worked = time.perf_counter(), spent()
    load(store, [answers], ReadingOptions(), say, loaded_by="bench")
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


def spent() -> float:
    """The processor's seconds that this process has used, and those that it has started and that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder))))
