"""`kvalitet export`: the group of its commands, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from analytics.cli.group import cli
from analytics.cli.options import group_store_option, say
from analytics.cli.output import account, refusal
from analytics.documents.tables import MOST_IN_A_SHEET, TooManyRows, new_file
from analytics.intake.raw import file_name
from analytics.maturity.rounds import rounds
from analytics.model.errors import Problem
from analytics.model.frameworks import Framework
from analytics.model.people import Did
from analytics.store.audit import note_where_kept
from analytics.store.reading import View
from analytics.store.reference import read_frameworks
from analytics.words.disk import reason


@cli.group()
@group_store_option
def export() -> None:
    """Writes published figures to a file; the ending picks the format."""


def out_option(formats: Sequence[str]) -> Callable:
    """`--out`, which must end in one of the formats."""

    def has_format(_: click.Context, __: click.Parameter, value: Path) -> Path:
        if value.suffix.lower() not in formats:
            raise click.BadParameter(f"the ending must be one of {', '.join(formats)}")
        return value

    return click.option(
        "--out",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        callback=has_format,
        help="The file to write.",
    )


def unknown_framework(store: Path, out: Path, framework: str, known: Iterable[str]) -> Exception:
    """The refusal of an export from a framework that the store does not have."""
    text, hint = say("The framework is not known."), say("Known frameworks: {ids}.", ids=", ".join(sorted(known)))
    return refusal(store, Problem(file_name(out), None, "--framework", framework, text, hint))


def framework_with_round(store: Path, out: Path, view: View, framework: str, year: int) -> Framework:
    """The framework, which the store has and which has a round in the year; else refused."""
    known = {found.id: found for found in read_frameworks(view)}
    if framework not in known:
        raise unknown_framework(store, out, framework, known)
    years = [found.year for found in rounds(view) if found.framework == framework]
    if year not in years:
        hint = say("Years with a round: {years}.", years=", ".join(map(str, years)) or "-")
        text = say("There is no round in the year.")
        raise refusal(store, Problem(file_name(out), None, "--year", str(year), text, hint))
    return known[framework]


def nothing_in_year(store: Path, out: Path, year: int, hint: str) -> Exception:
    """The refusal of an export from a year that has nothing; the hint says which have."""
    text = say("Nothing is registered for the year.")
    return refusal(store, Problem(file_name(out), None, "--year", str(year), text, hint))


def write(store: Path, out: Path, data: bytes | Callable[[BinaryIO], None]) -> None:
    """Writes the file, or has it written piece by piece, and down that it was; refuses where it cannot be."""
    note_where_kept(store, account(), Did.EXPORTED, file=out.name)
    try:
        with new_file(out) as file:
            if callable(data):
                data(file)
            else:
                file.write(data)
    except TooManyRows as many:
        text = say("A workbook has room for {n} rows.", n=say.integer(MOST_IN_A_SHEET))
        hint = say("Take CSV or Parquet, which have room for all of them.")
        raise refusal(store, Problem(file_name(out), None, None, say.integer(many.args[0]), text, hint)) from None
    except OSError as error:
        text = " ".join(filter(None, (say("The file cannot be written."), reason(error, say))))
        raise refusal(store, Problem(file_name(out), None, None, None, text, say("Check the path."))) from None
