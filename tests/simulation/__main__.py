"""Runs every piece in two processes and writes data/method/simulations.json: `make simulate`.

`python -m tests.simulation side places` runs these alone and leaves the other rows of the file as they are.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import orjson

from tests.simulation.suite import FILE, pieces, rows_of
from tests.simulation.world import Row

PROCESSES = 2


def main(about: list[str]) -> None:
    started = time.monotonic()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes: as many threads as there are processes
    wanted = [piece for piece in pieces() if not about or piece.about in about]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = [row for rows in pool.map(rows_of, wanted) for row in rows]
    rows = replaced(orjson.loads(FILE.read_bytes()), found) if about else found
    FILE.write_bytes(b"[\n" + b",\n".join(orjson.dumps(row) for row in rows) + b"\n]\n")
    print(f"{len(found)} rows in {time.monotonic() - started:.0f} s; outside what is promised:")
    for row in found:
        if row.get("kept") is False:
            print("  ", *(f"{name}={value}" for name, value in row.items()))


def replaced(rows: list[Row], found: list[Row]) -> list[Row]:
    """The rows with those of found's questions exchanged, where the first of them stood; new questions come last."""
    for question in dict.fromkeys(row["question"] for row in found):
        at = next((i for i, row in enumerate(rows) if row["question"] == question), len(rows))
        rest = [row for row in rows[at:] if row["question"] != question]
        rows = [*rows[:at], *(row for row in found if row["question"] == question), *rest]
    return rows


if __name__ == "__main__":
    main(sys.argv[1:])
