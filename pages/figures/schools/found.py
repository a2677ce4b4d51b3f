"""Which schools Skolor shows, in which order, and the one figure of each that its answer and its order stand on.

All that is told of a school is asked for of those on the page alone (shown.py): a nation's are thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.maturity.city import CityArea, city_areas
from analytics.maturity.schools import AreaFigure, area_figures, cell_figures
from analytics.maturity.trends import SchoolPace, paces_on
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import School
from pages.shared.courses import Thing
from pages.shared.schools_choice import BY_LEVEL, BY_PACE, among, schools_in
from pages.ui.content import Ask

BY_NAME, BY_DISTRICT = "namn", "omrade"


@dataclass(frozen=True)
class SchoolsShown:
    """What a page of schools is made of. `show`, `page`: what was chosen to be shown, and which page of it; `found`: by
    name, `among`: their ids as a question takes them; `in_order`: as they are sorted; `figures`: each one's on the
    `area` that the rest goes by; `levels`: its mean on the `thing` that the development is of, `paces` that.
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
    figures: Mapping[str, AreaFigure]
    thing: Thing
    levels: Mapping[str, float | None]
    paces: Mapping[str, SchoolPace]

    def figures_of(self, schools: Sequence[School]) -> list[AreaFigure]:
        return [figure for school in schools if (figure := self.figures.get(school.id))]


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
    figures = area_figures(*of, year, main, ids)
    cells = cell_figures(*of, year, criterion, ids) if criterion else {}
    levels = {id_: figure.mean for id_, figure in (cells or figures).items()}
    paces = paces_on(*of, *thing, ids)
    in_order, city = _sorted(found, levels, paces, sort), _city(ask, framework, year, main)
    return SchoolsShown(framework, year, show, page, found, ids, in_order, main, city, figures, thing, levels, paces)


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


def _sorted(
    found: Sequence[School], levels: Mapping[str, float | None], paces: Mapping[str, SchoolPace], sort: str
) -> list[School]:
    """By name unless asked otherwise; schools without a figure come last."""
    if sort == BY_PACE:
        told = {id_: of.pace for id_, of in paces.items() if of.pace is not None}
        return sorted(found, key=lambda school: (school.id not in told, -told.get(school.id, 0)))
    if sort == BY_LEVEL:
        return sorted(found, key=lambda school: (levels.get(school.id) is None, levels.get(school.id) or 0))
    if sort == BY_DISTRICT:
        return sorted(found, key=lambda school: (school.district is None, school.district or ""))
    return list(found)
