"""What changed between two rounds, and what it would have taken to say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from analytics.maturity.city import allow_city
from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """A school on a criterion (or, with criterion '', on an area; '' = all areas) since an earlier round; in levels.

    `needed`: the least difference that is a clear change, judged from the whole down with all that is said of the
    school; None where the answers cannot tell. `before_n` and `n` are answers (of an area: respondents), None where
    they may not be told. `compared`: on how many criteria; `left_out`: how many that either round asked are not
    compared, as they were not asked, or are not shown, both times. `clear_in_city`: clear in a list of the city's
    schools too, which is controlled over the schools.
    """

    framework: str
    year: int
    school_id: str
    area: str
    criterion: str
    before_framework: str
    before_year: int
    before_criterion: str
    before_mean: float
    mean: float
    before_n: int | None
    n: int | None
    difference: float
    needed: float | None
    clear: bool
    clear_in_city: bool
    compared: int
    left_out: int


@dataclass(frozen=True, slots=True)
class CityChange:
    """The city on a criterion or area since an earlier round: the mean of the `schools` that are shown in both, each on
    the criteria that it shows both times. `compared`, `left_out`: criteria that are compared in any school, in none."""

    framework: str
    year: int
    area: str
    criterion: str
    before_framework: str
    before_year: int
    before_criterion: str
    schools: int
    before_mean: float
    mean: float
    difference: float
    needed: float | None
    clear: bool
    compared: int
    left_out: int


Row = TypeVar("Row", SchoolChange, CityChange)

SCHOOL_CHANGE = (
    "select framework, year, school_id, area, criterion, before_framework, before_year, before_criterion, before_mean,"
    " mean, before_n, n, difference, needed, clear, clear_in_city, compared, left_out from school_change"
)
CITY_CHANGE = (
    "select framework, year, area, criterion, before_framework, before_year, before_criterion, schools, before_mean,"
    " mean, difference, needed, clear, compared, left_out from city_change"
)


def school_changes(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> tuple[SchoolChange, ...]:
    """A school's changes in a round since the one before and since the framework's first; raises NotAllowed."""
    if not viewer.may_see_figures(school_id):
        raise NotAllowed(school_id)
    where = " where school_id = ? and framework = ? and year = ? order by before_year, area, criterion"
    return view.records(SchoolChange, SCHOOL_CHANGE + where, [school_id, framework, year])


def round_changes(view: View, viewer: Viewer, framework: str, year: int) -> tuple[SchoolChange, ...]:
    """The changes over all areas (area '', criterion '') of every school that the viewer may see, by school id."""
    where = " where framework = ? and year = ? and area = '' and criterion = '' order by school_id, before_year"
    found = view.records(SchoolChange, SCHOOL_CHANGE + where, [framework, year])
    return tuple(row for row in found if viewer.may_see_figures(row.school_id))


class SchoolsMoved(NamedTuple):
    """How many schools can be compared on a criterion, have clearly risen, and have clearly fallen, controlled over the
    schools."""

    schools: int
    raised: int
    lowered: int


def schools_moved(view: View, viewer: Viewer, framework: str, year: int, criterion: str) -> dict[int, SchoolsMoved]:
    """By the year of the earlier round, of the schools that the viewer may see."""
    found = view.rows(
        "select before_year, count(*), count(*) filter (clear_in_city and difference > 0),"
        " count(*) filter (clear_in_city and difference < 0) from school_change"
        " where framework = $framework and year = $year and criterion = $criterion and needed is not null"
        f" and {OF_SCHOOLS} group by before_year",
        {"framework": framework, "year": year, "criterion": criterion, "schools": viewer.told_of()},
    )
    return {before_year: SchoolsMoved(*counted) for before_year, *counted in found}


def city_changes(
    view: View, viewer: Viewer, framework: str, year: int, criterion: str | None = None
) -> tuple[CityChange, ...]:
    """The city's changes in a round since the one before and since the framework's first; on one criterion, where it is
    named."""
    allow_city(viewer)
    where = " where framework = ? and year = ? and coalesce(criterion = ?, true) order by before_year, area, criterion"
    return view.records(CityChange, CITY_CHANGE + where, [framework, year, criterion])


def since_last(found: Sequence[Row]) -> tuple[Row, ...]:
    """Those since the round just before."""
    last = max((row.before_year for row in found), default=None)
    return tuple(row for row in found if row.before_year == last)


def since_first(found: Sequence[Row]) -> tuple[Row, ...]:
    """Those since the framework's first round; of a framework's own first round, those since the framework before."""
    first = min((row.before_year for row in found), default=None)
    return tuple(row for row in found if row.before_year == first)
