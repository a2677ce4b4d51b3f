"""Where the other schools lie, for a school that is not told which is which."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.model.people import OtherSchools
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class NamelessMean:
    """The mean of some school that is not the viewer's own, on an area ('' = all areas), in levels to one decimal.
    Nothing says which school's, nor whether another one is the same school's."""

    area: str
    mean: float


def other_means(view: View, viewer: Viewer, framework: str, year: int) -> tuple[NamelessMean, ...]:
    """Those of a round, by area and size; none where the viewer is told nothing of others, or is told their names, nor
    of an area on which fewer than five others are shown."""
    if viewer.others is not OtherSchools.DOTS:
        return ()
    where = "where framework = ? and year = ? order by area, mean"
    return view.records(NamelessMean, f"select area, mean from other_mean {where}", [framework, year])
