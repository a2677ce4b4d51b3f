"""`kvalitet export archive`: a year as an archivist takes it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from analytics.cli.export import export, nothing_in_year, out_option, write
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import announce, refusal, report_outcome
from analytics.cli.year_archive import year_archive
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.maturity.rounds import rounds
from analytics.model.errors import Problem
from analytics.opendata.publisher import SettingRefused, publisher
from analytics.store.reading import Store


@export.command("archive")
@store_option
@click.option("--year", required=True, type=int, help="The year of the rounds and of the report.")
@out_option((".zip",))
@json_option
@click.pass_obj
def export_archive(store: Path, year: int, out: Path, as_json: bool) -> None:
    """A year for the archive: documents as PDF/A, tables as CSV with schemas, protocols, a list with SHA-256."""
    view = Store(store).current()
    try:
        found = year_archive(store, view, year, publisher(os.environ), say)
    except KeyError:
        years = ", ".join(str(known) for known in sorted({one.year for one in rounds(view)})) or "-"
        raise nothing_in_year(store, out, year, say("Years with self-assessments: {years}.", years=years)) from None
    except SettingRefused as wrong:
        text, hint = say("The setting cannot be that."), say.marked(wrong.hint)
        raise refusal(store, Problem(file_name(out), None, wrong.setting, wrong.value, text, hint)) from None
    write(store, out, found.data)
    for text in found.left_out:
        announce(text, err=True)
    told = say.plural("{n} file", "{n} files", found.files)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
