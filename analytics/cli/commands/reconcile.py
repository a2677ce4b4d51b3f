"""`kvalitet reconcile`: the register of money held against the city's own ledger."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from analytics.cli.export import write
from analytics.cli.group import cli
from analytics.cli.options import EVERYTHING, json_option, say, sheet_option, store_option
from analytics.cli.output import SHOWN, account, announce, in_force, print_json, refusal
from analytics.documents.tables import xlsx_bytes
from analytics.funding.ledger.comparison import main_year, reconciliation
from analytics.funding.ledger.in_words import answer, days_said, in_a_line, register_stamp, table
from analytics.funding.ledger.items import LedgerDays, Reconciliation
from analytics.loads.ledger import LedgerFile, column_names, left_ledger, mark_matched, payments_of, said_columns
from analytics.loads.load import LoadOutcome, LoadRefused
from analytics.model.errors import Problem
from analytics.model.present import present
from analytics.store.reading import Store
from analytics.store.registers import read_registers
from analytics.words.ledger import CASE


@cli.command("reconcile")
@store_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--year", type=int, help="The year that is compared (default: the one that most of the rows are of).")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day that is compared: YYYY-MM-DD.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last day that is compared: YYYY-MM-DD.")
@click.option("--project", help="The id of the one project that is compared.")
@click.option("--account", "accounts", multiple=True, help="How the numbers of accounts begin that count: 4, 57.")
@click.option("--column", "said", nargs=2, multiple=True, metavar="HEADING COLUMN", help="What a column is.")
@sheet_option
@click.option("--mark", is_flag=True, help="Mark in the register what agrees, as one new version.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="All of it as a workbook (.xlsx).")
@json_option
@click.pass_obj
def reconcile(
    store: Path,
    file: Path,
    year: int | None,
    first: datetime | None,
    last: datetime | None,
    project: str | None,
    accounts: tuple[str, ...],
    said: tuple[tuple[str, str], ...],
    sheet: str | None,
    mark: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Holds the register of money against the city's own ledger; ends with 1 where anything differs."""
    if (first is None) is not (last is None) or (first and (year is not None or first > present(last))):
        hint = say("Say --from and --to, the earlier day first, or --year alone.")
        raise refusal(store, Problem(str(file), None, "--from", None, say("These dates are not a period."), hint))
    registers = read_registers(view := Store(store).current())
    titles = {one.id: one.title for one in registers.funding.projects}
    if project is not None and project not in titles:
        listed = say("The projects are: {projects}.", projects=", ".join(titles) or "-")
        raise refusal(store, Problem(str(file), None, "project", project, say("There is no such project."), listed))
    left = left_ledger(file, store, say, sheet)
    left = said_columns(left, {**left.columns, **_columns(store, file, left, said)}, say) if said else left
    if left.problems:
        raise LoadRefused(LoadOutcome(view.number, (), left.problems))
    year = None if first else year or main_year(left.rows)
    days = LedgerDays(first.date(), present(last).date()) if first else LedgerDays.of_year(year) if year else None
    found = reconciliation(left.rows, payments_of(registers), days=days, project=project, accounts=accounts)
    if out is not None:
        about = {say("File"): str(file), **days_said(days, say), say("Version"): str(view.number)}
        about |= register_stamp(registers.funding.projects, say)
        write(store, out, xlsx_bytes(*table(found, titles, say), about))
    version = mark_matched(store, EVERYTHING, found, say, account()).version if mark else view.number
    if as_json:
        reports = (left.report,) if left.report else ()
        print_json(LoadOutcome(version, reports, ()), reconciliation=_told(found, year, days, titles))
    else:
        _announce(left, found, year, days, titles)
        if mark and version != view.number:
            announce(in_force(version, say))
    if found.to_do:
        sys.exit(1)


def _columns(store: Path, file: Path, left: LedgerFile, said: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What is said of columns by hand, of headings that the file has."""
    known = column_names(say)
    for heading, column in said:
        for what, there in ((heading, left.table.headings), (column, tuple(known))):
            if what not in there:
                listed = say("There are: {listed}.", listed=", ".join(there))
                raise refusal(
                    store, Problem(str(file), None, "--column", what, say("There is no such column."), listed)
                )
    return dict(said)


def _announce(
    left: LedgerFile, found: Reconciliation, year: int | None, days: LedgerDays | None, titles: dict[str, str]
) -> None:
    if left.report:
        for note in left.report.notes:
            announce(note)
        for column, reason in left.report.dropped:
            announce(say("left out: {column} ({reason})", column=column, reason=reason))
    if year is not None:
        announce(say("The year {year}:", year=year))
    elif days is not None:
        announce(say("From {first} to {last}:", first=days.first, last=days.last))
    for sentence in answer(found, say):
        announce(sentence)
    for item in found.to_do[:SHOWN]:
        announce(f"  {in_a_line(item, found, titles, say)}")
    if (more := len(found.to_do) - SHOWN) > 0:
        announce(say.plural("… and {n} more; --json lists them all.", "… and {n} more; --json lists them all.", more))
    if found.aside:
        text = say.plural("{n} row was left out of it.", "{n} rows were left out of it.", len(found.aside))
        announce(text)


def _told(found: Reconciliation, year: int | None, days: LedgerDays | None, titles: dict[str, str]) -> dict:
    """For scripts: how many items of each case, the sums as text to the öre, and what is to be put right."""
    return {
        "year": year,
        "from": days.first.isoformat() if days else None,
        "to": days.last.isoformat() if days else None,
        "rows": found.rows,
        "left_out": len(found.aside),
        "ledger_sek": str(found.there),
        "register_sek": str(found.here),
        "cases": {case.value: len(found.of(case)) for case in CASE},
        "to_do": [
            {
                "case": item.case.value,
                "differs": [one.value for one in item.differs],
                "rows": [row.row for row in item.rows],
                "vouchers": [row.voucher for row in item.rows],
                "projects": sorted({titles[event.payment.project_id] for event in item.events}),
                "payments": [event.id for event in item.events],
                "ledger_sek": str(item.there),
                "register_sek": str(item.here),
            }
            for item in found.to_do
        ],
    }
