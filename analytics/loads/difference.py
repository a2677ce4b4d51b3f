"""What a load has changed, in a few figures: schools, rounds with the city's mean, registers' rows."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.model.errors import NotAllowed
from analytics.model.frameworks import WHOLE
from analytics.model.schools import Viewer
from analytics.registers.kinds import REGISTERS
from analytics.store.reading import View

# What can be seen of a round: its schools, when the latest answers of any came, how many were invited; the city's mean.
ROUNDS = """
    with round as (
        select framework, year, count(*) as taking_part, max(loaded_version) as latest, sum(invited) as invited,
            arg_max(school_id, (loaded_version, status <> 'hidden', school_id)) as school_id
        from school_round group by framework, year
    ),
    city as (select framework, year, mean_of_schools from city_area where area = ?)
    select framework, year, taking_part, latest, invited, mean_of_schools, school_id
    from round left join city using (framework, year)
"""


@dataclass(frozen=True, slots=True)
class RoundDifference:
    """A framework's round in a year that is not as it was: schools that take part, and the city's mean in levels, None
    where there was no round or nothing of it is shown. `school`: one of those whose answers came last."""

    framework: str
    year: int
    schools_before: int
    schools: int
    mean_before: float | None
    mean: float | None
    school: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version has that an earlier one has not: ids of schools and frameworks that are new, rounds that have
    changed, the newest first; of a register's kind that has more rows (fewer: below 0), how many."""

    schools: tuple[str, ...]
    frameworks: tuple[str, ...]
    rounds: tuple[RoundDifference, ...]
    rows: tuple[tuple[str, int], ...]


NO_DIFFERENCE = Difference((), (), (), ())


def difference(before: View, after: View, viewer: Viewer) -> Difference:
    """From published figures alone, so that nothing is told which neither version shows. Raises NotAllowed."""
    if viewer.schools is not None:
        raise NotAllowed("city")
    was, now = _rounds(before), _rounds(after)
    changed = []
    for key in sorted(now, key=lambda key: (key[1], key[0]), reverse=True):
        there, here = was.get(key, (0, 0, None, None, "")), now[key]
        if there[:4] != here[:4]:
            changed.append(RoundDifference(*key, there[0], here[0], there[3], here[3], here[4]))
    more = ((kind.name, _count(after, kind.table) - _count(before, kind.table)) for kind in REGISTERS)
    return Difference(
        tuple(sorted(_ids(after, "school") - _ids(before, "school"))),
        tuple(sorted(_ids(after, "framework") - _ids(before, "framework"))),
        tuple(changed),
        tuple((kind, rows) for kind, rows in more if rows),
    )


def _rounds(view: View) -> dict[tuple[str, int], tuple]:
    return {(framework, year): tuple(rest) for framework, year, *rest in view.rows(ROUNDS, [WHOLE])}


def _ids(view: View, table: str) -> set[str]:
    return {id_ for (id_,) in view.rows(f"select id from {table}")}


def _count(view: View, table: str) -> int:
    return view.rows(f"select count(*) from {table}")[0][0]
