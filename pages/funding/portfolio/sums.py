"""EU-medel's pictures of who got the money: paid per unit, per programme, per budget goal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from analytics.charts.money import AmountRow, amounts
from analytics.documents.own_chart import Kind
from analytics.funding.sums import goal_of
from analytics.model.funding import Payment
from analytics.model.provenance import Missing
from pages.funding.amounts import kr, kr_column
from pages.funding.portfolio.choice import Portfolio, summed, total
from pages.funding.portfolio.money import DRAWN, points, row
from pages.ui.content import Ask, Block, Table, TableColumn, share_column, text_column
from pages.ui.own_chart import NUMBERS, OwnChart


def per_unit(ask: Ask, chosen: Portfolio) -> Block:
    say, sums = ask.say, summed(chosen.part.spent, lambda payment: payment.unit)
    (first, most), *others = sums.items()
    if most <= 0:
        headline = _nothing_on_balance(ask)
    elif others and _repaid(sums):
        headline = say("{name} spent the most: {amount}", name=first, amount=kr(most, say))
    elif others:
        headline = say(
            "{unit} spent the most: {part} of {whole}", unit=first, part=kr(most, say), whole=kr(chosen.paid, say)
        )
    else:
        headline = say("All of it went to one unit: {unit}", unit=first)
    rows = _largest(ask, sums)
    return Block(
        key="paid_per_unit",
        title=say("Which units spent the money?"),
        headline=headline,
        alt=say("Bar chart: spent per unit, the largest first. {points}.", points=points(rows)),
        table=_shares(ask, say("Unit"), sums, chosen.paid),
        own_chart=OwnChart(Kind.BARS, say("Unit"), (say("Spent, SEK"),), number_format=NUMBERS),
        figure=amounts(rows, say.language),
        note=say("The units are named as the payments name them."),
    )


def per_programme(ask: Ask, chosen: Portfolio) -> Block:
    say, sums = ask.say, summed(chosen.part.spent, lambda payment: chosen.project(payment.project_id).programme)
    (first, most), *others = sums.items()
    if most <= 0:
        headline = _nothing_on_balance(ask)
    elif others and _repaid(sums):
        headline = say("{name} spent the most: {amount}", name=first, amount=kr(most, say))
    elif others:
        share = say.percent(most / chosen.paid)
        headline = say("{programme} stands for {share} of what was spent", programme=first, share=share)
    else:
        headline = say("All of it came from one programme: {programme}", programme=first)
    rows = _largest(ask, sums)
    return Block(
        key="paid_per_programme",
        title=say("Which programmes does it come from?"),
        short=say("mostly {name}", name=first) if most > 0 and others else first if most > 0 else "",
        headline=headline,
        alt=say("Bar chart: spent per programme, the largest first. {points}.", points=points(rows)),
        table=_shares(ask, say("Programme"), sums, chosen.paid),
        own_chart=OwnChart(Kind.BARS, say("Programme"), (say("Spent, SEK"),), number_format=NUMBERS),
        figure=amounts(rows, say.language),
    )


def per_goal(ask: Ask, chosen: Portfolio) -> Block:
    """All of the city's budget goals in their order, those without a krona too; last, projects without a goal."""
    say, sums = ask.say, summed(chosen.part.spent, lambda payment: _goal(chosen, payment))
    titles = {goal.number: goal.title_en if say.language == "en" else goal.title_sv for goal in chosen.whole.goals}
    told = {f"{number}. {title}": sums.get(number, Decimal(0)) for number, title in titles.items()}
    without = total(p for p in chosen.part.spent if _goal(chosen, p) not in titles)
    if without:
        told[say("Projects without a budget goal")] = without
    first, most = next(iter(sums.items()))
    paid = sum(amount > 0 for number, amount in sums.items() if number in titles)
    if most <= 0:
        headline = _nothing_on_balance(ask)
    elif first not in titles:
        headline = say("Most of it went to projects without a budget goal")
    elif _repaid(sums):
        headline = say(
            "The most was spent under budget goal {number}: {title}, {amount}",
            number=first,
            title=titles[first],
            amount=kr(most, say),
        )
    elif most == chosen.paid:
        headline = say("All of it went to budget goal {number}: {title}", number=first, title=titles[first])
    else:
        headline = say(
            "{part} of {whole} went to budget goal {number}: {title}",
            part=kr(most, say),
            whole=kr(chosen.paid, say),
            number=first,
            title=titles[first],
        )
    rows = [row(ask, label, amount) for label, amount in told.items()]
    return Block(
        key="paid_per_goal",
        title=say("Which of the city's budget goals does it serve?"),
        short=say("mostly goal {number}", number=first) if most > 0 and first in titles else "",
        headline=headline,
        alt=say("Bar chart: spent under each of the city's budget goals. {points}.", points=points(rows, len(rows))),
        table=_shares(ask, say("Budget goal"), told, chosen.paid),
        figure=amounts(rows, say.language),
        note=say("Budget goals under which anything was spent: {part} of {whole}.", part=paid, whole=len(titles))
        if titles
        else "",
    )


def _goal(chosen: Portfolio, payment: Payment) -> int | None:
    return goal_of(payment, chosen.project(payment.project_id))


def _nothing_on_balance(ask: Ask) -> str:
    return ask.say("On balance nothing was spent")


def _repaid(sums: Mapping[Any, Decimal]) -> bool:
    """Whether any of the sums is below 0: then none is a share of the whole."""
    return any(amount < 0 for amount in sums.values())


def _largest(ask: Ask, sums: dict[str, Decimal]) -> list[AmountRow]:
    """The largest sums as rows; the others together, pale, as the last one."""
    drawn = list(sums.items())[: DRAWN if len(sums) > DRAWN + 1 else None]
    rows = [row(ask, label, amount) for label, amount in drawn]
    rest = list(sums.items())[len(drawn) :]
    if rest:
        name = ask.say.plural("{n} more (see the table)", "{n} more together (see the table)", len(rest))
        rows.append(row(ask, name, sum((amount for _, amount in rest), Decimal(0)), strong=False))
    return rows


def _shares(ask: Ask, heading: str, sums: dict[str, Decimal], paid: Decimal) -> Table:
    say = ask.say
    back = _repaid(sums)

    def share(name: str) -> float | Missing:
        return Missing.NOT_APPLICABLE if back else float(sums[name] / paid if paid else 0)

    columns: tuple[TableColumn[str], ...] = (
        text_column(heading, lambda name: name),
        kr_column(say("Spent, SEK"), lambda name: sums[name], sums, say),
        share_column(say("Share"), share, say),
    )
    return Table.of(columns, sums)
