"""EU-medel's picture of funding beside maturity: did schools that took part move more? With the warning, always."""

from __future__ import annotations

from math import ceil

from analytics.charts.rows import DotRow, dots
from analytics.charts.style import LevelAxis
from analytics.funding.maturity_comparison import FEWEST, Estimate, beside_maturity, in_words
from pages.funding.portfolio.choice import Portfolio
from pages.funding.rounds import first_and_last_round
from pages.ui.content import Ask, Block, Column, Table, text_column


def beside(ask: Ask, chosen: Portfolio) -> tuple[Block | None, list[str]]:
    """The two groups' change between a framework's first and last round (of the year chosen, at the latest), and the
    provenance of those rounds. No block where no framework has two rounds by then, or no school a figure in both."""
    found = first_and_last_round(ask.catalogue, chosen.year)
    if found is None:
        return None, []
    framework_id, first, last = found
    result = beside_maturity(ask.view, ask.viewer, chosen.part, framework_id, first, last)
    if result is None:
        return None, []
    say = ask.say
    groups = (
        (say("Schools that took part in the projects shown"), result.took_part.schools, result.took_part.change),
        (say("The other schools"), result.others.schools, result.others.change),
        (say("Difference"), None, result.difference),
    )
    bounds = [abs(bound) for *_, change in groups if change for bound in (change.low, change.high)]
    reach = max(1, ceil(max(bounds, default=1)))
    names = tuple(say.signed(step, 0) for step in range(-reach, reach + 1))
    axis = LevelAxis(-reach, names, 0, say("no change"))
    rows = [_row(ask, name, schools, change) for name, schools, change in groups]
    framework = ask.catalogue.framework(framework_id).title.in_(say.language)
    if result.seen is None:
        headline = say("Too few schools to say whether those that took part moved more")
    elif not result.seen:
        headline = say("No difference can be seen between schools that took part and those that did not")
    elif result.difference.mean > 0:
        headline = say("Schools that took part moved more than the others, which is no proof that projects did it")
    else:
        headline = say("Schools that took part moved less than the others, which is no proof that projects did it")
    columns = (
        text_column(say("Schools in the group")),
        Column(say("Number of schools"), lambda n: "" if n is None else say.integer(n), numeric=True),
        *(_change_column(ask, heading) for heading in (say("Mean change"), say("Interval from"), say("Interval to"))),
        text_column(say("From")),
        text_column(say("To")),
    )
    table = tuple((name, schools, *_cells(change), first, last) for name, schools, change in groups)
    block = Block(
        key="beside_maturity",
        headline=headline,
        alt=say(
            "Dot chart: mean change in {framework} from {first} to {last} with 95% intervals, for schools that took"
            " part and for the others. {words}",
            framework=framework,
            first=first,
            last=last,
            words=in_words(result, say),
        ),
        table=Table(columns, table),
        figure=dots(rows, axis, say.language),
        note=f"{framework}. {in_words(result, say)}",
    )
    return block, [
        r.provenance for r in ask.catalogue.rounds if r.framework == framework_id and first <= r.year <= last
    ]


def _row(ask: Ask, name: str, schools: int | None, change: Estimate | None) -> DotRow:
    say = ask.say
    n = None if schools is None else say.plural("{n} school", "{n} schools", schools)
    label = name if n is None else f"{name} ({n})"
    if change is None:
        return DotRow(label, None, "", absent=say("fewer than {n} schools in a group: no figure", n=FEWEST))
    written = say(
        "{mean} levels (95% interval {low} to {high})",
        mean=say.signed(change.mean),
        low=say.signed(change.low),
        high=say.signed(change.high),
    )
    return DotRow(label, change.mean, f"{label}<br>{written}", change.low, change.high)


def _cells(change: Estimate | None) -> tuple:
    return (None, None, None) if change is None else (change.mean, change.low, change.high)


def _change_column(ask: Ask, heading: str) -> Column:
    say = ask.say
    few = say("too few schools")
    return Column(heading, lambda value: few if value is None else say.signed(value), numeric=True)
