"""Change in words: what moved beyond noise, what did not, and how much it would have taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from analytics.charts.rows import DotRow, GroupName, dots
from analytics.documents.own_chart import Kind
from analytics.maturity.changes import CityChange, SchoolChange
from analytics.model.figures import N_BAND
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.changes import (
    city_promise,
    none_changed,
    others_unchanged,
    same_words_only,
    school_promise,
)
from analytics.words.frameworks import criterion_title
from analytics.words.language import Words
from pages.shared.parts import CriterionFacts, asked_in, or_unknown
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, scale_of

ChangeRow = SchoolChange | CityChange
NAMED = 3  # changes that a sentence names
HAIR = 1e-9


def decimals(change: ChangeRow, among: Sequence[ChangeRow] = ()) -> int:
    """How finely a change is told: to one decimal where few answers stand behind it, and of an area where they stand
    behind any of its criteria (`among`: all the changes of the same two rounds); else to two."""
    if isinstance(change, CityChange):
        return 2
    of_it = [change] if change.criterion else [c for c in among if c.criterion and change.area in (WHOLE, c.area)]
    return 1 if any(isinstance(c, SchoolChange) and None in (c.n, c.before_n) for c in of_it) else 2


def needed_text(change: ChangeRow, digits: int, say: Words) -> str:
    """What a clear change takes; told to one decimal it is rounded up, so that less is never said to be enough."""
    needed = present(change.needed)
    return say.number(needed if digits > 1 else ceil(needed * 10 - HAIR) / 10, digits)


def change_short(change: ChangeRow | None, say: Words) -> str:
    """What a table says of it: the difference where it is clear; empty where there is nothing to compare."""
    if change is None:
        return ""
    if change.clear:
        return say.signed(change.difference, decimals(change))
    return say("cannot be determined") if change.needed is None else say("none clear")


def change_sentence(change: ChangeRow, say: Words, among: Sequence[ChangeRow] = ()) -> str:
    """One change with what it would have taken, such as: since 2024 +0.20, less than the 0.40 that it takes ..."""
    digits = decimals(change, among)
    figures = {"difference": say.signed(change.difference, digits), "year": say.round(change.before_year)}
    if change.needed is None:
        return say("since {year} {difference}; the answers cannot tell whether that is a change", **figures)
    figures |= {"needed": needed_text(change, digits, say), "basis": basis(change, say)}
    if change.clear:
        return say("since {year} {difference}, a clear change ({needed} is needed, {basis})", **figures)
    return say(
        "since {year} {difference}, no clear change (at least {needed} is needed, {basis})",
        **figures,
    )


def basis(change: ChangeRow, say: Words) -> str:
    """What a change stands on: answers or respondents in both rounds, or schools."""
    if isinstance(change, CityChange):
        return say.plural("in {n} school", "in {n} schools", change.schools)
    if change.left_out:
        return say.plural(
            "on the {n} criterion asked and shown both times",
            "on the {n} criteria asked and shown both times",
            change.compared,
        )
    if change.criterion and (change.n is None or change.before_n is None):
        return say("with under ten answers in either round")
    if change.n is None or change.before_n is None:
        return say("number of respondents not known")
    if change.criterion:
        return say("with {before} and {now} answers", before=change.before_n, now=change.n)
    return say("with {before} and {now} respondents", before=change.before_n, now=change.n)


def change_summary(who: str, framework: Framework, changes: Sequence[ChangeRow], say: Words) -> str:
    """What a school or the city has done on its criteria since an earlier round, in a sentence or two."""
    year = changes[0].before_year
    raised = sorted((c for c in changes if c.clear and c.difference > 0), key=lambda c: -c.difference)
    lowered = sorted((c for c in changes if c.clear and c.difference < 0), key=lambda c: c.difference)
    parts = []
    up, down = _named(framework, raised, say), _named(framework, lowered, say)
    if raised:
        parts.append(
            say.plural(
                "{who} has clearly risen on {n} criterion since {year}: {names}.",
                "{who} has clearly risen on {n} criteria since {year}: {names}.",
                len(raised),
                who=who,
                year=say.round(year),
                names=up,
            )
        )
    if lowered:
        parts.append(
            say.plural(
                "{who} has clearly fallen on {n} criterion since {year}: {names}.",
                "{who} has clearly fallen on {n} criteria since {year}: {names}.",
                len(lowered),
                who=who,
                year=say.round(year),
                names=down,
            )
        )
    rest = len(changes) - len(raised) - len(lowered)
    if not parts:
        return none_changed(rest, year, say)
    if rest:
        parts.append(others_unchanged(rest, say))
    return " ".join(parts)


def higher_summary(who: str, framework: Framework, changes: Sequence[ChangeRow], say: Words) -> str:
    """What is clear above the criteria: the whole, else areas; empty where neither has clearly moved."""

    def told(change: ChangeRow) -> str:
        return say.signed(change.difference, decimals(change, changes))

    whole = next((c for c in changes if c.area == WHOLE and not c.criterion and c.clear), None)
    titles = {area.id: area.title.in_(say.language) for area in framework.areas}
    areas = [change for change in changes if change.clear and not change.criterion and change.area in titles]
    if whole:
        figures = {"who": who, "year": say.round(whole.before_year), "difference": told(whole)}
        if whole.difference > 0:
            return say("{who} has clearly risen as a whole since {year} ({difference}).", **figures)
        return say("{who} has clearly fallen as a whole since {year} ({difference}).", **figures)
    if not areas:
        return ""
    named = say.listing(f"{titles[change.area]} ({told(change)})" for change in areas)
    return say(
        "{who} has clearly changed since {year} on {areas}.", who=who, year=say.round(areas[0].before_year), areas=named
    )


def change_block(ask: Ask, key: str, who: str, framework: Framework, changes: Sequence[ChangeRow]) -> Block | None:
    """The criteria then and now, with how far each may move by chance; the headline begins with the highest level at
    which something is clear. None where nothing can be compared."""
    say, higher = ask.say, higher_summary(who, framework, changes, ask.say)
    changes = [change for change in changes if change.criterion]
    if not changes:
        return None
    by_criterion = {change.criterion: change for change in changes}
    rows: list[DotRow | GroupName] = []
    table: list[CriterionFacts[ChangeRow]] = []
    for area in framework.areas:
        compared = asked_in(area, by_criterion)
        table += compared
        if compared:
            rows.append(GroupName(area.title.in_(say.language)))
        for row in compared:
            change, said = row.of, change_sentence(row.of, say)
            name = f"{row.criterion.id} {row.criterion.title.in_(say.language)}"
            digits = decimals(change)
            then = say(
                "{year}: {mean}", year=say.round(change.before_year), mean=say.number(change.before_mean, digits)
            )
            rows.append(
                DotRow(
                    name,
                    change.mean,
                    f"{name}\n{say.number(change.mean, digits)}\n{said}",
                    other=change.before_mean,
                    other_hover=then,
                    spread=_within(framework, change),
                    faint=not change.clear,
                )
            )
    first = changes[0]

    def told(figure: Callable[[ChangeRow], float]) -> Callable[[CriterionFacts[ChangeRow]], float | str]:
        """As a number where it is told as one, else as it is written."""
        return lambda row: figure(row.of) if decimals(row.of) > 1 else say.number(figure(row.of), 1)

    columns: tuple[TableColumn[CriterionFacts[ChangeRow]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        level_column(
            say("Mean {year}", year=say.round(first.before_year)), told(lambda change: change.before_mean), say
        ),
        level_column(say("Mean {year}", year=say.round(first.year)), told(lambda change: change.mean), say),
        level_column(say("Difference"), told(lambda change: change.difference), say),
        level_column(say("Needed for a clear change"), lambda row: _needed(row.of, say), say),
        *_counts(first, say),
        text_column(say("In words"), lambda row: change_sentence(row.of, say)),
    )
    headline = " ".join(filter(None, [higher, change_summary(who, framework, changes, say)]))
    crossed = first.before_framework != first.framework
    only_same = same_words_only(say) if crossed else ""
    return Block(
        key=key,
        headline=headline,
        alt=say(
            "Dot chart: each criterion's mean in {before} (hollow) and {now} (filled), with how far it may move"
            " by chance as a pale bar. {headline}",
            before=say.round(first.before_year),
            now=say.round(first.year),
            headline=headline,
        ),
        table=Table.of(columns, table),
        figure=dots(rows, axis_of(framework, say), say.language),
        own_chart=OwnChart(
            Kind.BARS,
            say("Criterion"),
            tuple(say("Mean {year}", year=say.round(year)) for year in (first.before_year, first.year)),
            scale=scale_of(framework),
        ),
        note=" ".join(
            filter(
                None,
                [
                    say(
                        "Hollow dot: {before}; filled dot: {now}. Pale bar: as far as the mean may move before it can"
                        " be called a change. Filled dots outside their bar stand out.",
                        before=say.round(first.before_year),
                        now=say.round(first.year),
                    ),
                    city_promise(say) if isinstance(first, CityChange) else school_promise(say),
                    only_same,
                ],
            )
        ),
    )


def _needed(change: ChangeRow, say: Words) -> float | str | Missing:
    if change.needed is None:
        return Missing.NOT_APPLICABLE
    return change.needed if decimals(change) > 1 else needed_text(change, 1, say)


def _within(framework: Framework, change: ChangeRow) -> tuple[float, float] | None:
    """How far the mean may move and still be called unchanged, within the scale; None where that cannot be told."""
    if change.needed is None:
        return None
    low, high = change.before_mean - change.needed, change.before_mean + change.needed
    return max(low, framework.scale_min), min(high, framework.scale_max)


def _named(framework: Framework, changes: Sequence[ChangeRow], say: Words) -> str:
    """The first of them by title and difference, and how many more there are."""
    names = [
        f"{criterion_title(framework, c.criterion, say)} ({say.signed(c.difference, decimals(c))})"
        for c in changes[:NAMED]
    ]
    more = len(changes) - NAMED
    if more > 0:
        names.append(say.plural("{n} more", "{n} more", more))
    return "; ".join(names)


def _answers(change: SchoolChange, n: int | None) -> int | str | Missing:
    """Of a criterion a band where they are few; of an area not known where people may not be followed."""
    return N_BAND.replace("-", "–") if n is None and change.criterion else or_unknown(n)


def _counts(change: ChangeRow, say: Words) -> tuple[TableColumn[CriterionFacts], ...]:
    """What changes of this kind stand on: schools, or answers in both rounds."""
    if isinstance(change, CityChange):
        return (count_column(say("Schools"), lambda row: row.of.schools, say),)
    return (
        count_column(say("Answers before"), lambda row: _answers(row.of, row.of.before_n), say),
        count_column(say("Answers"), lambda row: _answers(row.of, row.of.n), say),
    )
