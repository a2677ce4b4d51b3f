"""What `kvalitet check` and `kvalitet load` are told of the files: one set of options for both."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from analytics.cli.options import as_option, framework_option, sheet_option, year_option
from analytics.intake.outside.project_choice import ProjectChoice
from analytics.intake.reading_options import ReadingOptions
from analytics.store.saved_forms import saved_forms

OPTIONS = (
    as_option,
    framework_option,
    year_option,
    sheet_option,
    click.option("--school", help="Whose a form or a table of answers per level is, where no column says it."),
    click.option("--group", help="Whose answers of a table that has those of several groups."),
    click.option("--municipality", help="Whose units of the school-unit register are meant: a code or a name."),
    click.option(
        "--called",
        multiple=True,
        help="What the city or a unit of it is called in a list of projects; its are taken.",
    ),
    click.option("--project", multiple=True, help="The id of a project in a list that is taken."),
    click.option(
        "--days", nargs=3, multiple=True, metavar="ID FIRST LAST", help="When a project of a list without days runs."
    ),
    click.option("--share", nargs=2, multiple=True, metavar="ID AMOUNT", help="The city's own share of a project."),
    click.option(
        "--unit-share", nargs=3, multiple=True, metavar="ID UNIT AMOUNT", help="A unit's share of a project in a list."
    ),
    click.option("--programme", default="", help="The programme, of a list that does not say it."),
)
NAMES = (
    *("as_", "framework", "year", "sheet", "school", "group", "municipality"),
    *("called", "project", "days", "share", "unit_share", "programme"),
)


def reading_options(command: Callable) -> Callable:
    """Gives the command the options, as one argument `said`, for `reading_of`."""

    @wraps(command)
    def collected(*args: Any, **options: Any) -> Any:
        return command(*args, said={name: options.pop(name) for name in NAMES}, **options)

    for option in reversed(OPTIONS):
        collected = option(collected)
    return collected


def reading_of(store: Path, said: dict[str, Any]) -> ReadingOptions:
    return ReadingOptions(
        said["as_"],
        said["framework"],
        said["year"],
        said["sheet"],
        said["municipality"],
        ProjectChoice(
            called=said["called"],
            ids=frozenset(said["project"]),
            days={id_: (first, last) for id_, first, last in said["days"]},
            shares=dict(said["share"]),
            unit_shares=said["unit_share"],
            programme=said["programme"],
        ),
        school=said["school"],
        group=said["group"],
        saved=() if said["as_"] else saved_forms(store),
    )
