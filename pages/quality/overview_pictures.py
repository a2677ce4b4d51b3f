"""Översikt's pictures: areas over the years, criteria now, schools at the goal per round."""

from __future__ import annotations

from analytics.charts.rows import DotRow, Heading, dots
from analytics.charts.strip import CountBar, counts
from analytics.charts.style import CITY, LOW, OTHER, SCHOOL
from analytics.charts.trend import Line, Point, trend
from analytics.maturity.city import CityArea, CityCell
from analytics.model import Framework, Missing
from pages.quality.parts import or_hidden
from pages.ui.content import (
    Ask,
    Block,
    Table,
    count_column,
    level_column,
    share_column,
    text_column,
)
from pages.ui.phrases import axis_of, break_note, breaks_of


def ranked_areas(framework: Framework, by_area: dict[str, CityArea]) -> list[CityArea]:
    rows = [by_area[area.id] for area in framework.areas if area.id in by_area and by_area[area.id].mean is not None]
    return sorted(rows, key=lambda row: row.mean)


def area_trend(ask: Ask, chain: tuple[Framework, ...], areas: list[CityArea], by_area: dict[str, CityArea]) -> Block:
    say, framework = ask.say, chain[-1]
    ranked = ranked_areas(framework, by_area)
    colours = {ranked[-1].area: SCHOOL, ranked[0].area: LOW} if len(ranked) > 1 else {}
    lines = []
    for area in framework.areas:
        pieces = tuple(
            tuple(_area_point(ask, row) for row in areas if row.framework == older.id and row.area == area.id)
            for older in chain
        )
        colour = colours.get(area.id, OTHER)
        lines.append(Line(area.title.in_(say.language), pieces, colour, 2.6 if area.id in colours else 1.8))
    lines.sort(key=lambda line: line.colour != OTHER)  # the two that the headline names lie in front
    titles = {area.id: area.title.in_(say.language) for older in chain for area in older.areas}
    if len(ranked) > 1:
        headline = say(
            "{best} stands highest and {worst} lowest of the areas",
            best=titles[ranked[-1].area],
            worst=titles[ranked[0].area],
        )
    else:
        headline = say("The city's mean per area and year")
    rows = tuple(
        (
            row.year,
            titles.get(row.area, say("All areas")),
            or_hidden(row.mean),
            or_hidden(row.p10),
            or_hidden(row.p90),
            row.schools,
            row.left_out,
        )
        for row in areas
    )
    columns = (
        text_column(say("Year")),
        text_column(say("Area")),
        level_column(say("Mean of schools"), say),
        level_column(say("P10"), say),
        level_column(say("P90"), say),
        count_column(say("Schools"), say),
        count_column(say("Left out"), say),
    )
    has_old = any(row.framework != framework.id for row in areas)
    return Block(
        key="area_trend",
        headline=headline,
        alt=say(
            "Line chart: the city's mean per area and year on the scale {low} to {high}. {points}.",
            low=framework.labels(say.language)[0],
            high=framework.labels(say.language)[-1],
            points="; ".join(f"{titles[row.area]} {say.number(row.mean)}" for row in reversed(ranked))
            or say("no figure can be shown"),
        ),
        table=Table(columns, rows),
        figure=trend(lines, axis_of(framework, say), say.language, breaks=breaks_of(chain, say) if has_old else ()),
        note=break_note(chain, say) if has_old else "",
    )


def _area_point(ask: Ask, row: CityArea) -> Point:
    say = ask.say
    if row.mean is None:
        return Point(row.year, None, "")
    hover = say.plural(
        "{year}: {mean} (mean of {n} school)",
        "{year}: {mean} (mean of {n} schools)",
        row.schools,
        year=row.year,
        mean=say.number(row.mean),
    )
    return Point(row.year, row.mean, hover, row.p10, row.p90)


def criteria_now(ask: Ask, framework: Framework, now: list[CityCell]) -> Block:
    say = ask.say
    by_criterion = {cell.criterion: cell for cell in now}
    rows: list[DotRow | Heading] = []
    table = []
    for area in framework.areas:
        asked = [(criterion, by_criterion[criterion.id]) for criterion in area.criteria if criterion.id in by_criterion]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for criterion, cell in asked:
            title = criterion.title.in_(say.language)
            name = f"{criterion.id} {title}"
            hover = say.plural(
                "{title}<br>{mean}; P10–P90 {p10}–{p90}<br>{n} school, {answers} answers",
                "{title}<br>{mean}; P10–P90 {p10}–{p90}<br>{n} schools, {answers} answers",
                cell.schools,
                title=name,
                mean=say.number(cell.mean or 0),
                p10=say.number(cell.p10 or 0),
                p90=say.number(cell.p90 or 0),
                answers=say.integer(cell.answers),
            )
            spread = None if cell.p10 is None else (cell.p10, cell.p90)
            rows.append(DotRow(name, cell.mean, hover, spread=spread, absent=say("hidden (too few answers)")))
            table.append(
                (
                    criterion.id,
                    title,
                    area.title.in_(say.language),
                    *(or_hidden(v) for v in (cell.mean, cell.mean_of_answers, cell.share_at_goal, cell.p10, cell.p90)),
                    cell.schools,
                    cell.answers,
                    cell.left_out,
                )
            )
    shown = sorted((cell for cell in now if cell.mean is not None), key=lambda cell: cell.mean)
    lowest = [framework.criterion(cell.criterion).title.in_(say.language) for cell in shown[:1]]
    highest = [framework.criterion(cell.criterion).title.in_(say.language) for cell in shown[-1:]]
    headline = (
        say("Highest: {highest}. Lowest: {lowest}.", highest=highest[0].rstrip("."), lowest=lowest[0].rstrip("."))
        if shown
        else say("No criterion can be shown")
    )
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        text_column(say("Area")),
        level_column(say("Mean of schools"), say),
        level_column(say("Mean of answers"), say),
        share_column(say("Share of answers at the goal"), say),
        level_column(say("P10"), say),
        level_column(say("P90"), say),
        count_column(say("Schools"), say),
        count_column(say("Answers"), say),
        count_column(say("Left out"), say),
    )
    return Block(
        key="criteria_now",
        headline=headline,
        alt=say(
            "Dot chart: the city's mean on each criterion, with the spread"
            " between schools (P10–P90) as a pale bar. {headline}",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(framework, say), say.language, CITY) if rows else None,
        note=say("Dot: the mean of the schools' means. Pale bar: from the 10th to the 90th percentile of the schools."),
    )


def goal_by_round(ask: Ask, chain: tuple[Framework, ...], year: int) -> Block:
    say, ids = ask.say, {framework.id: framework for framework in chain}
    rounds = [found for found in ask.catalogue.rounds if found.framework in ids and found.year <= year]
    bars = [
        CountBar(
            name=str(found.year),
            count=found.met,
            of=found.met + found.not_met,
            text=say("{part} of {whole}", part=say.integer(found.met), whole=say.integer(found.met + found.not_met)),
            hover=say("{year}, {framework}", year=found.year, framework=ids[found.framework].title.in_(say.language)),
        )
        for found in rounds
    ]
    last = rounds[-1]
    headline = say.plural(
        "In {year}, {n} school met the goal on every criterion",
        "In {year}, {n} schools met the goal on every criterion",
        last.met,
        year=last.year,
    )
    rows = tuple(
        (
            found.year,
            ids[found.framework].title.in_(say.language),
            found.met,
            found.not_met,
            found.cannot_tell,
            found.hidden_schools,
            Missing.NOT_COLLECTED if found.invited is None else found.invited,
            Missing.NOT_COLLECTED if found.invited is None else found.responded_of_invited,
        )
        for found in rounds
    )
    headings = (
        say("Met the goal"),
        say("Did not meet the goal"),
        say("Cannot be told"),
        say("Hidden"),
        say("Invited"),
        say("Responded"),
    )
    columns = (
        text_column(say("Year")),
        text_column(say("Framework")),
        *(count_column(heading, say) for heading in headings),
    )
    return Block(
        key="goal_by_round",
        headline=headline,
        alt=say(
            "Bar chart: schools that met the goal on every criterion, per round. {points}.",
            points="; ".join(f"{b.name}: {b.text}" for b in bars),
        ),
        table=Table(columns, rows),
        figure=counts(bars, say.language),
        note=say(
            "The goal is decided on the schools' own figures. A school where a criterion is hidden"
            " cannot be told, unless another criterion already misses the goal."
        ),
    )
