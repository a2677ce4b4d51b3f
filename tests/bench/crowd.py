"""A crowd over one process and over four, as `kvalitet serve` starts them, in one run on one store.

    python -m tests.bench.crowd                                    # 100 people, one process and four
    python -m tests.bench.crowd --people 1000 --pause 20 --arriving 60 --clicks 5

Prints a line of JSON for each: people and clicks that came through and were dropped, milliseconds of a click, megabytes
of all processes together; then the last by the first. The crowd itself takes a core.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.ws_clicks import people, quantile, warm_up
from tests.pages.serving import ROOT, build_store, free_port

PATIENCE = 300  # seconds until all processes answer
PAGE = "skola?school=agatskolan"


@dataclass(frozen=True)
class Crowd:
    """How many come, how often each clicks, with how many seconds between, over how many seconds they arrive."""

    people: int = 100
    clicks: int = 5
    pause: float = 5.0
    arriving: float = 10.0


@contextmanager
def served(store: Path, processes: int) -> Iterator[tuple[str, list[str], int]]:
    """The address that people come to, those of the processes, and the number of who has started them."""
    port = _free_ports(processes + 1)
    command = [sys.executable, "-m", "analytics", "--store", str(store), "serve"]
    command += ["--processes", str(processes), "--port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            until = time.monotonic() + PATIENCE
            while str(store) not in _said(log):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(_said(log))
                time.sleep(0.2)
            each = [f"http://localhost:{port + n}" for n in range(processes + (processes > 1))]
            yield each[0], each[1:] or each, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _said(log) -> str:
    log.seek(0)
    return log.read()


def _free_ports(number: int) -> int:
    """The first of so many in a row."""
    while True:
        first = free_port()
        if first + number < 65000:
            return first


def measure(store: Path, processes: int, crowd: Crowd) -> dict[str, float]:
    with served(store, processes) as (url, each, pid):
        for one in each:
            warm_up(one, PAGE)
        figures = asyncio.run(people(url, PAGE, crowd.people, crowd.clicks, crowd.pause, crowd.arriving))
        return {
            "processes": processes,
            "people": len(figures.first),
            "clicks": len(figures.clicks),
            "dropped": crowd.people * crowd.clicks - len(figures.clicks),
            "errors": len(figures.errors),
            "a_second": round(figures.a_second, 1),
            "p50_ms": round(1000 * quantile(figures.clicks, 0.5), 1),
            "p95_ms": round(1000 * quantile(figures.clicks, 0.95), 1),
            "most_ms": round(1000 * max(figures.clicks, default=0), 1),
            "megabytes": round(megabytes(pid)),
        }


def megabytes(pid: int) -> float:
    """Of a process and all that it has started, what they share counted once."""
    kilobytes = 0
    for one in (pid, *_below(pid)):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1000


def _below(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
        yield int(child)
        yield from _below(int(child))


def tried(store: Path, numbers: Sequence[int], crowd: Crowd, rounds: int = 1) -> list[dict[str, float]]:
    """In turn; the medians of the rounds, a row for each number of processes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # each person is a connection here, and one there
    try:
        found = [[measure(store, number, crowd) for number in numbers] for _ in range(rounds)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return [{name: median(one[name] for one in of) for name in of[0]} for of in zip(*found, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--people", type=int, default=Crowd.people)
    parser.add_argument("--clicks", type=int, default=Crowd.clicks, help="clicks a person")
    parser.add_argument("--pause", type=float, default=Crowd.pause, help="seconds between clicks, give or take half")
    parser.add_argument("--arriving", type=float, default=Crowd.arriving, help="seconds over which people arrive")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--store", type=Path, help="a store that is there (default: the demo, built for this)")
    asked = parser.parse_args()
    crowd = Crowd(asked.people, asked.clicks, asked.pause, asked.arriving)
    with tempfile.TemporaryDirectory() as folder:
        found = tried(asked.store or build_store(Path(folder) / "store"), asked.processes, crowd, asked.rounds)
    for one in found:
        print(json.dumps(one))
    names = ("p50_ms", "p95_ms", "megabytes")
    print(json.dumps({"last by first": {name: round(found[-1][name] / found[0][name], 2) for name in names}}))
    print(json.dumps({"cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
