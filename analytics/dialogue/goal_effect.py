"""How the criteria that were worked on moved from one round to the next, beside those that were not.

Criteria are picked because they are low, and what is low by chance rises by itself (regression to the mean; Galton
1886). So the change is also held against what would have been expected from where each criterion started: what the
criteria that nobody worked on did, given their own start, their school's mean and their criterion's mean in the city
(least squares; the analysis of covariance that Vickers & Altman 2001 recommend for change from a baseline). The start
alone would not do: a criterion at 2.4 is more likely to be there by chance in a school whose mean is 3.0 than in one
whose mean is 2.4. Tried on made-up worlds (tests/dialogue), it then finds an effect where there is none.

All that was agreed on counts as worked on, also what was dropped: else only what went well would be counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analytics.maturity.methods.intervals import t_factor
from analytics.maturity.rounds import rounds
from analytics.maturity.schools import round_cells
from analytics.model.dialogue import Agreement
from analytics.model.frameworks import Framework
from analytics.model.schools import SchoolLink, Viewer, breaks_of, links_among, school_links
from analytics.store.reading import View
from analytics.store.reference import read_schools
from analytics.store.rows import read_rows

CALIPER = 0.25  # levels: how near another criterion must have started to tell what was to be expected
LEAST_ALIKE = 10  # criteria that started as near, among those not worked on
LEAST_SCHOOLS = 5  # fewer tell nothing of the spread between schools; the same floor as for answers


class CriterionPair(NamedTuple):
    """A school's criterion that is shown in both rounds: its means, in levels, and whether it was worked on."""

    school_id: str
    criterion: str
    start: float
    end: float
    worked_on: bool

    @property
    def change(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class ChosenCriteriaChange:
    """How worked-on criteria moved, in levels. Each of the `schools` counts once, with the mean of its `cells`.

    `start`: where they started; `change`: with its 95 % interval; `expected`: what was to be expected from where they
    started; `beyond`: the change beyond that, with its 95 % interval (Student's t over schools).
    """

    schools: int
    cells: int
    start: float
    change: float
    change_low: float
    change_high: float
    expected: float
    beyond: float
    beyond_low: float
    beyond_high: float


@dataclass(frozen=True, slots=True)
class OtherCriteriaChange:
    """How the criteria that nobody worked on moved, each of the `schools` counting once; in levels."""

    schools: int
    cells: int
    start: float
    change: float
    change_low: float
    change_high: float


@dataclass(frozen=True, slots=True)
class AreaEffect:
    """An area's plain changes in levels, a mean over the cells; None where fewer than five schools have any."""

    area: str
    worked_on_cells: int
    worked_on: float | None
    other_cells: int
    others: float | None


@dataclass(frozen=True, slots=True)
class GoalCriteriaEffect:
    """From `year` to `next_year`. `moved` is None where fewer than five schools can be told; `left_out`: worked-on
    criteria that are hidden in one of the rounds, that started where too few others did, or whose school became another
    in between; of those, `links` are why."""

    year: int
    next_year: int
    moved: ChosenCriteriaChange | None
    others: OtherCriteriaChange | None
    areas: tuple[AreaEffect, ...]
    left_out: int
    links: tuple[SchoolLink, ...] = ()


def goal_criteria_effect(view: View, viewer: Viewer, framework: Framework, year: int) -> GoalCriteriaEffect | None:
    """From the dialogues' round to the framework's next one; None where there is no next one. Shown cells of the
    schools that the viewer may see, alone."""
    later = [found.year for found in rounds(view) if found.framework == framework.id and found.year > year]
    if not later:
        return None
    told = read_rows(view, Agreement, "framework = ? and year = ?", [framework.id, year])
    agreed = {(row.school_id, row.criterion) for row in told if viewer.may_see(row.school_id)}
    schools = read_schools(view)
    others = breaks_of(link for link in school_links(schools) if year < link.first_year <= min(later))
    links = [link for link in links_among(schools) if year < link.first_year <= min(later)]
    pairs = [pair for pair in _pairs(view, viewer, framework, year, min(later), agreed) if pair.school_id not in others]
    moved, used = chosen_criteria_change(pairs)
    areas = tuple(
        _area(area.id, [p for p in pairs if p.criterion in {c.id for c in area.criteria}]) for area in framework.areas
    )
    return GoalCriteriaEffect(
        year, min(later), moved, _others(pairs), areas, len(agreed) - used, _of_agreeing(links, agreed)
    )


def _of_agreeing(links: Sequence[SchoolLink], agreed: set[tuple[str, str]]) -> tuple[SchoolLink, ...]:
    """Those by which a school with goals is another, or is no more."""
    schools = {school for school, _ in agreed}
    return tuple(link for link in links if schools & {link.school, link.other})


def _pairs(
    view: View, viewer: Viewer, framework: Framework, year: int, next_year: int, agreed: set[tuple[str, str]]
) -> list[CriterionPair]:
    after = {(c.school_id, c.criterion): c.mean for c in round_cells(view, viewer, framework.id, next_year)}
    found = []
    for cell in round_cells(view, viewer, framework.id, year):
        key = (cell.school_id, cell.criterion)
        end = after.get(key)
        if cell.mean is not None and end is not None:
            found.append(CriterionPair(*key, cell.mean, end, key in agreed))
    return found


def chosen_criteria_change(pairs: Sequence[CriterionPair]) -> tuple[ChosenCriteriaChange | None, int]:
    """The worked-on ones among the pairs, and how many of them could be used; None where fewer than five schools have
    any such."""
    ours = [pair for pair in pairs if pair.worked_on]
    others = [pair for pair in pairs if not pair.worked_on]
    starts = np.sort([pair.start for pair in others])
    alike = [np.diff(np.searchsorted(starts, [p.start - CALIPER, p.start + CALIPER]))[0] for p in ours]
    used = [pair for pair, n in zip(ours, alike, strict=True) if n >= LEAST_ALIKE]
    if len({pair.school_id for pair in used}) < LEAST_SCHOOLS:
        return None, len(used)
    expected = _expected(pairs, others, used)
    change = _by_school(used, [pair.change for pair in used])
    beyond = _by_school(used, [pair.change - value for pair, value in zip(used, expected, strict=True)])
    return (
        ChosenCriteriaChange(
            len(change),
            len(used),
            float(_by_school(used, [pair.start for pair in used]).mean()),
            *_mean_interval(change),
            float(_by_school(used, expected).mean()),
            *_mean_interval(beyond),
        ),
        len(used),
    )


def _expected(
    pairs: Sequence[CriterionPair], others: Sequence[CriterionPair], wanted: Sequence[CriterionPair]
) -> list[float]:
    """The change of the wanted, foretold from how the others changed: by their start, their school's mean and their
    criterion's."""
    schools = _levels((pair.school_id, pair.start) for pair in pairs)
    criteria = _levels((pair.criterion, pair.start) for pair in pairs)

    def known(of: Sequence[CriterionPair]) -> np.ndarray:
        return np.array([(1.0, pair.start, schools[pair.school_id], criteria[pair.criterion]) for pair in of])

    weights, *_ = np.linalg.lstsq(known(others), np.array([pair.change for pair in others]), rcond=None)
    return (known(wanted) @ weights).tolist()


def _levels(starts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The mean start of each school, or of each criterion."""
    found: dict[str, list[float]] = defaultdict(list)
    for of, start in starts:
        found[of].append(start)
    return {of: float(np.mean(values)) for of, values in found.items()}


def _others(pairs: Sequence[CriterionPair]) -> OtherCriteriaChange | None:
    of = [pair for pair in pairs if not pair.worked_on]
    change = _by_school(of, [pair.change for pair in of])
    if len(change) < LEAST_SCHOOLS:
        return None
    start = _by_school(of, [pair.start for pair in of])
    return OtherCriteriaChange(len(change), len(of), float(start.mean()), *_mean_interval(change))


def _area(area: str, pairs: Sequence[CriterionPair]) -> AreaEffect:
    means = []
    for ours in (True, False):
        of = [pair for pair in pairs if pair.worked_on is ours]
        enough = len({pair.school_id for pair in of}) >= LEAST_SCHOOLS
        means += [len(of), float(np.mean([pair.change for pair in of])) if enough else None]
    return AreaEffect(area, *means)


def _by_school(pairs: Sequence[CriterionPair], values: Sequence[float]) -> np.ndarray:
    """The mean of each school's values."""
    found: dict[str, list[float]] = defaultdict(list)
    for pair, value in zip(pairs, values, strict=True):
        found[pair.school_id].append(value)
    return np.array([np.mean(of) for of in found.values()])


def _mean_interval(values: np.ndarray) -> tuple[float, float, float]:
    """The mean of schools and its 95 % interval: Student's t."""
    mean = float(values.mean())
    half = float(t_factor(len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return mean, mean - half, mean + half
