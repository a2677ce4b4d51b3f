"""`kvalitet export results`, `city`, `trends` and `funding`: published figures and the annual report as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path

import click
import pyarrow as pa

from analytics.cli.export import export, nothing_in_year, out_option, unknown_framework, write
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import refusal, report_outcome
from analytics.documents.about import version_about
from analytics.documents.report import FORMATS as REPORT_FORMATS
from analytics.documents.report import report_bytes
from analytics.documents.tables import FORMATS, write_table
from analytics.funding.administrations import known_administration, reporting
from analytics.funding.register import funding
from analytics.funding.report import Report, part_report, report, report_years
from analytics.funding.sums import projects_in
from analytics.loads.as_handed_in import as_handed_in_about, handed_in_report
from analytics.loads.load import LoadOutcome
from analytics.maturity.results import city_table, results_table, trends_table
from analytics.model.errors import Problem
from analytics.model.funding import Funding
from analytics.model.provenance import Provenance
from analytics.store.reading import Store, View, version_record
from analytics.store.sender import sender_file
from analytics.words.figures import left_out_note
from analytics.words.provenance import provenance_word

excel_option = click.option("--excel", is_flag=True, help="CSV as Excel wants it in Swedish: ; BOM , as decimal sign.")
version_option = click.option(
    "--with-version", "versioned", is_flag=True, help="A column more: the version that the figures are of."
)
framework_option = click.option("--framework", required=True, help="Framework id.")
Command = Callable[..., None]


def of_a_framework(command: Command) -> Command:
    """What the exports of a framework's figures are asked with."""
    options = (
        *(store_option, framework_option, out_option(FORMATS), excel_option, version_option, json_option),
        click.pass_obj,
    )
    return reduce(lambda made, option: option(made), reversed(options), command)


@export.command("results")
@of_a_framework
def export_results(store: Path, framework: str, out: Path, excel: bool, versioned: bool, as_json: bool) -> None:
    """One row a school x year x criterion."""
    _export(store, framework, out, excel, versioned, as_json, lambda view: results_table(view, EVERYTHING, framework))


@export.command("city")
@of_a_framework
def export_city(store: Path, framework: str, out: Path, excel: bool, versioned: bool, as_json: bool) -> None:
    """One row a year x criterion."""
    _export(store, framework, out, excel, versioned, as_json, lambda view: city_table(view, framework))


@export.command("trends")
@of_a_framework
def export_trends(store: Path, framework: str, out: Path, excel: bool, versioned: bool, as_json: bool) -> None:
    """One row a school (the city has no school id) x all areas, area, criterion."""
    _export(store, framework, out, excel, versioned, as_json, lambda view: trends_table(view, EVERYTHING, framework))


@export.command("funding")
@store_option
@click.option("--year", required=True, type=int, help="Report year.")
@click.option("--administration", help="One administration's own part, by its id or name, of several.")
@click.option(
    "--as-handed-in", is_flag=True, help="The administration's part as it stood when it was handed in, with who did so."
)
@out_option(REPORT_FORMATS)
@click.option(
    "--with-appendix",
    "appendix",
    is_flag=True,
    help="Word and PDF with what is the city's own affair: remarks, version, where it all comes from.",
)
@excel_option
@version_option
@json_option
@click.pass_obj
def export_funding(
    store: Path,
    year: int,
    administration: str | None,
    as_handed_in: bool,
    out: Path,
    appendix: bool,
    excel: bool,
    versioned: bool,
    as_json: bool,
) -> None:
    """The annual report of EU funding; of several administrations made of all their parts."""
    if as_handed_in and administration is None:
        raise click.UsageError("--as-handed-in needs --administration: a part is handed in, the report is not")
    view = Store(store).current()
    register = funding(view, EVERYTHING)
    years = report_years(register)
    if year not in years and not projects_in(register, year):
        listed = ", ".join(str(known) for known in years) or "-"
        raise nothing_in_year(store, out, year, say("Years with payments or answers: {years}.", years=listed))
    found = report(register, year, say) if administration is None else _part(store, register, year, administration)
    about = version_about(view)
    if as_handed_in:
        found = _as_handed_in(store, view, found)
        about = as_handed_in_about(found, say)
    number = found.handed_in.version if found.handed_in else view.number
    how = {"dispatch": sender_file(store).said().of(year), "appendix": appendix, "excel": excel}
    how["version"] = number if versioned else None
    write(store, out, report_bytes(found, out.suffix.lower(), about, say, **how))
    told = say.plural("{n} project", "{n} projects", len(found.sheets))
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {told}")


def _part(store: Path, register: Funding, year: int, named: str) -> Report:
    """An administration's part; refuses where the year has none of that name."""
    one = known_administration(register, year, named)
    if one is None:
        parts = ", ".join(f"{one.id} ({one.title})" for one in reporting(register, year))
        hint = say("The year's parts are: {parts}.", parts=parts) if parts else say("The report has no parts.")
        text = say("The administration is not known.")
        raise refusal(store, Problem("", None, "--administration", named, text, hint))
    return part_report(register, one, year, say)


def _as_handed_in(store: Path, view: View, found: Report) -> Report:
    part = found.part_of.administration if found.part_of else None
    handed_in = handed_in_report(view, EVERYTHING, found.year, part.id, say) if part else None
    if handed_in is None:
        text, hint = say("The part is not handed in."), say("It can be exported as it is, without --as-handed-in.")
        raise refusal(store, Problem("", None, "--as-handed-in", part.id if part else None, text, hint))
    return handed_in


def _export(store: Path, framework: str, out: Path, excel: bool, versioned: bool, as_json: bool, ask: Callable) -> None:
    view = Store(store).current()
    known = [row[0] for row in view.rows("select id from framework order by id")]
    if framework not in known:
        raise unknown_framework(store, out, framework, known)
    table = ask(view)
    limit, origins = version_record(view).hide_below, set(table["provenance"].unique().to_pylist())
    about = {
        **version_about(view),
        say("Framework"): framework,
        say("Provenance"): ", ".join(provenance_word(origin, say) for origin in Provenance if origin in origins) or "-",
        say("Hidden"): left_out_note(limit, say),
    }
    if versioned:
        table = _with_version(table, view.number)
    write(store, out, lambda file: write_table(file, table, out.suffix.lower(), about, excel=excel))
    rows = say.plural("{n} row", "{n} rows", table.num_rows)
    report_outcome(LoadOutcome(view.number, (), ()), as_json, say, done=f"{out}: {rows}")


def _with_version(table: pa.Table, number: int) -> pa.Table:
    """With the version that the figures are of on every row, as CSV and JSON have no other room for it; before the
    columns that the contract has last, where there are any."""
    last = next((at for at, name in enumerate(table.column_names) if name == "mean_bound"), table.num_columns)
    return table.add_column(last, "version", pa.array([number] * table.num_rows, pa.int32()))
