"""Which schools Skolor shows, in which order, and what is counted over all of them.

What is told of a school is asked for of those on the page alone (shown.py): a nation's are thousands. Of all of them
one by one only what they are sorted by is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.funnel import AreaCount, area_chance, area_count, criterion_count
from analytics.maturity.schools import area_figures, cell_figures
from analytics.maturity.trends import SchoolPace, moves_on, paces_on
from analytics.model.figures import TrendDirection
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import RoundId, School
from pages.shared.courses import Thing
from pages.shared.schools_choice import BY_LEVEL, BY_PACE, among, schools_in
from pages.ui.content import Ask

BY_NAME, BY_DISTRICT = "namn", "omrade"


@dataclass(frozen=True)
class SchoolsShown:
    """What a page of schools is made of. `show`, `page`: what was chosen to be shown, and which page of it; `found`: by
    name, `among`: their ids as a question takes them; `in_order`: as they are sorted; `city`: on the `area` that the
    rest goes by, where `count` counts the schools; `thing`: what the development is of, with the city on it where it is
    a criterion; `ends`: the lowest and highest mean on it; `moves`: how many schools go which way; `paces`: each one's,
    where they are sorted by that.
    """

    framework: Framework
    year: int
    show: str
    page: int
    found: Sequence[School]
    among: Sequence[str] | None
    in_order: Sequence[School]
    area: str
    city: CityArea | None
    count: AreaCount
    thing: Thing
    city_cell: CityCell | None
    ends: tuple[float, ...]
    moves: Counter[TrendDirection | None]
    paces: Mapping[str, SchoolPace]


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
    framework, main = ask.catalogue.framework(framework_id), _area(ask.catalogue.framework(framework_id), show)
    found, thing = schools_in(ask, framework_id, year, district, stage), thing_shown(framework, show, criterion)
    ids, of = among(found, district, stage), (ask.view, ask.viewer, framework_id)
    city = _city(ask, framework, year, main)
    count = area_count(*of, year, main, area_chance(city) if city else None, ids)
    cell, ends = None, (count.lowest, count.highest)
    if criterion and (cell := _city_cell(ask, framework, year, criterion)):
        of_cells = criterion_count(*of, year, criterion, None, 1, ids)
        ends = (*of_cells.lowest, *of_cells.highest)
    paces = paces_on(*of, *thing, ids) if sort == BY_PACE else {}
    moves = moves_on(*of, *thing, (framework_id, year), ids)
    in_order = _sorted(ask, found, ids, (framework_id, year), main, cell, paces, sort)
    told = tuple(end for end in ends if end is not None)
    return SchoolsShown(
        framework, year, show, page, found, ids, in_order, main, city, count, thing, cell, told, moves, paces
    )


def thing_shown(framework: Framework, show: str, criterion: str | None) -> Thing:
    """What the table is of: the criterion that is chosen, else the area, else the whole."""
    if criterion is not None:
        return framework.criterion(criterion).area, criterion
    return (show if show in {area.id for area in framework.areas} else WHOLE), ""


def _area(framework: Framework, show: str) -> str:
    """The area that dots, funnel and places are of: the one that is shown, else all of them."""
    return show if show in {area.id for area in framework.areas} else WHOLE


def _city(ask: Ask, framework: Framework, year: int, area: str) -> CityArea | None:
    """None where the round asked nothing in the area."""
    rows = city_areas(ask.view, ask.viewer, [framework.id])
    return next((row for row in rows if (row.year, row.area) == (year, area)), None)


def _city_cell(ask: Ask, framework: Framework, year: int, criterion: str) -> CityCell | None:
    """None where the round did not ask it."""
    cells = city_cells(ask.view, ask.viewer, [(framework.id, criterion)])
    return next((cell for cell in cells if cell.year == year), None)


def _sorted(
    ask: Ask,
    found: Sequence[School],
    ids: Sequence[str] | None,
    of_round: RoundId,
    area: str,
    cell: CityCell | None,
    paces: Mapping[str, SchoolPace],
    sort: str,
) -> list[School]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == BY_PACE:
        told = {id_: of.pace for id_, of in paces.items() if of.pace is not None}
        return sorted(found, key=lambda school: (school.id not in told, -told.get(school.id, 0)))
    if sort == BY_LEVEL:
        of = (ask.view, ask.viewer, *of_round)
        figures = cell_figures(*of, cell.criterion, ids) if cell else area_figures(*of, area, ids)
        means = {id_: figure.mean for id_, figure in figures.items() if figure.mean is not None}
        return sorted(found, key=lambda school: (school.id not in means, means.get(school.id, 0)))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda school: (school.district is None, school.district or ""))
    return list(found)
