"""`kvalitet remarks`: what does not add up in a year's report, or is missing, and what of it is acknowledged."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.cli.export import nothing_in_year
from analytics.cli.group import cli
from analytics.cli.options import EVERYTHING, json_option, say, store_option
from analytics.cli.output import announce, print_json
from analytics.funding.checks.remark import remark_data
from analytics.funding.checks.report import Remark, report_remarks
from analytics.funding.register import funding
from analytics.funding.report import report_years
from analytics.funding.sums import projects_in
from analytics.loads.load import LoadOutcome
from analytics.store.reading import Store
from analytics.words.labels import WEIGHT
from analytics.words.remarks import acknowledged_in_words, earlier_in_words


@cli.command("remarks")
@store_option
@click.option("--year", required=True, type=int, help="Report year.")
@click.option("--all", "every", is_flag=True, help="Acknowledged ones too, with the reason.")
@json_option
@click.pass_obj
def remarks(store: Path, year: int, every: bool, as_json: bool) -> None:
    """What does not add up in a year's report, or is missing; those that nobody has acknowledged."""
    view = Store(store).current()
    register = funding(view, EVERYTHING)
    years = report_years(register)
    if year not in years and not projects_in(register, year):
        listed = ", ".join(map(str, years)) or "-"
        raise nothing_in_year(store, store, year, say("Years with payments or answers: {years}.", years=listed))
    found = report_remarks(register, year, say)
    shown = [remark for remark in found if every or not remark.acknowledged]
    if as_json:
        print_json(LoadOutcome(view.number, (), ()), remarks=[remark_data(remark) for remark in shown])
        return
    titles = {project.id: project.title for project in register.projects}
    for remark in shown:
        _tell(remark, titles.get(remark.project_id or ""))
    done = sum(remark.acknowledged is not None for remark in found)
    announce(say("{n} remarks, {done} of them acknowledged.", n=len(found), done=done))


def _tell(remark: Remark, title: str | None) -> None:
    about = f"{title}: " if title else ""
    announce(f"{say.marked(WEIGHT[remark.weight])}: {about}{remark.text}")
    announce(f"  {acknowledged_in_words(remark.acknowledged, say) if remark.acknowledged else remark.mend}")
    if remark.earlier:
        announce(f"  {earlier_in_words(remark.earlier, say)}")
