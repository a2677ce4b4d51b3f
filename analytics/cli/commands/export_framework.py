"""`kvalitet export framework`: a framework as the file that it is loaded from, or one to begin another with."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.commands.exports import framework_option
from analytics.cli.export import export, out_option, unknown_framework, write
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import refusal, report_outcome
from analytics.documents.framework_file import framework_toml
from analytics.intake.raw import file_name
from analytics.loads.framework_copies import copy_of, successor_of
from analytics.loads.load import LoadOutcome
from analytics.model.errors import Problem
from analytics.store.reading import Store
from analytics.store.reference import read_frameworks


@export.command("framework")
@store_option
@framework_option
@click.option("--successor", is_flag=True, help="The one that follows on it, criterion for criterion.")
@click.option("--copy", "copied", is_flag=True, help="One like it, with an id of its own.")
@out_option((".toml",))
@json_option
@click.pass_obj
def export_framework(store: Path, framework: str, successor: bool, copied: bool, out: Path, as_json: bool) -> None:
    """The framework as TOML, which loads again; or one to change and load as a new one."""
    if successor and copied:
        raise click.UsageError("--successor and --copy exclude each other")
    view = Store(store).current()
    known = {one.id: one for one in read_frameworks(view)}
    if framework not in known:
        raise unknown_framework(store, out, framework, known)
    found = known[framework]
    if successor and found.valid_to is None:
        text, hint = say("The framework has no last year."), say("Give it one: the next begins in the year after.")
        raise refusal(store, Problem(file_name(out), None, "--successor", framework, text, hint))
    version = view.number
    if successor or copied:
        found, version = (successor_of if successor else copy_of)(found, known), None  # it is in no version yet
    write(store, out, framework_toml(found, version))
    criteria = say.plural("{n} criterion", "{n} criteria", len(found.criteria))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {found.id}, {criteria}")
