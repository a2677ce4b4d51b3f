"""What has been published of each school so far, with its noise: what changes and forecasts are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from analytics.maturity.publish.areas import Areas
from analytics.model.frameworks import WHOLE

# Where all answer alike by chance there is noise all the same: as much as in the city's other schools.
CELLS = """
    select cell.framework, cell.year, cell.school_id, cell.area, cell.criterion, cell.n, cell.noise_n, cell.mean,
        coalesce(nullif(cell.noise_sd, 0), city_cell.within_school_sd, 'nan') as sd
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
    counted: int | None  # n as it may be told: not of few

    @property
    def noise(self) -> float:
        """The square of the mean's standard error."""
        return self.sd * self.sd / self.n


Figures = dict[RoundKey, dict[Thing, ShownMean]]


def comparable(figures: Figures, before: RoundKey, after: RoundKey) -> dict[Thing, tuple[ShownMean, ShownMean]]:
    """What may be compared between two rounds of one framework, after and before: the criteria that both show, and the
    areas on those criteria alone. Else an area would move by what is left out of it."""
    then, now = figures.get(before, {}), figures.get(after, {})
    found = {thing: (now[thing], then[thing]) for thing in now if thing[1] and thing in then}
    common, of_now, of_then = made_of(found), made_of(now), made_of(then)
    for area in [area for area, criterion in now if not criterion]:
        if area in common:
            these = common[area]
            found[area, ""] = (on_some(these, now, area, of_now[area]), on_some(these, then, area, of_then[area]))
    return found


def made_of(things: Iterable[Thing]) -> dict[str, tuple[Thing, ...]]:
    """Area -> the criteria among these that it is made of, all of them together too; areas that have any."""
    return _made_of(tuple(things))


@lru_cache(maxsize=1024)  # a framework's schools nearly all show the same
def _made_of(things: tuple[Thing, ...]) -> dict[str, tuple[Thing, ...]]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        if thing[1]:
            found.setdefault(WHOLE, []).append(thing)
            found.setdefault(thing[0], []).append(thing)
    return {area: tuple(criteria) for area, criteria in found.items()}


def on_some(criteria: Sequence[Thing], shown: dict[Thing, ShownMean], area: str, every: Sequence[Thing]) -> ShownMean:
    """The area's mean in a round on some of its criteria, from what is shown of them and of the area: people's answers
    go together on these as much as they do over all that the round shows of the area (`every`)."""
    whole = shown[area, ""]
    if len(criteria) == len(every):
        return whole
    mean = float(np.mean([shown[thing].mean for thing in criteria]))
    together = _correlation(whole, [shown[thing] for thing in every])
    parts = np.array([shown[thing].noise for thing in criteria])
    noise = _summed(parts, together) / len(parts) ** 2
    answers = [shown[thing].n for thing in criteria]
    n = min(answers) if whole.counted is None else max(answers)
    return ShownMean(mean, float(np.sqrt(noise * n)), n, None)


def _correlation(whole: ShownMean, parts: list[ShownMean]) -> float:
    """How the criteria's noise goes together (0-1, the same for each two), for their mean to have the noise it has."""
    noise = np.array([part.noise for part in parts])
    apart, alike = _summed(noise, 0.0), _summed(noise, 1.0)
    return float(np.clip((whole.noise * len(parts) ** 2 - apart) / (alike - apart), 0, 1)) if alike > apart else 1.0


def _summed(noise: np.ndarray, correlation: float) -> float:
    """The variance of a sum of figures with these variances."""
    return float(noise.sum() * (1 - correlation) + np.sqrt(noise).sum() ** 2 * correlation)


class ShownRows(NamedTuple):
    """What is shown of each school, an entry a figure: cells, and areas, whose criterion is ''. The keys are Arrow's,
    the rest is as in ShownMean, `counted` nan where it may not be told."""

    framework: pa.Array
    year: np.ndarray
    school_id: pa.Array
    area: pa.Array
    criterion: pa.Array
    mean: np.ndarray
    sd: np.ndarray
    n: np.ndarray
    counted: np.ndarray


def shown_rows(connection: duckdb.DuckDBPyConnection, areas: Areas) -> ShownRows:
    """Of all that is shown, cells first, in the order of their keys."""
    cells = connection.execute(CELLS).to_arrow_table()
    city = {(framework, year, area): sd for framework, year, area, sd in connection.execute(CITY_SD).fetchall()}
    at = np.flatnonzero(~np.isnan(areas.mean)).tolist()
    keys = [areas.keys[i] for i in at]
    framework, year, school_id, area = zip(*keys, strict=True) if keys else ((), (), (), ())
    sd = (areas.error * np.sqrt(areas.people))[at]
    alike = np.flatnonzero(sd == 0)  # all answer alike
    sd[alike] = [city[keys[i][0], keys[i][1], keys[i][3]] for i in alike]
    of_areas: dict = {"framework": framework, "school_id": school_id, "area": area, "criterion": [""] * len(at)}
    people, mean = areas.people[at], areas.mean[at]
    counted = np.where(areas.counted[at], np.floor(people), np.nan)

    def texts(name: str) -> pa.Array:
        return pa.concat_arrays([cells[name].combine_chunks(), pa.array(of_areas[name], pa.string())])

    def numbers(name: str, more: np.ndarray | tuple) -> np.ndarray:
        return np.concatenate([cells[name].cast(pa.float64()).to_numpy(), np.asarray(more, dtype=float)])

    return ShownRows(
        texts("framework"), numbers("year", year).astype(int), texts("school_id"), texts("area"), texts("criterion"),
        numbers("mean", mean), numbers("sd", sd), numbers("noise_n", people), numbers("n", counted),
    )  # fmt: skip


def shown_figures(rows: ShownRows) -> dict[str, Figures]:
    """school -> round -> thing -> its figure."""
    found: dict[str, Figures] = defaultdict(lambda: defaultdict(dict))
    counted = [None if n != n else int(n) for n in rows.counted.tolist()]
    keys = (each.to_pylist() for each in (rows.school_id, rows.framework, rows.area, rows.criterion))
    figures = (each.tolist() for each in (rows.year, rows.mean, rows.sd, rows.n))
    for school_id, framework, area, criterion, year, *figure, told in zip(*keys, *figures, counted, strict=True):
        found[school_id][framework, year][area, criterion] = ShownMean(*figure, told)
    return found
