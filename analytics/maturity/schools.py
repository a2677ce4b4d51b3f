"""Schools' published figures: one school over the years, or all schools in a round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from analytics.model.errors import NotAllowed
from analytics.model.frameworks import WHOLE
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Cell:
    """A school on a criterion in a round; every figure is None where the status is hidden.

    Under twenty answers its own spread is not told: `levels`, `median` and `staff_..` are None, and the interval is
    reckoned with the city's spread. `few` (under ten): `n_band`, `share_band` and `dont_know_band` in place of `n`,
    `share_at_goal` and `dont_know`. `mean_bound`, `share_bound`: whether the figure is told as a bound (Bound).
    `goal_met` is None where what is told does not decide it. `noise_sd` of `noise_n` answers is what the mean's noise
    is reckoned with.

    Means, their 95 % interval (mean_interval) and the median in levels, shares and theirs (Wilson) 0-1. `shrunken`: the
    mean pulled towards the city, for comparing schools alone. `levels`: answers per level, lowest first. `goal_met`:
    the framework's rule on the raw figures; `ready`: the share of resamples that meet it, None under ten answers;
    `there`: the chance that the school's true level does.
    `staff_..`: what all the invited would have said, None where nobody counted them. `city_side`: 1 or -1 where the
    school lies clearly above or below the city, controlled over its criteria. `status` is a value of Status.
    """

    framework: str
    year: int
    school_id: str
    criterion: str
    area: str
    n: int | None
    dont_know: int | None
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    share_at_goal: float | None
    share_low: float | None
    share_high: float | None
    median: int | None
    levels: tuple[int, ...] | None
    goal_met: bool | None
    shrunken: float | None
    staff_low: float | None
    staff_high: float | None
    staff_share_low: float | None
    staff_share_high: float | None
    city_side: int | None
    ready: float | None
    status: str
    mean_bound: str | None
    share_bound: str | None
    n_band: str | None
    share_band: str | None
    dont_know_band: str | None
    noise_sd: float | None
    noise_n: int | None
    there: float | None = None


@dataclass(frozen=True, slots=True)
class AreaCell:
    """A school on an area ('' = all areas) in a round: the mean of the shown criteria's means, in levels.

    Every figure is None where no criterion is shown. `interval_basis`, a value of Basis: how it is known how people's
    answers go together over the criteria; where they are followed, each of the `respondents` is. `shown` of the `asked`
    criteria, `at_goal` of the shown ones meet the goal. `shrunken` and `city_side` as of a cell;
    `rank_low`..`rank_high`: the places among the schools that it may have, 1 the highest.
    """

    framework: str
    year: int
    school_id: str
    area: str
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    interval_basis: str | None
    respondents: int | None
    shown: int
    asked: int
    at_goal: int | None
    shrunken: float | None
    rank_low: int | None
    rank_high: int | None
    city_side: int | None


CELL = (
    "select framework, year, school_id, criterion, area, n, dont_know, mean, ci_low, ci_high, share_at_goal, share_low,"
    " share_high, median, levels, goal_met, pulled_mean, staff_low, staff_high, staff_share_low, staff_share_high,"
    " city_side, ready, status, mean_bound, share_bound, n_band, share_band, dont_know_band, noise_sd, noise_n, there"
    " from cell"
)
AREA_CELL = (
    "select framework, year, school_id, area, mean, ci_low, ci_high, interval_basis, respondents, shown, asked,"
    " at_goal, pulled_mean, rank_low, rank_high, city_side from area_cell"
)
OF_SCHOOLS = "($schools is null or school_id in (select unnest($schools::varchar[])))"
"""Which schools a question is of, as Viewer.told_of has them."""


def school_cells(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> tuple[Cell, ...]:
    """A school on every criterion that it was asked in a round, by criterion id; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework = ? and year = ? order by criterion"
    return cells_of(view, CELL + where, [school_id, framework, year])


def school_areas(view: View, viewer: Viewer, school_id: str, frameworks: Sequence[str]) -> tuple[AreaCell, ...]:
    """A school on every area in every round of these frameworks, by year; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework in (select unnest(?)) order by year, framework, area"
    return view.records(AreaCell, AREA_CELL + where, [school_id, list(frameworks)])


def few_areas(view: View, viewer: Viewer, school_id: str, frameworks: Sequence[str]) -> frozenset[tuple[str, int, str]]:
    """(framework, year, area; WHOLE too) of the school's means that are made of any criterion with few answers, which
    are told no more finely than those; raises NotAllowed."""
    _allow(viewer, school_id)
    sql = (
        "select distinct framework, year, unnest([area, ?]) from cell"
        " where school_id = ? and framework in (select unnest(?)) and n_band is not null"
    )
    return frozenset(view.rows(sql, [WHOLE, school_id, list(frameworks)]))


def round_areas(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    area: str | None = None,
    schools: Iterable[str] | None = None,
) -> tuple[AreaCell, ...]:
    """Those of these schools (None: all) that the viewer may see on every area of a round ('' too; or on one of them),
    by school id and area."""
    where = f" where framework = $framework and year = $year and ($area is null or area = $area) and {OF_SCHOOLS}"
    asked = {"framework": framework, "year": year, "area": area, "schools": viewer.told_of(schools)}
    return view.records(AreaCell, f"{AREA_CELL}{where} order by school_id, area", asked)


class AreaFigure(NamedTuple):
    """What a page of many schools tells of each on an area: of an AreaCell."""

    mean: float | None
    respondents: int | None
    rank_low: int | None
    rank_high: int | None
    city_side: int | None


def area_figures(
    view: View, viewer: Viewer, framework: str, year: int, area: str, schools: Iterable[str] | None = None
) -> dict[str, AreaFigure]:
    """By school id, of those of these schools (None: all) that the viewer may see."""
    found = view.rows(
        "select school_id, mean, respondents, rank_low, rank_high, city_side from area_cell"
        f" where framework = $framework and year = $year and area = $area and {OF_SCHOOLS}",
        {"framework": framework, "year": year, "area": area, "schools": viewer.told_of(schools)},
    )
    return {school_id: AreaFigure(*figures) for school_id, *figures in found}


class CellFigure(NamedTuple):
    """The same on a criterion: of a Cell."""

    mean: float | None
    goal_met: bool | None
    noise_n: int | None


def cell_figures(
    view: View, viewer: Viewer, framework: str, year: int, criterion: str, schools: Iterable[str] | None = None
) -> dict[str, CellFigure]:
    """By school id, of those of these schools (None: all) that the viewer may see."""
    found = view.rows(
        "select school_id, mean, goal_met, noise_n from cell"
        f" where framework = $framework and year = $year and criterion = $criterion and {OF_SCHOOLS}",
        {"framework": framework, "year": year, "criterion": criterion, "schools": viewer.told_of(schools)},
    )
    return {school_id: CellFigure(*figures) for school_id, *figures in found}


class MeanTold(NamedTuple):
    """A shown mean on a criterion, as it is told: of a Cell."""

    school_id: str
    mean: float
    mean_bound: str | None
    n: int | None
    n_band: str | None


def means_beyond(
    view: View, viewer: Viewer, framework: str, year: int, criterion: str, low: float, high: float
) -> tuple[MeanTold, ...]:
    """The means that are no higher than `low` or no lower than `high`, of those schools that the viewer may see."""
    return view.records(
        MeanTold,
        "select school_id, mean, mean_bound, n, n_band from cell where framework = $framework and year = $year"
        f" and criterion = $criterion and (mean <= $low or mean >= $high) and {OF_SCHOOLS}",
        {"framework": framework, "year": year, "criterion": criterion, "schools": viewer.told_of()}
        | {"low": low, "high": high},
    )


class Reached(NamedTuple):
    """How many schools have a mean on something in a round, and how many of these one at a level or above."""

    schools: int
    reached: int


def means_reached(
    view: View, viewer: Viewer, framework: str, year: int, level: int, schools: Iterable[str] | None, *, on_areas: bool
) -> dict[str, Reached]:
    """By area ('' too), or by criterion, of those of these schools (None: all) that the viewer may see."""
    on, table = ("area", "area_cell") if on_areas else ("criterion", "cell")
    found = view.rows(
        f"select {on}, count(mean), count(*) filter (mean >= $level) from {table}"
        f" where framework = $framework and year = $year and {OF_SCHOOLS} group by all",
        {"framework": framework, "year": year, "level": level, "schools": viewer.told_of(schools)},
    )
    return {id_: Reached(*counted) for id_, *counted in found}


def round_cells(
    view: View,
    viewer: Viewer,
    framework: str,
    year: int,
    criterion: str | None = None,
    schools: Iterable[str] | None = None,
) -> tuple[Cell, ...]:
    """Those of these schools (None: all) that the viewer may see on a round's criteria (or on one of them), by school
    and criterion id."""
    one = "($criterion is null or criterion = $criterion)"
    where = f" where framework = $framework and year = $year and {one} and {OF_SCHOOLS} order by school_id, criterion"
    asked = {"framework": framework, "year": year, "criterion": criterion, "schools": viewer.told_of(schools)}
    return cells_of(view, CELL + where, asked)


def cells_of(view: View, sql: str, parameters: Sequence | dict[str, Any]) -> tuple[Cell, ...]:
    """The rows of a question that begins with CELL."""
    cells = []
    for row in view.rows(sql, parameters):
        values = list(row)
        values[14] = None if row[14] is None else tuple(row[14])
        cells.append(Cell(*values))
    return tuple(cells)


def _allow(viewer: Viewer, school_id: str) -> None:
    if not viewer.may_see_figures(school_id):
        raise NotAllowed(school_id)
