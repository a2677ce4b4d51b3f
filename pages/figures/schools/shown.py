"""Which schools Skolor shows, in which order, each with its figure; and the pictures that are folded below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.maturity.city import CityArea, city_areas
from analytics.maturity.rounds import SchoolRound, school_rounds
from analytics.maturity.schools import AreaCell, Cell, round_areas, round_cells
from analytics.maturity.trends import Trend
from analytics.model.figures import Status
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.model.schools import School
from analytics.words.cells import answers_text, mean_short, mean_text
from analytics.words.figures import STATUS
from analytics.words.language import Words
from pages.figures.schools.development import paces, thing_shown, trends_of_schools
from pages.figures.schools.noise import funnel_block, places_block
from pages.figures.schools.pictures import SchoolMark, dot_block, heat_block, heat_in_short, lowest_first
from pages.shared.schools_choice import BY_LEVEL, BY_PACE, on_page, schools_in
from pages.ui import controls
from pages.ui.content import Ask, Block

EVERY_CRITERION = "kriterier"
BY_NAME, BY_DISTRICT = "namn", "omrade"


@dataclass(frozen=True)
class SchoolsShown:
    """What a page of schools is made of. `show`, `page`: what was chosen to be shown, and which page of it; `found`: by
    name; `in_order`: as they are sorted; `overall`: each one's mark on the `area` that the rest goes by; `of_thing`: on
    the criterion that the development is of, else the same."""

    framework: Framework
    year: int
    show: str
    page: int
    rounds: Mapping[str, SchoolRound]
    found: Sequence[School]
    in_order: Sequence[School]
    area: str
    city: CityArea | None
    overall: Mapping[str, SchoolMark]
    of_thing: Mapping[str, SchoolMark]
    trends: Mapping[str, Trend]


def schools_shown(
    ask: Ask,
    framework_id: str,
    year: int,
    district: str | None,
    stage: str | None,
    show: str,
    sort: str,
    page: int,
    criterion: str | None = None,
) -> SchoolsShown:
    say, framework = ask.say, ask.catalogue.framework(framework_id)
    found, main = schools_in(ask, framework_id, year, district, stage), _area(framework, show)
    rounds = {row.school_id: row for row in school_rounds(ask.view, ask.viewer, framework_id, year)}
    areas = round_areas(ask.view, ask.viewer, framework_id, year, main)
    overall = {row.school_id: _area_mark(row, rounds[row.school_id], say) for row in areas}
    cells = round_cells(ask.view, ask.viewer, framework_id, year, criterion) if criterion else ()
    of_thing = {cell.school_id: _cell_mark(cell, say) for cell in cells} or overall
    trends = trends_of_schools(ask, framework, thing_shown(framework, show, criterion))
    in_order = _sorted(found, of_thing, paces(trends), sort)
    city = _city(ask, framework, year, main)
    return SchoolsShown(framework, year, show, page, rounds, found, in_order, main, city, overall, of_thing, trends)


def heat_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.in_order, shown.page)
    return heat_block(ask, shown.framework, shown.year, schools, *_marks(ask, shown, schools))


def heat_told(ask: Ask, shown: SchoolsShown) -> str:
    """In a few words, what the picture of colours answers."""
    schools = on_page(shown.in_order, shown.page)
    ordered = lowest_first(shown.framework, schools, *_marks(ask, shown, schools))
    return heat_in_short(shown.framework, ordered, ask.say)


def dots_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.in_order, shown.page)
    return dot_block(ask, shown.framework, schools, shown.overall, present(shown.city))


def funnel_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    return present(funnel_block(ask, shown.framework, shown.found, shown.overall, present(shown.city)))


def places_fold(ask: Ask, *of: Any) -> Block:
    shown = schools_shown(ask, *of)
    schools = on_page(shown.found, shown.page)
    return present(places_block(ask, shown.framework, schools, shown.overall, present(shown.city)))


def _area(framework: Framework, show: str) -> str:
    """The area that dots, funnel and places are of: the one that is shown, else all of them."""
    return show if show in {area.id for area in framework.areas} else WHOLE


def _city(ask: Ask, framework: Framework, year: int, area: str) -> CityArea | None:
    """None where the round asked nothing in the area."""
    rows = city_areas(ask.view, ask.viewer, [framework.id])
    return next((row for row in rows if (row.year, row.area) == (year, area)), None)


def _marks(
    ask: Ask, shown: SchoolsShown, schools: Sequence[School]
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], SchoolMark]]:
    """The columns as (id, title), and the schools' marks in each."""
    say, framework, ids = ask.say, shown.framework, [school.id for school in schools]
    show, of = shown.show, (ask.view, ask.viewer, framework.id, shown.year)
    if show == controls.ALL:
        titles = [(area.id, area.title.in_(say.language)) for area in framework.areas]
        areas = round_areas(*of, schools=ids)
        return titles, {(row.school_id, row.area): _area_mark(row, shown.rounds[row.school_id], say) for row in areas}
    cells = round_cells(*of, schools=ids)
    criteria = [c for c in framework.criteria if show in (EVERY_CRITERION, c.area)]
    titles = [(c.id, f"{c.id} {c.title.in_(say.language)}") for c in criteria]
    return titles, {(cell.school_id, cell.criterion): _cell_mark(cell, say) for cell in cells}


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


def _sorted(
    found: Sequence[School], overall: Mapping[str, SchoolMark], pace: dict[str, float], sort: str
) -> list[School]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == BY_PACE:
        return sorted(found, key=lambda school: (school.id not in pace, -pace.get(school.id, 0)))
    if sort == BY_LEVEL:
        value = {id_: mark.value for id_, mark in overall.items()}
        return sorted(found, key=lambda school: (value.get(school.id) is None, value.get(school.id) or 0))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda school: (school.district is None, school.district or ""))
    return list(found)
