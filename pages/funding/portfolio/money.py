"""EU-medel's picture of money over the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from analytics.charts.money import AmountRow, years
from analytics.documents.own_chart import Kind
from analytics.model.funding import Payment
from analytics.model.provenance import Provenance
from pages.funding.amounts import has_ore, kr, kr_column
from pages.funding.portfolio.choice import Portfolio, paid_projects, summed, total
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column
from pages.ui.own_chart import NUMBERS, OwnChart

DRAWN = 8  # rows of a picture; the table has them all


def per_year(ask: Ask, chosen: Portfolio) -> Block:
    """What was paid each year under the programme and unit; a chosen year stands out among the others."""
    say, sums = ask.say, summed(chosen.before, lambda payment: payment.report_year)
    by_year = {year: sums.get(year, Decimal(0)) for year in chosen.years}
    rows = [
        row(ask, str(year), amount, strong=chosen.year in (None, year), hover=_projects_of(ask, chosen, year))
        for year, amount in by_year.items()
    ]
    note = say(
        "Spent means invoices paid, counted in the report year whichever day they were paid. What was granted or"
        " received is not in these sums."
    )
    if chosen.year and len(by_year) > 1:
        note += " " + say("The chosen year stands out; the other years are there to compare with.")
    if has_ore(by_year.values()):
        note += " " + say("Texts and pictures round to the krona; the tables are exact.")
    paid_in = {year: paid_projects(p for p in chosen.before if p.report_year == year) for year in by_year}
    columns: tuple[TableColumn[int], ...] = (
        text_column(say("Report year"), lambda year: year),
        kr_column(say("Spent, SEK"), lambda year: by_year[year], by_year, say),
        count_column(say("Projects that spent"), lambda year: len(paid_in[year]), say),
    )
    return Block(
        key="paid_per_year",
        headline=_year_headline(ask, chosen, by_year),
        alt=say("Bar chart: spent per report year. {points}.", points=points(rows)),
        table=Table.of(columns, by_year),
        figure=years(rows, say.language),
        own_chart=OwnChart(Kind.BARS, say("Report year"), (say("Spent, SEK"),), number_format=NUMBERS),
        note=note,
    )


def _year_headline(ask: Ask, chosen: Portfolio, by_year: dict[int, Decimal]) -> str:
    say = ask.say
    year = chosen.year or max(by_year, key=by_year.__getitem__)
    if by_year[year] < 0:
        back = say(
            "In {year} {amount} more was repaid or corrected than was spent", year=year, amount=kr(-by_year[year], say)
        )
        return f"{back}, {since}" if (since := since_before(ask, chosen)) else back
    if chosen.year is None and len(by_year) > 1:
        return say("Most was spent in {year}: {amount}", year=year, amount=kr(by_year[year], say))
    paid = say("In {year} {amount} was spent", year=year, amount=kr(by_year[year], say))
    return f"{paid}, {since}" if (since := since_before(ask, chosen)) else paid


def since_before(ask: Ask, chosen: Portfolio) -> str:
    """How the chosen year's payments compare with those of the year before, in words; empty where there are none."""
    if not chosen.year:
        return ""
    say, year = ask.say, chosen.year - 1
    earlier = [p for p in chosen.before if p.report_year == year]
    if not earlier or _origins(chosen, earlier) != _origins(chosen, chosen.part.spent):
        return ""  # invented payments are not held against published ones
    more = chosen.paid - total(earlier)
    if not more:
        return say("as much as in {year}", year=year)
    if more > 0:
        return say("{amount} more than in {year}", amount=kr(more, say), year=year)
    return say("{amount} less than in {year}", amount=kr(-more, say), year=year)


def _origins(chosen: Portfolio, payments: Iterable[Payment]) -> set[Provenance]:
    return {chosen.project(payment.project_id).provenance for payment in payments}


def row(ask: Ask, label: str, amount: Decimal, note: str = "", strong: bool = True, hover: str = "") -> AmountRow:
    """A bar of an amount, which is written beside it."""
    text = kr(amount, ask.say)
    return AmountRow(label, float(amount), text, "\n".join(filter(None, [label, note, text, hover])), note, strong)


def points(rows: Sequence[AmountRow], most: int = DRAWN) -> str:
    """The rows read out, for those who do not see the picture."""
    return "; ".join(f"{row.label}: {row.text}" for row in rows[:most])


def _projects_of(ask: Ask, chosen: Portfolio, year: int) -> str:
    paid = paid_projects(payment for payment in chosen.before if payment.report_year == year)
    return ask.say.plural("{n} project spent", "{n} projects spent", len(paid))
