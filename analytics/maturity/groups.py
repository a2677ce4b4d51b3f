"""A group of schools (similar ones, or a choice of one's own) as one figure, from shown cells alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.maturity.city import allow_city
from analytics.model.schools import Viewer
from analytics.store.reading import View

LEAST_SCHOOLS = 5
"""Where the viewer may not see each of the schools, fewer of them would tell of the others."""


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """The mean of the `schools` of the group that are shown, each once, in levels, with the lowest and highest of them;
    None where none is shown, or too few for this viewer."""

    schools: int
    mean: float | None
    lowest: float | None
    highest: float | None


CELLS = """
    select criterion, count(mean), avg(mean), min(mean), max(mean) from cell
    where framework = ? and year = ? and school_id in (select unnest(?)) group by criterion
"""
AREAS = """
    select area, count(mean), avg(mean), min(mean), max(mean) from area_cell
    where framework = ? and year = ? and school_id in (select unnest(?)) group by area
"""


def group_cells(
    view: View, viewer: Viewer, framework: str, year: int, schools: Sequence[str]
) -> dict[str, GroupFigure]:
    """criterion -> the group's figure on it; a criterion that none of the schools was asked has none."""
    return _figures(view, viewer, CELLS, [framework, year, list(schools)])


def group_areas(
    view: View, viewer: Viewer, framework: str, year: int, schools: Sequence[str]
) -> dict[str, GroupFigure]:
    """area ('' = all areas) -> the group's figure on it."""
    return _figures(view, viewer, AREAS, [framework, year, list(schools)])


def _figures(view: View, viewer: Viewer, sql: str, parameters: list) -> dict[str, GroupFigure]:
    allow_city(viewer)
    least = 1 if all(map(viewer.may_see_figures, parameters[-1])) else LEAST_SCHOOLS
    return {
        thing: GroupFigure(shown, *(figures if shown >= least else (None, None, None)))
        for thing, shown, *figures in view.rows(sql, parameters)
    }
