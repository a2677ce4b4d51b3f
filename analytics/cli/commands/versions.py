"""`kvalitet versions`, `rollback`, `withdraw`, `tidy`, `republish`: what was loaded when, and what is in force."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.listing import list_versions
from analytics.cli.options import json_option, say, store_option, whole_store_option
from analytics.cli.output import account, announce, in_force, print_json, refusal, report_outcome
from analytics.cli.withdrawn import tell_withdrawn, withdrawn_as_json
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.loads.recounting import republish
from analytics.loads.tidying import tidy, what_goes
from analytics.loads.withdrawing import CannotWithdraw, withdraw
from analytics.loads.withdrawing import what_goes as what_withdrawing_means
from analytics.model.errors import Problem, StoreOld
from analytics.store.owners import folder_of_owner, owners_of
from analytics.store.reading import Store
from analytics.store.reference import read_schools
from analytics.store.rollback import choose, known_versions
from analytics.store.versions import holds_a_store, read_current
from analytics.words.versions import STAYS


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
    try:
        choose(store, number, chosen_by=account())
    except KeyError:
        raise _no_version(store, number) from None
    report_outcome(LoadOutcome(number, (), ()), as_json, say, done=in_force(number, say))


@cli.command("withdraw")
@store_option
@click.argument("number", type=int)
@click.option("--dry-run", is_flag=True, help="Say what would go, and take nothing back.")
@json_option
@click.pass_obj
def withdraw_command(store: Path, number: int, dry_run: bool, as_json: bool) -> None:
    """Takes back the answers and the invited that version NUMBER loaded; what has come since stays."""
    try:
        before = Store(store).current()
        if dry_run:
            made, gone = before.number, what_withdrawing_means(store, number)
        else:
            made, gone = withdraw(store, number, withdrawn_by=account())
    except KeyError:
        raise _no_version(store, number) from None
    except CannotWithdraw as error:
        text = say("Version {n} cannot be taken back.", n=number)
        hint = say.marked(STAYS[error.why])
        raise refusal(store, Problem(file_name(store), None, None, str(number), text, hint)) from None
    if as_json:
        print_json(LoadOutcome(made, (), ()), gone=withdrawn_as_json(gone), dry_run=dry_run)
        return
    tell_withdrawn(gone, {school.id: school.name for school in read_schools(before)}, say, dry_run=dry_run)
    announce(in_force(made, say))
    if not dry_run:
        announce(say("Version {n} still has it: kvalitet rollback {n}", n=before.number))


@cli.command("tidy")
@store_option
@click.option("--dry-run", is_flag=True, help="Say which, and take nothing away.")
@json_option
@click.pass_obj
def tidy_command(store: Path, dry_run: bool, as_json: bool) -> None:
    """Takes away versions that nothing stands on: not the latest 20, a year's last, one that a frozen brief was made
    from, or the last before another year was paid out."""
    found = what_goes(store) if dry_run else tidy(store, tidied_by=account())
    if as_json:
        kept = [{"version": number, "why": why.name.lower()} for number, why in found.stay]
        print_json(LoadOutcome(read_current(store).number, (), ()), gone=list(found.go), kept=kept, dry_run=dry_run)
        return
    if not found.go:
        announce(say("There is nothing to take away."))
        return
    numbers = ", ".join(map(str, found.go))
    if dry_run:
        announce(
            say.plural("Version {numbers} would go.", "Versions {numbers} would go.", len(found.go), numbers=numbers)
        )
    else:
        announce(
            say.plural("Removed: version {numbers}.", "Removed: versions {numbers}.", len(found.go), numbers=numbers)
        )


def _no_version(store: Path, number: int) -> Exception:
    numbers = ", ".join(str(version.number) for version in known_versions(store))
    text, hint = say("There is no version {n}.", n=number), say("The versions are: {numbers}.", numbers=numbers)
    return refusal(store, Problem(file_name(store), None, None, str(number), text, hint))


@cli.command("republish")
@whole_store_option
@click.option("--if-old", is_flag=True, help="Only if an earlier edition of the program published it.")
@json_option
@click.pass_obj
def republish_command(store: Path, if_old: bool, as_json: bool) -> None:
    """Counts and publishes what the store holds once more, as a new version; of a store of several owners, every
    owner's."""
    outcome = _republished(store, if_old)
    owners = owners_of(store)
    there = [one for one in owners if holds_a_store(folder_of_owner(store, one.id))]
    found = {one.id: _republished(folder_of_owner(store, one.id), if_old) for one in there}
    if as_json:
        parts = [{"id": id_, "version": own.version, "differing": list(own.differing)} for id_, own in found.items()]
        print_json(outcome, differing=list(outcome.differing), **({"owners": parts} if parts else {}))
        return
    report_outcome(outcome, as_json, say, done=_done(outcome))
    for id_, own in found.items():
        announce(f"{id_}: {_done(own)}")


def _done(outcome: LoadOutcome) -> str:
    if not outcome.differing:
        return in_force(outcome.version, say)
    tables = ", ".join(outcome.differing)
    text = say("Figures that this very program had published came out differently, in: {tables}.", tables=tables)
    return f"{in_force(outcome.version, say)} {text}"


def _republished(store: Path, if_old: bool) -> LoadOutcome:
    try:
        number = Store(store).current().number if if_old else None
    except StoreOld:
        number = None
    return republish(store, loaded_by=account()) if number is None else LoadOutcome(number, (), ())
