"""Where a school stands in a round, beside the city and similar schools: what the rest of the brief is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.groups import GroupFigure, group_areas
from analytics.maturity.rounds import SchoolRound, school_rounds, schools_with_figures
from analytics.maturity.schools import AreaCell, Cell, school_areas, school_cells
from analytics.maturity.similar import similar_schools
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import School, Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class AreaPosition:
    """A school on an area ('' = all areas), in levels, with the 95 % interval of its mean; every figure is None where
    it is hidden. `city`: the mean of the city's schools. `similar`: that of the similar schools that are shown.
    `city_side`: 1 or -1 where the school lies clearly above or below the city. `shown` of the `asked` criteria."""

    area: str
    mean: float | None
    low: float | None
    high: float | None
    city: float | None
    similar: float | None
    city_side: int | None
    shown: int
    asked: int


@dataclass(frozen=True, slots=True)
class Position:
    """The school over all areas and per area, beside `city_schools` and `similar_schools`, those whose figures the
    means are made of. `whole_stage`: the similar schools are all those of its stage, none chosen for being near."""

    whole: AreaPosition
    areas: tuple[AreaPosition, ...]
    city_schools: int
    similar_schools: int
    whole_stage: bool


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """An earlier round's mean over all areas, in levels."""

    year: int
    mean: float


@dataclass(frozen=True)
class SchoolFigures:
    """The figures that the parts are made of, by id; empty where the school has no round or nothing is shown."""

    framework: Framework
    round: SchoolRound | None
    cells: tuple[Cell, ...]  # in the framework's order
    areas: Mapping[str, AreaCell]
    city_cells: Mapping[str, CityCell]
    city_areas: Mapping[str, CityArea]
    similar: Mapping[str, GroupFigure]
    whole_stage: bool  # as of a position
    earlier: EarlierRound | None  # the latest round before it with figures


def stand_of(
    view: View,
    viewer: Viewer,
    schools: Sequence[School],
    school_id: str,
    framework: Framework,
    year: int,
) -> SchoolFigures:
    """Raises NotAllowed."""
    cells = {cell.criterion: cell for cell in school_cells(view, viewer, school_id, framework.id, year)}
    own = school_areas(view, viewer, school_id, [framework.id])
    criteria = city_cells(view, viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    round_ = school_rounds(view, viewer, framework.id, year, [school_id])
    found = similar_schools(schools, school_id, schools_with_figures(view, viewer, framework.id, year))
    before = [
        EarlierRound(row.year, row.mean)
        for row in own
        if row.area == WHOLE and row.year < year and row.mean is not None
    ]
    alike = [neighbour.school_id for neighbour in found.neighbours] if found else []
    return SchoolFigures(
        framework,
        round_[0] if round_ else None,
        tuple(cells[criterion.id] for criterion in framework.criteria if criterion.id in cells),
        {row.area: row for row in own if row.year == year},
        {cell.criterion: cell for cell in criteria if cell.year == year},
        {row.area: row for row in city_areas(view, viewer, [framework.id]) if row.year == year},
        group_areas(view, viewer, framework.id, year, alike),
        found is not None and found.whole_stage,
        max(before, key=lambda row: row.year, default=None),
    )


def position(figures: SchoolFigures) -> Position:
    """The school beside the city and its like, the areas in the framework's order."""
    city, similar = figures.city_areas.get(WHOLE), figures.similar.get(WHOLE)
    return Position(
        _place(figures, WHOLE),
        tuple(_place(figures, area.id) for area in figures.framework.areas),
        city.schools if city else 0,
        similar.schools if similar else 0,
        figures.whole_stage,
    )


def _place(figures: SchoolFigures, area: str) -> AreaPosition:
    own, city, similar = figures.areas.get(area), figures.city_areas.get(area), figures.similar.get(area)
    beside = (city.mean if city else None, similar.mean if similar else None)
    if own is None:
        return AreaPosition(area, None, None, None, *beside, None, 0, 0)
    return AreaPosition(area, own.mean, own.ci_low, own.ci_high, *beside, own.city_side, own.shown, own.asked)
