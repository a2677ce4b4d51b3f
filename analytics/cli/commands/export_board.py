"""`kvalitet export board`: the city's yearly quality report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from analytics.cli.export import export, framework_with_round, out_option, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.dialogue.board_report import board_report
from analytics.documents.about import version_about
from analytics.documents.board import FORMATS, board_bytes
from analytics.loads.load import LoadOutcome
from analytics.store.reading import Store


@export.command("board")
@store_option
@click.option("--framework", required=True, help="Framework id.")
@click.option("--year", required=True, type=int, help="The year of the round.")
@out_option(FORMATS)
@json_option
@click.pass_obj
def export_board(store: Path, framework: str, year: int, out: Path, as_json: bool) -> None:
    """The city's yearly quality report: where the schools stand, what has moved, where effort pays, what was agreed."""
    view = Store(store).current()
    found = board_report(view, EVERYTHING, framework_with_round(store, out, view, framework, year), year, date.today())
    write(store, out, board_bytes(found, out.suffix.lower(), version_about(view), say))
    told = say.plural("{n} school", "{n} schools", found.city.round.schools)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
