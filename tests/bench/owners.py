"""A nation of many owners loaded from files, as a region gets them: a register of schools, and a file of answers
a year.

`python -m tests.bench.owners --schools 4700 --owners 290 --years 10` writes the files, checks all and loads all, each
in one call, and prints what each took of the processor and of memory. What is held and cannot be given back
(`anonymous`) is told beside what the system may take back at any time, as it lies on disk (`mapped`).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import duckdb

from tests.bench.nation import ANSWERS, LAST_YEAR, Nation
from tests.maturity.worlds import framework_toml

LARGEST = 150  # schools of the largest owner; a third of all where there are few
A_LOOK = 0.05  # seconds
COPY = """
    copy (
        select framework, year, school_id as school, 'p' || respondent as respondent, criterion, level from ({answers})
        order by school, respondent, criterion
    ) to '{file}' (header)
"""


class Taken(NamedTuple):
    """Seconds of the processor, and megabytes at the peak."""

    cpu_s: float
    anonymous_mb: float
    mapped_mb: float


def write_files(nation: Nation, owners: int, folder: Path, largest: int = LARGEST) -> list[Path]:
    """The framework, the register of schools and each year's answers. `largest`: the most schools of an owner; one
    owner's register does not name whose it is."""
    schools = folder / "schools.csv"
    lines = [["school_id", "name", "district", "stage", "pupils", "owner"]]
    for school, owner in zip(nation.register(), _owners(nation.schools, owners, largest), strict=True):
        told = school.id, school.name, school.district, school.stage, school.pupils, f"Huvudman {owner:03}"
        lines.append([*map(str, told)])
    columns = slice(None if owners > 1 else -1)
    schools.write_text("".join(",".join(line[columns]) + "\n" for line in lines), "utf-8")
    framework = folder / "nation.toml"
    framework.write_text(framework_toml(nation.framework()), "utf-8")
    return [framework, schools, *_answers(nation, folder)]


def _owners(schools: int, owners: int, largest: int) -> Iterator[int]:
    """A school's owner: the first has many, the others as many each."""
    largest = min(largest, schools // 3) if owners > 1 else schools
    for school in range(schools):
        yield 0 if school < largest else 1 + (school - largest) * (owners - 1) // (schools - largest)


def _answers(nation: Nation, folder: Path) -> Iterator[Path]:
    size = {name: getattr(nation, name) for name in ("first", "schools", "staff", "criteria")}
    with duckdb.connect() as connection:
        for year in range(nation.first, LAST_YEAR + 1):
            file = folder / f"answers-{year}.csv"
            of_year = ANSWERS.replace("range($first, $last + 1)", f"range({year}, {year + 1})")
            for name, value in size.items():  # a copy takes no parameters
                of_year = of_year.replace(f"${name}", str(value))
            connection.execute(COPY.format(answers=of_year, file=str(file).replace("'", "''")))
            yield file


def taken_by(store: Path, *said: str | Path) -> Taken:
    """What a command takes, with the process that reads files; raises RuntimeError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = [sys.executable, "-m", "analytics", "--store", str(store), *map(str, said)]
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(run, stdout=out, stderr=out, env=os.environ | {"KVALITET_FILE_ROWS": "10000000"})
        peak = [0.0, 0.0]
        while process.poll() is None:
            peak = [max(*each) for each in zip(peak, _memory(process.pid), strict=True)]
            time.sleep(A_LOOK)
        if process.returncode:
            out.seek(0)
            raise RuntimeError(out.read()[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, *peak)


def _memory(process: int) -> tuple[float, float]:
    """Megabytes that a process holds: its own, and of files. (0, 0) where it has ended, or the system does not tell."""
    try:
        told = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines())
        anonymous, mapped = (int(told[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    except (OSError, KeyError):
        return 0.0, 0.0
    return anonymous, mapped


def measure(nation: Nation, owners: int, folder: Path) -> Iterator[tuple[str, Taken]]:
    """Of a new store: all files checked, and loaded."""
    store, files = folder / "store", write_files(nation, owners, folder)
    taken_by(store, "build", "--empty")
    for command in ("check", "load"):
        yield command, taken_by(store, command, *files)


@click.command()
@click.option("--schools", default=470, show_default=True)
@click.option("--owners", default=20, show_default=True)
@click.option("--years", multiple=True, default=(1, 3), show_default=True, help="A number of files each time.")
@click.option("--criteria", default=50, show_default=True)
@click.option("--staff", default=28, show_default=True)
def main(schools: int, owners: int, years: Sequence[int], criteria: int, staff: int) -> None:
    """Measures each number of years in its turn."""
    click.echo("| years, command | answers | of the processor, s | anonymous, MB | mapped, MB |\n|---|---|---|---|---|")
    for n in years:
        nation = Nation(schools, n, criteria, staff)
        with tempfile.TemporaryDirectory() as scratch:
            for command, taken in measure(nation, owners, Path(scratch)):
                told = (f"{n}, {command}", f"{nation.answers:,}", *(f"{figure:.0f}" for figure in taken))
                click.echo(f"| {' | '.join(told)} |")


if __name__ == "__main__":
    main()
