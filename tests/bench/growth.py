"""From one owner to a nation: what a load and publishing take, and what pages take to be composed, by the number of
schools.

`python -m tests.bench.growth --schools 75 --schools 500 --schools 4700` makes a store of each size (nation.py), and
prints a line of JSON for each and a table of what each took by what the first took. The same answers as files, one a
year, are checked and loaded into a store beside it (owners.py), published there as well. A store is made in one
process, its pages are composed in another, so that the memory is each one's own. With `--keep` what was made is there
the next time.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import duckdb

from analytics.store.reading import QUIET
from analytics.store.versions import read_current
from tests.bench.nation import Nation, make
from tests.bench.owners import measure as from_files

CELLS = "select framework, year, school_id, criterion, count(level), avg(level) from answer group by all"
COUNTED = (
    "select framework, year, school_id, criterion, sum(answers), sum(level * answers) from level_count group by all"
)
Figures = dict[str, float]


def published(nation: Nation, folder: Path) -> Figures:
    """Makes the store. Runs in a process of its own."""
    clock, worked = time.perf_counter(), time.process_time()
    make(nation, folder)
    found = {"publish_s": time.perf_counter() - clock, "publish_cpu_s": time.process_time() - worked}
    found |= {"publish_peak_gb": _peak()}
    version = read_current(folder).in_force
    found |= {"view_mb": _mb(folder / version.view), "answers_mb": _mb(folder / version.answers)}
    with duckdb.connect(str(folder / version.answers), read_only=True) as answers:
        answers.execute(QUIET)
        worked = time.process_time()
        answers.execute(f"create temp table cells as {COUNTED if nation.counts else CELLS}")
        return found | {"group_by_cpu_s": time.process_time() - worked}


def loaded(nation: Nation, scratch: Path) -> Figures:
    """One owner's files checked and loaded in one call, by the processor and by the memory that each command has of its
    own; nothing of counts, which no file has."""
    taken = {} if nation.counts else dict(from_files(nation, 1, scratch))
    found = {f"{command}_cpu_s": each.cpu_s for command, each in taken.items()}
    return found | {f"{command}_peak_gb": each.anonymous_mb / 1e3 for command, each in taken.items()}


def composed(folder: Path) -> Figures:
    """Each page composed once, in a store that nothing has been asked of, and how large it is. Runs in a process of its
    own."""
    os.environ["KVALITET_STORE"] = str(folder)
    from pages.ui import access

    ask, found = access.ahead("sv"), {}
    for path, compose, *parameters in _visits(ask):
        access.composed.cache_clear()  # no page is quick by what another has asked
        clock, worked = time.perf_counter(), time.process_time()
        content = access.composed(compose, ask.of_figures, *parameters)
        found |= {f"{path}_s": time.perf_counter() - clock, f"{path}_cpu_s": time.process_time() - worked}
        found |= {f"{path}_kb": _size(content) / 1e3, f"{path}_opened_kb": _opened(ask.of_figures, content) / 1e3}
    return found | {"pages_peak_gb": _peak()}


def _visits(ask: Any) -> Iterator[tuple]:
    """(path, compose, *parameters) of the pages that most is asked for, in the latest round."""
    from pages.figures.criteria import page as criteria
    from pages.figures.overview import page as overview
    from pages.figures.school import page as school
    from pages.figures.schools import page as schools
    from pages.figures.support import page as support
    from pages.talks.certification import page as certification
    from pages.talks.dialogue import paper

    last = ask.catalogue.rounds[-1]
    round_, first = (last.framework, last.year), ask.catalogue.schools[0].id
    criterion = ask.catalogue.framework(last.framework).criteria[0].id
    yield "oversikt", overview.compose, *round_
    yield "skolor", schools.compose, *round_, None, None, "alla", "namn", 1
    yield "skolor-kriterier", schools.compose, *round_, None, None, "kriterier", "namn", 1
    yield "skola", school.compose, *round_, first
    yield "kriterier", criteria.compose_all, *round_
    yield "kriterium", criteria.compose, *round_, criterion
    yield "stod", support.compose, *round_, None, None
    yield "certifiering", certification.compose, *round_, None, None, "namn", 1
    yield "dialog", paper.brief_sheet, first, *round_, f"{last.year}-12-31"


def _size(content: Any) -> int:
    """Characters of what is sent with nothing unfolded: pictures and drawings."""
    from pages.ui.content import Content

    if not isinstance(content, Content):
        return len(str(content))
    return sum(map(_drawn, filter(None, (content.first, content.table))))


def _opened(ask: Any, content: Any) -> int:
    """The same with every fold of pictures open."""
    from pages.ui.content import Content

    return sum(map(_drawn, content.all_blocks(ask))) if isinstance(content, Content) else 0


def _drawn(block: Any) -> int:
    return len(str(block.drawing or "")) + (len(block.figure.to_json()) if block.figure else 0)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _mb(path: Path) -> float:
    return path.stat().st_size / 1e6


def measure(nation: Nation, folder: Path) -> Figures:
    """What one size takes."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        made = folder / "made.json"
        if not made.exists():
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                found = loaded(nation, Path(scratch))
            found |= pool.submit(published, nation, folder / "store").result()
            made.write_text(json.dumps(found), "utf-8")
        found = json.loads(made.read_text("utf-8"))
        return found | pool.submit(composed, folder / "store").result()


@click.command()
@click.option("--schools", multiple=True, default=(75, 500), show_default=True, help="A size each time.")
@click.option("--years", default=10, show_default=True)
@click.option("--criteria", default=50, show_default=True)
@click.option("--staff", default=28, show_default=True)
@click.option("--counts", is_flag=True, help="Answers that came as counts: nobody can be followed over the criteria.")
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the stores, which stay.")
def main(schools: tuple[int, ...], keep: Path | None, **size: Any) -> None:
    """Measures each size in its turn."""
    taken: list[tuple[int, Figures]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for n in schools:
            nation = Nation(n, **size)
            found = measure(nation, (keep or Path(scratch)) / str(n))
            click.echo(
                json.dumps({"schools": n, "answers": nation.answers} | {k: round(v, 3) for k, v in found.items()})
            )
            taken.append((n, found))
    click.echo(f"| | {' | '.join(f'{n} schools' for n, _ in taken)} |")
    for name, first in taken[0][1].items():
        times = (f"{found[name] / first:.1f} x" if first else "-" for _, found in taken[1:])
        click.echo(f"| {' | '.join([name, f'{first:.3g}', *times])} |")


if __name__ == "__main__":
    main()
