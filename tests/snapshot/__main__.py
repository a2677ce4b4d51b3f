"""`python -m tests.snapshot take FILE` and `python -m tests.snapshot compare FILE`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.snapshot.comparing import compared
from tests.snapshot.taking import take

FILE = click.Path(path_type=Path, dir_okay=False)
store_option = click.option(
    "--store", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Else a demo store is built."
)
only_option = click.option(
    "--only", default="", help="Keys that begin so, such as composed/skola; the rest is not taken."
)


@click.group()
def main() -> None:
    """Keeps what every page and every export gives, and tells what is another later."""


@main.command("take")
@click.argument("file", type=FILE)
@store_option
@only_option
def take_command(file: Path, store: Path | None, only: str) -> None:
    """Writes a snapshot to FILE."""
    _take(file, store, only)


@main.command()
@click.argument("file", type=FILE)
@click.argument("other", type=FILE, required=False)
@store_option
@only_option
@click.option("--show", default=5, show_default=True, help="How many keys to name of each kind, and to show lines of.")
@click.option("--keep", type=FILE, help="Where to keep what is taken now.")
def compare(file: Path, other: Path | None, store: Path | None, only: str, show: int, keep: Path | None) -> None:
    """Tells how what is given now (or lies in OTHER) differs from FILE; exit code 1 where it does."""
    with TemporaryDirectory() as folder:
        now = other or keep or Path(folder) / "now"
        if not other:
            _take(now, store, only)
        n, lines = compared(file, now, only, show)
        for line in lines:
            click.echo(line)
    sys.exit(1 if n else 0)


def _take(file: Path, store: Path | None, only: str) -> None:
    started = time.monotonic()
    with TemporaryDirectory() as folder:
        n = take(file, store, Path(folder), only)
    click.echo(f"{n} keys in {time.monotonic() - started:.0f} s", err=True)


if __name__ == "__main__":
    main()
