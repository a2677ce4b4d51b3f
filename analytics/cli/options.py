"""What several of the command's parts share: the language, the options, who may see what."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from analytics.cli.store_at import StoreAt
from analytics.intake.kinds import FRAMEWORK_FILE, KINDS
from analytics.model.schools import Viewer
from analytics.words.language import words

EVERYTHING = Viewer("kvalitet", schools=None)  # whoever runs the command has the store's files anyway

say = words(os.environ.get("KVALITET_LANG", "sv"))
"""Messages in the language of KVALITET_LANG, Swedish unless it says otherwise."""


def store_option(command: Callable) -> Callable:
    """`--store` after the command; before it, the group's own does the same."""

    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.obj = value

    return click.option(
        "--store",
        type=StoreAt(),
        expose_value=False,
        callback=remember,
        help="The store's folder, or the postgres:// of its lake.",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
as_option = click.option(
    "--as", "as_", type=click.Choice([*KINDS, FRAMEWORK_FILE]), help="What the files hold, said outright."
)
sheet_option = click.option("--sheet", help="The sheet of a workbook to read (default: the first).")
framework_option = click.option("--framework", help="Framework id, for a file that does not say it.")
year_option = click.option("--year", type=int, help="Year, for a file that does not say it.")
files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
