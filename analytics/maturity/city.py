"""The city's published figures: per area and per criterion, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analytics.model.errors import NotAllowed
from analytics.model.figures import Basis
from analytics.model.frameworks import WHOLE, Goal
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View


class BetweenSchools(NamedTuple):
    """The standard deviation between schools, with its 95 % interval, in levels."""

    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CityArea:
    """The city on an area ('' = all areas) in a year: mean and P10-P90 of the schools' area means, in levels.

    `ci_low`..`ci_high`: 95 % interval of the mean of these schools. `between_sd`: the standard deviation between
    schools without sampling noise (random intercept, REML), with its 95 % interval; `within_sd` that of the respondents
    in a school; `share_between` (0-1): the part of the variance among respondents that lies between schools; all None
    for fewer than two schools, and where the `interval_basis` (a value of Basis, the worst of the schools') is an
    assumption. Figures are None where every school is hidden; `left_out` schools were asked and are hidden.
    """

    framework: str
    year: int
    area: str
    schools: int
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    p10: float | None
    p90: float | None
    between_sd: float | None
    between_low: float | None
    between_high: float | None
    within_sd: float | None
    share_between: float | None
    left_out: int
    interval_basis: str | None = None

    @property
    def between(self) -> BetweenSchools | None:
        """None where it, or its interval, is not told."""
        if self.between_sd is None or self.between_low is None or self.between_high is None:
            return None
        return BetweenSchools(self.between_sd, self.between_low, self.between_high)


@dataclass(frozen=True, slots=True)
class CityCell:
    """The city on a criterion in a year, from shown cells; figures are None where every school is hidden, the share
    also where no school has ten answers. In `answers` and means a school of few counts as 7.

    `mean` counts each school once, `mean_of_answers` and `share_at_goal` (0-1) each answer; `p10`, `p90` are of the
    schools' means; `between_school_sd` is without sampling noise (random intercept, REML), `within_school_sd` that of
    the answers in a school, None for fewer than two schools. Means and spread in levels. Intervals of 95 %: of the mean
    of these schools, of the mean of answers, of the share. `left_out` schools were asked and are hidden.
    """

    framework: str
    year: int
    criterion: str
    area: str
    schools: int
    answers: int
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    mean_of_answers: float | None
    answers_low: float | None
    answers_high: float | None
    share_at_goal: float | None
    share_low: float | None
    share_high: float | None
    p10: float | None
    p90: float | None
    between_school_sd: float | None
    within_school_sd: float | None
    left_out: int


def city_areas(view: View, viewer: Viewer, frameworks: Sequence[str]) -> tuple[CityArea, ...]:
    """The city on every area in every round of these frameworks, by year."""
    allow_city(viewer)
    return view.records(
        CityArea,
        "select framework, year, area, schools, mean_of_schools, ci_low, ci_high, p10, p90, between_school_sd,"
        " between_low, between_high, within_school_sd, share_between, left_out_schools,"
        " interval_basis from city_area"
        " where framework in (select unnest(?)) order by year, framework, area",
        [list(frameworks)],
    )


def city_basis(view: View, viewer: Viewer, framework: str, year: int) -> Basis | None:
    """How it is known how people's answers go together in a round, of the school of which the least is known; None
    where nothing is shown."""
    allow_city(viewer)
    sql = "select interval_basis from city_area where framework = ? and year = ? and area = ?"
    found = view.rows(sql, [framework, year, WHOLE])
    return Basis(found[0][0]) if found and found[0][0] else None


def city_cells(view: View, viewer: Viewer, criteria: Sequence[tuple[str, str]]) -> tuple[CityCell, ...]:
    """The city on these criteria, each a (framework, criterion), in every round that asked them, by year."""
    allow_city(viewer)
    return view.records(
        CityCell,
        "select framework, year, criterion, area, schools, answers, mean_of_schools, ci_low, ci_high, mean_of_answers,"
        " answers_low, answers_high, share_at_goal, share_low, share_high, p10, p90, between_school_sd,"
        " within_school_sd, left_out_schools from city_cell"
        " where (framework, criterion) in (select unnest(?), unnest(?)) order by year, framework, criterion",
        [[framework for framework, _ in criteria], [criterion for _, criterion in criteria]],
    )


def city_levels(
    view: View, viewer: Viewer, criteria: Sequence[tuple[str, str]]
) -> dict[tuple[str, int, str], tuple[int, ...]]:
    """(framework, year, criterion) -> answers per level, lowest first, over the schools with twenty answers or more,
    and those with ten where they are so many that the sum tells of none of them.

    Where there is no such school the key is missing.
    """
    allow_city(viewer)
    rows = view.rows(
        "select framework, year, criterion, levels from city_cell"
        " where (framework, criterion) in (select unnest(?), unnest(?)) and levels is not null order by all",
        [[framework for framework, _ in criteria], [criterion for _, criterion in criteria]],
    )
    return {(framework, year, criterion): tuple(levels) for framework, year, criterion, levels in rows}


def at_goal(cell: CityCell, goal: Goal) -> bool:
    """Whether the city is at the goal on a criterion, by the goal's own statistic; not where its figures are hidden, or
    no school has ten answers for a share.

    Mean: the mean of the schools' means reaches the level. Share: so large a share of all answers do. Median: more than
    half of all answers do, which is when their (lower) median does.
    """
    if cell.mean is None or (goal.statistic != "mean" and cell.share_at_goal is None):
        return False
    match goal.statistic:
        case "share":
            return present(cell.share_at_goal) >= present(goal.share)
        case "median":
            return present(cell.share_at_goal) > 1 / 2
        case _:
            return cell.mean >= goal.level


def clearly_different(low: CityArea | CityCell, high: CityArea | CityCell) -> bool:
    """Whether the one surely lies below the other: their 95 % intervals do not meet; not where one has none."""
    return low.ci_high is not None and high.ci_low is not None and low.ci_high < high.ci_low


def allow_city(viewer: Viewer) -> None:
    """Raises NotAllowed where the viewer may see nothing."""
    if not viewer.may_see_city:
        raise NotAllowed("city")
