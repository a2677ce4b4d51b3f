"""Schools' published figures: one school over the years, or all schools in a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.model import NotAllowed, Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class Cell:
    """A school on a criterion in a round; every figure is None where the status is hidden.

    Means, their 95 % interval (Student's t) and the median in levels, shares 0-1. `levels`: answers per level, lowest
    first; None under ten answers. `goal_met`: the framework's rule on the raw figures. `status` is a value of Status.
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
    median: int | None
    levels: tuple[int, ...] | None
    goal_met: bool | None
    status: str


@dataclass(frozen=True, slots=True)
class AreaCell:
    """A school on an area ('' = all areas) in a round: the mean of the shown criteria's means, in levels.

    Every figure is None where no criterion is shown. `interval_basis`: 'respondents' where the 95 % interval follows
    each of the `respondents` over the criteria; 'bound' where only counts may be used, and the interval is the widest
    that the criteria's own allow. `shown` of the `asked` criteria, `at_goal` of the shown ones meet the goal.
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


CELL = (
    "select framework, year, school_id, criterion, area, n, dont_know, mean, ci_low, ci_high, share_at_goal, median,"
    " levels, goal_met, status from cell"
)
AREA_CELL = (
    "select framework, year, school_id, area, mean, ci_low, ci_high, interval_basis, respondents, shown, asked, at_goal"
    " from area_cell"
)


def school_cells(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> tuple[Cell, ...]:
    """A school on every criterion that it was asked in a round, by criterion id; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework = ? and year = ? order by criterion"
    return _cells(view, CELL + where, [school_id, framework, year])


def school_areas(view: View, viewer: Viewer, school_id: str, frameworks: Sequence[str]) -> tuple[AreaCell, ...]:
    """A school on every area in every round of these frameworks, by year; raises NotAllowed."""
    _allow(viewer, school_id)
    where = " where school_id = ? and framework in (select unnest(?)) order by year, framework, area"
    return view.records(AreaCell, AREA_CELL + where, [school_id, list(frameworks)])


def round_areas(view: View, viewer: Viewer, framework: str, year: int) -> tuple[AreaCell, ...]:
    """Every school that the viewer may see on every area of a round, by school id and area."""
    where = " where framework = ? and year = ? order by school_id, area"
    found = view.records(AreaCell, AREA_CELL + where, [framework, year])
    return tuple(row for row in found if viewer.may_see(row.school_id))


def round_cells(
    view: View, viewer: Viewer, framework: str, year: int, criterion: str | None = None
) -> tuple[Cell, ...]:
    """Every school that the viewer may see on a round's criteria (or on one of them), by school and criterion id."""
    where = " where framework = ? and year = ? and (? is null or criterion = ?) order by school_id, criterion"
    found = _cells(view, CELL + where, [framework, year, criterion, criterion])
    return tuple(cell for cell in found if viewer.may_see(cell.school_id))


def _cells(view: View, sql: str, parameters: Sequence) -> tuple[Cell, ...]:
    return tuple(
        Cell(*row[:12], None if row[12] is None else tuple(row[12]), *row[13:]) for row in view.rows(sql, parameters)
    )


def _allow(viewer: Viewer, school_id: str) -> None:
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
