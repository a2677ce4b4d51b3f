"""Min skola: the school beside the city, its own trend, what people answered, what stands before the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.rows import BarRow, DotRow, Heading, bars, dots
from analytics.charts.style import CITY, SCHOOL
from analytics.charts.trend import Line, Point, trend
from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.rounds import SchoolRound, lineage, school_rounds
from analytics.maturity.schools import AreaCell, Cell, school_areas, school_cells
from analytics.model import WHOLE, Framework, GoalOutcome, Missing, School, Status
from pages.quality.parts import bar_row, or_hidden
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
from pages.ui.phrases import axis_of, break_note, breaks_of, goal_level, status_text

NAMED = 3  # areas or criteria that a sentence names


@dataclass(frozen=True)
class Beside:
    """A school's round with the city's beside it; cells and areas by id."""

    framework: Framework
    year: int
    school: School
    round: SchoolRound
    cells: dict[str, Cell]
    areas: dict[str, AreaCell]
    city_cells: dict[str, CityCell]
    city_areas: dict[str, CityArea]


def render(ask: Ask) -> None:
    with controls.choices(ask.say):
        chosen = controls.choose_round(ask)
        there = access.composed(schools_in_round, ask, chosen.framework, chosen.year)
        schools = [school.id for school in ask.catalogue.schools if ask.viewer.may_see(school.id)]
        chosen = controls.choose_school(ask, chosen, schools)
    if chosen.school not in there:
        name = ask.catalogue.school(chosen.school).name
        text = ask.say("{school} has no answers for {year}.", school=name, year=chosen.year)
        notices.empty_state(ask.say, text, ask.say("Choose another year or school."))
        return
    notices.draw(ask, access.composed(compose, ask, chosen.framework, chosen.year, chosen.school))


def schools_in_round(ask: Ask, framework_id: str, year: int) -> frozenset[str]:
    """The ids of the schools that the round has, and that the viewer may see."""
    return frozenset(row.school_id for row in school_rounds(ask.view, ask.viewer, framework_id, year))


def compose(ask: Ask, framework_id: str, year: int, school_id: str) -> Content:
    """The page for one school in one round."""
    chain = lineage(ask.catalogue.frameworks, framework_id)
    framework, ids = chain[-1], [older.id for older in chain]
    own_areas = [row for row in school_areas(ask.view, ask.viewer, school_id, ids) if row.year <= year]
    the_city = [row for row in city_areas(ask.view, ids) if row.year <= year]
    criteria = city_cells(ask.view, [(framework.id, criterion.id) for criterion in framework.criteria])
    this = (framework.id, year)
    beside = Beside(
        framework,
        year,
        ask.catalogue.school(school_id),
        next(row for row in school_rounds(ask.view, ask.viewer, framework.id, year) if row.school_id == school_id),
        {cell.criterion: cell for cell in school_cells(ask.view, ask.viewer, school_id, framework.id, year)},
        {row.area: row for row in own_areas if (row.framework, row.year) == this},
        {cell.criterion: cell for cell in criteria if cell.year == year},
        {row.area: row for row in the_city if (row.framework, row.year) == this},
    )
    return Content(
        answer=_answer(ask, beside),
        provenance=beside.round.provenance,
        figures=_key_figures(ask, beside),
        notices=tuple(_notices(ask, beside)),
        blocks=(
            _areas_block(ask, beside),
            _trend_block(ask, beside, chain, own_areas, the_city),
            _criteria_block(ask, beside),
            _answers_block(ask, beside),
        ),
    )


def _clearly(own: AreaCell | Cell, city: float | None) -> int:
    """+1 or -1 where the city's mean lies outside the school's interval, else 0."""
    if own.ci_low is None or city is None:
        return 0
    return 1 if own.ci_low > city else -1 if own.ci_high < city else 0


def _answer(ask: Ask, beside: Beside) -> str:
    say, name = ask.say, beside.school.name
    if beside.round.shown == 0:
        return say("{school} has too few answers in {year} for any figure to be shown.", school=name, year=beside.year)
    above, below = [], []
    for area in beside.framework.areas:
        own, city = beside.areas.get(area.id), beside.city_areas.get(area.id)
        if own is None or own.mean is None or city is None or city.mean is None:
            continue
        difference = f"{area.title.in_(say.language)} ({say.signed(own.mean - city.mean)})"
        side = _clearly(own, city.mean)
        (above if side > 0 else below if side < 0 else []).append(difference)
    if above and below:
        text = say(
            "{school} lies above the city on {above} and below it on {below}.",
            school=name,
            above=say.listing(above),
            below=say.listing(below),
        )
    elif above:
        text = say("{school} lies above the city on {above}.", school=name, above=say.listing(above))
    elif below:
        text = say("{school} lies below the city on {below}.", school=name, below=say.listing(below))
    else:
        text = say("{school} cannot be told apart from the city on any area.", school=name)
    if (above or below) and len(above) + len(below) < len(beside.framework.areas):
        text += " " + say("On the other areas no difference can be seen.")
    return f"{text} {_goal_sentence(ask, beside)}"


def _goal_sentence(ask: Ask, beside: Beside) -> str:
    say, of = ask.say, beside.round
    goal = goal_level(beside.framework, say)
    if of.outcome == GoalOutcome.MET:
        return say("It reaches {goal} on every criterion.", goal=goal)
    sentence = say("It reaches {goal} on {part} of {whole} criteria.", goal=goal, part=of.at_goal, whole=of.shown)
    if of.shown < of.asked:
        sentence += " " + say.plural("{n} criterion is hidden.", "{n} criteria are hidden.", of.asked - of.shown)
    return sentence


def _key_figures(ask: Ask, beside: Beside) -> tuple[KeyFigure, ...]:
    say, of = ask.say, beside.round
    own, city = beside.areas.get(WHOLE), beside.city_areas.get(WHOLE)
    figures = []
    if own and own.mean is not None:
        note = (
            ""
            if city is None or city.mean is None
            else say("the city: {value}, mean of {n} schools", value=say.number(city.mean), n=city.schools)
        )
        figures.append(KeyFigure(say("The school's mean, all criteria"), say.number(own.mean), note))
        goal = say("{part} of {whole}", part=of.at_goal, whole=of.shown)
        figures.append(
            KeyFigure(say("Criteria at the goal"), goal, say("goal: {goal}", goal=goal_level(beside.framework, say)))
        )
    if of.responded is not None:
        rate = (
            ""
            if of.response_rate is None
            else say(
                "{share} of {invited} invited", share=say.percent(of.response_rate), invited=say.integer(of.invited)
            )
        )
        figures.append(
            KeyFigure(say("Responded"), say.integer(of.responded), rate or say("how many were invited is not known"))
        )
    return tuple(figures)


def _notices(ask: Ask, beside: Beside) -> list[str]:
    say, found = ask.say, []
    if beside.round.shown == 0:
        return [
            say(
                "Figures that fewer than {n} answers stand behind are hidden, so that nobody can be picked out.",
                n=ask.catalogue.hide_below,
            )
        ]
    if beside.round.status == Status.LOW_RESPONSE:
        found.append(
            say("Under half of the invited responded: those who did may think differently from those who did not.")
        )
    if beside.round.status == Status.UNCERTAIN:
        found.append(say("Few people responded: the figures are uncertain, as the intervals show."))
    found.extend(_strongest_and_next(ask, beside))
    return found


def _strongest_and_next(ask: Ask, beside: Beside) -> list[str]:
    """The school's strongest criteria, and those that stand between it and the goal, nearest first."""
    say, framework = ask.say, beside.framework
    shown = sorted((cell for cell in beside.cells.values() if cell.mean is not None), key=lambda cell: -cell.mean)

    def listed(cells: Sequence[Cell]) -> str:
        return "; ".join(
            f"{framework.criterion(c.criterion).title.in_(say.language).rstrip('.')} ({say.number(c.mean)})"
            for c in cells
        )

    texts = [say("Strongest: {criteria}.", criteria=listed(shown[:NAMED]))] if shown else []
    short = [cell for cell in shown if not cell.goal_met]
    if short:
        texts.append(
            say.plural(
                "Between the school and the goal stands {n} criterion: {criteria}.",
                "Between the school and the goal stand {n} criteria; furthest from it: {criteria}.",
                len(short),
                criteria=listed(short[::-1][:NAMED]),
            )
        )
    return texts


def _areas_block(ask: Ask, beside: Beside) -> Block:
    say = ask.say
    rows, table, clear = [], [], 0
    for area in beside.framework.areas:
        own, city = beside.areas.get(area.id), beside.city_areas.get(area.id)
        title = area.title.in_(say.language)
        city_mean = city.mean if city else None
        if own is None:
            continue
        clear += _clearly(own, city_mean) != 0
        partly = (
            "" if own.shown == own.asked else say("{shown} of {asked} criteria shown", shown=own.shown, asked=own.asked)
        )
        rows.append(_dot_row(ask, title, own, own.respondents, city_mean, city, partly))
        table.append((title, *_figures(own), or_hidden(city_mean), or_hidden(own.respondents), own.shown, own.asked))
    headline = (
        say.plural(
            "On {n} area the school stands out from the city", "On {n} areas the school stands out from the city", clear
        )
        if clear
        else say("On no area does the school stand out from the city")
    )
    columns = (
        text_column(say("Area")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        level_column(say("The city"), say),
        count_column(say("Respondents"), say),
        count_column(say("Criteria shown"), say),
        count_column(say("Criteria asked"), say),
    )
    bound = any(row.interval_basis == "bound" for row in beside.areas.values())
    basis = say("Only counts are known, so the intervals of areas are the widest possible.") if bound else ""
    return Block(
        key="areas",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean per area with its 95 % interval, the city's mean as a hollow dot and P10–P90 as a pale bar. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(beside.framework, say), say.language),
        note=" ".join(
            filter(
                None,
                [
                    say(
                        "Filled dot: the school, with its 95 % interval. Hollow dot: the city's mean; pale bar: P10–P90 of the schools."
                    ),
                    basis,
                ],
            )
        ),
    )


def _dot_row(
    ask: Ask,
    label: str,
    own: AreaCell | Cell,
    n: int | None,
    city_mean: float | None,
    city: CityArea | CityCell | None,
    said: str,
) -> DotRow:
    say = ask.say
    if own.mean is None:
        return DotRow(label, None, "", other=city_mean, absent=say("hidden (too few answers)"))
    people = (
        ""
        if n is None
        else say.plural("{n} answer", "{n} answers", n)
        if isinstance(own, Cell)
        else say.plural("{n} respondent", "{n} respondents", n)
    )
    interval = (
        ""
        if own.ci_low is None
        else say("95 % interval {low}–{high}", low=say.number(own.ci_low), high=say.number(own.ci_high))
    )
    hover = "<br>".join(filter(None, [label, say.number(own.mean), interval, people, said]))
    spread, other_hover = None, ""
    if city is not None and city_mean is not None:
        spread = (city.p10, city.p90)
        other_hover = say.plural(
            "The city: {mean}<br>mean of {n} school",
            "The city: {mean}<br>mean of {n} schools",
            city.schools,
            mean=say.number(city_mean),
        )
    return DotRow(label, own.mean, hover, own.ci_low, own.ci_high, city_mean, other_hover, spread)


def _trend_block(
    ask: Ask, beside: Beside, chain: tuple[Framework, ...], own: Sequence[AreaCell], the_city: Sequence[CityArea]
) -> Block:
    say = ask.say
    mine, city, band, rows = [], [], [], []
    for older in chain:
        mine_points, city_points = [], []
        whole_own = {row.year: row for row in own if row.framework == older.id and row.area == WHOLE}
        whole_city = {row.year: row for row in the_city if row.framework == older.id and row.area == WHOLE}
        for year in sorted(whole_city):
            theirs, ours = whole_city[year], whole_own.get(year)
            hover = say.plural(
                "{year}, the city: {mean} (mean of {n} school)",
                "{year}, the city: {mean} (mean of {n} schools)",
                theirs.schools,
                year=year,
                mean=say.number(theirs.mean or 0),
            )
            city_points.append(Point(year, theirs.mean, hover, theirs.p10, theirs.p90))
            value = ours.mean if ours else None
            n = ours.respondents if ours and ours.respondents is not None else 0
            text = "" if value is None else say("{year}: {mean}", year=year, mean=say.number(value))
            if n:
                text += " (" + say.plural("{n} respondent", "{n} respondents", n) + ")"
            mine_points.append(Point(year, value, text, ours.ci_low if ours else None, ours.ci_high if ours else None))
            missing = Missing.HIDDEN if ours else Missing.NOT_COLLECTED
            figures = (missing, missing, missing) if value is None else _figures(ours)
            rows.append(
                (year, older.title.in_(say.language), *figures, *map(or_hidden, (theirs.mean, theirs.p10, theirs.p90)))
            )
        mine.append(tuple(mine_points))
        city.append(tuple(city_points))
        band.append(city_points)
    lines = [
        Line(say("The city"), tuple(city), CITY, 2.0),
        Line(beside.school.name, tuple(mine), SCHOOL, 3.0, intervals=True),
    ]
    columns = (
        text_column(say("Year")),
        text_column(say("Framework")),
        level_column(say("The school"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        level_column(say("The city"), say),
        level_column(say("P10"), say),
        level_column(say("P90"), say),
    )
    has_old = any(points and older is not chain[-1] for older, points in zip(chain, city, strict=True))
    return Block(
        key="school_trend",
        headline=_trend_headline(ask, beside, mine[-1]),
        alt=say(
            "Line chart: the school's mean over all criteria per year in front of the city's mean and P10–P90. {points}.",
            points="; ".join(p.hover for piece in mine for p in piece if p.hover),
        ),
        table=Table(columns, tuple(rows)),
        figure=trend(
            lines,
            axis_of(beside.framework, say),
            say.language,
            band=band,
            breaks=breaks_of(chain, say) if has_old else (),
        ),
        note=" ".join(
            filter(
                None,
                [
                    say("Pale band: P10–P90 of the city's schools. Whiskers: the school's 95 % interval."),
                    break_note(chain, say) if has_old else "",
                ],
            )
        ),
    )


def _trend_headline(ask: Ask, beside: Beside, points: Sequence[Point]) -> str:
    say, shown = ask.say, [point for point in points if point.value is not None]
    if len(shown) < 2:
        return say("One round so far: there is no trend to show yet")
    first, last = shown[0], shown[-1]
    return say(
        "From {then} in {first} to {now} in {last}, over all criteria",
        then=say.number(first.value),
        first=first.year,
        now=say.number(last.value),
        last=last.year,
    )


def _criteria_block(ask: Ask, beside: Beside) -> Block:
    say = ask.say
    rows: list[DotRow | Heading] = []
    table, clear = [], [0, 0]
    for area in beside.framework.areas:
        asked = [criterion for criterion in area.criteria if criterion.id in beside.cells]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for criterion in asked:
            cell, city = beside.cells[criterion.id], beside.city_cells.get(criterion.id)
            city_mean = city.mean if city else None
            side = _clearly(cell, city_mean)
            clear[0] += side > 0
            clear[1] += side < 0
            title = criterion.title.in_(say.language)
            rows.append(
                _dot_row(ask, f"{criterion.id} {title}", cell, cell.n, city_mean, city, status_text(cell.status, say))
            )
            table.append(
                (
                    criterion.id,
                    title,
                    area.title.in_(say.language),
                    *_figures(cell),
                    or_hidden(cell.share_at_goal),
                    or_hidden(city_mean),
                    or_hidden(cell.n),
                    status_text(cell.status, say),
                )
            )
    headline = say("{above} criteria lie clearly above the city, {below} clearly below", above=clear[0], below=clear[1])
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        text_column(say("Area")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        share_column(say("Share of answers at the goal"), say),
        level_column(say("The city"), say),
        count_column(say("Answers"), say),
        text_column(say("Remark")),
    )
    return Block(
        key="criteria",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean on each criterion with its 95 % interval, beside the city's. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=dots(rows, axis_of(beside.framework, say), say.language),
        note=say(
            "Clearly above or below: the city's mean is outside the school's interval. Of twenty-five such comparisons, one or two come out by chance alone."
        ),
    )


def _answers_block(ask: Ask, beside: Beside) -> Block:
    say, framework = ask.say, beside.framework
    rows: list[BarRow | Heading] = []
    table = []
    names = framework.labels(say.language)
    for area in framework.areas:
        asked = [beside.cells[criterion.id] for criterion in area.criteria if criterion.id in beside.cells]
        if asked:
            rows.append(Heading(area.title.in_(say.language)))
        for cell in asked:
            title = framework.criterion(cell.criterion).title.in_(say.language)
            rows.append(bar_row(ask, framework, f"{cell.criterion} {title}", cell.levels, cell.n))
            levels = cell.levels or (Missing.HIDDEN,) * len(names)
            table.append(
                (
                    cell.criterion,
                    title,
                    *levels,
                    or_hidden(cell.dont_know),
                    or_hidden(cell.n),
                    or_hidden(cell.share_at_goal),
                )
            )
    shown = [cell for cell in beside.cells.values() if cell.share_at_goal is not None]
    headline = say("No distribution can be shown")
    if shown:
        most = max(shown, key=lambda cell: cell.share_at_goal)
        least = min(shown, key=lambda cell: cell.share_at_goal)
        headline = say(
            "Most answer {goal} or above on “{high}” ({most}), fewest on “{low}” ({least})",
            goal=names[framework.goal.level - framework.scale_min],
            high=framework.criterion(most.criterion).title.in_(say.language).rstrip("."),
            most=say.percent(most.share_at_goal),
            low=framework.criterion(least.criterion).title.in_(say.language).rstrip("."),
            least=say.percent(least.share_at_goal),
        )
    columns = (
        text_column(say("Id")),
        text_column(say("Criterion")),
        *(count_column(f"{level} {name}", say) for level, name in zip(framework.levels, names, strict=True)),
        count_column(say("Don't know"), say),
        count_column(say("Answers"), say),
        share_column(say("Share of answers at the goal"), say),
    )
    return Block(
        key="answers",
        headline=headline,
        alt=say(
            "Stacked bars: the share of answers per level on each criterion, aligned at the goal. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=bars(rows, axis_of(framework, say), say.language, (say("below the goal"), say("at the goal or above"))),
        note=say("Levels from left to right: {levels}. Don't know is not counted.", levels=say.listing(names)),
    )


def _figures(own: AreaCell | Cell) -> tuple:
    return tuple(or_hidden(value) for value in (own.mean, own.ci_low, own.ci_high))
