"""Running a load from the command, with its progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from analytics.cli.options import say
from analytics.cli.output import account, in_force, report_outcome
from analytics.intake.files import ReadingOptions
from analytics.loads.load import load


def run_load(
    store: Path, files: Iterable, reading: ReadingOptions, as_json: bool, *, loaded_by: str | None = None, **how
) -> None:
    """Loads with a bar that shows how far it has come, and prints what came of it."""
    files = list(files)
    steps = 2 * len(files) + 10
    with click.progressbar(
        length=steps, label=say("Loading"), file=sys.stderr, hidden=as_json or not sys.stderr.isatty()
    ) as bar:
        outcome = load(
            store, files, reading, say, loaded_by=loaded_by or account(), on_step=lambda: bar.update(1), **how
        )
        bar.update(steps)
    report_outcome(outcome, as_json, say, done=in_force(outcome.version, say))
