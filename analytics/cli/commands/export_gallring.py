"""`kvalitet export gallring`: the protocols of what `kvalitet gallra` has taken away."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.export import export, out_option, write
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.documents.about import version_about
from analytics.documents.disposal import FORMATS, disposal_bytes
from analytics.loads.load import LoadOutcome
from analytics.store.disposals import disposals
from analytics.store.reading import Store


@export.command("gallring")
@store_option
@out_option(FORMATS)
@json_option
@click.pass_obj
def export_gallring(store: Path, out: Path, as_json: bool) -> None:
    """The protocols of what kvalitet gallra has taken away."""
    view = Store(store).current()
    found = disposals(store)
    write(store, out, disposal_bytes(found, out.suffix.lower(), version_about(view), say))
    told = say.plural("{n} protocol", "{n} protocols", len(found))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")
