"""Översikt: how mature are the city's schools now, and how has that moved?"""

from __future__ import annotations

from analytics.charts.rows import DotRow, Heading, dots
from analytics.charts.strip import CountBar, counts
from analytics.charts.style import CITY, LOW, OTHER, SCHOOL
from analytics.charts.trend import Line, Point, trend
from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.rounds import Round, lineage
from analytics.model import WHOLE, Framework, Missing
from pages.quality.parts import or_hidden
from pages.ui import access, controls, notices
from pages.ui.content import (
    Ask,
    Block,
    Content,
    KeyFigure,
    Table,
    count_column,
    level_column,
    share_column,
    text_column,
)
from pages.ui.phrases import axis_of, break_note, breaks_of, goal_level, left_out_notice


def render(ask: Ask) -> None:
    with controls.choices(ask.say):
        chosen = controls.choose_round(ask)
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year))


def compose(ask: Ask, framework_id: str, year: int) -> Content:
    """The page for one round."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework = chain[-1]
    areas = [row for row in city_areas(ask.view, [f.id for f in chain]) if row.year <= year]
    cells = city_cells(ask.view, [(framework.id, criterion.id) for criterion in framework.criteria])
    this_round = ask.catalogue.round(framework.id, year)
    by_area = {row.area: row for row in areas if row.framework == framework.id and row.year == year}
    now = [cell for cell in cells if cell.year == year]
    return Content(
        answer=_answer(ask, framework, this_round, by_area, areas),
        provenance=this_round.provenance,
        figures=_key_figures(ask, framework, this_round, by_area, now, areas),
        notices=tuple(filter(None, [left_out_notice(this_round.hidden_schools, ask.catalogue, ask.say)])),
        blocks=(
            _area_trend(ask, chain, areas, by_area),
            _criteria_now(ask, framework, now),
            _goal_by_round(ask, chain, year),
        ),
    )


def _round_before(ask: Ask, this: Round) -> Round | None:
    earlier = [r for r in ask.catalogue.rounds if r.framework == this.framework and r.year < this.year]
    return earlier[-1] if earlier else None


def _since_before(ask: Ask, this: Round) -> str:
    """How the number of schools at the goal compares with the round before, in words."""
    say, before = ask.say, _round_before(ask, this)
    if before is None:
        return ""
    more = this.met - before.met
    if more == 0:
        return say("as many as in {year}", year=before.year)
    text = say.plural("{n} more than in {year}", "{n} more than in {year}", more, year=before.year)
    return (
        text
        if more > 0
        else say.plural("{n} fewer than in {year}", "{n} fewer than in {year}", -more, year=before.year)
    )


def _answer(ask: Ask, framework: Framework, this: Round, by_area: dict[str, CityArea], areas: list[CityArea]) -> str:
    say = ask.say
    first = say.plural(
        "{met} of {n} school reaches {goal} on every criterion",
        "{met} of {n} schools reach {goal} on every criterion",
        this.met + this.not_met,
        met=say.integer(this.met),
        goal=goal_level(framework, say),
    )
    since = _since_before(ask, this)
    sentences = [f"{first}, {since}." if since else f"{first}."]
    ranked = _ranked(framework, by_area)
    if len(ranked) > 1:
        titles = {area.id: area.title.in_(say.language) for area in framework.areas}
        best, worst = ranked[-1], ranked[0]
        sentences.append(
            say(
                "{best} pulls up ({high}), {worst} pulls down ({low}).",
                best=titles[best.area],
                high=say.number(best.mean),
                worst=titles[worst.area],
                low=say.number(worst.mean),
            )
        )
    own = [row for row in areas if row.framework == framework.id and row.area == WHOLE and row.mean is not None]
    if len(own) > 1:
        sentences.append(
            say(
                "Since {year}, the first round, the city's mean has gone from {then} to {now}.",
                year=own[0].year,
                then=say.number(own[0].mean),
                now=say.number(own[-1].mean),
            )
        )
    return " ".join(sentences)


def _ranked(framework: Framework, by_area: dict[str, CityArea]) -> list[CityArea]:
    rows = [by_area[area.id] for area in framework.areas if area.id in by_area and by_area[area.id].mean is not None]
    return sorted(rows, key=lambda row: row.mean)


def _key_figures(
    ask: Ask,
    framework: Framework,
    this: Round,
    by_area: dict[str, CityArea],
    now: list[CityCell],
    areas: list[CityArea],
) -> tuple[KeyFigure, ...]:
    say, whole, before = ask.say, by_area.get(WHOLE), _round_before(ask, this)
    told = this.met + this.not_met
    note = _since_before(ask, this)
    if this.cannot_tell:
        cannot = say.plural("{n} cannot be told", "{n} cannot be told", this.cannot_tell)
        note = f"{note}; {cannot}" if note else cannot
    figures = [
        KeyFigure(
            say("Schools at the goal on every criterion"),
            say("{part} of {whole}", part=say.integer(this.met), whole=say.integer(told)),
            note,
        )
    ]
    if whole and whole.mean is not None:
        earlier = {row.year: row for row in areas if row.framework == framework.id and row.area == WHOLE}
        note = say.plural("mean of {n} school", "mean of {n} schools", whole.schools)
        if before and before.year in earlier and earlier[before.year].mean is not None:
            note += "; " + say("{value} in {year}", value=say.number(earlier[before.year].mean), year=before.year)
        figures.append(KeyFigure(say("The city's mean, all criteria"), say.number(whole.mean), note))
    at_goal = sum(cell.mean is not None and cell.mean >= framework.goal.level for cell in now)
    figures.append(
        KeyFigure(
            say("Criteria where the city's mean is at the goal"),
            say("{part} of {whole}", part=say.integer(at_goal), whole=say.integer(len(now))),
            say("goal: {goal}", goal=goal_level(framework, say)),
        )
    )
    if this.invited:
        share = say.percent(this.responded_of_invited / this.invited)
        figures.append(
            KeyFigure(
                say("Responded"),
                share,
                say(
                    "{responded} of {invited} invited",
                    responded=say.integer(this.responded_of_invited),
                    invited=say.integer(this.invited),
                ),
            )
        )
    elif this.responded:
        figures.append(
            KeyFigure(say("Responded"), say.integer(this.responded), say("how many were invited is not known"))
        )
    return tuple(figures)


def _area_trend(ask: Ask, chain: tuple[Framework, ...], areas: list[CityArea], by_area: dict[str, CityArea]) -> Block:
    say, framework = ask.say, chain[-1]
    ranked = _ranked(framework, by_area)
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
            points="; ".join(f"{titles[row.area]} {say.number(row.mean)}" for row in reversed(ranked)),
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


def _criteria_now(ask: Ask, framework: Framework, now: list[CityCell]) -> Block:
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
            "Dot chart: the city's mean on each criterion, with the spread between schools (P10–P90) as a pale bar. {headline}",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(framework, say), say.language, CITY) if rows else None,
        note=say("Dot: the mean of the schools' means. Pale bar: from the 10th to the 90th percentile of the schools."),
    )


def _goal_by_round(ask: Ask, chain: tuple[Framework, ...], year: int) -> Block:
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
        say("Did not"),
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
            "The goal is decided on the schools' own figures. A school where a criterion is hidden cannot be told, unless another criterion already misses the goal."
        ),
    )
