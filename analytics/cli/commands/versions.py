"""`kvalitet versions`, `rollback` and `republish`: what was loaded when, and which of it is in force."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.listing import list_versions
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import account, in_force, refusal, report_outcome
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome, republish
from analytics.model.errors import Problem, StoreOld
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.reading import Store
from analytics.store.rollback import known_versions, roll_back
from analytics.store.writing import locked


@cli.command()
@store_option
@json_option
@click.pass_obj
def versions(store: Path, as_json: bool) -> None:
    """What was loaded when, by whom, from which files; and whether the version in force is whole."""
    if not list_versions(store, as_json, say):
        sys.exit(3)


@cli.command()
@store_option
@click.argument("number", type=int)
@json_option
@click.pass_obj
def rollback(store: Path, number: int, as_json: bool) -> None:
    """Goes back to version NUMBER; also where the file CURRENT is gone."""
    with locked(store):
        try:
            roll_back(store, number)
        except KeyError:
            numbers = ", ".join(str(version.number) for version in known_versions(store))
            text, hint = say("There is no version {n}.", n=number), say("The versions are: {numbers}.", numbers=numbers)
            raise refusal(store, Problem(file_name(store), None, None, str(number), text, hint)) from None
        note_where_kept(store, account(), Did.VERSION_CHOSEN, version=number)
    report_outcome(LoadOutcome(number, (), ()), as_json, say, done=in_force(number, say))


@cli.command("republish")
@store_option
@click.option("--if-old", is_flag=True, help="Only if an earlier edition of the program published it.")
@json_option
@click.pass_obj
def republish_command(store: Path, if_old: bool, as_json: bool) -> None:
    """Counts and publishes what the store holds once more, as a new version."""
    try:
        number = Store(store).current().number if if_old else None
    except StoreOld:
        number = None
    if number is None:
        number = republish(store, loaded_by=account()).version
    report_outcome(LoadOutcome(number, (), ()), as_json, say, done=in_force(number, say))
