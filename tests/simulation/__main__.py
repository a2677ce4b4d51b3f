"""Runs every piece in two processes and writes data/method/simulations.json: `make simulate`."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import orjson

from tests.simulation.suite import FILE, pieces, rows_of

PROCESSES = 2


def main() -> None:
    started = time.monotonic()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes: as many threads as there are processes
    everything = pieces()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = [row for rows in pool.map(rows_of, everything) for row in rows]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(b"[\n" + b",\n".join(orjson.dumps(row) for row in found) + b"\n]\n")
    broken = [row for row in found if row.get("kept") is False]
    print(f"{len(found)} rows in {time.monotonic() - started:.0f} s; outside what is promised:")
    for row in broken:
        print("  ", *(f"{name}={value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
