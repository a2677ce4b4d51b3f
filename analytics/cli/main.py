"""How the command runs and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from analytics.cli.group import cli
from analytics.cli.options import say
from analytics.cli.output import fail, print_json
from analytics.loads.load import LoadOutcome
from analytics.model.errors import KvalitetError, Problem


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits; what a user can mend is told without a traceback."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    try:
        cli.main(arguments, prog_name="kvalitet", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        if as_json:
            problem = Problem("", None, None, None, error.format_message(), say("See kvalitet --help."))
            print_json(LoadOutcome(None, (), (problem,)))
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except KvalitetError as error:
        sys.exit(fail(error, as_json, say))
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
