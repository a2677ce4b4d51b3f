"""Where a school stands in a round: beside the city and similar schools, its strongest sides, the goal, its staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analytics.maturity.agreement import Accord, Agreement, agreement
from analytics.maturity.city import CityArea, CityCell, city_areas, city_cells
from analytics.maturity.groups import GroupFigure, group_areas
from analytics.maturity.intervals import mean_interval
from analytics.maturity.readiness import Standing, in_the_way, standing, surest_to_miss
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import AreaCell, Cell, school_areas, school_cells
from analytics.maturity.similar import similar_schools
from analytics.model import WHOLE, Framework, School, Viewer
from analytics.store.reading import View

STRENGTHS, MISSES, DIVIDED = 3, 5, 2  # that are named


@dataclass(frozen=True, slots=True)
class Place:
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
    means are made of."""

    whole: Place
    areas: tuple[Place, ...]
    city_schools: int
    similar_schools: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier round's mean over all areas, in levels."""

    year: int
    mean: float


@dataclass(frozen=True, slots=True)
class Strength:
    """One of the criteria that the school surely stands highest on, in levels; `above_city`: clearly so."""

    criterion: str
    mean: float
    low: float
    city: float | None
    above_city: bool


@dataclass(frozen=True, slots=True)
class GoalFigure:
    """A criterion beside the goal: `figure` is the goal's own statistic, in levels or a share 0-1. `ready`: the share
    of resamples that meet the goal, None under ten answers."""

    criterion: str
    figure: float
    met: bool
    ready: float | None


@dataclass(frozen=True, slots=True)
class Way:
    """What stands between the school and the goal. `misses`: the surest to miss it first, with `more` that are not
    named. `unsure`: where none misses it, the one or two that most easily would in a new round. `hidden` criteria."""

    standing: Standing | None
    at_goal: int
    shown: int
    ready: float | None
    misses: tuple[GoalFigure, ...]
    more: int
    unsure: tuple[GoalFigure, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Camps:
    """A criterion that divides the staff: `lower` of the answers (0-1) lie at `low` or below, `upper` at `high` or
    above."""

    criterion: str
    low: int
    high: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Accords:
    """How many criteria the staff agree on, are divided on, and all that may be told; the deepest divisions by name."""

    told: int
    agreed: int
    divided: int
    deepest: tuple[Camps, ...]


@dataclass(frozen=True)
class Stand:
    """The figures that the parts are made of, by id; empty where the school has no round or nothing is shown."""

    framework: Framework
    round: SchoolRound | None
    cells: tuple[Cell, ...]  # in the framework's order
    areas: Mapping[str, AreaCell]
    city_cells: Mapping[str, CityCell]
    city_areas: Mapping[str, CityArea]
    similar: Mapping[str, GroupFigure]
    earlier: Earlier | None  # the latest round before it with figures


def stand_of(
    view: View,
    viewer: Viewer,
    schools: Sequence[School],
    school_id: str,
    framework: Framework,
    year: int,
    rounds: Mapping[str, SchoolRound],
) -> Stand:
    """`rounds`: the year's, by school, as the viewer may see them. Raises NotAllowed."""
    cells = {cell.criterion: cell for cell in school_cells(view, viewer, school_id, framework.id, year)}
    own = school_areas(view, viewer, school_id, [framework.id])
    criteria = city_cells(view, viewer, [(framework.id, criterion.id) for criterion in framework.criteria])
    with_figures: Collection[str] = [id_ for id_, row in rounds.items() if row.shown]
    found = similar_schools(schools, school_id, with_figures)
    before = [
        Earlier(row.year, row.mean) for row in own if row.area == WHOLE and row.year < year and row.mean is not None
    ]
    alike = [neighbour.school_id for neighbour in found.neighbours] if found else []
    return Stand(
        framework,
        rounds.get(school_id),
        tuple(cells[criterion.id] for criterion in framework.criteria if criterion.id in cells),
        {row.area: row for row in own if row.year == year},
        {cell.criterion: cell for cell in criteria if cell.year == year},
        {row.area: row for row in city_areas(view, viewer, [framework.id]) if row.year == year},
        group_areas(view, viewer, framework.id, year, alike),
        max(before, key=lambda row: row.year, default=None),
    )


def position(stand: Stand) -> Position:
    """The school beside the city and its like, the areas in the framework's order."""
    city, similar = stand.city_areas.get(WHOLE), stand.similar.get(WHOLE)
    return Position(
        _place(stand, WHOLE),
        tuple(_place(stand, area.id) for area in stand.framework.areas),
        city.schools if city else 0,
        similar.schools if similar else 0,
    )


def _place(stand: Stand, area: str) -> Place:
    own, city, similar = stand.areas.get(area), stand.city_areas.get(area), stand.similar.get(area)
    beside = (city.mean if city else None, similar.mean if similar else None)
    if own is None:
        return Place(area, None, None, None, *beside, None, 0, 0)
    return Place(area, own.mean, own.ci_low, own.ci_high, *beside, own.city_side, own.shown, own.asked)


def strengths(stand: Stand) -> tuple[Strength, ...]:
    """The criteria whose interval's lower end is highest, so that chance does not pick them; the highest first."""
    found = []
    for cell in stand.cells:
        if cell.mean is not None and cell.ci_low is not None:
            city = stand.city_cells.get(cell.criterion)
            low = _surely(cell, city)
            found.append(Strength(cell.criterion, cell.mean, low, city.mean if city else None, cell.city_side == 1))
    surest = sorted(found, key=lambda strength: (-strength.low, -strength.mean))[:STRENGTHS]
    return tuple(sorted(surest, key=lambda strength: -strength.mean))


def _surely(cell: Cell, city: CityCell | None) -> float:
    """The lower end of the interval; where everybody answers alike, by the noise in the city's other schools, as few
    answers that agree by chance are no strength."""
    if cell.ci_low < cell.mean or city is None or city.within_school_sd is None:
        return cell.ci_low
    low, _ = mean_interval(cell.mean, city.within_school_sd, cell.n)
    return float(low)


def way(stand: Stand) -> Way:
    """The goal on every criterion. Nothing is told of it where nothing is shown."""
    of = stand.round
    if of is None:
        return Way(None, 0, 0, None, (), 0, (), 0)
    missed = [cell for cell in stand.cells if cell.goal_met is False]
    by_share = all(cell.ready is not None for cell in missed)
    missed.sort(key=surest_to_miss if by_share else lambda cell: cell.mean)  # shares or means, as in readiness
    told = tuple(_beside_goal(stand, cell) for cell in missed[:MISSES])
    unsure = () if missed else tuple(_beside_goal(stand, cell) for cell in in_the_way(stand.cells))
    more = len(missed) - len(told)
    return Way(standing(of), of.at_goal, of.shown, of.ready, told, more, unsure, of.asked - of.shown)


def _beside_goal(stand: Stand, cell: Cell) -> GoalFigure:
    return GoalFigure(cell.criterion, goal_figure(cell, stand.framework), bool(cell.goal_met), cell.ready)


def goal_figure(cell: Cell, framework: Framework) -> float | None:
    """The school's figure in the goal's own statistic; None where it is hidden."""
    match framework.goal.statistic:
        case "share":
            return cell.share_at_goal
        case "median":
            return None if cell.median is None else float(cell.median)
        case _:
            return cell.mean


def accords(stand: Stand) -> Accords:
    """How far the staff agree, on the criteria that have answers enough to say."""
    found: list[tuple[Agreement, Cell]] = []
    for cell in stand.cells:
        told = agreement(cell.levels) if cell.levels is not None else None
        if told is not None:
            found.append((told, cell))
    divided = sorted(
        ((told, cell) for told, cell in found if told.kind is Accord.DIVIDED), key=lambda pair: pair[0].consensus
    )
    agreed = sum(told.kind is Accord.AGREED for told, _ in found)
    deepest = tuple(_camps(told, cell, stand.framework) for told, cell in divided[:DIVIDED])
    return Accords(len(found), agreed, len(divided), deepest)


def _camps(told: Agreement, cell: Cell, framework: Framework) -> Camps:
    low, high = told.camps
    answers, first = sum(cell.levels), framework.scale_min
    lower, upper = sum(cell.levels[: low + 1]) / answers, sum(cell.levels[high:]) / answers
    return Camps(cell.criterion, first + low, first + high, lower, upper)
