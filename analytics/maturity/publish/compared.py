"""Which of the schools' figures can be compared between two rounds, of all schools at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.maturity.publish.shown import Figures, RoundKey, ShownRows, Thing, on_some
from analytics.model.frameworks import WHOLE

SEPARATOR = "\x1f"  # in no id
FIGURES = ("mean", "sd", "n", "counted")
WHOLES, AREAS, CRITERIA = range(3)
"""The steps in which differences are judged."""


class RoundPair(NamedTuple):
    """Figures of schools to compare between two rounds, a row each, in the order of their things and of the schools.
    `keys`: (area, criterion, criterion before), one of which is a row's `key`, each with its `step`. `now`, `before`:
    FIGURES, a row each. `compared`: on how many criteria, `left_out`: how many more either round asked. `both`,
    `either`: the criteria (x schools) that are shown both times, and those that are asked at least once; `parts`: which
    of them a key is made of."""

    keys: list[tuple[str, str, str]]
    step: np.ndarray
    key: np.ndarray
    school: np.ndarray
    now: np.ndarray
    before: np.ndarray
    compared: np.ndarray
    left_out: np.ndarray
    both: np.ndarray
    either: np.ndarray
    parts: np.ndarray


class SchoolGrid:
    """A framework's figures: things (criteria, then areas) x schools x rounds; nan where nothing is shown."""

    def __init__(self, schools: pa.Array, shown: ShownRows, asked: pa.Table):
        """`schools`: of all frameworks. The rows of `shown` and `asked` are the framework's."""
        self.years = np.unique(asked["year"].to_numpy()).astype(int)
        area, criterion = (asked[name].combine_chunks() for name in ("area", "criterion"))
        self.criteria: list[Thing] = _things(area, criterion)
        of_area = pc.equal(shown.criterion, "")
        self.areas = _things(shown.area.filter(of_area), shown.criterion.filter(of_area))
        things = [*self.criteria, *self.areas]

        def places(area: pa.Array, criterion: pa.Array, school_id: pa.Array, year: np.ndarray) -> tuple:
            thing = pc.index_in(_one(area, criterion), pa.array([SEPARATOR.join(each) for each in things]))
            school = pc.index_in(school_id, schools)
            return thing.to_numpy(), school.to_numpy(), np.searchsorted(self.years, year)

        self.figures = np.full((len(FIGURES), len(things), len(schools), len(self.years)), np.nan)
        at = places(shown.area, shown.criterion, shown.school_id, shown.year)
        for grid, figure in zip(self.figures, (getattr(shown, name) for name in FIGURES), strict=True):
            grid[at] = figure
        self.asked = np.zeros((len(self.criteria), len(schools), len(self.years)), dtype=bool)
        self.asked[places(area, criterion, asked["school_id"].combine_chunks(), asked["year"].to_numpy())] = True
        self.shown = ~np.isnan(self.figures[0])
        of_areas = np.array([[name in (WHOLE, area) for area, _ in self.criteria] for name, _ in self.areas], dtype=int)
        self.parts = np.concatenate([np.eye(len(self.criteria), dtype=int), of_areas.reshape(-1, len(self.criteria))])

    def at(self, year: int) -> int:
        """The place of a round."""
        return int(np.searchsorted(self.years, year))


def within(
    grid: SchoolGrid, now: RoundKey, before: RoundKey, schools: list[str], of: Mapping[str, Figures]
) -> RoundPair:
    """Of two rounds of a framework: the criteria that both show, and the areas on those alone. `of`: the same figures,
    school by school."""
    here, then, own = grid.at(now[1]), grid.at(before[1]), slice(len(grid.criteria))
    both, either = grid.shown[own, :, here] & grid.shown[own, :, then], grid.asked[..., here] | grid.asked[..., then]
    common = grid.parts @ both
    key, school = np.nonzero(grid.shown[:, :, here] & (common > 0))
    figures = []
    for round_, at in ((now, here), (before, then)):
        told = grid.figures[:, key, school, at]
        for row in np.flatnonzero((common < grid.parts @ grid.shown[own, :, at])[key, school]):
            area, of_area = grid.areas[key[row] - len(grid.criteria)][0], grid.parts[key[row]].astype(bool)
            each = of[schools[school[row]]][round_]
            these = [grid.criteria[i] for i in np.flatnonzero(of_area & both[:, school[row]])]
            every = [grid.criteria[i] for i in np.flatnonzero(of_area & grid.shown[own, school[row], at])]
            mean = on_some(these, each, area, every)
            told[:, row] = *mean[:3], np.nan
        figures.append(told)
    compared = common[key, school]
    asked = np.where(key < len(grid.criteria), compared, (grid.parts @ either)[key, school])
    step = [CRITERIA] * len(grid.criteria) + [WHOLES if area == WHOLE else AREAS for area, _ in grid.areas]
    keys = [(*thing, thing[1]) for thing in (*grid.criteria, *grid.areas)]
    return RoundPair(keys, np.array(step), key, school, *figures, compared, asked - compared, both, either, grid.parts)


def across(grid: SchoolGrid, former: SchoolGrid, now: int, before: int, words: Mapping[str, str]) -> RoundPair:
    """Of rounds of two frameworks: the criteria in the same `words` alone."""
    here, then = grid.at(now), former.at(before)
    pairs = [
        (i, j)
        for i, (_, criterion) in enumerate(grid.criteria)
        for j, (_, other) in enumerate(former.criteria)
        if words.get(criterion) == other
    ]
    own, its = (np.array(each, dtype=int) for each in (zip(*pairs, strict=True) if pairs else ((), ())))
    both = grid.shown[own, :, here] & former.shown[its, :, then]
    key, school = np.nonzero(both)
    figures = grid.figures[:, own[key], school, here], former.figures[:, its[key], school, then]
    keys = [(*grid.criteria[i], former.criteria[j][1]) for i, j in pairs]
    step, one = np.full(len(pairs), CRITERIA), np.ones(len(key), dtype=int)
    return RoundPair(keys, step, key, school, *figures, one, one - 1, both, both, np.eye(len(pairs), dtype=int))


def grids_of(schools: pa.Array, shown: ShownRows, asked: pa.Table) -> dict[str, SchoolGrid]:
    """framework -> its figures. `asked`: a row a cell, hidden ones too."""
    found = {}
    for framework in asked["framework"].unique().to_pylist():
        these = pc.equal(shown.framework, framework)
        at = these.to_numpy(zero_copy_only=False)
        own = ShownRows(*(each[at] if isinstance(each, np.ndarray) else each.filter(these) for each in shown))
        found[framework] = SchoolGrid(schools, own, asked.filter(pc.equal(asked["framework"], framework)))
    return found


def _one(area: pa.Array, criterion: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(area, criterion, SEPARATOR)


def _things(area: pa.Array, criterion: pa.Array) -> list[Thing]:
    """Each that there is, once, in order."""
    rows = pa.table([area, criterion], ["area", "criterion"]).group_by(["area", "criterion"]).aggregate([])
    return sorted(zip(rows["area"].to_pylist(), rows["criterion"].to_pylist(), strict=True))
