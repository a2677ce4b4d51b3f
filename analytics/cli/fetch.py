"""`kvalitet fetch`: the group of the commands that ask over the network. No other command does, and none of these
loads: each writes a file, to be looked at and loaded like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import httpx
import orjson

from analytics.cli.group import cli
from analytics.cli.options import say
from analytics.documents.tables import write_file
from analytics.intake.raw import file_name
from analytics.model.errors import Problem, Refused
from analytics.words.disk import reason

SECONDS = 20


@cli.group()
def fetch() -> None:
    """Asks an open API over the network and writes a file, for `kvalitet load`."""


def fetching(command: Callable) -> Callable:
    """`--out` and `--seconds`."""
    out = click.option(
        "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write (.json)."
    )
    seconds = click.option(
        "--seconds",
        type=click.IntRange(1, 600),
        default=SECONDS,
        show_default=True,
        help="How long to wait for each answer.",
    )
    return out(seconds(command))


def client_for(seconds: int) -> httpx.Client:
    """Whom the commands ask with; it follows no answer to another address."""
    return httpx.Client(timeout=seconds, headers={"Accept": "application/json", "User-Agent": "kvalitetsdialog"})


def put(out: Path, value: Any) -> None:
    """Writes what was fetched; raises Refused where the file cannot be written."""
    try:
        write_file(out, orjson.dumps(value, option=orjson.OPT_INDENT_2))
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be written."), reason(error, say))))
        raise Refused([Problem(file_name(out), None, None, None, text, say("Check the path."))]) from None
