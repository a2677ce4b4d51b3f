"""Skolor: every school on every area or criterion, and what of their differences is more than noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.rounds import SchoolRound, outcomes, school_rounds
from analytics.maturity.schools import AreaCell, Cell, round_areas, round_cells
from analytics.maturity.trends import Trend, city_trends
from analytics.model.figures import GoalOutcome, Status
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import School
from analytics.words.cells import answers_text, mean_short, mean_text
from analytics.words.figures import STATUS
from analytics.words.language import Words
from pages.figures.schools.development import (
    UNSURE_FIGURES,
    SchoolsNow,
    paces,
    schools_table,
    thing_shown,
    trends_of_schools,
)
from pages.figures.schools.noise import funnel_block, places_block
from pages.figures.schools.pictures import SchoolMark, dot_block, heat_block
from pages.shared.ready_words import FEW_LEFT, at_goal_figure, few_left, schools_at_goal
from pages.shared.schools_choice import BY_LEVEL, BY_PACE, choose_page, none_fits, on_page, schools_in, where
from pages.shared.trend_words import too_early
from pages.ui import access, controls, notices
from pages.ui.content import (
    Ask,
    Content,
    KeyFigure,
    Subject,
    provenance_of,
)
from pages.ui.head import page_head
from pages.ui.phrases import left_out_notice
from pages.ui.titles import questions

EVERY_CRITERION = "kriterier"
BY_NAME, BY_DISTRICT = "namn", "omrade"


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_figures
    with page_head(say, questions(say)["skolor"]):
        chosen = controls.choose_round(ask)
        framework = ask.catalogue.framework(chosen.framework)
        titles = {controls.ALL: say("Areas"), EVERY_CRITERION: say("All criteria")}
        titles |= {area.id: area.title.in_(say.language) for area in framework.areas}
        area = controls.choose("area", say("Show"), titles, _area_asked(framework))
        chosen = controls.choose_group(ask, chosen)
        orders = {BY_NAME: say("Name"), BY_DISTRICT: say("District"), BY_LEVEL: say("Mean, lowest first")}
        orders[BY_PACE] = say("Pace, fastest upwards first")
        sort = controls.choose("sort", say("Sort by"), orders, BY_NAME)
        criterion = _choose_criterion(ask, framework, area)
        found = access.composed(schools_in, ask, chosen.framework, chosen.year, chosen.district, chosen.stage)
        page = choose_page(ask, found)
    if not found:
        none_fits(say)
        return
    parameters = (chosen.framework, chosen.year, chosen.district, chosen.stage, area, sort, page, criterion)
    notices.draw(ask, access.composed(compose, ask, *parameters))


def _area_asked(framework: Framework) -> str:
    """The area of the criterion that the address names, else all of them: a link to a criterion need not tell both."""
    areas = {criterion.id: criterion.area for criterion in framework.criteria}
    return areas.get(controls.asked("criterion") or "", controls.ALL)


def _choose_criterion(ask: Ask, framework: Framework, area: str) -> str | None:
    """One of the area's criteria for the development; None: the area as such. Asked only where an area is shown."""
    criteria = [criterion for criterion in framework.criteria if criterion.area == area]
    if not criteria:
        return None
    titles = {controls.ALL: ask.say("The whole area")}
    titles |= {criterion.id: f"{criterion.id} {criterion.title.in_(ask.say.language)}" for criterion in criteria}
    chosen = controls.choose("criterion", ask.say("Development on"), titles, controls.ALL)
    return None if chosen == controls.ALL else chosen


def compose(
    ask: Ask,
    framework_id: str,
    year: int,
    district: str | None,
    stage: str | None,
    show: str,
    sort: str,
    page: int,
    criterion: str | None = None,
) -> Content:
    """The page for one round, filtered and sorted; `criterion`: what the development is of, else what is shown."""
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    found = schools_in(ask, framework_id, year, district, stage)
    rounds = {row.school_id: row for row in school_rounds(ask.view, ask.viewer, framework_id, year)}
    columns, marks, overall = _marks(ask, framework, year, show, rounds)
    thing = thing_shown(framework, show, criterion)
    trends = trends_of_schools(ask, framework, thing)
    of_thing = {
        cell.school_id: _cell_mark(cell, say)
        for cell in (round_cells(ask.view, ask.viewer, framework_id, year, criterion) if criterion else ())
    }
    in_order = _sorted(found, of_thing or overall, paces(trends), sort)
    chosen = on_page(in_order, page)
    by_name = on_page(found, page)
    area = _area(framework, show)
    city = _city(ask, framework, year, area)
    judged = [rounds[school.id] for school in found]
    hidden = sum(row.status == Status.HIDDEN for row in judged)
    city_now = _city_cell(ask, framework, year, criterion) if criterion else city
    now = SchoolsNow(framework, year, thing, rounds, of_thing or overall, city_now, trends)
    table = schools_table(ask, now, in_order, page, sort)
    has_trends = bool(city_trends(ask.view, ask.viewer, framework_id))
    folded = [(heat_block(ask, framework, year, chosen, columns, marks), say("Every area or criterion in colours"))]
    if city:
        folded += [
            (dot_block(ask, framework, chosen, overall, city), say("How sure each school's figure is")),
            (funnel_block(ask, framework, found, overall, city), say("Which differences are more than chance?")),
            (places_block(ask, framework, by_name, overall, city), say("Which places could a school have?")),
        ]
    return Content(
        answer=_answer(ask, framework, judged, where(ask, district, stage)),
        about=Subject(where(ask, district, stage), year, framework_id),
        provenance=provenance_of([row.provenance for row in judged]),
        table=table,
        figures=_key_figures(ask, framework, judged, overall),
        notices=tuple(
            filter(
                None,
                [
                    too_early(has_trends, say),
                    left_out_notice(hidden, ask.catalogue, say),
                    _without_pace(found, trends, say),
                ],
            )
        ),
        blocks=tuple(replace(block, title=title) for block, title in folded if block),
    )


def _without_pace(found: Sequence[School], trends: Mapping[str, Trend], say: Words) -> str:
    """How many are shown and have no direction, which the headline does not count; empty where all have."""
    n = sum(school.id in trends and trends[school.id].pace is None for school in found)
    if not n:
        return ""
    return say.plural(
        "{n} school has too few rounds or answers for a direction.",
        "{n} schools have too few rounds or answers for a direction.",
        n,
    )


def _area(framework: Framework, show: str) -> str:
    """The area that dots, funnel and places are of: the one that is shown, else all of them."""
    return show if show in {area.id for area in framework.areas} else WHOLE


def _city(ask: Ask, framework: Framework, year: int, area: str) -> CityArea | None:
    """None where the round asked nothing in the area."""
    rows = city_areas(ask.view, ask.viewer, [framework.id])
    return next((row for row in rows if (row.year, row.area) == (year, area)), None)


def _city_cell(ask: Ask, framework: Framework, year: int, criterion: str) -> CityCell | None:
    cells = city_cells(ask.view, ask.viewer, [(framework.id, criterion)])
    return next((cell for cell in cells if cell.year == year), None)


def _marks(
    ask: Ask, framework: Framework, year: int, show: str, rounds: dict[str, SchoolRound]
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], SchoolMark], dict[str, SchoolMark]]:
    """The columns as (id, title), each school's mark in each, and its mark on the area that the rest goes by."""
    say, main = ask.say, _area(framework, show)
    areas = {
        (row.school_id, row.area): _area_mark(row, rounds[row.school_id], say)
        for row in round_areas(ask.view, ask.viewer, framework.id, year)
    }
    overall = {school_id: mark for (school_id, area), mark in areas.items() if area == main}
    if show == controls.ALL:
        return [(area.id, area.title.in_(say.language)) for area in framework.areas], areas, overall
    cells = {
        (cell.school_id, cell.criterion): _cell_mark(cell, say)
        for cell in round_cells(ask.view, ask.viewer, framework.id, year)
    }
    criteria = [c for c in framework.criteria if show in (EVERY_CRITERION, c.area)]
    return [(c.id, f"{c.id} {c.title.in_(say.language)}") for c in criteria], cells, overall


def _area_mark(row: AreaCell, of: SchoolRound, say: Words) -> SchoolMark:
    partly = (
        "" if row.shown == row.asked else say("{shown} of {asked} criteria shown", shown=row.shown, asked=row.asked)
    )
    people = "" if row.respondents is None else say.plural("{n} respondent", "{n} respondents", row.respondents)
    said = "; ".join(filter(None, [people, partly, say.marked(STATUS[Status(of.status)])]))
    return SchoolMark(row.mean, said, row.shown == 0, row)


def _cell_mark(cell: Cell, say: Words) -> SchoolMark:
    n = "" if cell.mean is None else answers_text(cell, say)
    said = "; ".join(filter(None, [n, say.marked(STATUS[Status(cell.status)])]))
    if cell.mean is None or not (cell.n_band or cell.mean_bound):
        return SchoolMark(cell.mean, said, cell.status == Status.HIDDEN, reached=cell.goal_met)
    words, short = mean_text(cell, say), mean_short(cell, say)
    return SchoolMark(cell.mean, said, False, words=words, short=short, reached=cell.goal_met)


def _sorted(found: Sequence[School], overall: dict[str, SchoolMark], pace: dict[str, float], sort: str) -> list[School]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == BY_PACE:
        return sorted(found, key=lambda school: (school.id not in pace, -pace.get(school.id, 0)))
    if sort == BY_LEVEL:
        value = {id_: mark.value for id_, mark in overall.items()}
        return sorted(found, key=lambda school: (value.get(school.id) is None, value.get(school.id) or 0))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda school: (school.district is None, school.district or ""))
    return list(found)


def _answer(ask: Ask, framework: Framework, judged: Sequence[SchoolRound], of: str) -> str:
    say, count = ask.say, outcomes(judged)
    told = count[GoalOutcome.MET] + count[GoalOutcome.NOT_MET]
    sentence = schools_at_goal(count[GoalOutcome.MET], told, framework, say)
    sentence = f"{of}: {sentence}." if of else f"{sentence}."
    close = sum(row.outcome == GoalOutcome.NOT_MET and row.shown - row.at_goal <= FEW_LEFT for row in judged)
    return " ".join(filter(None, [sentence, few_left(close, say)]))


def _key_figures(
    ask: Ask, framework: Framework, judged: Sequence[SchoolRound], overall: dict[str, SchoolMark]
) -> tuple[KeyFigure, ...]:
    say, count = ask.say, outcomes(judged)
    values = sorted(mark.value for row in judged if (mark := overall.get(row.school_id)) and mark.value is not None)
    figures = [at_goal_figure(count, say)]
    if values:
        note = say.plural("mean of {n} school", "mean of {n} schools", len(values))
        figures.append(KeyFigure(say("Mean of the schools shown"), say.number(sum(values) / len(values)), note))
        lowest_to_highest = f"{say.number(values[0])}–{say.number(values[-1])}"
        figures.append(
            KeyFigure(say("Lowest and highest mean of a school"), lowest_to_highest, say("how sure: further down"))
        )
    unsure = sum(row.status in UNSURE_FIGURES for row in judged)
    figures.append(
        KeyFigure(say("Schools with uncertain figures"), say.integer(unsure), say("under 20 answers or half the staff"))
    )
    return tuple(figures)
