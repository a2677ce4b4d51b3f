"""`kvalitet check` and `kvalitet load`: files, all or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analytics.cli.group import cli
from analytics.cli.options import files_argument, json_option, say, whole_store_option
from analytics.cli.output import account, announce, report_outcome
from analytics.cli.owners_output import owner_line, report_owners
from analytics.cli.reading import reading_of, reading_options
from analytics.cli.running import run_load
from analytics.intake.pipes import read_through
from analytics.loads.by_owner import OwnersLoad, check_divided, divided, load_divided
from analytics.loads.inspection import Against
from analytics.loads.load import check

add_option = click.option(
    "--add", is_flag=True, help="Add the rows of registers that are not there, and leave those that are as they are."
)


@cli.command("check")
@whole_store_option
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
    reading = reading_of(store, said)
    if (parts := divided(store, [read_through(file, say) for file in files], reading, say)) is not None:
        found = check_divided(store, parts, reading, say, Against(replace=True, add=add, i_know=True))
        report_owners(found, as_json, say, done=say("Checked; nothing is wrong. The store is unchanged."))
        return
    outcome = check(store, files, reading, say, add=add)
    report_outcome(outcome, as_json, say, done=say("Checked; nothing is wrong. The store is unchanged."))


@cli.command("load")
@whole_store_option
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
    """Loads files, all or none, as one new version; in a store of several owners one of each owner whose schools they
    tell of."""
    if add and replace:
        raise click.UsageError("--add leaves what is there, and --replace takes it away: say one of them")
    reading, against = reading_of(store, said), Against(replace=replace, add=add, i_know=i_know)
    found = load_divided(store, files, reading, say, against, loaded_by=loaded_by or account(), on_owner=_tell(as_json))
    if found is not None:
        report_owners(found, as_json, say, done=say.plural("{n} owner.", "{n} owners.", len(found)))
        return
    run_load(store, files, reading, as_json, loaded_by=loaded_by, replace=replace, add=add, i_know=i_know)


def _tell(as_json: bool) -> Callable[[OwnersLoad], None]:
    """Says of each owner what is done, as it is: what is stored stays, whatever becomes of the rest."""

    def tell(one: OwnersLoad) -> None:
        if not as_json:
            announce(owner_line(one, say))

    return tell
