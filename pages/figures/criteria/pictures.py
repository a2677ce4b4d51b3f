"""Kriterier's pictures: what people answered and how far they agree, and the spread between schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.bars import bars
from analytics.charts.rows import GroupName
from analytics.charts.strip import StripRow, strip
from analytics.documents.own_chart import Kind
from analytics.maturity.city import CityCell
from analytics.maturity.methods.consensus import consensus
from analytics.maturity.schools import Cell
from analytics.model.figures import Accord
from analytics.model.frameworks import Change, Criterion, Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.cells import NOT_TOLD, answers_text, answers_value, mean_text, mean_value, share_end, share_value
from analytics.words.consensus import ACCORD
from analytics.words.figures import interval
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.shared.many_schools import evenly, thinned_note
from pages.shared.parts import bar_row, hover_lines, level_counts, level_headings, or_hidden
from pages.ui import controls
from pages.ui.content import (
    Ask,
    Block,
    Table,
    TableColumn,
    count_column,
    level_column,
    share_column,
    text_column,
    year_column,
)
from pages.ui.own_chart import NUMBERS, OwnChart
from pages.ui.phrases import axis_of, eras_of


@dataclass(frozen=True, slots=True)
class Edition:
    """The criterion as one framework words it, and how it came from the edition before."""

    framework: Framework
    criterion: Criterion
    change: Change | None  # None: the oldest edition


Schools = dict[tuple[str, int], tuple[Cell, ...]]  # framework, year -> the round's schools on the criterion


def accords(cells: Sequence[Cell]) -> Counter[Accord]:
    """How many schools' staff agree, are divided or are spread; schools with under twenty answers are not told."""
    found = (consensus(cell.levels) for cell in cells if cell.levels is not None)
    return Counter(accord.kind for accord in found if accord)


def accord_summary(cells: Sequence[Cell], say: Words) -> str:
    """How far the schools' staffs agree, as a sentence; empty where no school has answers enough."""
    found = accords(cells)
    if not found.total():
        return ""
    return say.plural(
        "In the {n} school with twenty answers or more the staff agree in {agreed}, stand in two camps in {divided}"
        " and are spread out in {spread}.",
        "In the {n} schools with twenty answers or more the staff agree in {agreed}, stand in two camps in {divided}"
        " and are spread out in {spread}.",
        found.total(),
        agreed=say.integer(found[Accord.AGREED]),
        divided=say.integer(found[Accord.DIVIDED]),
        spread=say.integer(found[Accord.SPREAD]),
    )


def answers_block(ask: Ask, editions: list[Edition], city: list[CityCell], levels: dict, schools: Schools) -> Block:
    """What people answered in each round, and in how many schools they agree."""
    say, framework = ask.say, editions[-1].framework
    names = framework.labels(say.language)
    same_scale = {
        e.framework.id
        for e in editions
        if e.framework.levels == framework.levels and e.framework.goal.level == framework.goal.level
    }
    drawn = [cell for cell in city if cell.framework in same_scale]
    rows = []
    titles = {edition.framework.id: edition.framework.title.in_(say.language) for edition in editions}
    group = None
    for cell in reversed(drawn):
        if len(same_scale) > 1 and cell.framework != group:  # answers to another framework's wording stand apart
            group = cell.framework
            rows.append(GroupName(titles[group]))
        counts = levels.get((cell.framework, cell.year, cell.criterion))
        label = say.plural("{year}: {n} answer", "{year}: {n} answers", sum(counts or ()), year=say.round(cell.year))
        absent = say("under twenty answers in every school: no distribution") if cell.answers else ""
        rows.append(bar_row(ask, framework, label, counts, absent))
    shares = [(cell.share_at_goal, cell.year) for cell in drawn if cell.share_at_goal is not None]
    headline = say("No distribution can be shown")
    if shares:
        share, year = shares[-1]
        headline = say(
            "{share} of the answers in {year} are {goal} or above",
            share=say.percent(share),
            year=say.round(year),
            goal=level_name(framework, say),
        )

    def schools_of(cell: CityCell, kind: Accord) -> int:
        return accords(schools[cell.framework, cell.year])[kind]

    columns: tuple[TableColumn[CityCell], ...] = (
        year_column(lambda cell: cell.year, say),
        *level_counts(framework, lambda cell: levels.get((cell.framework, cell.year, cell.criterion)), say),
        count_column(say("Answers (5–9 count as 7)"), lambda cell: cell.answers, say),
        share_column(say("Share of answers at the goal"), lambda cell: or_hidden(cell.share_at_goal), say),
        share_column(say("Share at the goal, from"), lambda cell: or_hidden(cell.share_low), say),
        share_column(say("Share at the goal, to"), lambda cell: or_hidden(cell.share_high), say),
        count_column(say("Schools where the staff agree"), lambda cell: schools_of(cell, Accord.AGREED), say),
        count_column(say("Schools in two camps"), lambda cell: schools_of(cell, Accord.DIVIDED), say),
        count_column(say("Schools spread out"), lambda cell: schools_of(cell, Accord.SPREAD), say),
    )
    last = city[-1]
    return Block(
        key="criterion_answers",
        headline=headline,
        alt=say(
            "Stacked bars: the share of answers per level in each round, aligned at the goal. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, reversed(drawn)),
        own_chart=OwnChart(Kind.PARTS, say("Year"), level_headings(framework, say), number_format=NUMBERS),
        figure=bars(rows, axis_of(framework, say), say.language, (say("below the goal"), say("at the goal or above"))),
        note=" ".join(
            filter(
                None,
                [
                    accord_summary(schools[last.framework, last.year], say),
                    say(
                        "Levels from left to right: {levels}. The bars hold schools with twenty answers or more,"
                        " so that no smaller school's answers can be picked out. The share at the goal is of schools"
                        " with ten answers or more.",
                        levels=say.listing(names),
                    ),
                ],
            )
        ),
    )


def spread_block(ask: Ask, framework: Framework, city: list[CityCell], schools: Schools) -> Block:
    """Every school of every round of the framework as a dot."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    order = {school.id: place for place, school in enumerate(ask.catalogue.schools)}
    rows, table, most = [], [], 0
    for cell in reversed([cell for cell in city if cell.framework == framework.id]):
        found = schools[cell.framework, cell.year]
        shown = [school for school in found if school.mean is not None]
        most = max(most, len(shown))
        drawn = evenly(shown, lambda s: present(s.mean))
        hovers = tuple(_hover(s, names[s.school_id], say) for s in drawn)
        city_text = "" if cell.mean is None else say("the city {value}", value=say.number(cell.mean))
        rows.append(StripRow(say.round(cell.year), tuple(present(s.mean) for s in drawn), hovers, cell.mean, city_text))
        table += sorted(found, key=lambda s: order[s.school_id])
    last = next((cell for cell in reversed(city) if cell.mean is not None), None)
    headline = say("No school can be shown")
    if last:
        headline = say(
            "In {year}, eight schools in ten lie between {p10} and {p90}",
            year=say.round(last.year),
            p10=say.number(present(last.p10)),
            p90=say.number(present(last.p90)),
        )
    columns: tuple[TableColumn[Cell], ...] = (
        year_column(lambda s: s.year, say),
        text_column(say("School"), lambda s: names[s.school_id]),
        level_column(say("Mean"), lambda s: mean_value(s, say), say),
        level_column(say("Interval from"), lambda s: or_hidden(s.ci_low), say),
        level_column(say("Interval to"), lambda s: or_hidden(s.ci_high), say),
        share_column(say("Share of answers at the goal"), lambda s: share_value(s, say), say),
        share_column(say("Share at the goal, from"), lambda s: share_end(s, s.share_low, say), say),
        share_column(say("Share at the goal, to"), lambda s: share_end(s, s.share_high, say), say),
        count_column(say("Answers"), lambda s: answers_value(s), say),
        text_column(say("The staff"), lambda s: _accord(s, say)),
    )
    return Block(
        key="criterion_spread",
        headline=headline,
        alt=say("Dot strips: one dot per school on the scale, one row per round. {headline}.", headline=headline),
        table=Table.of(columns, table),
        figure=strip(
            rows,
            axis_of(framework, say),
            say.language,
            eras=eras_of([framework], [cell.year for cell in city if cell.framework == framework.id], say),
        ),
        note=" ".join(filter(None, [_reading(say), thinned_note(most, say)])),
    )


def _reading(say: Words) -> str:
    return say("One dot is one school. Part of the spread is chance: schools with few answers land further out.")


def _accord(cell: Cell, say: Words) -> str | Missing:
    """How far a school's staff agree."""
    if cell.mean is None:
        return Missing.HIDDEN
    found = None if cell.levels is None else consensus(cell.levels)
    return say.marked(NOT_TOLD) if found is None else say.marked(ACCORD[found.kind])


def _hover(cell: Cell, name: str, say: Words) -> str:
    mean = f"{name}: {mean_text(cell, say)} ({answers_text(cell, say)})"
    return hover_lines(mean, interval(cell.ci_low, cell.ci_high, say))
