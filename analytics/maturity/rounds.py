"""Which rounds there are, and how schools stood against the goal in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analytics.maturity.methods.disclosure import FEW_AS
from analytics.maturity.schools import OF_SCHOOLS
from analytics.model.figures import GoalOutcome
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from analytics.model.schools import Viewer
from analytics.store.reading import View

REACHED, LIKELY, CANNOT_TELL = 0.95, 0.80, 0.20  # from these shares of the resamples on, that word is used of a goal


@dataclass(frozen=True, slots=True)
class Round:
    """A framework's round in a year over the whole city.

    `schools` took part; each is one of `met`, `not_met` and `cannot_tell`; `sure`: of those that met the goal, how many
    meet it in so many resamples that it is likely or surer. People are sums over the schools that are
    not among `hidden_schools`, of which those with 5-9 count as 7; None where no school knows.
    """

    framework: str
    year: int
    schools: int
    met: int
    not_met: int
    cannot_tell: int
    sure: int
    invited: int | None  # in the schools where both numbers are known
    responded_of_invited: int | None
    responded: int | None
    hidden_schools: int
    provenance: str


@dataclass(frozen=True, slots=True)
class SchoolRound:
    """A school's round: people (None where hidden, few or not counted; of few `responded_band`), criteria and the goal.

    `response_rate` 0-1; `status`, `outcome` and `provenance` are values of Status, GoalOutcome and Provenance; `shown`
    of the `asked` criteria are not hidden, and `at_goal` of those meet the goal. `ready`: the share of resamples (0-1)
    in which every shown criterion meets it: whether a new round would show it. `there`: the chance that the school
    truly is at it on all of them. `ready_basis`, a value of Basis: how it is known how people's answers go together;
    where that is assumed both lie between `..._low` and `..._high`, and are the middle of these.
    """

    framework: str
    year: int
    school_id: str
    invited: int | None
    responded: int | None
    response_rate: float | None
    status: str
    shown: int
    asked: int
    at_goal: int
    outcome: str
    ready: float | None
    ready_basis: str | None
    provenance: str
    responded_band: str | None = None
    ready_low: float | None = None
    ready_high: float | None = None
    there: float | None = None
    there_low: float | None = None
    there_high: float | None = None


SCHOOL_ROUND = """
    framework, year, school_id, invited, responded, response_rate, status, shown, asked, at_goal, outcome, ready,
    ready_basis, school_round.provenance, responded_band, ready_low, ready_high, there, there_low, there_high"""


def rounds(view: View, likely: float = LIKELY) -> tuple[Round, ...]:
    """Every round there is, oldest first; a school is `sure` from this share of the resamples (0-1).

    Numbers of schools are no one's figures: every viewer may see them.
    """
    return view.records(
        Round,
        """
        select
            framework, year, count(*),
            count(*) filter (outcome = 'met'), count(*) filter (outcome = 'not_met'),
            count(*) filter (outcome = 'cannot_tell'), count(*) filter (outcome = 'met' and ready >= ?),
            sum(invited)::integer, sum(responded) filter (invited is not null)::integer,
            sum(coalesce(responded, if(responded_band is null, null, ?)))::integer, count(*) filter (status = 'hidden'),
            case when count(distinct provenance) > 1 then ? else any_value(provenance) end
        from school_round group by framework, year order by year, framework
        """,
        [likely, FEW_AS, Provenance.MIXED.value],
    )


def school_rounds(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None = None
) -> tuple[SchoolRound, ...]:
    """Those of these schools (None: all of the round's) that the viewer may see, by name in Swedish order; empty where
    there is no such round."""
    return view.records(
        SchoolRound,
        f"""
        select {SCHOOL_ROUND} from school_round join school on school.id = school_id
        where framework = $framework and year = $year and {OF_SCHOOLS} order by school.name collate sv, school_id
        """,
        {"framework": framework, "year": year, "schools": viewer.told_of(schools)},
    )


def schools_of_round(view: View, viewer: Viewer, framework: str, year: int) -> frozenset[str]:
    """The ids of the round's schools that the viewer may see."""
    found = view.rows("select school_id from school_round where framework = ? and year = ?", [framework, year])
    there = frozenset(school_id for (school_id,) in found)
    return there if (told := viewer.told_of()) is None else there.intersection(told)


def schools_with_figures(view: View, viewer: Viewer, framework: str, year: int) -> frozenset[str]:
    """The ids of the schools that the viewer may see and that have any criterion shown in the round."""
    sql = f"""
        select school_id from school_round where framework = $framework and year = $year and shown > 0 and {OF_SCHOOLS}
    """
    found = view.rows(sql, {"framework": framework, "year": year, "schools": viewer.told_of()})
    return frozenset(school_id for (school_id,) in found)


class SchoolsAlike(NamedTuple):
    """How many `schools` of a round stand alike against the goal: by the rule, in how many criteria are shown and have
    reached it, and in the `zone` of how sure that is. What is told of `ready` is of one of them, in the same words as
    of each."""

    outcome: str
    status: str
    ready_basis: str | None
    provenance: str
    shown: int
    asked: int
    at_goal: int
    zone: int | None
    ready: float | None
    ready_low: float | None
    ready_high: float | None
    schools: int


_FROM = "(({0} >= $cannot_tell)::utinyint + ({0} >= $likely)::utinyint + ({0} >= $reached)::utinyint)"
ZONE = f"{_FROM.format('ready_low')} + 4 * {_FROM.format('ready_high')}"
"""Between which of the shares that words are used from the share of resamples lies, as a number; NULL: none is told."""
ZONES = {"reached": REACHED, "likely": LIKELY, "cannot_tell": CANNOT_TELL}


def schools_alike(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None = None
) -> tuple[SchoolsAlike, ...]:
    """Those of these schools (None: all of the round's) that the viewer may see, counted where the figures lie: each
    as an object of its own takes a nation's page longer than all else."""
    return view.records(
        SchoolsAlike,
        f"""
        select outcome, status, ready_basis, provenance, shown, asked, at_goal, {ZONE} as zone, min(ready),
            min(ready_low), min(ready_high), count(*)
        from school_round where framework = $framework and year = $year and {OF_SCHOOLS} group by all
        """,
        {"framework": framework, "year": year, "schools": viewer.told_of(schools), **ZONES},
    )


class RoundGroup(NamedTuple):
    """How many `schools` of a round have come to the same: of the `shown` criteria so many have reached the goal."""

    outcome: str
    status: str
    shown: int
    at_goal: int
    provenance: str
    schools: int


def round_groups(
    view: View, viewer: Viewer, framework: str, year: int, schools: Iterable[str] | None = None
) -> tuple[RoundGroup, ...]:
    """Those of these schools (None: all of the round's) that the viewer may see, counted where the figures lie: each
    as an object of its own takes a nation's pages longer than all else."""
    return view.records(
        RoundGroup,
        f"""
        select outcome, status, shown, at_goal, provenance, count(*) from school_round
        where framework = $framework and year = $year and {OF_SCHOOLS} group by all
        """,
        {"framework": framework, "year": year, "schools": viewer.told_of(schools)},
    )


def group_outcomes(found: Iterable[RoundGroup | SchoolsAlike]) -> dict[GoalOutcome, int]:
    """`outcomes`, of groups."""
    count = Counter[str]()
    for row in found:
        count[row.outcome] += row.schools
    return {outcome: count[outcome] for outcome in GoalOutcome}


def lineage(frameworks: Iterable[Framework], framework_id: str) -> tuple[Framework, ...]:
    """The framework and those it replaced, oldest first; empty where it is not known.

    It ends at a framework that is not known, and a circle of replacements where it closes.
    """
    by_id = {framework.id: framework for framework in frameworks}
    chain: list[Framework] = []
    next_id: str | None = framework_id
    while next_id in by_id and by_id[next_id] not in chain:
        chain.insert(0, by_id[next_id])
        next_id = chain[0].previous
    return tuple(chain)


def outcomes(found: Sequence[SchoolRound]) -> dict[GoalOutcome, int]:
    """How many of these schools met the goal, did not, or cannot be told; every outcome is there."""
    return {outcome: sum(row.outcome == outcome for row in found) for outcome in GoalOutcome}
