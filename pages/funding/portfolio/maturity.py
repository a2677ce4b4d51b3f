"""EU-medel's picture of funding beside maturity: did schools that took part move more? With the warning, always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from analytics.charts.rows import DotRow, dots
from analytics.charts.style import LevelAxis
from analytics.funding.maturity_comparison import FEWEST, Estimate, in_words, maturity_comparison
from pages.funding.portfolio.choice import Portfolio
from pages.funding.rounds import first_and_last_round
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column, year_column


def maturity_block(ask: Ask, chosen: Portfolio) -> tuple[Block | None, list[str]]:
    """The two groups' change between a framework's first and last round (of the year chosen, at the latest), and the
    provenance of those rounds. No block where no framework has two rounds by then, or no school a figure in both."""
    found = first_and_last_round(ask.catalogue, chosen.year)
    if found is None:
        return None, []
    framework_id, first, last = found
    result = maturity_comparison(ask.view, ask.viewer, chosen.part, framework_id, first, last)
    if result is None:
        return None, []
    ask = ask.of_rounds(framework_id)
    say = ask.say
    took_part, others = result.took_part, result.others
    groups = (
        _Group(say("Schools that took part in the projects shown"), took_part.schools, took_part.change),
        _Group(say("The other schools"), others.schools, others.change),
        _Group(say("Difference"), None, result.difference),
    )
    bounds = [abs(bound) for group in groups if group.change for bound in (group.change.low, group.change.high)]
    reach = max(1, ceil(max(bounds, default=1)))
    names = tuple(say.signed(step, 0) for step in range(-reach, reach + 1))
    axis = LevelAxis(-reach, names, 0, say("no change"))
    rows = [_row(ask, group) for group in groups]
    framework = ask.catalogue.framework(framework_id).title.in_(say.language)
    if result.difference is None:
        headline = say("Too few schools to say whether those that took part moved more")
    elif not result.clear:
        headline = say("No clear difference between schools that took part and those that did not")
    elif result.difference.mean > 0:
        headline = say("Schools that took part moved more than the others, which is no proof that projects did it")
    else:
        headline = say("Schools that took part moved less than the others, which is no proof that projects did it")
    columns: tuple[TableColumn[_Group], ...] = (
        text_column(say("Schools in the group"), lambda group: group.name),
        count_column(say("Number of schools"), lambda group: group.schools, say),
        _change_column(ask, say("Mean change"), lambda change: change.mean),
        _change_column(ask, say("Interval from"), lambda change: change.low),
        _change_column(ask, say("Interval to"), lambda change: change.high),
        year_column(lambda _: first, say, say("From")),
        year_column(lambda _: last, say, say("To")),
    )
    block = Block(
        key="beside_maturity",
        title=say("Did schools that took part move more?"),
        headline=headline,
        alt=say(
            "Dot chart: mean change in {framework} from {first} to {last} with 95% intervals, for schools that took"
            " part and for the others. {words}",
            framework=framework,
            first=say.round(first),
            last=say.round(last),
            words=in_words(result, say),
        ),
        table=Table.of(columns, groups),
        figure=dots(rows, axis, say.language),
        note=f"{framework}. {in_words(result, say)}",
    )
    return block, [
        r.provenance for r in ask.catalogue.rounds if r.framework == framework_id and first <= r.year <= last
    ]


@dataclass(frozen=True)
class _Group:
    """A group of schools and how its mean has changed, or how two of them differ; None where they are too few."""

    name: str
    schools: int | None
    change: Estimate | None


def _row(ask: Ask, group: _Group) -> DotRow:
    say, name, schools, change = ask.say, group.name, group.schools, group.change
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
    return DotRow(label, change.mean, f"{label}\n{written}", change.low, change.high)


def _change_column(ask: Ask, heading: str, figure: Callable[[Estimate], float]) -> TableColumn[_Group]:
    say = ask.say
    few = say("too few schools")
    return TableColumn(
        heading,
        lambda group: None if group.change is None else figure(group.change),
        lambda value: few if value is None else say.signed(value),
        numeric=True,
    )
