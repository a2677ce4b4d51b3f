"""The `kvalitet` command. Exit codes: 0 done; 1 refused, nothing changed; 2 the words of the call are off; 3 the store
is busy or broken."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from analytics.cli_followup import export  # with all that cli_exports, cli_briefs and it have put in
from analytics.cli_options import (
    as_option,
    files_argument,
    framework_option,
    json_option,
    say,
    sheet_option,
    store_option,
    year_option,
)
from analytics.cli_output import account, fail, print_json, refusal, report_outcome, report_versions
from analytics.intake.files import Reading
from analytics.intake.kinds_dialogue import DIALOGUE
from analytics.intake.kinds_funding import FUNDING
from analytics.intake.raw import file_name
from analytics.intake.readers import sheets_in
from analytics.loading import Outcome, check, load, republish
from analytics.model import HIDE_BELOW_FLOOR, KvalitetError, Problem, Provenance, StoreOld
from analytics.store.reading import Store, version_history
from analytics.store.versions import read_current
from analytics.store.writing import locked, roll_back

DATA = Path(__file__).parent.parent / "data"
FUNDING_FILES = tuple(f"{kind.name}.csv" for kind in FUNDING if kind.name != "budget_goals")
DIALOGUE_FILES = tuple(f"{kind.name}.csv" for kind in DIALOGUE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KVALITET_STORE",
    default=Path("data/store"),
    show_default=True,
    help="The store's folder (or KVALITET_STORE).",
)
@click.pass_context
def cli(context: click.Context, store: Path) -> None:
    """Loads, checks and exports schools' yearly self-assessments. Messages follow KVALITET_LANG (sv, en)."""
    context.obj = store


@cli.command()
@store_option
@click.option("--no-demo", is_flag=True, help="Leave the synthetic demo data out.")
@click.option("--empty", is_flag=True, help="Reference data alone: frameworks, budget goals.")
@click.option(
    "--hide-below",
    type=click.IntRange(min=HIDE_BELOW_FLOOR),
    default=HIDE_BELOW_FLOOR,
    show_default=True,
    help="Hide figures with fewer answers than this.",
)
@json_option
@click.pass_obj
def build(store: Path, no_demo: bool, empty: bool, hide_below: int, as_json: bool) -> None:
    """Makes a store: frameworks, published facts, demo data."""
    if (store / "CURRENT").exists():
        text = say("There is a store in {folder} already.", folder=store)
        raise refusal(store, Problem(file_name(store), None, None, None, text, say("Use load, or another folder.")))
    files: list = sorted((DATA / "frameworks").glob("*.toml"))
    files += sheets_in(DATA / "reference", Provenance.PUBLISHED, say, ("budget_goals.csv",))
    if not empty:
        for folder in ("malmo-2018", "malmo-2022"):
            files += sheets_in(DATA / folder, Provenance.PUBLISHED, say)
    if not (no_demo or empty):
        from analytics.demo import demo_sheets
        from analytics.demo_dialogue import dialogue_sheets

        made = demo_sheets(DATA / "demo")
        files += [*made, *dialogue_sheets(DATA / "demo", made)]
        files += sheets_in(DATA / "demo", Provenance.SYNTHETIC, say, FUNDING_FILES)
        there = [name for name in DIALOGUE_FILES if (DATA / "demo" / name).exists()]
        files += sheets_in(DATA / "demo", Provenance.SYNTHETIC, say, there)
    reading = Reading(provenance=Provenance.SYNTHETIC)
    _run_load(store, files, reading, as_json, action="build", new_store=True, hide_below=hide_below)


@cli.command("check")
@store_option
@files_argument
@as_option
@framework_option
@year_option
@sheet_option
@json_option
@click.pass_obj
def check_command(
    store: Path,
    files: tuple[Path, ...],
    as_: str | None,
    framework: str | None,
    year: int | None,
    sheet: str | None,
    as_json: bool,
) -> None:
    """Validates files and changes nothing."""
    reading = Reading(as_, framework, year, sheet)
    outcome = check(store, files, reading, say)
    report_outcome(outcome, as_json, say, done=say("Checked; nothing is wrong. The store is unchanged."))


@cli.command("load")
@store_option
@files_argument
@as_option
@framework_option
@year_option
@sheet_option
@click.option("--replace", is_flag=True, help="Replace the school-rounds that the files hold.")
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
    replace: bool,
    loaded_by: str | None,
    as_json: bool,
) -> None:
    """Loads files, all or none, as one new version."""
    reading = Reading(as_, framework, year, sheet)
    _run_load(store, files, reading, as_json, loaded_by=loaded_by, replace=replace)


def _run_load(
    store: Path, files: Iterable, reading: Reading, as_json: bool, *, loaded_by: str | None = None, **how
) -> None:
    files = list(files)
    with click.progressbar(
        length=2 * len(files) + 10, label=say("Loading"), file=sys.stderr, hidden=as_json or not sys.stderr.isatty()
    ) as bar:
        outcome = load(
            store, files, reading, say, loaded_by=loaded_by or account(), on_step=lambda: bar.update(1), **how
        )
        bar.update(bar.length)
    report_outcome(outcome, as_json, say, done=say("Version {version} is in force.", version=outcome.version))


@cli.command()
@store_option
@json_option
@click.pass_obj
def versions(store: Path, as_json: bool) -> None:
    """What was loaded when, by whom, from which files."""
    report_versions(version_history(store), read_current(store).number, as_json, say)


@cli.command()
@store_option
@click.argument("number", type=int)
@json_option
@click.pass_obj
def rollback(store: Path, number: int, as_json: bool) -> None:
    """Goes back to version NUMBER."""
    with locked(store):
        try:
            roll_back(store, number)
        except KeyError:
            numbers = ", ".join(str(version.number) for version in read_current(store).published)
            text, hint = say("There is no version {n}.", n=number), say("The versions are: {numbers}.", numbers=numbers)
            raise refusal(store, Problem(file_name(store), None, None, str(number), text, hint)) from None
    report_outcome(Outcome(number, (), ()), as_json, say, done=say("Version {version} is in force.", version=number))


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
    report_outcome(Outcome(number, (), ()), as_json, say, done=say("Version {version} is in force.", version=number))


cli.add_command(export)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits; what a user can mend is told without a traceback."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    try:
        cli.main(arguments, prog_name="kvalitet", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        if as_json:
            problem = Problem("", None, None, None, error.format_message(), say("See kvalitet --help."))
            print_json(Outcome(None, (), (problem,)))
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except KvalitetError as error:
        sys.exit(fail(error, as_json, say))
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
