"""EU-medel's picture of what is spent of each project's own budget, beside how much of its time has gone."""

from __future__ import annotations

from decimal import Decimal

from analytics.funding.plan import ProjectStatus
from analytics.model.present import present
from pages.funding.amounts import kr
from pages.funding.portfolio.choice import Portfolio
from pages.funding.portfolio.projects import begun_before, columns_of_projects, courses_of
from pages.funding.portfolio.share_bars import share_block
from pages.ui.content import Ask, Block, Table


def spent_of_budget(ask: Ask, chosen: Portfolio) -> Block | None:
    """A bar a project that has begun and whose own budget is known in SEK; None where there is none."""
    say, end = ask.say, chosen.looked_at
    shown = [one for one in courses_of(chosen) if one.paid_share is not None and one.project.start <= end]
    shown.sort(key=lambda one: _spent(one), reverse=True)
    if not shown:
        return None
    above = sum(_spent(one) > 1 for one in shown)
    whole = sum((present(one.budget_sek) for one in shown), Decimal(0))
    spent = sum((one.paid_sek for one in shown), Decimal(0))
    if above:
        headline = say.plural(
            "{above} of {n} project has spent more than its own budget",
            "{above} of {n} projects have spent more than their own budgets",
            len(shown),
            above=say.integer(above),
        )
    elif spent < 0:
        headline = say("On balance nothing was spent")
    else:
        headline = say("{part} of {whole} in the own budgets is spent", part=kr(spent, say), whole=kr(whole, say))
    note = say(
        "Bar: the share of the own budget that is spent (invoices paid) by the end of {year}. The upright line: the"
        " share of the time that has gone. Costs seldom come evenly, so neither need follow the other.",
        year=end.year,
    )
    silent = all(one.received_sek is None for one in shown)
    return share_block(
        ask,
        "spent_of_budget",
        shown,
        title=say("How much of the own budgets is spent?"),
        headline=headline,
        alt=lambda points: say(
            "Bar chart: the share of each own budget that is spent, with a mark at the time gone. {points}.",
            points=points,
        ),
        share=_spent,
        mark=lambda one: one.time_gone,
        told=lambda one: _beside(ask, one),
        table=Table.of(columns_of_projects(ask, shown), shown),
        notes=(
            note,
            begun_before(ask, chosen, shown),
            say("What has come in from the funders is not in the register: nothing is said of it here.")
            if silent
            else "",
        ),
        drawn=say("The picture shows those that have spent the most of it; the table has them all."),
    )


def _spent(one: ProjectStatus) -> Decimal:
    """The share of the own budget that is spent; it is known of every project that is shown here."""
    return present(one.paid_share)


def _beside(ask: Ask, one: ProjectStatus) -> str:
    say = ask.say
    if one.paid_sek < 0:
        return say("more corrected than spent")
    return say(
        "{spent} spent, {time} of the time gone", spent=say.percent(_spent(one)), time=say.percent(one.time_gone)
    )
