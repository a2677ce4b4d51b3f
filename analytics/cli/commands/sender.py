"""`kvalitet sender`: who sends the yearly report, and as what a year's is kept and decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import group_store_option, json_option, say, store_option
from analytics.cli.output import account, announce, print_json
from analytics.loads.load import LoadOutcome
from analytics.store.sender import file_report, sender_file, tell_sender
from analytics.words.sender import HEAD

year_option = click.option("--year", required=True, type=int, help="Report year.")


@cli.group()
@group_store_option
def sender() -> None:
    """Who sends the yearly report of EU funding: the head of Word, PDF and JSON."""


@sender.command("show")
@store_option
@year_option
@json_option
@click.pass_obj
def show_sender(store: Path, year: int, as_json: bool) -> None:
    """What a year's report says of its sender, and what nobody has said."""
    _report(store, year, as_json)


@sender.command("set")
@store_option
@click.option("--city")
@click.option("--committee")
@click.option("--administration")
@click.option("--contact")
@click.option("--introduction", type=click.File(encoding="utf-8"), help="A file with text (Markdown).")
@json_option
@click.pass_obj
def set_sender(store: Path, introduction, as_json: bool, **told: str | None) -> None:
    """Who sends the report, of every year; what is not named stays as it is, and an empty text takes it away."""
    parts = {name: text.strip() for name, text in told.items() if text is not None}
    if introduction is not None:
        parts["introduction"] = introduction.read().strip()
    tell_sender(store, replace(sender_file(store).said().sender, **parts), account())
    _report(store, None, as_json)


@sender.command("file")
@store_option
@year_option
@click.option("--number", help="The number in the register of documents (diarienummer).")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="YYYY-MM-DD.")
@click.option("--decision", help="Who decided on it, and when.")
@json_option
@click.pass_obj
def file_year(
    store: Path, year: int, number: str | None, day: datetime | None, decision: str | None, as_json: bool
) -> None:
    """As what a year's report is kept and decided on; what is not named stays as it is."""
    told = {"number": number, "day": day.date() if day else None, "decision": decision}
    parts = {name: value for name, value in told.items() if value is not None}
    file_report(store, year, replace(sender_file(store).said().of(year).filing, **parts), account())
    _report(store, year, as_json)


def _report(store: Path, year: int | None, as_json: bool) -> None:
    said = sender_file(store).said()
    dispatch = said.of(year or 0)
    if as_json:
        told = {name: text or None for name, text in dispatch.told.items()}
        print_json(LoadOutcome(None, (), ()), sender=told, introduction=said.sender.introduction or None)
        return
    nothing = say("not said")
    for name, text in dispatch.told.items():
        announce(f"{say.marked(HEAD[name])}: {text or nothing}")
