"""Parts that several of the quality pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from analytics.charts.bars import BarRow
from analytics.maturity.changes import CityChange, SchoolChange
from analytics.model.frameworks import Area, Criterion, Framework
from analytics.model.provenance import Missing
from analytics.words.figures import HIDDEN
from analytics.words.goals import goal_rule
from analytics.words.language import Words
from pages.ui import controls
from pages.ui.content import Ask, Item, TableColumn, count_column

Value = TypeVar("Value")

LAST, FIRST = "forra", "forsta"
"""What a round is held against, as it stands in the address: the round before it, or its framework's first."""


def bar_row(ask: Ask, framework: Framework, label: str, levels: tuple[int, ...] | None, absent: str = "") -> BarRow:
    """A bar of what people answered, with every level's share and count on hovering; `absent`: what stands there where
    that may not be told, if not that it is hidden."""
    say = ask.say
    if levels is None or not sum(levels):
        return BarRow(label, None, (), (), absent or say.marked(HIDDEN))
    total = sum(levels)
    names = framework.labels(say.language)
    shares = tuple(count / total for count in levels)
    hovers = tuple(
        say(
            "{label}\n{level}: {share} ({count} of {total} answers)",
            label=label,
            level=name,
            share=say.percent(share),
            count=say.integer(count),
            total=say.integer(total),
        )
        for name, share, count in zip(names, shares, levels, strict=True)
    )
    return BarRow(label, shares, tuple(say.percent(share) for share in shares), hovers)


def level_counts(
    framework: Framework, levels: Callable[[Item], tuple[int, ...] | None], say: Words
) -> tuple[TableColumn[Item], ...]:
    """How many answered each level of the scale, a column a level; `levels`: the counts of an item of the table, None
    where they are hidden."""

    def count(place: int) -> Callable[[Item], int | Missing]:
        return lambda item: counts[place] if (counts := levels(item)) else Missing.HIDDEN

    headings = level_headings(framework, say)
    return tuple(count_column(heading, count(place), say) for place, heading in enumerate(headings))


def level_headings(framework: Framework, say: Words) -> tuple[str, ...]:
    """The levels as they head columns: their numbers and names."""
    names = framework.labels(say.language)
    return tuple(f"{level} {name}" for level, name in zip(framework.levels, names, strict=True))


def or_hidden(value: Value | None) -> Value | Missing:
    """The value, or that it is hidden: published figures lack a value for no other reason."""
    return Missing.HIDDEN if value is None else value


def or_unknown(value: Value | None) -> Value | Missing:
    """The value, or that nobody has told it."""
    return Missing.NOT_COLLECTED if value is None else value


def figure_of(
    of: Callable[[Item], Value | None], absent: Missing
) -> Callable[[Callable[[Value], float | None]], Callable[[Item], float | Missing]]:
    """Getters for columns whose figures belong to something that stands beside a table's item, found by `of`. There is
    none (`absent`) where it finds nothing; a figure that it lacks is hidden."""

    def taking(figure: Callable[[Value], float | None]) -> Callable[[Item], float | Missing]:
        return lambda item: absent if (found := of(item)) is None else or_hidden(figure(found))

    return taking


@dataclass(frozen=True)
class CriterionFacts(Generic[Value]):
    """A criterion with its area, and what is known of it."""

    area: Area
    criterion: Criterion
    of: Value


def asked_in(area: Area, known: Mapping[str, Value]) -> list[CriterionFacts[Value]]:
    """The area's criteria that something is known of; `known`: by criterion id."""
    return [
        CriterionFacts(area, criterion, known[criterion.id]) for criterion in area.criteria if criterion.id in known
    ]


def compared_words(say: Words, since: str | None, year: int | None) -> str:
    """What a file says of the round that changes are held against; empty of the round before, which is what is told
    where nobody chooses."""
    return say("compared with {year}", year=say.round(year)) if since == FIRST and year else ""


def choose_since(ask: Ask, framework: str, year: int) -> str:
    """The round before or the framework's first; without a choice where they are the same round, or there is none."""
    say = ask.of_rounds(framework).say
    earlier = [say.round(found) for found in ask.catalogue.years(framework) if found < year]
    if len(earlier) < 2:
        return LAST
    titles = {
        LAST: say("The round before ({year})", year=earlier[-1]),
        FIRST: say("The framework's first ({year})", year=earlier[0]),
    }

    def told(since: str) -> str:
        return say("compared with {year}", year=earlier[0 if since == FIRST else -1])

    return controls.choose("since", say("Changes since"), titles, LAST, told=told)


def hover_lines(*texts: str) -> str:
    """What hovering says, a line each; what is empty takes none."""
    return "\n".join(filter(None, texts))


def goal_rules(chain: Sequence[Framework], say: Words) -> str:
    """Every framework's goal rule beside the others', a sentence each."""
    return " ".join(
        say(
            "The goal in {framework}: {rule}.",
            framework=framework.title.in_(say.language),
            rule=goal_rule(framework, say),
        )
        for framework in chain
    )


def on_one_scale(chain: Sequence[Framework]) -> tuple[Framework, ...]:
    """The newest framework and those just before it with the same levels: the others have no place on its axis."""
    kept: list[Framework] = []
    for framework in reversed(chain):
        if framework.levels != chain[-1].levels:
            break
        kept.insert(0, framework)
    return tuple(kept)


def city_moved(change: CityChange, say: Words) -> str:
    """What the city's mean has done since an earlier round, and whether that is more than noise: one sentence."""
    figures = {
        "year": say.round(change.before_year),
        "then": say.number(change.before_mean),
        "now": say.number(change.mean),
    }
    if change.needed is None:
        return say.plural(
            "In the {n} school of both rounds the mean was {then} in {year} and is {now} now; the answers cannot tell"
            " whether it is a change.",
            "In the {n} schools of both rounds the mean was {then} in {year} and is {now} now; the answers cannot tell"
            " whether it is a change.",
            change.schools,
            **figures,
        )
    if not change.clear:
        return say.plural(
            "In the {n} school of both rounds the mean was {then} in {year} and is {now} now: no clear change.",
            "In the {n} schools of both rounds the mean was {then} in {year} and is {now} now: no clear change.",
            change.schools,
            **figures,
        )
    if change.difference > 0:
        return say.plural(
            "In the {n} school of both rounds the mean has risen since {year}, from {then} to {now}, more than"
            " chance explains.",
            "In the {n} schools of both rounds the mean has risen since {year}, from {then} to {now}, more than"
            " chance explains.",
            change.schools,
            **figures,
        )
    return say.plural(
        "In the {n} school of both rounds the mean has fallen since {year}, from {then} to {now}, more than"
        " chance explains.",
        "In the {n} schools of both rounds the mean has fallen since {year}, from {then} to {now}, more than"
        " chance explains.",
        change.schools,
        **figures,
    )


def changed_schools(changes: Sequence[SchoolChange]) -> tuple[int, int, int]:
    """How many schools can be compared, have clearly risen, and have clearly fallen, controlled over the schools."""
    told = [change for change in changes if change.needed is not None]
    return (
        len(told),
        sum(change.clear_in_city and change.difference > 0 for change in told),
        sum(change.clear_in_city and change.difference < 0 for change in told),
    )
