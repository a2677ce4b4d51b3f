"""Who can we learn from: schools that clearly stand higher on a criterion, meet the goal on it and share what they do,
and what they did; and the other way round, whom a school that shares could help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.maturity.city import city_cells
from analytics.maturity.methods.claims import claims, welch
from analytics.maturity.similar import Similar, similar_schools
from analytics.model.dialogue import Action, Agreement
from analytics.model.schools import School, Viewer
from analytics.store.reading import View
from analytics.store.rows import read_rows


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """A school on the criterion in the round, in levels: the mean (a bound, where `mean_bound` says so) of `n` answers,
    None of few, which `n_band` tells; its 95 % interval; whether the goal is met, by the rule. `noise_sd` of `noise_n`
    answers is what it is held against others with."""

    school_id: str
    n: int | None
    n_band: str | None
    mean: float
    mean_bound: str | None
    noise_sd: float
    noise_n: int
    low: float
    high: float
    at_goal: bool | None


@dataclass(frozen=True, slots=True)
class ClearDifference:
    """Another school, `there`, that clearly stands higher or lower than one's own: by `difference` levels (above 0:
    higher). `needed`: the least that would have been clear. `alike`: whether it is one of the similar schools."""

    there: SchoolStanding
    difference: float
    needed: float
    alike: bool

    @property
    def school_id(self) -> str:
        return self.there.school_id


@dataclass(frozen=True, slots=True)
class Lesson:
    """Who a school can learn from on a criterion, of the schools that clearly stand higher.

    Named are those that meet the goal on it and share, `alike` and otherwise: the nearest in kind first among the like
    (of those as near the highest), the highest first among the others. Counted alone are those `below` the goal
    themselves, whether they share or not, and of those that meet it the `silent`, that have not said that they share.
    The school was `held_against` so many.
    """

    own: SchoolStanding | None
    alike: tuple[ClearDifference, ...]
    others: tuple[ClearDifference, ...]
    silent: int
    below: int
    held_against: int
    similar: Similar | None


@dataclass(frozen=True, slots=True)
class SchoolsToHelp:
    """Whom a school could help on a criterion: the similar schools that are clearly lower. `asking` of them have an
    open agreement on the criterion; they come first. Within each the lowest first."""

    asking: tuple[ClearDifference, ...]
    others: tuple[ClearDifference, ...]
    held_against: int


@dataclass(frozen=True, slots=True)
class AgreedWork:
    """What a school agreed on a criterion, with what it did towards it."""

    agreement: Agreement
    actions: tuple[Action, ...]


def lesson(
    view: View,
    viewer: Viewer,
    schools: Sequence[School],
    framework: str,
    year: int,
    school_id: str,
    criterion: str,
) -> Lesson:
    """The schools that clearly stand higher than the school, among those of `schools` that the viewer may see.

    Clearly: by Welch's t on the published means, controlled over all the schools that it is held against
    (Benjamini-Hochberg). The goal is the framework's own, by its rule on the raw figures. Without an own shown figure
    nothing is held against anything.
    """
    there, similar = _round_of(view, viewer, schools, framework, year, school_id, criterion)
    own = there.pop(school_id, None)
    apart = _apart(view, viewer, own, there, framework, year, criterion, similar)
    higher = [row for row in apart if row.difference > 0]
    there_yet = [row for row in higher if row.there.at_goal]
    sharing = {school.id for school in schools if school.shares_practice}
    order = _nearest_first(similar)
    named = sorted((r for r in there_yet if r.school_id in sharing), key=lambda r: (-r.difference, r.school_id))
    return Lesson(
        own,
        tuple(sorted((r for r in named if r.alike), key=lambda r: order[r.school_id])),
        tuple(r for r in named if not r.alike),
        sum(row.school_id not in sharing for row in there_yet),
        len(higher) - len(there_yet),
        len(there) if own else 0,
        similar,
    )


def help_wanted(
    view: View,
    viewer: Viewer,
    schools: Sequence[School],
    framework: str,
    year: int,
    school_id: str,
    criterion: str,
) -> SchoolsToHelp:
    """The similar schools that clearly stand lower than the school: found as in `lesson`."""
    there, similar = _round_of(view, viewer, schools, framework, year, school_id, criterion)
    own = there.pop(school_id, None)
    apart = _apart(view, viewer, own, there, framework, year, criterion, similar)
    lower = sorted((r for r in apart if r.alike and r.difference < 0), key=lambda r: (r.difference, r.school_id))
    worked_on = works(view, viewer, framework, criterion, [row.school_id for row in lower])
    asking = {id_ for id_, found in worked_on.items() if any(work.agreement.status.open for work in found)}
    alike = {neighbour.school_id for neighbour in similar.neighbours} if similar and own else set()
    return SchoolsToHelp(
        tuple(row for row in lower if row.school_id in asking),
        tuple(row for row in lower if row.school_id not in asking),
        len(alike & there.keys()),
    )


def works(
    view: View, viewer: Viewer, framework: str, criterion: str, schools: Collection[str]
) -> dict[str, tuple[AgreedWork, ...]]:
    """school -> what it agreed on the criterion in any year, the latest first, with the actions; a school without any
    has no entry. Only of schools that the viewer may see."""
    seen = sorted(id_ for id_ in schools if viewer.may_see(id_))
    agreements = read_rows(
        view,
        Agreement,
        "framework = ? and criterion = ? and school_id in (select unnest(?))",
        [framework, criterion, seen],
    )
    actions = read_rows(view, Action, "framework = ? and school_id in (select unnest(?))", [framework, seen])
    of: dict[tuple[str, int, int], list[Action]] = {}
    for action in actions:
        of.setdefault((action.school_id, action.year, action.agreement), []).append(action)
    found: dict[str, list[AgreedWork]] = {}
    for agreed in sorted(agreements, key=lambda row: (-row.year, row.number)):
        done = tuple(of.get((agreed.school_id, agreed.year, agreed.number), ()))
        found.setdefault(agreed.school_id, []).append(AgreedWork(agreed, done))
    return {school: tuple(rows) for school, rows in found.items()}


def _nearest_first(similar: Similar | None) -> dict[str, tuple[bool, bool, float]]:
    """school -> what puts the nearest in kind first; alike for two of which neither is known to be nearer."""
    return {
        n.school_id: (not n.same_stage, n.distance is None, n.distance or 0.0)
        for n in (similar.neighbours if similar else ())
    }


SHOWN = (
    "select school_id, n, n_band, mean, mean_bound, noise_sd, noise_n, ci_low, ci_high, goal_met from cell"
    " where framework = ? and year = ? and criterion = ? and mean is not null order by school_id"
)


def _round_of(
    view: View,
    viewer: Viewer,
    schools: Iterable[School],
    framework: str,
    year: int,
    school_id: str,
    criterion: str,
) -> tuple[dict[str, SchoolStanding], Similar | None]:
    """Every shown school on the criterion that the viewer may see, and which of them are like the school."""
    shown = view.records(SchoolStanding, SHOWN, [framework, year, criterion])
    there = {row.school_id: row for row in shown if viewer.may_see(row.school_id)}
    return there, similar_schools(tuple(schools), school_id, there.keys())


def _apart(
    view: View,
    viewer: Viewer,
    own: SchoolStanding | None,
    others: dict[str, SchoolStanding],
    framework: str,
    year: int,
    criterion: str,
    similar: Similar | None,
) -> list[ClearDifference]:
    """The schools that are clearly apart from one's own. A staff who all answer alike is taken to have the noise of the
    city's other schools: agreeing by chance must not make a school sure of itself."""
    if own is None or not others:
        return []
    (city,) = (row for row in city_cells(view, viewer, [(framework, criterion)]) if row.year == year)
    rows = list(others.values())
    n, mean, sd = (
        np.array([getattr(row, name) for row in rows], dtype=float) for name in ("noise_n", "mean", "noise_sd")
    )
    sigma = city.within_school_sd or 0.0
    own_sd = own.noise_sd if own.noise_sd > 0 else sigma
    error, freedom = welch(np.where(sd > 0, sd, sigma), n, np.array(own_sd), np.array(float(own.noise_n)))
    found = claims(mean - own.mean, error, freedom, np.zeros(len(rows), dtype=np.int64))
    alike = {neighbour.school_id for neighbour in similar.neighbours} if similar else set()
    return [
        ClearDifference(row, row.mean - own.mean, float(needed), row.school_id in alike)
        for row, clear, needed in zip(rows, found.clear, found.needed, strict=True)
        if clear
    ]
