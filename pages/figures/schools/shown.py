"""What Skolor tells of each school on the page, and the pictures that are folded below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.maturity.city import CityArea, CityCell
from analytics.maturity.rounds import SchoolRound, school_rounds
from analytics.maturity.schools import AreaCell, Cell, means_reached, round_areas, round_cells
from analytics.maturity.trends import city_trends, trends_on
from analytics.model.figures import Status
from analytics.model.present import present
from analytics.model.schools import School
from analytics.words.cells import answers_text, mean_short, mean_text
from analytics.words.figures import STATUS
from analytics.words.language import Words
from pages.figures.schools.development import SchoolsNow, development_figures
from pages.figures.schools.found import SchoolsShown, schools_shown
from pages.figures.schools.noise import funnel_block, places_block
from pages.figures.schools.pictures import SchoolMark, dot_block, heat_block, heat_in_short, lowest_first
from pages.shared.schools_choice import on_page
from pages.ui import controls
from pages.ui.content import Ask, Block, Table

EVERY_CRITERION = "kriterier"


def schools_now(ask: Ask, shown: SchoolsShown, schools: Sequence[School]) -> SchoolsNow:
    """All that the table tells of these schools."""
    say, (_, criterion) = ask.say, shown.thing
    ids = _ids(shown, schools)
    rounds = _rounds(ask, shown, ids)
    marks = _overall(ask, shown, ids, rounds)
    city: CityArea | CityCell | None = shown.city
    if criterion:
        of = (ask.view, ask.viewer, shown.framework.id, shown.year)
        cells = round_cells(*of, criterion, ids)
        marks = {cell.school_id: _cell_mark(cell, say) for cell in cells} or marks
        city = shown.city_cell
    trends = trends_on(ask.view, ask.viewer, shown.framework.id, *shown.thing, ids)
    by_school = {trend.school_id: trend for trend in trends}
    of_city = {(row.area, row.criterion): row for row in city_trends(ask.view, ask.viewer, shown.framework.id)}
    course = of_city.get(shown.thing)
    return SchoolsNow(
        shown.framework, shown.year, shown.thing, rounds, marks, city, by_school, course, has_trends=bool(of_city)
    )


def overall_marks(ask: Ask, shown: SchoolsShown, schools: Sequence[School]) -> dict[str, SchoolMark]:
    """Each one's on the area that the pictures go by."""
    ids = _ids(shown, schools)
    return _overall(ask, shown, ids, _rounds(ask, shown, ids))


def _overall(
    ask: Ask, shown: SchoolsShown, ids: Sequence[str] | None, rounds: Mapping[str, SchoolRound]
) -> dict[str, SchoolMark]:
    areas = round_areas(ask.view, ask.viewer, shown.framework.id, shown.year, shown.area, ids)
    return {row.school_id: _area_mark(row, rounds[row.school_id], ask.say) for row in areas}


def _ids(shown: SchoolsShown, schools: Sequence[School]) -> Sequence[str] | None:
    return shown.among if len(schools) == len(shown.found) else [school.id for school in schools]


def _rounds(ask: Ask, shown: SchoolsShown, ids: Sequence[str] | None) -> dict[str, SchoolRound]:
    found = school_rounds(ask.view, ask.viewer, shown.framework.id, shown.year, ids)
    return {row.school_id: row for row in found}


def table_of_all(ask: Ask, *of: Any) -> Table:
    """The development of every school that is found, for its files."""
    shown = schools_shown(ask, *of)
    return development_figures(ask, schools_now(ask, shown, shown.in_order), shown.in_order)


def heat_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.in_order, shown.page)
    columns, marks = _columns_shown(ask, shown), _marks(ask, shown, schools)
    return heat_block(ask, shown.framework, shown.year, schools, columns, marks)


def heat_told(ask: Ask, shown: SchoolsShown) -> str:
    """In a few words, what the picture of colours answers."""
    framework, ids = shown.framework, _ids(shown, on_page(shown.in_order, shown.page))
    of = (ask.view, ask.viewer, framework.id, shown.year, framework.goal.level, ids)
    reached = means_reached(*of, on_areas=shown.show == controls.ALL)
    return heat_in_short(framework, lowest_first(_columns_shown(ask, shown), reached), ask.say)


def dots_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.in_order, shown.page)
    return dot_block(ask, shown.framework, schools, overall_marks(ask, shown, schools), present(shown.city))


def funnel_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    marks = overall_marks(ask, shown, shown.found)
    return present(funnel_block(ask, shown.framework, shown.found, marks, present(shown.city)))


def places_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.found, shown.page)
    return present(places_block(ask, shown.framework, schools, overall_marks(ask, shown, schools), present(shown.city)))


def _columns_shown(ask: Ask, shown: SchoolsShown) -> list[tuple[str, str]]:
    """As (id, title)."""
    say, framework = ask.say, shown.framework
    if shown.show == controls.ALL:
        return [(area.id, area.title.in_(say.language)) for area in framework.areas]
    criteria = [c for c in framework.criteria if shown.show in (EVERY_CRITERION, c.area)]
    return [(c.id, f"{c.id} {c.title.in_(say.language)}") for c in criteria]


def _marks(ask: Ask, shown: SchoolsShown, schools: Sequence[School]) -> dict[tuple[str, str], SchoolMark]:
    """The same with all that is told of them."""
    say, ids = ask.say, [school.id for school in schools]
    of = (ask.view, ask.viewer, shown.framework.id, shown.year)
    if shown.show == controls.ALL:
        rounds = _rounds(ask, shown, ids)
        areas = round_areas(*of, schools=ids)
        return {(row.school_id, row.area): _area_mark(row, rounds[row.school_id], say) for row in areas}
    return {(cell.school_id, cell.criterion): _cell_mark(cell, say) for cell in round_cells(*of, schools=ids)}


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
