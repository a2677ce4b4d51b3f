"""`kvalitet fetch kolada`: figures of a municipality's school units."""

from __future__ import annotations

import re
from pathlib import Path

import click

from analytics.cli.commands.fetch_units import checked_municipality
from analytics.cli.fetch import client_for, fetch, fetching, put
from analytics.cli.options import say
from analytics.cli.output import announce
from analytics.intake.outside.kolada_api import kolada_pages
from analytics.model.errors import Problem, Refused

KPI = re.compile(r"[NU][0-9]{5}")


@fetch.command("kolada")
@click.option("--municipality", required=True, help="The municipality's code: four digits, such as 1280.")
@click.option("--kpi", "kpis", multiple=True, required=True, help="A figure's id in Kolada, such as N15033.")
@click.option("--year", "years", multiple=True, type=int, help="A year; without any, all that Kolada has.")
@fetching
def fetch_kolada(municipality: str, kpis: tuple[str, ...], years: tuple[int, ...], out: Path, seconds: int) -> None:
    """Kolada's figures of school units, as context by which similar schools are found."""
    checked_municipality(municipality)
    for kpi in kpis:
        if not KPI.fullmatch(kpi):
            text, hint = say("This is not the id of a figure."), say("It is N or U and five digits, such as N15033.")
            raise Refused([Problem("--kpi", None, None, kpi, text, hint)])
    with client_for(seconds) as client:
        pages = kolada_pages(client, municipality, kpis, years, say)
    put(out, pages)
    figures = sum("kpi" in thing for page in pages for thing in page["values"])
    fetched = say.plural("{n} figure", "{n} figures", figures)
    announce(say("{file}: {what}. Source: Kolada. Load it with kvalitet load.", file=out, what=fetched))
