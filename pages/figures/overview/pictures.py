"""Översikt's pictures: the areas over the years, the criteria now."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.charts.colours import CITY, LOW, OTHER, SCHOOL
from analytics.charts.rows import DotRow, GroupName, dots
from analytics.charts.trend import TrendLine, TrendPoint, trend
from analytics.documents.own_chart import Kind
from analytics.maturity.city import CityArea, CityCell, clearly_different
from analytics.maturity.city_words import ranked_areas
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.figures import HIDDEN, interval
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound, city_round
from pages.shared.change_words import change_sentence
from pages.shared.parts import CriterionFacts, asked_in, hover_lines, on_one_scale, or_hidden
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
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, break_note, breaks_of, eras_of, scale_of
from pages.ui.titles import address


def area_trend(ask: Ask, city: CityRound) -> Block:
    """The areas over the years."""
    say, framework, drawn = ask.say, city.framework, on_one_scale(city.chain)
    by_area, areas = city.by_area, city.areas
    ranked = ranked_areas(framework, by_area)
    named = len(ranked) > 1 and clearly_different(ranked[0], ranked[-1])
    colours = {ranked[-1].area: SCHOOL, ranked[0].area: LOW} if named else {}
    lines = []
    for area in framework.areas:
        pieces = tuple(
            tuple(_area_point(ask, row) for row in areas if row.framework == older.id and row.area == area.id)
            for older in drawn
        )
        colour, now = colours.get(area.id, OTHER), by_area.get(area.id)
        end = say.number(now.mean) if now and now.mean is not None else ""
        title = area.title.in_(say.language)
        lines.append(TrendLine(title, pieces, colour, 2.6 if area.id in colours else 1.8, end=end))
    lines.sort(key=lambda line: line.colour != OTHER)  # the two that the headline names lie in front
    titles = {area.id: area.title.in_(say.language) for older in city.chain for area in older.areas}
    headline = say("The city's mean per area and year")
    if named:
        headline = say(
            "{best} stands highest and {worst} lowest of the areas",
            best=titles[ranked[-1].area],
            worst=titles[ranked[0].area],
        )
    elif len(ranked) > 1:
        headline = say("The areas are level with each other")
    said = city.area_changes | ({WHOLE: city.whole_change} if city.whole_change else {})

    def change_text(row: CityArea) -> str:
        return change_sentence(said[row.area], say) if row is by_area.get(row.area) and row.area in said else ""

    columns: tuple[TableColumn[CityArea], ...] = (
        year_column(lambda row: row.year, say),
        text_column(say("Area"), lambda row: titles.get(row.area, say("All areas"))),
        level_column(say("Mean of schools"), lambda row: or_hidden(row.mean), say),
        level_column(say("Interval from"), lambda row: or_hidden(row.ci_low), say),
        level_column(say("Interval to"), lambda row: or_hidden(row.ci_high), say),
        level_column(say("P10"), lambda row: or_hidden(row.p10), say),
        level_column(say("P90"), lambda row: or_hidden(row.p90), say),
        count_column(say("Schools"), lambda row: row.schools, say),
        count_column(say("Left out"), lambda row: row.left_out, say),
        text_column(say("Change in words"), change_text),
    )
    years = {row.year for row in areas if row.framework in {older.id for older in drawn}}
    has_old = any(row.framework in {older.id for older in drawn[:-1]} for row in areas)
    return Block(
        key="area_trend",
        headline=headline,
        alt=say(
            "Line chart: the city's mean per area and year on the scale {low} to {high}. {points}.",
            low=framework.labels(say.language)[0],
            high=framework.labels(say.language)[-1],
            points="; ".join(_course_words(titles[row.area], row, areas, say) for row in reversed(ranked))
            or say("no figure can be shown"),
        ),
        table=Table.of(columns, areas),
        figure=trend(
            lines,
            axis_of(framework, say),
            say.language,
            breaks=breaks_of(drawn, say) if has_old else (),
            eras=eras_of(drawn, years, say),
            called=say.round,
        ),
        reading=break_note(drawn, say) if has_old else "",
        own_chart=OwnChart(
            Kind.LINE,
            say("Year"),
            (say("Mean of schools"),),
            apart=say("Area"),
            begins=tuple(older.valid_from for older in drawn),
            scale=scale_of(framework),
        ),
    )


def _course_words(title: str, now: CityArea, areas: Sequence[CityArea], say: Words) -> str:
    """Where an area has come from in the framework, and where it is: Culture 2.71 in 2022 and 2.93 in 2025."""
    first = next(
        row for row in areas if (row.framework, row.area) == (now.framework, now.area) and row.mean is not None
    )
    if first is now:
        return f"{title} {say.number(present(now.mean))}"
    return say(
        "{area} {then} in {first} and {now} in {last}",
        area=title,
        then=say.number(present(first.mean)),
        first=say.round(first.year),
        now=say.number(present(now.mean)),
        last=say.round(now.year),
    )


def _area_point(ask: Ask, row: CityArea) -> TrendPoint:
    say = ask.say
    if row.mean is None:
        return TrendPoint(row.year, None, "")
    hover = say.plural(
        "{year}: {mean} (mean of {n} school)",
        "{year}: {mean} (mean of {n} schools)",
        row.schools,
        year=say.round(row.year),
        mean=say.number(row.mean),
    )
    said = hover_lines(hover, interval(row.ci_low, row.ci_high, say))
    way = address("skolor", say, framework=row.framework, year=row.year, area=row.area)
    return TrendPoint(row.year, row.mean, said, row.ci_low, row.ci_high, way)


def spread_fold(ask: Ask, framework_id: str, year: int, since: str) -> Block:
    city = city_round(ask, framework_id, year, since)
    return criteria_now(ask, city.framework, city.now)


def criteria_now(ask: Ask, framework: Framework, now: Sequence[CityCell]) -> Block:
    """The criteria in a round, with how far the schools lie apart."""
    say = ask.say
    by_criterion = {cell.criterion: cell for cell in now}
    rows: list[DotRow | GroupName] = []
    table: list[CriterionFacts[CityCell]] = []
    for area in framework.areas:
        asked = asked_in(area, by_criterion)
        table += asked
        if asked:
            rows.append(GroupName(area.title.in_(say.language)))
        for row in asked:
            cell, name = row.of, f"{row.criterion.id} {row.criterion.title.in_(say.language)}"
            said = say.plural(
                "{title}\n{mean}; P10–P90 {p10}–{p90}\n{n} school, {answers} answers",
                "{title}\n{mean}; P10–P90 {p10}–{p90}\n{n} schools, {answers} answers",
                cell.schools,
                title=name,
                mean=say.number(cell.mean or 0),
                p10=say.number(cell.p10 or 0),
                p90=say.number(cell.p90 or 0),
                answers=say.integer(cell.answers),
            )
            rows.append(
                DotRow(
                    name,
                    cell.mean,
                    hover_lines(said, interval(cell.ci_low, cell.ci_high, say)),
                    cell.ci_low,
                    cell.ci_high,
                    spread=None if cell.p10 is None else (cell.p10, present(cell.p90)),
                    absent=say.marked(HIDDEN),
                )
            )
    shown = sorted((cell for cell in now if cell.mean is not None), key=lambda cell: present(cell.mean))
    headline = say("The criteria are level with each other") if shown else say("No criterion can be shown")
    if shown and clearly_different(shown[0], shown[-1]):
        ends = [framework.criterion(cell.criterion) for cell in (shown[0], shown[-1])]
        lowest, highest = (criterion.title.in_(say.language) for criterion in ends)
        headline = say("Highest: {highest}. Lowest: {lowest}.", highest=highest.rstrip("."), lowest=lowest.rstrip("."))
    columns: tuple[TableColumn[CriterionFacts[CityCell]], ...] = (
        text_column(say("Id"), lambda row: row.criterion.id),
        text_column(say("Criterion"), lambda row: row.criterion.title.in_(say.language)),
        text_column(say("Area"), lambda row: row.area.title.in_(say.language)),
        level_column(say("Mean of schools"), lambda row: or_hidden(row.of.mean), say),
        level_column(say("Mean of schools, from"), lambda row: or_hidden(row.of.ci_low), say),
        level_column(say("Mean of schools, to"), lambda row: or_hidden(row.of.ci_high), say),
        level_column(say("Mean of answers"), lambda row: or_hidden(row.of.mean_of_answers), say),
        level_column(say("Mean of answers, from"), lambda row: or_hidden(row.of.answers_low), say),
        level_column(say("Mean of answers, to"), lambda row: or_hidden(row.of.answers_high), say),
        share_column(say("Share of answers at the goal"), lambda row: or_hidden(row.of.share_at_goal), say),
        share_column(say("Share at the goal, from"), lambda row: or_hidden(row.of.share_low), say),
        share_column(say("Share at the goal, to"), lambda row: or_hidden(row.of.share_high), say),
        level_column(say("P10"), lambda row: or_hidden(row.of.p10), say),
        level_column(say("P90"), lambda row: or_hidden(row.of.p90), say),
        count_column(say("Schools"), lambda row: row.of.schools, say),
        count_column(say("Answers"), lambda row: row.of.answers, say),
        count_column(say("Left out"), lambda row: row.of.left_out, say),
    )
    return Block(
        key="criteria_now",
        headline=headline,
        alt=say(
            "Dot chart: the city's mean on each criterion, with the spread"
            " between schools (P10–P90) as a pale bar. {headline}",
            headline=headline,
        ),
        table=Table.of(columns, table),
        figure=dots(rows, axis_of(framework, say), say.language, CITY) if rows else None,
        own_chart=OwnChart(Kind.BARS, say("Criterion"), (say("Mean of schools"),), scale=scale_of(framework)),
        note=say(
            "Dot: the mean of the schools' means, with its 95% interval, often narrower than the dot. Pale bar:"
            " P10–P90, where eight schools in ten lie."
        ),
    )
