"""`kvalitet export owners`: how the owners of a store stand, side by side."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.export import export, out_option, unknown_framework, write
from analytics.cli.options import json_option, say, whole_store_option
from analytics.cli.output import refusal, report_outcome
from analytics.documents.tables import FORMATS, write_table
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.maturity.owner_figures import owner_rounds, owners_table, rounds_of
from analytics.model.errors import Problem
from analytics.store.owners import folder_of_owner, owners_of
from analytics.store.reading import Store
from analytics.store.versions import holds_a_store


@export.command("owners")
@whole_store_option
@click.option("--framework", required=True, help="Framework id.")
@out_option(FORMATS)
@click.option("--excel", is_flag=True, help="CSV as Excel wants it in Swedish: ; BOM , as decimal sign.")
@json_option
@click.pass_obj
def export_owners(store: Path, framework: str, out: Path, excel: bool, as_json: bool) -> None:
    """One row a year x owner, the nation's (with no owner) first, of the framework's rounds; from what each owner has
    published."""
    folders = {one: folder_of_owner(store, one.id) for one in owners_of(store)}
    if not folders:
        text, hint = say("The store is one owner's."), say("Use kvalitet export city.")
        raise refusal(store, Problem(file_name(store), None, None, None, text, hint))
    views = {one: Store(folder).current() for one, folder in folders.items() if holds_a_store(folder)}
    known = {id_ for view in views.values() for (id_,) in view.rows("select id from framework")}
    if framework not in known:
        raise unknown_framework(store, out, framework, known)
    table = owners_table(owner_rounds((row for one, view in views.items() for row in rounds_of(one, view)), framework))
    about = {say("Framework"): framework}
    write(store, out, lambda file: write_table(file, table, out.suffix.lower(), about, excel=excel))
    rows = say.plural("{n} row", "{n} rows", table.num_rows)
    report_outcome(LoadOutcome(None, (), ()), as_json, say, done=f"{out}: {rows}")
