"""Certifiering's schools: how they stand against the goal, counted, and each of those that the page has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from analytics.maturity.readiness import in_the_way_of_schools
from analytics.maturity.rounds import SchoolRound, SchoolsAlike, schools_alike
from analytics.maturity.school_lists import SchoolOrder, rounds_in_order
from analytics.maturity.schools import Cell
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from pages.shared.schools_choice import PAGE, among, schools_in
from pages.ui.content import Ask

BY_NAME, BY_DISTRICT, SUREST = "namn", "omrade", "sakrast"
ORDER = {BY_NAME: SchoolOrder.NAME, BY_DISTRICT: SchoolOrder.DISTRICT, SUREST: SchoolOrder.SUREST}


@dataclass(frozen=True, slots=True)
class ReadySchool:
    """A school's round with the one or two criteria that most stand in its way."""

    school: School
    round: SchoolRound
    in_the_way: tuple[Cell, ...]


@dataclass(frozen=True)
class SchoolsFound:
    """The schools of a round that are chosen: their ids as a question takes them, how they stand `alike`, and in which
    order they are told of."""

    framework: Framework
    year: int
    among: Sequence[str] | None
    alike: Sequence[SchoolsAlike]
    order: SchoolOrder

    @property
    def schools(self) -> int:
        return sum(row.schools for row in self.alike)


Chosen = Callable[[str], bool]
"""Whether a school, by id, is of the district and stage asked for, in whichever round or none."""


def chosen_schools(ask: Ask, district: str | None, stage: str | None) -> Chosen:
    def is_chosen(school_id: str) -> bool:
        if school_id not in ask.catalogue.school_names:
            return False
        school = ask.catalogue.school(school_id)
        return district in (None, school.district) and stage in (None, school.stage)

    return is_chosen


def schools_found(
    ask: Ask, framework_id: str, year: int, district: str | None, stage: str | None, sort: str
) -> SchoolsFound:
    ids = None
    if district is not None or stage is not None:
        ids = among(schools_in(ask, framework_id, year, district, stage), district, stage)
    alike = schools_alike(ask.view, ask.viewer, framework_id, year, ids)
    return SchoolsFound(ask.catalogue.framework(framework_id), year, ids, alike, ORDER[sort])


def ready_schools(ask: Ask, found: SchoolsFound, page: int) -> list[ReadySchool]:
    """Those of a page of the table, in order."""
    places = range((page - 1) * PAGE, page * PAGE)
    of = (ask.view, ask.viewer, found.framework.id, found.year)
    rounds = rounds_in_order(*of, found.order, places, found.among)
    ways = in_the_way_of_schools(*of, [row.school_id for row in rounds])
    return [ReadySchool(ask.catalogue.school(row.school_id), row, ways.get(row.school_id, ())) for row in rounds]


def count_by(alike: Iterable[SchoolsAlike], kind: Callable[[SchoolsAlike], Hashable]) -> Counter:
    """How many schools are of each kind."""
    count = Counter()
    for row in alike:
        count[kind(row)] += row.schools
    return count
