"""What those who certify found, held against what the staff said: which criteria do schools rate too high?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.maturity.city import allow_city
from analytics.maturity.methods.claims import claims
from analytics.maturity.methods.intervals import t_interval
from analytics.model.dialogue import Finding
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.store.rows import read_rows

LEAST_SCHOOLS = 5
"""Fewer schools than these have no figure together: one or two certifications would be all of it."""


@dataclass(frozen=True, slots=True)
class RatingGap:
    """A school on a criterion: the staff's own mean in the round of `year`, and the `level` it was found at."""

    school_id: str
    criterion: str
    year: int
    own: float
    level: int
    day: date

    @property
    def difference(self) -> float:
        """In levels; above 0: the staff rate higher than those who certify."""
        return self.own - self.level


@dataclass(frozen=True, slots=True)
class CriterionFindings:
    """A criterion over the `schools` that have both: the mean of their own means, of the levels found, and of the
    differences, in levels, with its 95 % interval (Student's t over schools). Figures are None for fewer than five
    schools. `clear`: the difference is beyond chance, with the criteria controlled together (Benjamini-Hochberg)."""

    criterion: str
    schools: int
    own: float | None
    found: float | None
    difference: float | None
    low: float | None
    high: float | None
    clear: bool

    @property
    def too_high(self) -> bool:
        return self.clear and present(self.difference) > 0

    @property
    def too_low(self) -> bool:
        return self.clear and present(self.difference) < 0


def school_differences(
    view: View, viewer: Viewer, framework: Framework, until: date | None = None
) -> tuple[RatingGap, ...]:
    """A row a school x criterion that has a finding (its latest up to `until`) and a shown own mean to hold against it,
    of the schools that the viewer may see, by school and criterion."""
    return tuple(row for row in _differences(view, framework, until) if viewer.may_see(row.school_id))


def self_against_findings(
    view: View, viewer: Viewer, framework: Framework, until: date | None = None
) -> tuple[CriterionFindings, ...]:
    """A row a criterion with any finding that can be held against the staff's own mean, in the framework's order.

    The own mean is that of the school's latest round at or before the finding: rounds are known by their year, and one
    in the finding's own year counts as before it. Where it is hidden there, the school is left out on that criterion;
    an older round would be about another staff. A finding is a whole level and a mean is not, so single differences of
    half a level say nothing. Schools are not named: whoever may see any school may see this.
    """
    allow_city(viewer)
    by_criterion: dict[str, list[RatingGap]] = {}
    for row in _differences(view, framework, until):
        by_criterion.setdefault(row.criterion, []).append(row)
    ordered = [criterion.id for criterion in framework.criteria if criterion.id in by_criterion]
    told = [id_ for id_ in ordered if len(by_criterion[id_]) >= LEAST_SCHOOLS]
    figures = dict(zip(told, _figures([by_criterion[id_] for id_ in told]), strict=True))
    nothing = (None,) * 5 + (False,)
    return tuple(CriterionFindings(id_, len(by_criterion[id_]), *figures.get(id_, nothing)) for id_ in ordered)


def _figures(told: list[list[RatingGap]]) -> Iterable[tuple]:
    """Own, found, difference, its interval, clear: for each criterion's schools."""
    n = np.array([len(rows) for rows in told])
    mean = np.array([np.mean([row.difference for row in rows]) for rows in told])
    sd = np.array([np.std([row.difference for row in rows], ddof=1) for rows in told])
    low, high = t_interval(mean, sd, n)
    clear = claims(mean, sd / np.sqrt(n), n - 1.0, np.zeros(len(n), dtype=np.int64)).clear
    for rows, *figures, is_clear in zip(told, mean, low, high, clear, strict=True):
        own, found = (float(np.mean([getattr(row, name) for row in rows])) for name in ("own", "level"))
        yield own, found, *map(float, figures), bool(is_clear)


def _differences(view: View, framework: Framework, until: date | None) -> list[RatingGap]:
    where, parameters = "framework = ?", [framework.id]
    if until:
        where, parameters = where + " and day <= ?", [*parameters, until]
    findings = sorted(read_rows(view, Finding, where, parameters), key=lambda row: row.day)
    latest = {(row.school_id, row.criterion): row for row in findings}
    if not latest:
        return []
    asked = [framework.id, sorted({school for school, _ in latest})]
    of_these = "where framework = ? and school_id in (select unnest(?)) order by year"
    means: dict[tuple[str, str], list[tuple[int, float | None]]] = {}
    for school, criterion, year, mean in view.rows(
        f"select school_id, criterion, year, mean from cell {of_these}", asked
    ):
        means.setdefault((school, criterion), []).append((year, mean))
    rounds: dict[str, list[int]] = {}
    for school, year in view.rows(f"select school_id, year from school_round {of_these}", asked):
        rounds.setdefault(school, []).append(year)
    found = []
    for (school, criterion), row in sorted(latest.items()):
        before = [year for year in rounds.get(school, ()) if year <= row.day.year]
        if not before:
            continue
        year = max(before)
        own = dict(means.get((school, criterion), ())).get(year)
        if own is not None:
            found.append(RatingGap(school, criterion, year, own, row.level, row.day))
    return found
