"""Kriterier's pictures: what people answered, the city's trend, the spread between schools."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.charts.bars import bars
from analytics.charts.rows import Heading
from analytics.charts.strip import StripRow, strip
from analytics.charts.style import SCHOOL
from analytics.charts.trend import Line, Point, trend
from analytics.maturity.city import CityCell
from analytics.maturity.schools import Cell
from analytics.model import Change, Criterion, Framework, Missing
from pages.quality.parts import bar_row, or_hidden
from pages.ui import controls
from pages.ui.content import (
    Ask,
    Block,
    Table,
    count_column,
    level_column,
    share_column,
    text_column,
)
from pages.ui.phrases import axis_of, breaks_of


@dataclass(frozen=True, slots=True)
class Edition:
    """The criterion as one framework words it, and how it came from the edition before."""

    framework: Framework
    criterion: Criterion
    change: Change | None  # None: the oldest edition


def answers_block(ask: Ask, editions: list[Edition], city: list[CityCell], levels: dict) -> Block:
    say, framework = ask.say, editions[-1].framework
    names = framework.labels(say.language)
    same_scale = {
        e.framework.id
        for e in editions
        if e.framework.levels == framework.levels and e.framework.goal.level == framework.goal.level
    }
    drawn = [cell for cell in city if cell.framework in same_scale]
    rows, table = [], []
    titles = {edition.framework.id: edition.framework.title.in_(say.language) for edition in editions}
    group = None
    for cell in reversed(drawn):
        if len(same_scale) > 1 and cell.framework != group:  # answers to another framework's wording stand apart
            group = cell.framework
            rows.append(Heading(titles[group]))
        counts = levels.get((cell.framework, cell.year, cell.criterion))
        label = say.plural("{year}: {n} answer", "{year}: {n} answers", sum(counts or ()), year=cell.year)
        rows.append(bar_row(ask, framework, label, counts, cell.answers))
        table.append(
            (cell.year, *(counts or (Missing.HIDDEN,) * len(names)), cell.answers, or_hidden(cell.share_at_goal))
        )
    shares = [cell for cell in drawn if cell.share_at_goal is not None]
    headline = say("No distribution can be shown")
    if shares:
        headline = say(
            "{share} of the answers in {year} are {goal} or above",
            share=say.percent(shares[-1].share_at_goal),
            year=shares[-1].year,
            goal=names[framework.goal.level - framework.scale_min],
        )
    columns = (
        text_column(say("Year")),
        *(count_column(f"{level} {name}", say) for level, name in zip(framework.levels, names, strict=True)),
        count_column(say("Answers that may be shown"), say),
        share_column(say("Share of answers at the goal"), say),
    )
    return Block(
        key="criterion_answers",
        headline=headline,
        alt=say(
            "Stacked bars: the share of answers per level in each round, aligned at the goal. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=bars(rows, axis_of(framework, say), say.language, (say("below the goal"), say("at the goal or above"))),
        note=say(
            "Levels from left to right: {levels}. The bars hold schools with ten answers"
            " or more; the share of all shown answers is in the table.",
            levels=say.listing(names),
        ),
    )


def trend_block(ask: Ask, editions: list[Edition], city: list[CityCell]) -> Block:
    say, framework = ask.say, editions[-1].framework
    pieces: list[list[Point]] = []
    dashed = []
    for edition in editions:
        points = [_point(ask, cell) for cell in city if cell.framework == edition.framework.id]
        if pieces and points and pieces[-1] and edition.change is Change.IDENTICAL:
            pieces[-1].extend(points)
            continue
        if pieces and points and pieces[-1] and edition.change is Change.REWORDED:
            dashed.append((pieces[-1][-1], points[0]))
        pieces.append(points)
    whole = tuple(tuple(piece) for piece in pieces if piece)
    shown = [cell for cell in city if cell.mean is not None and cell.framework == framework.id]
    headline = say("It takes two rounds that can be shown to see a trend")
    if len(shown) > 1:
        headline = say(
            "The city's mean went from {then} in {first} to {now} in {last}",
            then=say.number(shown[0].mean),
            first=shown[0].year,
            now=say.number(shown[-1].mean),
            last=shown[-1].year,
        )
    columns = (
        text_column(say("Year")),
        text_column(say("Framework")),
        level_column(say("Mean of schools"), say),
        level_column(say("Mean of answers"), say),
        level_column(say("P10"), say),
        level_column(say("P90"), say),
        level_column(say("Between schools (SD)"), say),
        count_column(say("Schools"), say),
        count_column(say("Left out"), say),
    )
    titles = {edition.framework.id: edition.framework.title.in_(say.language) for edition in editions}
    rows = tuple(
        (
            cell.year,
            titles[cell.framework],
            *map(or_hidden, (cell.mean, cell.mean_of_answers, cell.p10, cell.p90, cell.between_school_sd)),
            cell.schools,
            cell.left_out,
        )
        for cell in city
    )
    line = Line(say("The city"), whole, SCHOOL, 3.0, dashed=tuple(dashed))
    chain = [edition.framework for edition in editions]
    return Block(
        key="criterion_trend",
        headline=headline,
        alt=say(
            "Line chart: the city's mean on the criterion per year, with P10–P90 of the schools as a band. {headline}.",
            headline=headline,
        ),
        table=Table(columns, rows),
        figure=trend([line], axis_of(framework, say), say.language, band=whole, breaks=breaks_of(chain, say)),
        note=say("Pale band: P10–P90 of the city's schools."),
    )


def _point(ask: Ask, cell: CityCell) -> Point:
    say = ask.say
    if cell.mean is None:
        return Point(cell.year, None, "")
    hover = say.plural(
        "{year}: {mean} (mean of {n} school, {answers} answers)",
        "{year}: {mean} (mean of {n} schools, {answers} answers)",
        cell.schools,
        year=cell.year,
        mean=say.number(cell.mean),
        answers=say.integer(cell.answers),
    )
    return Point(cell.year, cell.mean, hover, cell.p10, cell.p90)


def spread_block(
    ask: Ask, framework: Framework, city: list[CityCell], schools: dict[tuple[str, int], tuple[Cell, ...]]
) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows, table = [], []
    for cell in reversed([cell for cell in city if cell.framework == framework.id]):
        found = schools[cell.framework, cell.year]
        shown = [school for school in found if school.mean is not None]
        hovers = tuple(
            say.plural(
                "{school}: {mean} ({n} answer)",
                "{school}: {mean} ({n} answers)",
                s.n,
                school=names[s.school_id],
                mean=say.number(s.mean),
            )
            for s in shown
        )
        city_text = "" if cell.mean is None else say("the city {value}", value=say.number(cell.mean))
        rows.append(StripRow(str(cell.year), tuple(s.mean for s in shown), hovers, cell.mean, city_text))
        order = {school.id: place for place, school in enumerate(ask.catalogue.schools)}
        for s in sorted(found, key=lambda s: order[s.school_id]):
            table.append(
                (cell.year, names[s.school_id], *map(or_hidden, (s.mean, s.ci_low, s.ci_high, s.share_at_goal, s.n)))
            )
    last = next((cell for cell in reversed(city) if cell.mean is not None), None)
    headline = say("No school can be shown")
    if last:
        headline = say(
            "In {year}, eight schools in ten lie between {p10} and {p90}",
            year=last.year,
            p10=say.number(last.p10),
            p90=say.number(last.p90),
        )
    columns = (
        text_column(say("Year")),
        text_column(say("School")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        share_column(say("Share of answers at the goal"), say),
        count_column(say("Answers"), say),
    )
    return Block(
        key="criterion_spread",
        headline=headline,
        alt=say("Dot strips: one dot a school on the scale, one row a round. {headline}.", headline=headline),
        table=Table(columns, tuple(table)),
        figure=strip(rows, axis_of(framework, say), say.language),
        note=say("One dot is one school. Part of the spread is chance: schools with few answers land further out."),
    )
