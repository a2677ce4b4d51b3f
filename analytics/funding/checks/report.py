"""What does not add up in a year's report, or is missing: each remark says where to mend it. Nothing is corrected."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.funding.administrations import reporting
from analytics.funding.checks.acknowledged import with_acknowledgements
from analytics.funding.checks.budget import budget_remarks
from analytics.funding.checks.exchange import rate_remarks, year_rate_remarks
from analytics.funding.checks.payment import payment_remarks, unit_remarks, year_end_remarks
from analytics.funding.checks.register import register_remarks
from analytics.funding.checks.remark import Remark, case_of
from analytics.funding.funders import applies
from analytics.funding.sums import projects_in
from analytics.model.funding import Funding, ReportQuestion, Weight
from analytics.model.remarks import RemarkKind
from analytics.words.labels import QUESTION_IN_SHORT
from analytics.words.language import Words

__all__ = ["Remark", "report_remarks"]


def report_remarks(funding: Funding, year: int, say: Words) -> tuple[Remark, ...]:
    """The year's remarks that apply to each project's funder, acknowledged ones too, the heaviest first; equally heavy
    ones in the register's order of projects, and last what concerns the whole year."""
    found = [
        remark
        for project in projects_in(funding, year)
        for checks in (register_remarks, budget_remarks, rate_remarks, payment_remarks)
        for remark in checks(case_of(funding, project, year, say))
        if applies(remark.kind, project)
    ]
    found += year_rate_remarks(funding, year, say)
    found += unit_remarks(funding, year, say)
    found += year_end_remarks(funding, year, say)
    found += _narratives(funding, year, say)
    found += _no_administration(funding, year, say)
    order = list(Weight)
    found.sort(key=lambda remark: order.index(remark.weight))
    return with_acknowledgements(found, funding.acknowledgements, year)


def _no_administration(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    """Of a city with several, a project that names none is in the sum and in nobody's part."""
    if not reporting(funding, year):
        return
    for project in projects_in(funding, year):
        if project.administration is None:
            yield Remark(
                RemarkKind.NO_ADMINISTRATION,
                Weight.CHECK,
                say("No administration is named: the project is in the city's sum and in nobody's part."),
                say("Table Projects, project “{project}”: write whose it is.", project=project.title),
                "projects",
                (),
                project.id,
            )


def _narratives(funding: Funding, year: int, say: Words) -> Iterator[Remark]:
    told = {n.question for n in funding.narratives if n.year == year and n.text.strip()}
    missing = [say.marked(QUESTION_IN_SHORT[question]) for question in ReportQuestion if question not in told]
    if missing:
        yield Remark(
            RemarkKind.NARRATIVES_MISSING,
            Weight.CHECK,
            say.plural(
                "{n} of the form's six questions has no answer: {questions}.",
                "{n} of the form's six questions have no answer: {questions}.",
                len(missing),
                questions=say.listing(missing),
            ),
            say("Table Narrative answers, year {year}: write what is missing.", year=year),
            "narratives",
            (year, *(question for question in ReportQuestion if question not in told)),
        )
