"""What has been published of each school so far, with its noise: what changes and forecasts are made from."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import duckdb
import numpy as np

from analytics.maturity.publish.areas import Areas
from analytics.model.frameworks import WHOLE

# Where all answer alike by chance there is noise all the same: as much as in the city's other schools.
CELLS = """
    select cell.framework, cell.year, cell.school_id, cell.area, cell.criterion, cell.n, cell.mean,
        coalesce(nullif(cell.sd, 0), city_cell.within_school_sd, 'nan') as sd
    from cell join city_cell using (framework, year, criterion)
    where cell.mean is not null order by all
"""
CITY_SD = "select framework, year, area, coalesce(within_school_sd, 'nan') from city_area"

RoundKey = tuple[str, int]  # framework, year
Thing = tuple[str, str]  # area, criterion ('': the area's mean; both '': over all areas)


class ShownMean(NamedTuple):
    """A school's mean on a thing in a round; `sd`: the standard deviation of n answers, nan where nothing tells it."""

    mean: float
    sd: float
    n: float
    counted: int | None  # n as it may be told

    @property
    def noise(self) -> float:
        """The square of the mean's standard error."""
        return self.sd * self.sd / self.n


Figures = dict[RoundKey, dict[Thing, ShownMean]]


def comparable(figures: Figures, before: RoundKey, after: RoundKey) -> list[Thing]:
    """What may be compared between two rounds of one framework: criteria that both show, and areas that are made of the
    same criteria in both. Else an area would move by what is left out of it."""
    then, now = figures.get(before, {}), figures.get(after, {})
    changed = {area for area, criterion in then.keys() ^ now.keys() if criterion}
    changed |= {WHOLE} if changed else set()
    return [thing for thing in now if thing in then and (thing[1] or thing[0] not in changed)]


def shown_figures(connection: duckdb.DuckDBPyConnection, areas: Areas) -> dict[str, Figures]:
    """school -> round -> thing -> its figure, from what is shown."""
    found: dict[str, Figures] = defaultdict(lambda: defaultdict(dict))
    for framework, year, school_id, area, criterion, n, mean, sd in connection.execute(CELLS).fetchall():
        found[school_id][framework, year][area, criterion] = ShownMean(mean, sd, n, n)
    city = {(framework, year, area): sd for framework, year, area, sd in connection.execute(CITY_SD).fetchall()}
    own_sd = (areas.error * np.sqrt(areas.people)).tolist()
    for i, (framework, year, school_id, area) in enumerate(areas.keys):
        if not np.isnan(areas.mean[i]):
            counted = int(areas.people[i]) if areas.followed[i] else None
            sd = own_sd[i] or city[framework, year, area]
            found[school_id][framework, year][area, ""] = ShownMean(areas.mean[i], sd, areas.people[i], counted)
    return found
