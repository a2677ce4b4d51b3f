"""What a school in the register is, and who asks about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.model.people import Identity, OtherSchools
from analytics.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class School:
    """A school in the register. Several names may lead to it: `aliases` are its earlier or other ones.

    `context`: measures of what surrounds it, as (name, value) by name; what is not known is left out. `merged_into`:
    the id of the school that it became part of after its last day (`valid_to`); `split_from`: of the one that it was a
    part of until its first (`valid_from`).
    """

    id: str
    name: str
    school_unit_code: str | None = None
    district: str | None = None
    stage: str | None = None
    pupils: int | None = None
    staff: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    shares_practice: bool | None = None
    provenance: Provenance = Provenance.IMPORTED
    aliases: tuple[str, ...] = ()
    context: tuple[tuple[str, float], ...] = ()
    merged_into: str | None = None
    split_from: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolLink:
    """On this day one school became part of another (`merged`), or was made out of a part of it. From then on the other
    is not the school that it was: nothing is compared over that day."""

    school: str
    other: str
    day: date
    merged: bool

    @property
    def first_year(self) -> int:
        """The first year whose round is of the other as it is after: a round of the year in which it happened is of
        before, unless it happened on the year's first day."""
        return self.day.year + ((self.day.month, self.day.day) != (1, 1))


def school_links(schools: Iterable[School]) -> tuple[SchoolLink, ...]:
    """All of them, in the order of their days."""
    found = []
    for school in schools:
        if school.merged_into and school.valid_to:
            found.append(SchoolLink(school.id, school.merged_into, school.valid_to + timedelta(days=1), True))
        if school.split_from and school.valid_from:
            found.append(SchoolLink(school.id, school.split_from, school.valid_from, False))
    return tuple(sorted(found, key=lambda link: (link.day, link.school)))


def links_among(schools: Iterable[School]) -> tuple[SchoolLink, ...]:
    """Those between the schools here: a viewer may be told nothing of the other."""
    schools = tuple(schools)
    known = {school.id for school in schools}
    return tuple(link for link in school_links(schools) if {link.school, link.other} <= known)


def links_until(links: Iterable[SchoolLink], school_id: str, first: int, last: int) -> tuple[SchoolLink, ...]:
    """Why the school is another than in a round of these years, and what it had become part of in the year after."""
    return tuple(
        link
        for link in links
        if (link.other == school_id and first < link.first_year <= last)
        or (link.school == school_id and first < link.first_year <= last + 1)
    )


@dataclass(frozen=True, slots=True)
class GoneSchool:
    """A school that is no more after its `last` day; `into`: the school that it is a part of now, None where it is of
    none that is known here. A school that merged into one that has merged since is part of the latter."""

    last: date
    into: str | None = None


def gone_schools(schools: Iterable[School], today: date) -> dict[str, GoneSchool]:
    """By id, those that had closed before the day."""
    known = {school.id: school for school in schools}
    closed = {id_: one for id_, one in known.items() if one.valid_to and one.valid_to < today}

    def into(school: School) -> str | None:
        passed, other = {school.id}, school.merged_into
        while other in closed and other not in passed and closed[other].merged_into in known:
            passed.add(other)
            other = closed[other].merged_into
        return other if other in known and other not in passed else None

    return {id_: GoneSchool(one.valid_to, into(one)) for id_, one in closed.items() if one.valid_to}


Breaks = Mapping[str, Sequence[int]]
"""School -> the first years of what it is after each break, in order."""


def breaks_of(links: Iterable[SchoolLink]) -> Breaks:
    found: dict[str, set[int]] = defaultdict(set)
    for link in links:
        found[link.other].add(link.first_year)
    return {school_id: sorted(years) for school_id, years in found.items()}


def parted(breaks: Breaks, school_id: str, before: int, now: int) -> bool:
    """Whether the school was another in the one year than in the other."""
    return any(before < first <= now for first in breaks.get(school_id, ()))


RoundId = tuple[str, int]
"""A framework's id, and a year."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `schools` are the schools that are theirs: figures, dialogue and all; None: every school. `others`:
    what they are told of the figures of schools that are not. `held`: the rounds whose result they may not see yet.
    `administrations`: those whose part of the funding register alone is theirs; None: all of it. `who` is None where
    nobody signs in."""

    name: str
    schools: frozenset[str] | None = frozenset()  # nothing, unless somebody says otherwise
    others: OtherSchools = OtherSchools.NOTHING
    held: frozenset[RoundId] = frozenset()
    who: Identity | None = None
    administrations: frozenset[str] | None = None

    @property
    def scope(self) -> str:
        """A scalar for cache keys: two viewers with the same scope may share an answer."""
        schools = "*" if self.schools is None else repr(sorted(self.schools))  # never "*", whatever an id is
        others = "" if self.others is OtherSchools.NOTHING else f" others: {self.others}"
        held = "".join(f" not {framework} {year}" for framework, year in sorted(self.held))
        own = "" if self.administrations is None else f" of: {sorted(self.administrations)!r}"
        return f"{schools}{others}{held}{own}"

    @property
    def sees_all(self) -> bool:
        return self.schools is None and not self.held and self.administrations is None

    @property
    def sees_schools(self) -> bool:
        """Whether every school's published figures are told them by its name."""
        return self.schools is None or (self.others is OtherSchools.NAMES and self.may_see_city)

    @property
    def may_see_city(self) -> bool:
        """The city's figures name no school: whoever may see any school may see them."""
        return self.schools is None or bool(self.schools)

    def may_see(self, school_id: str) -> bool:
        """Whether the school is theirs."""
        return self.schools is None or school_id in self.schools

    def may_see_figures(self, school_id: str) -> bool:
        """Whether the school's published figures are told them by its name."""
        return self.sees_schools or self.may_see(school_id)

    def told_of(self, schools: Iterable[str] | None = None) -> list[str] | None:
        """Those of these schools (None: of all) whose published figures are told them by name, as a question takes
        them; None: every school there is."""
        if self.sees_schools:
            return None if schools is None else sorted(schools)
        theirs = self.schools or frozenset()
        return sorted(theirs if schools is None else theirs.intersection(schools))

    def own_of(self, schools: Iterable[str] | None = None) -> list[str] | None:
        """Those of these schools (None: of all) that are theirs, as a question takes them; None: every school is."""
        if self.schools is None:
            return None if schools is None else sorted(schools)
        return sorted(self.schools if schools is None else self.schools.intersection(schools))

    def may_see_round(self, framework: str, year: int) -> bool:
        return (framework, year) not in self.held

    def covers(self, other: Viewer) -> bool:
        """Whether whatever the other may see this one may."""
        of_schools = self.schools is None or (other.schools is not None and other.schools <= self.schools)
        told = list(OtherSchools)
        of_others = self.schools is None or told.index(other.others) <= told.index(self.others)
        own, theirs = self.administrations, other.administrations
        of_funding = own is None or (theirs is not None and theirs <= own)
        return of_schools and of_others and of_funding and self.held <= other.held
