"""`kvalitet build`: a store with frameworks, published facts and demo data."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.group import cli
from analytics.cli.options import json_option, say, whole_store_option
from analytics.cli.output import refusal
from analytics.cli.running import run_load
from analytics.cli.store_words import there_already
from analytics.intake.files import ReadingOptions
from analytics.intake.readers import sheets_in
from analytics.loads.empty_store import reference_files
from analytics.model.errors import StoreThere
from analytics.model.figures import HIDE_BELOW_FLOOR
from analytics.model.installed import DATA
from analytics.model.provenance import Provenance
from analytics.registers.dialogue import DIALOGUE
from analytics.registers.funding import FUNDING
from analytics.store.versions import holds_a_store

NOT_IN_THE_DEMO = ("budget_goals",)  # its city has those that are published
FUNDING_FILES = tuple(f"{kind.name}.csv" for kind in FUNDING if kind.name not in NOT_IN_THE_DEMO)
DIALOGUE_FILES = tuple(f"{kind.name}.csv" for kind in DIALOGUE)


@cli.command()
@whole_store_option
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
    if holds_a_store(store):
        raise refusal(store, there_already(store, say))
    files = reference_files(say)
    if not empty:
        for folder in ("malmo-2018", "malmo-2022"):
            files += sheets_in(DATA / folder, Provenance.PUBLISHED, say)
    if not (no_demo or empty):
        from analytics.demo.answers import demo_sheets
        from analytics.demo.dialogue import dialogue_sheets

        made = demo_sheets(DATA / "demo")
        files += [*made, *dialogue_sheets(DATA / "demo", made)]
        files += sheets_in(DATA / "demo", Provenance.SYNTHETIC, say, FUNDING_FILES)
        there = [name for name in DIALOGUE_FILES if (DATA / "demo" / name).exists()]
        files += sheets_in(DATA / "demo", Provenance.SYNTHETIC, say, there)
    reading = ReadingOptions(provenance=Provenance.SYNTHETIC)
    try:
        run_load(store, files, reading, as_json, action="build", new_store=True, hide_below=hide_below)
    except StoreThere:  # somebody else has made one meanwhile
        raise refusal(store, there_already(store, say)) from None
