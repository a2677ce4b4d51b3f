"""`kvalitet export followup`: the yearly follow-up of the quality dialogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from analytics.cli.export import export, framework_with_round, out_option, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.dialogue.followup_report import year_report
from analytics.documents.about import version_about
from analytics.documents.followup import FORMATS, followup_bytes
from analytics.loads.load import LoadOutcome
from analytics.store.reading import Store


@export.command("followup")
@store_option
@click.option("--framework", required=True, help="Framework id.")
@click.option("--year", required=True, type=int, help="The year of the round that the dialogues were about.")
@out_option(FORMATS)
@json_option
@click.pass_obj
def export_followup(store: Path, framework: str, year: int, out: Path, as_json: bool) -> None:
    """What came of the goals that were agreed on, over the whole city."""
    view = Store(store).current()
    asked = framework_with_round(store, out, view, framework, year)
    found = year_report(view, EVERYTHING, asked, year, date.today())
    write(store, out, followup_bytes(found, out.suffix.lower(), version_about(view), say))
    told = say.plural("{n} goal", "{n} goals", found.found.agreements.agreed)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
