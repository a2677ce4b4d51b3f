"""`kvalitet export opendata`: all that may be published, described for people, programs and portals."""

from __future__ import annotations

import os
from pathlib import Path

import click

from analytics.cli.export import export
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import account, announce, refusal, report_outcome
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem
from analytics.model.people import Did
from analytics.opendata.folder import put_open_data
from analytics.opendata.publisher import SettingRefused, publisher
from analytics.opendata.readme import closed_texts
from analytics.store.audit import note_where_kept
from analytics.store.reading import Store
from analytics.words.disk import reason


@export.command("opendata")
@store_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write: new or empty."
)
@json_option
@click.pass_obj
def export_opendata(store: Path, out: Path, as_json: bool) -> None:
    """CSV, Parquet, DuckDB, a data package and DCAT-AP-SE in a folder."""
    view = Store(store).current()
    try:
        by = publisher(os.environ)
    except SettingRefused as wrong:
        text, hint = say("The setting cannot be that."), say.marked(wrong.hint)
        raise refusal(store, Problem(file_name(out), None, wrong.setting, wrong.value, text, hint)) from None
    note_where_kept(store, account(), Did.EXPORTED, file=out.name)
    try:
        written = put_open_data(view, by, out)
    except FileExistsError:
        text, hint = say("Something else lies in the folder."), say("Name a folder that is new or empty.")
        raise refusal(store, Problem(file_name(out), None, "--out", str(out), text, hint)) from None
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be written."), reason(error, say))))
        raise refusal(store, Problem(file_name(out), None, None, None, text, say("Check the path."))) from None
    if by.missing:
        text = say(
            "Not set: {settings}. The files are whole; the catalogue is not fit to be harvested until they are.",
            settings=", ".join(by.missing),
        )
        announce(text, err=True)
    for text in closed_texts(written.rounds, say):
        announce(text, err=True)
    rows = say.plural("{n} row", "{n} rows", written.rows)
    tables = say.plural("{n} table", "{n} tables", written.tables)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {tables}, {rows}")
