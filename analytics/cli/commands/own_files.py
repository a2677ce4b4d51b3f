"""`kvalitet export register` and `kvalitet template`: files that are mended or filled in, and loaded again."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.commands.exports import excel_option, version_option
from analytics.cli.export import export, out_option, unknown_framework, write
from analytics.cli.group import cli
from analytics.cli.options import json_option, say, store_option
from analytics.cli.output import report_outcome
from analytics.documents.about import version_about
from analytics.intake.kinds import FORM, PARTICIPATION
from analytics.loads.load import LoadOutcome
from analytics.loads.own_files import EXPORTED, TEMPLATES, OwnFile, own_rows, template
from analytics.store.reading import Store, View
from analytics.store.reference import read_frameworks

FORMATS = (".xlsx", ".csv")


@export.command("register")
@store_option
@click.argument("kind", type=click.Choice(EXPORTED))
@out_option(FORMATS)
@excel_option
@version_option
@json_option
@click.pass_obj
def export_register(store: Path, kind: str, out: Path, excel: bool, versioned: bool, as_json: bool) -> None:
    """The schools, or the rows of a register, as they are: to be mended and loaded again with --replace."""
    view = Store(store).current()
    own = own_rows(view, kind, say)
    if versioned and out.suffix.lower() == ".csv":  # a workbook says it on its last sheet
        own = own.with_version(view.number)
    _written(store, view, own, out, excel, as_json)


@cli.command("template")
@store_option
@click.argument("kind", type=click.Choice(TEMPLATES))
@out_option((".xlsx",))
@click.option("--framework", help="Framework id, for a form and for participation.")
@click.option("--year", type=int, help="Year, for participation.")
@json_option
@click.pass_obj
def template_command(store: Path, kind: str, out: Path, framework: str | None, year: int | None, as_json: bool) -> None:
    """A workbook to fill in, with the city's own schools and criteria."""
    if kind in (FORM.name, PARTICIPATION.name) and framework is None:
        raise click.UsageError("a form and participation need --framework")
    if kind == PARTICIPATION.name and year is None:
        raise click.UsageError("participation needs --year")
    view = Store(store).current()
    known = {one.id: one for one in read_frameworks(view)}
    if framework is not None and framework not in known:
        raise unknown_framework(store, out, framework, known)
    _written(store, view, template(view, kind, known.get(framework or ""), year, say), out, False, as_json)


def _written(store: Path, view: View, own: OwnFile, out: Path, excel: bool, as_json: bool) -> None:
    about = version_about(view) | {say("Kind"): own.kind}
    data = own.csv(excel=excel) if out.suffix.lower() == ".csv" else own.xlsx(about, say)
    write(store, out, data)
    rows = say.plural("{n} row", "{n} rows", len(own.rows))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {rows}")
