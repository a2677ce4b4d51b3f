"""The group that every command of `kvalitet` belongs to."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.owned import OWNER
from analytics.cli.store_at import StoreAt
from analytics.model.installed import default_store


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    type=StoreAt(),
    envvar="KVALITET_STORE",
    default=default_store(),
    show_default=True,
    help="The store's folder, or the postgres:// of its lake (or KVALITET_STORE).",
)
@click.option(
    "--owner", envvar="KVALITET_OWNER", help="Whose, in a store of several owners: an id or name (or KVALITET_OWNER)."
)
@click.version_option(package_name="kvalitetsdialog", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, store: Path, owner: str | None) -> None:
    """Loads, checks and exports schools' yearly self-assessments. Messages follow KVALITET_LANG (sv, en)."""
    context.obj = store
    if owner:
        context.meta[OWNER] = owner
