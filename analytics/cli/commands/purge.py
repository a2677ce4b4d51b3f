"""`kvalitet purge`: earlier versions and frozen briefs that tell a few people's answers beside the version in force."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import account, announce, in_force, print_json, refusal
from analytics.intake.raw import file_name
from analytics.loads.load import LoadOutcome
from analytics.loads.purging import InForceTells
from analytics.loads.purging import purge as purge_store
from analytics.model.errors import Problem


@cli.command("purge")
@store_option
@json_option
@click.pass_obj
def purge_command(store: Path, as_json: bool) -> None:
    """Takes away for good the versions and frozen briefs that would tell what one to four people answered: those that
    hold a round as it was before `load --i-know` changed it."""
    try:
        purged = purge_store(store, purged_by=account())
    except InForceTells as error:
        text = say("Version {n}, which is in force, is itself one of those that would be removed.", n=str(error))
        hint = say("Put a later version in force first, with kvalitet rollback.")
        raise refusal(store, Problem(file_name(store), None, None, str(error), text, hint)) from None
    if as_json:
        briefs = [{"school_id": school, "framework": of, "year": year} for school, of, year in purged.briefs]
        listed = {"versions": purged.versions, "briefs": briefs}
        print_json(LoadOutcome(purged.version, (), ()), purged=listed)
        return
    if not purged.versions:
        announce(say("There is nothing to take away."))
        return
    numbers = ", ".join(map(str, purged.versions))
    announce(
        say.plural("Removed: version {numbers}.", "Removed: versions {numbers}.", len(purged.versions), numbers=numbers)
    )
    if purged.briefs:
        announce(say.plural("Removed: {n} frozen brief.", "Removed: {n} frozen briefs.", len(purged.briefs)))
    announce(in_force(purged.version, say))
