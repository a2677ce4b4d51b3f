"""`kvalitet check` and `kvalitet load`: files, all or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analytics.cli.group import cli
from analytics.cli.options import files_argument, json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.cli.reading import reading_of, reading_options
from analytics.cli.running import run_load
from analytics.loads.load import check

add_option = click.option(
    "--add", is_flag=True, help="Add the rows of registers that are not there, and leave those that are as they are."
)


@cli.command("check")
@store_option
@files_argument
@reading_options
@add_option
@json_option
@click.pass_obj
def check_command(
    store: Path,
    files: tuple[Path, ...],
    said: dict[str, Any],
    add: bool,
    as_json: bool,
) -> None:
    """Validates files and changes nothing."""
    outcome = check(store, files, reading_of(store, said), say, add=add)
    report_outcome(outcome, as_json, say, done=say("Checked; nothing is wrong. The store is unchanged."))


@cli.command("load")
@store_option
@files_argument
@reading_options
@click.option("--replace", is_flag=True, help="Replace the school-rounds (or rows of registers) that the files hold.")
@add_option
@click.option(
    "--i-know",
    is_flag=True,
    help="Load a round that differs from what was published by one to four people, and mark it.",
)
@click.option("--by", "loaded_by", help="Who loads (default: the account's name).")
@json_option
@click.pass_obj
def load_command(
    store: Path,
    files: tuple[Path, ...],
    said: dict[str, Any],
    replace: bool,
    add: bool,
    i_know: bool,
    loaded_by: str | None,
    as_json: bool,
) -> None:
    """Loads files, all or none, as one new version."""
    if add and replace:
        raise click.UsageError("--add leaves what is there, and --replace takes it away: say one of them")
    run_load(
        store, files, reading_of(store, said), as_json, loaded_by=loaded_by, replace=replace, add=add, i_know=i_know
    )
