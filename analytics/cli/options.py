"""What several of the command's parts share: the language, the options, who may see what."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from analytics.cli.owned import OWNER, store_of
from analytics.cli.store_at import StoreAt
from analytics.intake.kinds import FRAMEWORK_FILE, KINDS
from analytics.model.schools import Viewer
from analytics.words.language import words

EVERYTHING = Viewer("kvalitet", schools=None)  # whoever runs the command has the store's files anyway

say = words(os.environ.get("KVALITET_LANG", "sv"))
"""Messages in the language of KVALITET_LANG, Swedish unless it says otherwise."""


def group_store_option(group: Callable) -> Callable:
    """`--store` and `--owner` after a group's name; what they mean is for the command under it to say."""

    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.obj = value

    def remember_owner(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.meta[OWNER] = value

    at = click.option(
        "--store",
        type=StoreAt(),
        expose_value=False,
        callback=remember,
        help="The store's folder, or the postgres:// of its lake.",
    )
    whose = click.option(
        "--owner",
        expose_value=False,
        callback=remember_owner,
        help="Whose, in a store of several owners: an id or name.",
    )
    return at(whose(group))


def store_option(command: Callable) -> Callable:
    """`--store` and `--owner` after the command; before it, the group's own do the same. The command works in one
    owner's store: in a store of several it must be said whose."""
    return group_store_option(_resolved(command, whole=False))


def whole_store_option(command: Callable) -> Callable:
    """The same for a command that has something to do in a store of several owners as well."""
    return group_store_option(_resolved(command, whole=True))


def _resolved(command: Callable, *, whole: bool) -> Callable:
    @wraps(command)
    def in_store(*arguments: Any, **options: Any) -> Any:
        context = click.get_current_context()
        context.obj = store_of(context.obj, context.meta.pop(OWNER, None), say, whole=whole)
        return command(*arguments, **options)

    return in_store


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
