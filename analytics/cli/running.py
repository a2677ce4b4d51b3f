"""Running a load from the command, with its progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from analytics.cli.options import say
from analytics.cli.output import account, in_force, report_outcome
from analytics.intake.file_report import FileReport
from analytics.intake.files import ReadingOptions
from analytics.loads.load import load
from analytics.loads.loaded_before import EarlierLoad, loaded_before
from analytics.model.errors import StoreMissing
from analytics.store.versions import read_current


def run_load(
    store: Path, files: Iterable, reading: ReadingOptions, as_json: bool, *, loaded_by: str | None = None, **how
) -> None:
    """Loads with a bar that shows how far it has come, and prints what came of it."""
    files = list(files)
    earlier = _loaded_before(store) if how.get("replace") else {}  # else what is there would be refused
    before = read_current(store).number if earlier else None
    steps = 2 * len(files) + 10
    with click.progressbar(
        length=steps, label=say("Loading"), file=sys.stderr, hidden=as_json or not sys.stderr.isatty()
    ) as bar:
        outcome = load(
            store, files, reading, say, loaded_by=loaded_by or account(), on_step=lambda: bar.update(1),
            loaded_already=earlier, **how,
        )  # fmt: skip
        bar.update(steps)
    reports = tuple(_with_earlier(report, earlier) for report in outcome.reports)
    done = in_force(outcome.version, say)
    if earlier and outcome.version == before:
        done = f"{say('All of this is in the store already, exactly as in the files: nothing was changed.')} {done}"
    report_outcome(replace(outcome, reports=reports), as_json, say, done=done)


def _loaded_before(store: Path) -> dict[str, EarlierLoad]:
    try:
        return loaded_before(store)
    except StoreMissing:
        return {}


def _with_earlier(report: FileReport, earlier: Mapping[str, EarlierLoad]) -> FileReport:
    """With a note where the same file was loaded already."""
    found = earlier.get(report.sha256)
    if found is None:
        return report
    day = say.day(found.at.date())
    text = say(
        "The same file was loaded already, on {day} by {who} (version {n}).", day=day, who=found.by, n=found.version
    )
    return replace(report, notes=(*report.notes, text))
