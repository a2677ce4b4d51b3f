"""`kvalitet fetch school-units`: a municipality's units out of the school-unit register."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analytics.cli.fetch import client_for, fetch, fetching, put
from analytics.cli.options import say
from analytics.cli.output import announce
from analytics.intake.outside.unit_api import units_of
from analytics.model.errors import Problem, Refused


@fetch.command("school-units")
@click.option("--municipality", required=True, help="The municipality's code: four digits, such as 1280.")
@click.option("--organization", help="Only this owner's units: its organisation number.")
@fetching
def fetch_units(municipality: str, organization: str | None, out: Path, seconds: int) -> None:
    """Skolverket's school units of a municipality, without the names of principals."""
    checked_municipality(municipality)
    with (
        client_for(seconds) as client,
        click.progressbar(length=1, label=say("Fetching"), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar,
    ):

        def on_unit(units: int) -> None:
            bar.length = units
            bar.update(1)

        units = units_of(client, municipality, organization, say, on_unit)
    if not units:
        text = say("The register has no such units.")
        hint = say("Check the municipality's code and the organisation number.")
        raise Refused([Problem("--municipality", None, None, municipality, text, hint)])
    put(out, units)
    fetched = say.plural("{n} school unit", "{n} school units", len(units))
    announce(say("{file}: {what}. Source: Skolverket. Load it with kvalitet load.", file=out, what=fetched))


def checked_municipality(code: str) -> None:
    """Raises Refused where it is no municipality's code."""
    if not (code.isascii() and code.isdigit() and len(code) == 4):
        text, hint = say("This is not a municipality code."), say("It is four digits, such as 1280.")
        raise Refused([Problem("--municipality", None, None, code, text, hint)])
