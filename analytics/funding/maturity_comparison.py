"""Funding beside maturity: did schools that took part in projects move more than those that did not? Never a proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from analytics.model.errors import NotAllowed
from analytics.model.frameworks import WHOLE
from analytics.model.funding import Funding
from analytics.model.present import present
from analytics.model.schools import Viewer
from analytics.store.reading import View
from analytics.words.language import Words

FEWEST = 5
"""Schools that a group must have to be given a figure."""
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean change, or a difference between two, in levels, with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The schools that took part, or those that did not. `schools` have a shown mean in both rounds; the change is None
    where either group has under five schools: the other's alone would give the small one's away."""

    schools: int
    change: Estimate | None


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """The change from the first round to the last of one framework, in the two groups; the difference is that of those
    who took part minus that of the others (Welch's t). `left_out`: schools asked in either round without a shown mean
    in both."""

    framework: str
    first_year: int
    last_year: int
    took_part: GroupChange
    others: GroupChange
    difference: Estimate | None
    left_out: int

    @property
    def clear(self) -> bool | None:
        """Whether the difference can be told from chance: its interval leaves out 0. None where there is no figure."""
        return None if self.difference is None else not self.difference.low <= 0 <= self.difference.high


def maturity_comparison(
    view: View, viewer: Viewer, funding: Funding, framework_id: str, first_year: int, last_year: int
) -> GroupComparison | None:
    """The two groups side by side; None where no school has a shown mean in both rounds, or the years stand the wrong
    way round. Raises NotAllowed for a viewer who may see no school; groups name no school."""
    if not viewer.may_see_city:
        raise NotAllowed("city")
    if first_year >= last_year:
        return None
    rows = view.rows(
        """
        select
            school_id,
            max(mean) filter (year = $last and mean is not null) - max(mean) filter (year = $first and mean is not null)
        from area_cell where framework = $framework and area = $whole and year in ($first, $last)
        group by school_id order by school_id
        """,
        {"framework": framework_id, "whole": WHOLE, "first": first_year, "last": last_year},
    )
    changes = {school: change for school, change in rows if change is not None}
    if not changes:
        return None
    took_part = schools_that_took_part(funding, first_year, last_year)
    inside = [change for school, change in changes.items() if school in took_part]
    outside = [change for school, change in changes.items() if school not in took_part]
    enough = min(len(inside), len(outside)) >= FEWEST
    return GroupComparison(
        framework_id,
        first_year,
        last_year,
        GroupChange(len(inside), mean_change(inside) if enough else None),
        GroupChange(len(outside), mean_change(outside) if enough else None),
        welch(inside, outside) if enough else None,
        len(rows) - len(changes),
    )


def schools_that_took_part(funding: Funding, first_year: int, last_year: int) -> frozenset[str]:
    """Schools that are participants in a project, or were paid in one, that ran in any part of the years from the first
    round's to the last's: rounds have no day."""
    ran = {p.id for p in funding.projects if p.start.year <= last_year and p.end.year >= first_year}
    return frozenset(
        row.school_id for row in (*funding.participants, *funding.payments) if row.project_id in ran and row.school_id
    )


def mean_change(changes: Sequence[float]) -> Estimate:
    """The mean with Student's t around it; two schools or more."""
    n = len(changes)
    return _estimate(float(np.mean(changes)), float(np.std(changes, ddof=1)) / sqrt(n), n - 1)


def welch(one: Sequence[float], other: Sequence[float]) -> Estimate:
    """The difference between two means with Welch's t (unequal variances, Satterthwaite's degrees of freedom)."""
    variances = [float(np.var(group, ddof=1)) / len(group) for group in (one, other)]
    total = sum(variances)
    spread = sum(variance**2 / (len(group) - 1) for variance, group in zip(variances, (one, other), strict=True))
    freedom = total**2 / spread if spread else len(one) + len(other) - 2
    return _estimate(float(np.mean(one) - np.mean(other)), sqrt(total), freedom)


def _estimate(mean: float, error: float, freedom: float) -> Estimate:
    half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return Estimate(mean, mean - half, mean + half)


def in_words(comparison: GroupComparison, say: Words) -> str:
    """What can be said, whether the difference can be told from chance, and always the warning."""
    years = {"first": say.round(comparison.first_year), "last": say.round(comparison.last_year)}
    counts = {"inside": comparison.took_part.schools, "outside": comparison.others.schools}
    if comparison.difference is None:
        texts = [
            say(
                "From {first} to {last} there are {inside} schools that took part in projects and {outside} that did"
                " not, with figures for both years. With fewer than {fewest} schools in a group no change is shown.",
                fewest=FEWEST,
                **years,
                **counts,
            )
        ]
    else:
        texts = [
            say(
                "From {first} to {last} the {inside} schools that took part in projects changed on average, in levels,"
                " by {took_part}, and the {outside} that did not by {others}.",
                took_part=_range(present(comparison.took_part.change), say),
                others=_range(present(comparison.others.change), say),
                **years,
                **counts,
            ),
            say(
                "The difference, {range}, is larger than chance alone would usually give.",
                range=_range(comparison.difference, say),
            )
            if comparison.clear
            else say("The difference, {range}, is not clear.", range=_range(comparison.difference, say)),
        ]
    if comparison.left_out:
        texts.append(
            say.plural(
                "{n} school without a figure for both years is left out.",
                "{n} schools without a figure for both years are left out.",
                comparison.left_out,
            )
        )
    return " ".join([*texts, warning(say)])


def warning(say: Words) -> str:
    """What must stand beside every figure of the two groups."""
    return say(
        "This does not prove that projects had an effect: schools chose themselves whether to take part, "
        "schools that started low tend to rise anyway, and the schools are few."
    )


def _range(estimate: Estimate, say: Words) -> str:
    return say(
        "{mean} (95% interval {low} to {high})",
        mean=say.signed(estimate.mean),
        low=say.signed(estimate.low),
        high=say.signed(estimate.high),
    )
