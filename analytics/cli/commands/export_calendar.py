"""`kvalitet export calendar`: what is due in the EU projects."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.export import export, out_option, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.documents.calendar import calendar_bytes
from analytics.funding.due import due_days
from analytics.funding.register import funding
from analytics.loads.load import LoadOutcome
from analytics.store.reading import Store, version_record


@export.command("calendar")
@store_option
@out_option((".ics",))
@json_option
@click.pass_obj
def export_calendar(store: Path, out: Path, as_json: bool) -> None:
    """What is due in the EU projects: reports, ends, final instalments, how long vouchers are kept,
    administrations' parts of the yearly report."""
    view = Store(store).current()
    due = due_days(funding(view, EVERYTHING))
    write(store, out, calendar_bytes(due, view.number, version_record(view).created_at, say))
    told = say.plural("{n} day", "{n} days", len(due))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
