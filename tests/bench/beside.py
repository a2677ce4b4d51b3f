"""Our app, the app that most people would write first and a well-made Dash app, beside each other in one sitting.

    python -m tests.bench.beside --dash dash/bin/python       # how that is made: tests/bench/dash_app.py

On a machine that others use too only ratios say anything: each round measures all of them, one after the other, and the
median of the rounds is told. A click's time is the server's share: what the browser draws comes on top.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench import dash_clicks, worked_out, ws_clicks
from tests.bench.crowd import megabytes
from tests.bench.ws_clicks import Come, Figures, people, quantile, warm_up
from tests.pages.serving import PATIENCE, ROOT, build_store, start_server

SCHOOL, CITY = "skola?school=agatskolan", "oversikt"


@dataclass(frozen=True)
class Tried:
    """An app's page. `hurried`: it is too slow for all of the clicks; `of`: the number of its process. `broke`: by
    measure, how far a load came that did not come through, which has no times."""

    name: str
    url: str
    page: str
    come: Come
    hurried: bool = False
    of: int = 0
    told: dict[str, list[float]] = field(default_factory=dict)
    broke: dict[str, str] = field(default_factory=dict)

    def said(self, measure: str) -> float | str:
        """The median of the rounds; where one broke off, how far that came, with the median of the others."""
        found, broke = self.told.get(measure), self.broke.get(measure, "")
        if found and broke:
            return f"{median(found):.1f}; {broke}"
        return median(found) if found else broke

    def note(self, measure: str, value: float) -> None:
        self.told.setdefault(measure, []).append(value)


ALONE, MOST = ("alone, p50 ms", "alone, p95 ms", "kB"), ("most a second",)
MANY, NATION = ("75 people, p50 ms", "75 people, p95 ms"), ("300 people, p95 ms",)


def measure(tried: Tried, crowd: bool) -> None:
    """One round of one app. A load that breaks off, as where connections time out, is told as that and the rest goes
    on."""

    def load(measures: Sequence[str], number: int, clicks: int, pause: float, arriving: float) -> Figures | None:
        begun = time.monotonic()
        figures = asyncio.run(people(tried.url, tried.page, number, clicks, pause, arriving, tried.come))
        if not figures.errors:
            return figures
        after, why = time.monotonic() - begun, figures.errors[0].partition(":")[0]
        answered, asked = len(figures.clicks), number * clicks
        for measured in measures:
            tried.broke[measured] = f"broke off after {after:.0f} s: {answered} of {asked} answered ({why})"
        return None

    if alone := load(ALONE, 1, 8 if tried.hurried else 40, 0.05, 0):
        for name, value in zip(ALONE[:2], (0.5, 0.95), strict=True):
            tried.note(name, 1000 * quantile(alone.clicks, value))
        tried.note(ALONE[2], alone.kilobytes / len(alone.clicks))
    if most := load(MOST, 8, 4 if tried.hurried else 40, 0, 0.5):
        tried.note(*MOST, most.a_second)
    if not crowd:
        return
    if many := load(MANY, 75, 2 if tried.hurried else 8, 2, 10):
        for name, value in zip(MANY, (0.5, 0.95), strict=True):
            tried.note(name, 1000 * quantile(many.clicks, value))
    tried.note("MB after them", megabytes(tried.of))
    if not tried.hurried and (nation := load(NATION, 300, 4, 5, 10)):
        tried.note(*NATION, 1000 * quantile(nation.clicks, 0.95))


def table(all_of_them: Sequence[Tried]) -> str:
    """The medians, a row a measure; where a load broke off, how far it came."""
    measures = list(dict.fromkeys(measure for tried in all_of_them for measure in (*tried.told, *tried.broke)))
    rows = [["", *(tried.name for tried in all_of_them)], ["---"] * (len(all_of_them) + 1)]
    for name in measures:
        said = (tried.said(name) for tried in all_of_them)
        rows.append([name, *(one if isinstance(one, str) else f"{one:.1f}" for one in said)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


@contextmanager
def running(command: Sequence[str]) -> Iterator[tuple[str, int]]:
    """A server of its own on a free port, which stands in the command as {port}; its address once it answers, and its
    process's number."""
    with socket.socket() as one:
        one.bind(("localhost", 0))
        port = one.getsockname()[1]
    said = [part.replace("{port}", str(port)) for part in command]
    process = subprocess.Popen(said, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("localhost", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://localhost:{port}", process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextmanager
def counted(store: Path) -> Iterator[tuple[str, int]]:
    """The same of our app."""
    server, process = start_server(store)
    try:
        yield server.url, process.pid
    finally:
        process.kill()
        process.wait()


def ordinary() -> list[str]:
    """As `streamlit run` starts it: with Streamlit's own defaults, not ours."""
    options = ["--server.port", "{port}", "--server.headless", "true", "--runner.postScriptGC", "true"]
    return [sys.executable, "-m", "streamlit", "run", "tests/bench/ordinary_app.py", *options]


def dash(python: str, pages: Path, processes: int = 1) -> list[str]:
    app = f"tests.bench.dash_app:served('{pages}')"
    options = ["-w", str(processes), "-k", "gthread", "--threads", "4", "--keep-alive", "60", "-b", "localhost:{port}"]
    return [python, "-m", "gunicorn", *options, app]


NAMES = ("ours, /skola", "ours, /oversikt", "the ordinary app", "Dash, skola", "ordinary by ours", "ours by Dash")


def rows(store: Path, dash_python: str | None, rounds: int) -> Iterator[list[object]]:
    """A measure, and what it is of each of NAMES; '' where it was not measured."""
    found = {tried.name: tried for tried in all_tried(store, dash_python, rounds, crowds=1)}
    for measured in dict.fromkeys(name for each in found.values() for name in (*each.told, *each.broke)):
        ours, city, plain, by_dash = (found[name].said(measured) if name in found else "" for name in NAMES[:4])
        yield [measured, ours, city, plain, by_dash, _by(plain, ours), _by(ours, by_dash)]


def _by(one: float | str, other: float | str) -> float | str:
    return one / other if isinstance(one, float) and isinstance(other, float) and other else ""


def all_tried(store: Path, dash_python: str | None, rounds: int, crowds: int) -> list[Tried]:
    with ExitStack() as open_, tempfile.TemporaryDirectory() as folder:
        ours, server = open_.enter_context(counted(store))
        tried = [
            Tried("ours, /skola", ours, SCHOOL, ws_clicks.person, of=server),
            Tried("ours, /oversikt", ours, CITY, ws_clicks.person, of=server),
        ]
        for page in (SCHOOL, CITY):
            warm_up(ours, page)
        if dash_python:
            worked_out.write(store, pages := Path(folder) / "pages.json")
            beside, server = open_.enter_context(running(dash(dash_python, pages)))
            for page in ("skola", "oversikt"):
                tried.append(Tried(f"Dash, {page}", beside, page, dash_clicks.person, of=server))
        plain, server = open_.enter_context(running(ordinary()))
        warm_up(plain, "")
        tried.append(Tried("the ordinary app", plain, "", ws_clicks.person, hurried=True, of=server))
        for round_ in range(rounds):
            for each in tried:
                measure(each, crowd=round_ < crowds)
        return tried


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dash", help="the Python that Dash is installed in; without it, Dash is left out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--crowds", type=int, default=1, help="in how many of them 75 and 300 people come too")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(all_tried(build_store(Path(folder) / "store"), args.dash, args.rounds, args.crowds)))


if __name__ == "__main__":
    main()
