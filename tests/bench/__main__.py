"""All that is measured, as Markdown for docs/performance.md: `make bench`, or `python -m tests.bench [--dash PYTHON]
[--times N] [--people N] [--store FOLDER] [PART...]`.

On a machine that does something else as well only the ratios say anything: what stands beside each other is measured in
turn, and its medians are told.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from tests.bench import beside, crowd, documents, edit_bench, lake_bench, load_bench
from tests.pages.serving import ROOT, build_store
from tests.store.lake.postgres import programs

Rows = Iterator[Sequence[object]]
EXACT = 3  # figures that are told


def pages(asked: argparse.Namespace, store: Path) -> Rows:
    yield "pages", *beside.NAMES
    yield from beside.rows(store, asked.dash, asked.times)


def processes(asked: argparse.Namespace, store: Path) -> Rows:
    """People, each clicking every five seconds."""
    one, four = crowd.tried(store, (1, 4), crowd.Crowd(people=asked.people))
    yield f"{asked.people} people on /skola", "one process", "four", "four by one"
    for name in ("p50_ms", "p95_ms", "megabytes"):
        yield name.replace("_", ", ").replace("megabytes", "MB"), one[name], four[name], four[name] / one[name]
    yield "clicks dropped", one["dropped"], four["dropped"], ""


def loading(asked: argparse.Namespace, store: Path) -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        told = load_bench.measure(Path(folder))
    yield "loading", "s", "DuckDB's bare read, s", "by the bare read"
    yield f"{told['answers']:,} answers, checked and published", told["load_s"], told["bare_read_s"], told["ratio"]


def storing(asked: argparse.Namespace, store: Path) -> Rows:
    """A load's first part: answers checked and stored."""
    with tempfile.TemporaryDirectory() as folder:
        found = load_bench.before_publishing(Path(folder), 2 * asked.times - 1)
    yield "before publishing, of the processor", "s", "DuckDB's bare read, s", "by the bare read", "asked for"
    told = f"{found.answers:,} answers checked and stored"
    for what, taken in (("until publishing begins", found.until_s), ("all but publishing", found.without_s)):
        yield f"{told}, {what}", taken, found.bare_read_s, taken / found.bare_read_s, load_bench.MOST


def homes(asked: argparse.Namespace, store: Path) -> Rows:
    """Loading, publishing, saving, questions; a folder and a lake."""
    if programs() is None:
        yield "a folder and a lake: there is no PostgreSQL here", ""
        return
    with tempfile.TemporaryDirectory() as folder:
        found = lake_bench.measure(asked.times, Path(folder))
    yield "a folder and a lake", "folder, s", "lake, s", "lake by folder"
    for what in found:
        folder_s, lake_s = lake_bench.medians(found[what])
        yield what, folder_s, lake_s, lake_s / folder_s


def edits(asked: argparse.Namespace, store: Path) -> Rows:
    yield "an edit, seen by another process", "seen, ms", "the save, ms", "of the processor, ms"
    with tempfile.TemporaryDirectory() as folder:
        own = edit_bench.copied(store, Path(folder))
        for what, taken in edit_bench.measure(own, 3 * asked.times).items():
            yield what, *edit_bench.medians(taken)


def papers(asked: argparse.Namespace, store: Path) -> Rows:
    yield "documents", "ms", "kB"
    yield from documents.rows(store, asked.times)


PARTS: dict[str, Callable[[argparse.Namespace, Path], Rows]] = {
    "pages": pages, "processes": processes, "loading": loading, "storing": storing, "homes": homes, "edits": edits,
    "documents": papers,
}  # fmt: skip


def machine() -> str:
    """Which machine it was, when, on what code."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((int(line.split()[1]) / 1e6 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    busy = os.getloadavg()[0]
    return (
        f"{date.today()}, {os.cpu_count()} cores ({model or platform.machine()}), {memory:.0f} GB, load {busy:.1f},"
        f" Python {platform.python_version()}, {said.strip() or 'no commit'}"
    )


def _lines(file: str) -> list[str]:
    return Path(file).read_text("utf-8").splitlines() if Path(file).exists() else []


def told(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.{EXACT}g}" if abs(value) < 1000 else f"{value:.0f}"
    return str(value)


def table(rows: Rows) -> Iterator[str]:
    head = next(rows)
    yield f"| {' | '.join(map(told, head))} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(map(told, row))} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dash", help="the Python that Dash is installed in; without it, Dash is left out")
    parser.add_argument("--times", type=int, default=3, help="rounds")
    parser.add_argument("--people", type=int, default=100, help="how many come to one process, and to four")
    parser.add_argument("--store", type=Path, help="a store that is there (default: the demo, built for this)")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    asked = parser.parse_args()
    if wrong := set(asked.parts) - set(PARTS):
        parser.error(f"no part: {', '.join(sorted(wrong))}")
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        store = asked.store or build_store(Path(folder) / "store")
        for name in asked.parts or PARTS:
            for line in ("", *table(PARTS[name](asked, store))):
                print(line, flush=True)


if __name__ == "__main__":
    main()
