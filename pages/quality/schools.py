"""Skolor: every school on every area or criterion, as a heat map and as dots with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.charts.heat import HeatRow, heat_map
from analytics.charts.rows import DotRow, named_dots
from analytics.language import Words
from analytics.maturity.rounds import SchoolRound, outcomes, school_rounds
from analytics.maturity.schools import AreaCell, Cell, round_areas, round_cells
from analytics.model import WHOLE, Framework, GoalOutcome, Missing, School, Status
from pages.ui import access, controls, notices
from pages.ui.content import (
    Ask,
    Block,
    Column,
    Content,
    KeyFigure,
    Table,
    level_column,
    provenance_of,
    text_column,
)
from pages.ui.phrases import axis_of, goal_level, left_out_notice, status_text

EVERY_CRITERION = "kriterier"
BY_NAME, BY_VALUE, BY_DISTRICT = "namn", "varde", "omrade"
PAGE = 100  # schools a picture; a nation's register is turned page by page


@dataclass(frozen=True, slots=True)
class Mark:
    """A school's figure in a column: an area's mean or a criterion's, with its interval and what must be said of it."""

    value: float | None
    low: float | None
    high: float | None
    said: str
    hidden: bool


def render(ask: Ask) -> None:
    say = ask.say
    with controls.choices(say):
        chosen = controls.choose_round(ask)
        framework = ask.catalogue.framework(chosen.framework)
        titles = {controls.ALL: say("Areas"), EVERY_CRITERION: say("All criteria")}
        titles |= {area.id: area.title.in_(say.language) for area in framework.areas}
        area = controls.choose("area", say("Show"), list(titles), controls.ALL, titles.get)
        chosen = controls.choose_group(ask, chosen)
        orders = {BY_NAME: say("Name"), BY_DISTRICT: say("District"), BY_VALUE: say("Mean, lowest first")}
        sort = controls.choose("sort", say("Sort by"), list(orders), BY_NAME, orders.get)
        chosen = replace(chosen, area=area, sort=sort)
        found = access.composed(schools_in, ask, chosen.framework, chosen.year, chosen.district, chosen.stage)
        page = 1
        if len(found) > PAGE:
            numbers = [str(i + 1) for i in range(-(-len(found) // PAGE))]
            page = int(controls.choose("page", say("Page"), numbers, "1"))
    if not found:
        notices.empty_state(say, say("No school fits the choices."), say("Choose another district or stage."))
        return
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage, chosen.area, chosen.sort, page)
    notices.draw(ask, access.composed(compose, ask, *parameters))


def compose(
    ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None, show: str, sort: str, page: int
) -> Content:
    """The page for one round, filtered and sorted."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    found = schools_in(ask, framework_id, year, district, stage)
    rounds = {row.school_id: row for row in school_rounds(ask.view, ask.viewer, framework_id, year)}
    columns, marks, overall = _marks(ask, framework, year, show, rounds)
    found = _sorted(found, overall, sort)[(page - 1) * PAGE : page * PAGE]
    judged = [rounds[school.id] for school in schools_in(ask, framework_id, year, district, stage)]
    hidden = sum(row.status == Status.HIDDEN for row in judged)
    return Content(
        answer=_answer(ask, framework, judged, district, stage),
        provenance=provenance_of([row.provenance for row in judged]),
        figures=_key_figures(ask, framework, judged, overall),
        notices=tuple(filter(None, [left_out_notice(hidden, ask.catalogue, say)])),
        blocks=(
            _heat_block(ask, framework, found, columns, marks),
            _dot_block(ask, framework, found, overall, show),
        ),
    )


def schools_in(ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None) -> list[School]:
    """The round's schools that the viewer may see, in the district and stage asked for, by name."""
    there = {row.school_id for row in school_rounds(ask.view, ask.viewer, framework_id, year)}
    return [
        school
        for school in ask.catalogue.schools
        if school.id in there and district in (None, school.district) and stage in (None, school.stage)
    ]


def _marks(
    ask: Ask, framework: Framework, year: int, show: str, rounds: dict[str, SchoolRound]
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], Mark], dict[str, Mark]]:
    """The columns as (id, title), each school's mark in each, and the mark that dots and sorting go by."""
    say = ask.say
    areas = {
        (row.school_id, row.area): _area_mark(row, rounds[row.school_id], say)
        for row in round_areas(ask.view, ask.viewer, framework.id, year)
    }
    main = show if show in {area.id for area in framework.areas} else WHOLE
    overall = {school_id: mark for (school_id, area), mark in areas.items() if area == main}
    if show == controls.ALL:
        return [(area.id, area.title.in_(say.language)) for area in framework.areas], areas, overall
    cells = {
        (cell.school_id, cell.criterion): _cell_mark(cell, say)
        for cell in round_cells(ask.view, ask.viewer, framework.id, year)
    }
    criteria = [c for c in framework.criteria if show in (EVERY_CRITERION, c.area)]
    whole = show != EVERY_CRITERION
    return [(c.id, f"{c.id} {c.title.in_(say.language)}" if whole else c.id) for c in criteria], cells, overall


def _area_mark(row: AreaCell, of: SchoolRound, say: Words) -> Mark:
    partly = (
        "" if row.shown == row.asked else say("{shown} of {asked} criteria shown", shown=row.shown, asked=row.asked)
    )
    people = "" if row.respondents is None else say.plural("{n} respondent", "{n} respondents", row.respondents)
    said = "; ".join(filter(None, [people, partly, status_text(of.status, say)]))
    return Mark(row.mean, row.ci_low, row.ci_high, said, row.shown == 0)


def _cell_mark(cell: Cell, say: Words) -> Mark:
    n = "" if cell.n is None else say.plural("{n} answer", "{n} answers", cell.n)
    said = "; ".join(filter(None, [n, status_text(cell.status, say)]))
    return Mark(cell.mean, cell.ci_low, cell.ci_high, said, cell.status == Status.HIDDEN)


def _sorted(found: Sequence[School], overall: dict[str, Mark], sort: str) -> list[School]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == BY_VALUE:
        value = {id_: mark.value for id_, mark in overall.items()}
        return sorted(found, key=lambda school: (value.get(school.id) is None, value.get(school.id) or 0))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda school: (school.district is None, school.district or ""))
    return list(found)


def _answer(
    ask: Ask, framework: Framework, judged: Sequence[SchoolRound], district: str | None, stage: str | None
) -> str:
    say, count = ask.say, outcomes(judged)
    told = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    where = ", ".join(filter(None, [district, stage and controls.stage_name(stage, say)]))
    sentence = say.plural(
        "{met} of {n} school reaches {goal} on every criterion",
        "{met} of {n} schools reach {goal} on every criterion",
        told,
        met=say.integer(count[GoalOutcome.MET]),
        goal=goal_level(framework, say),
    )
    sentence = f"{where}: {sentence}." if where else f"{sentence}."
    close = sum(row.outcome == GoalOutcome.NOT_MET and row.shown - row.at_goal <= 3 for row in judged)
    if close:
        sentence += " " + say.plural(
            "{n} more has at most three criteria left.", "{n} more have at most three criteria left.", close
        )
    return sentence


def _key_figures(
    ask: Ask, framework: Framework, judged: Sequence[SchoolRound], overall: dict[str, Mark]
) -> tuple[KeyFigure, ...]:
    say, count = ask.say, outcomes(judged)
    told = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    values = sorted(mark.value for row in judged if (mark := overall.get(row.school_id)) and mark.value is not None)
    cannot = count[GoalOutcome.CANNOT_TELL]
    note = (
        say.plural("{n} cannot be told", "{n} cannot be told", cannot) if cannot else say("of the schools shown here")
    )
    figures = [
        KeyFigure(
            say("Schools at the goal on every criterion"),
            say("{part} of {whole}", part=say.integer(count[GoalOutcome.MET]), whole=say.integer(told)),
            note,
        )
    ]
    if values:
        note = say.plural("mean of {n} school", "mean of {n} schools", len(values))
        figures.append(KeyFigure(say("Mean of the schools shown"), say.number(sum(values) / len(values)), note))
        lowest_to_highest = f"{say.number(values[0])}–{say.number(values[-1])}"
        figures.append(
            KeyFigure(say("Lowest to highest school"), lowest_to_highest, say("on what is shown; intervals below"))
        )
    unsure = sum(row.status in (Status.UNCERTAIN, Status.LOW_RESPONSE) for row in judged)
    figures.append(
        KeyFigure(
            say("Schools with uncertain figures"), say.integer(unsure), say("under 20 answers, or under half responded")
        )
    )
    return tuple(figures)


def _heat_block(
    ask: Ask,
    framework: Framework,
    found: Sequence[School],
    columns: list[tuple[str, str]],
    marks: dict[tuple[str, str], Mark],
) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    rows, table = [], []
    reached = {id_: [0, 0] for id_, _ in columns}
    for school in found:
        values, texts, hovers, hidden, cells = [], [], [], [], []
        for id_, title in columns:
            mark = marks.get((school.id, id_))
            value = mark.value if mark else None
            values.append(value)
            texts.append("" if value is None else say.number(value))
            said = (
                say("not asked")
                if mark is None
                else "; ".join(filter(None, [(value is not None and say.number(value)) or "", mark.said]))
            )
            if mark and mark.hidden:
                said = say("hidden (too few answers)")
            hovers.append(f"{school.name}<br>{title}<br>{said}")
            hidden.append(bool(mark and mark.hidden))
            cells.append(value if value is not None else Missing.HIDDEN if mark else Missing.NOT_COLLECTED)
            if value is not None:
                reached[id_][0] += value >= framework.goal.level
                reached[id_][1] += 1
        rows.append(HeatRow(names[school.id], tuple(values), tuple(texts), tuple(hovers), tuple(hidden)))
        table.append((names[school.id], school.district or "", controls.stage_name(school.stage or "", say), *cells))
    ordered = sorted((r[0] / r[1], title) for (id_, title) in columns if (r := reached[id_])[1])
    by_title = {title: reached[id_] for id_, title in columns}
    headline = say("No school can be shown")
    if len(ordered) > 1:
        low, high = ordered[0][1], ordered[-1][1]
        headline = say(
            "Most schools have a mean at the goal level or above on {high} ({high_n} of {high_of}), fewest on {low} ({low_n} of {low_of})",
            high=high,
            high_n=by_title[high][0],
            high_of=by_title[high][1],
            low=low,
            low_n=by_title[low][0],
            low_of=by_title[low][1],
        )
    axis = axis_of(framework, say)
    heads: list[Column] = [text_column(say("School")), text_column(say("District")), text_column(say("Stage"))]
    return Block(
        key="heat",
        headline=headline,
        alt=say(
            "Heat map: {schools} schools by {columns} columns, the mean in each cell, from brown ({low}) over the goal to dark blue ({high}). {headline}.",
            schools=len(rows),
            columns=len(columns),
            low=axis.names[0],
            high=axis.names[-1],
            headline=headline,
        ),
        table=Table((*heads, *(level_column(title, say) for _, title in columns)), tuple(table)),
        figure=heat_map(rows, [title for _, title in columns], axis, say.language),
        note=say("Brown is below the goal, blue at the goal or above. Hatched cells are hidden: too few answers."),
        wide=len(columns) > 8,
    )


def _dot_block(ask: Ask, framework: Framework, found: Sequence[School], overall: dict[str, Mark], show: str) -> Block:
    say, names = ask.say, controls.school_names(ask.catalogue)
    area = next((area.title.in_(say.language) for area in framework.areas if area.id == show), None)
    rows, table = [], []
    for school in found:
        mark = overall.get(school.id) or Mark(None, None, None, "", False)
        interval = (
            ""
            if mark.low is None
            else say("95 % interval {low}–{high}", low=say.number(mark.low), high=say.number(mark.high))
        )
        figure = "" if mark.value is None else say.number(mark.value)
        hover = f"{school.name}<br>{'; '.join(filter(None, [figure, interval, mark.said]))}"
        absent = say("hidden (too few answers)")
        rows.append(DotRow(names[school.id], mark.value, hover, mark.low, mark.high, absent=absent))
        missing = Missing.HIDDEN
        table.append(
            (names[school.id], *(missing if v is None else v for v in (mark.value, mark.low, mark.high)), mark.said)
        )
    values = [row.value for row in rows if row.value is not None]
    city = sum(values) / len(values) if values else None
    above = sum(row.low is not None and city is not None and row.low > city for row in rows)
    below = sum(row.high is not None and city is not None and row.high < city for row in rows)
    headline = say(
        "{area}: {above} schools lie clearly above the mean of those shown, {below} clearly below; the rest cannot be told apart from it",
        area=area or say("All areas"),
        above=above,
        below=below,
    )
    columns = (
        text_column(say("School")),
        level_column(say("Mean"), say),
        level_column(say("Interval from"), say),
        level_column(say("Interval to"), say),
        text_column(say("Remark")),
    )
    return Block(
        key="dots",
        headline=headline,
        alt=say(
            "Dot chart: each school's mean with its 95 % interval, and the mean of the schools shown as a line. {headline}.",
            headline=headline,
        ),
        table=Table(columns, tuple(table)),
        figure=named_dots(
            rows,
            axis_of(framework, say),
            say.language,
            city,
            say("mean {value}", value=say.number(city)) if city else "",
        ),
        note=say(
            "The line through each dot is its 95 % interval. Clearly above or below: the mean of the schools shown is outside the interval. The order of schools says nothing where intervals overlap."
        ),
    )
