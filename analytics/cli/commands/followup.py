"""`kvalitet export followup`: the yearly follow-up of the quality dialogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from analytics.cli.export import export, out_option, unknown_framework, version_about, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import refusal, report_outcome
from analytics.dialogue.followup_report import year_report
from analytics.documents.followup import FORMATS, followup_bytes
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.maturity.rounds import rounds
from analytics.model.errors import Problem
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks


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
    known = {found.id: found for found in read_frameworks(view)}
    if framework not in known:
        raise unknown_framework(store, out, framework, known)
    years = [found.year for found in rounds(view) if found.framework == framework]
    if year not in years:
        hint = say("Years with a round: {years}.", years=", ".join(map(str, years)) or "-")
        text = say("There is no round in the year.")
        raise refusal(store, Problem(file_name(out), None, "--year", str(year), text, hint))
    found = year_report(view, EVERYTHING, known[framework], year, date.today())
    write(store, out, followup_bytes(found, out.suffix.lower(), version_about(view), say))
    told = say.plural("{n} goal", "{n} goals", found.found.agreements.agreed)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
