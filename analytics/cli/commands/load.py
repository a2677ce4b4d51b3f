"""`kvalitet check` and `kvalitet load`: files, all or none."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import (
    as_option,
    files_argument,
    framework_option,
    json_option,
    municipality_option,
    say,
    sheet_option,
    store_option,
    year_option,
)
from analytics.cli.output import report_outcome
from analytics.cli.running import run_load
from analytics.intake.files import ReadingOptions
from analytics.loads.load import check
from analytics.store.saved_forms import saved_forms


@cli.command("check")
@store_option
@files_argument
@as_option
@framework_option
@year_option
@sheet_option
@municipality_option
@json_option
@click.pass_obj
def check_command(
    store: Path,
    files: tuple[Path, ...],
    as_: str | None,
    framework: str | None,
    year: int | None,
    sheet: str | None,
    municipality: str | None,
    as_json: bool,
) -> None:
    """Validates files and changes nothing."""
    reading = ReadingOptions(as_, framework, year, sheet, municipality, saved=() if as_ else saved_forms(store))
    outcome = check(store, files, reading, say)
    report_outcome(outcome, as_json, say, done=say("Checked; nothing is wrong. The store is unchanged."))


@cli.command("load")
@store_option
@files_argument
@as_option
@framework_option
@year_option
@sheet_option
@municipality_option
@click.option("--replace", is_flag=True, help="Replace the school-rounds that the files hold.")
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
    as_: str | None,
    framework: str | None,
    year: int | None,
    sheet: str | None,
    municipality: str | None,
    replace: bool,
    i_know: bool,
    loaded_by: str | None,
    as_json: bool,
) -> None:
    """Loads files, all or none, as one new version."""
    reading = ReadingOptions(as_, framework, year, sheet, municipality, saved=() if as_ else saved_forms(store))
    run_load(store, files, reading, as_json, loaded_by=loaded_by, replace=replace, i_know=i_know)
