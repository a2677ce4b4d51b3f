"""The vocabulary: what a framework, a school, a problem in a file and a viewer are. Everything else speaks it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HIDE_BELOW_FLOOR = 5
"""No setting may publish a figure that fewer than five answers stand behind."""


class Status(StrEnum):
    """Whether a cell (school x criterion x round) may be read at face value; the first that applies, hidden first."""

    HIDDEN = "hidden"  # fewer answers than the limit: nothing of the cell is published
    LOW_RESPONSE = "low_response"  # under half of the invited answered
    UNCERTAIN = "uncertain"  # under twenty answers
    OK = "ok"


class Provenance(StrEnum):
    """Where a figure comes from. Synthetic data says so wherever it shows."""

    PUBLISHED = "published"
    IMPORTED = "imported"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"  # partly synthetic

    @staticmethod
    def of_all(parts: Iterable[Provenance]) -> Provenance:
        """The provenance of what stands on all of these. Synthetic data is never called anything less than mixed;
        published and imported together are imported."""
        different = set(parts)
        if len(different) == 1:
            return different.pop()
        made_up = different & {Provenance.SYNTHETIC, Provenance.MIXED}
        return Provenance.MIXED if made_up else Provenance.IMPORTED


class GoalOutcome(StrEnum):
    """A school against its framework's goal on every criterion, decided on raw figures."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"  # every shown criterion meets the goal, but some are hidden


class Change(StrEnum):
    """How a criterion relates to the one it replaces in the previous framework."""

    IDENTICAL = "identical"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"


class Missing(StrEnum):
    """Why there is no figure. A missing figure is one of these, never a bare NULL that a chart turns into 0."""

    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"  # there was no such thing to ask, or to tell
    HIDDEN = "hidden"


WHOLE = ""
"""The area id under which a school's or the city's figure over all areas is published."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Swedish and English."""

    sv: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that staff rate; `previous` names what it replaces in the framework before."""

    id: str
    area: str
    title: Bilingual
    previous: str | None = None
    change: Change = Change.NEW
    note: Bilingual | None = None
    asked: tuple[str, ...] = ()  # the respondents' versions that hold it (LIKA: leader, teacher); empty: everybody


@dataclass(frozen=True, slots=True)
class Area:
    """A heading that criteria stand under."""

    id: str
    title: Bilingual
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal on each criterion: the statistic reaches the level (`share`: the share at the level reaches `share`)."""

    level: int
    statistic: str = "mean"  # mean, median or share
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dialogue's year, as months 1-12: when goals are set, and when they are next followed up.

    Malmö sets them when January's rating is in and follows them up beside the next one; Göteborg sets them in the
    autumn and follows them up in the spring.
    """

    goals: int = 2
    follow_up: int = 1

    def follow_up_year(self, year: int) -> int:
        """The year in which what was agreed in `year` is followed up."""
        return year if self.follow_up > self.goals else year + 1

    def due(self, year: int) -> date:
        """The day by which what is agreed about the round of `year` should be reached, unless something else is said:
        the last of the month of the follow-up."""
        when = self.follow_up_year(year)
        return date(when, self.follow_up, monthrange(when, self.follow_up)[1])


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of criteria with a scale and a goal, valid in `valid_from`..`valid_to` (None: still in force)."""

    id: str
    title: Bilingual
    issuer: str
    valid_from: int
    valid_to: int | None
    scale_min: int
    scale_max: int
    labels_sv: tuple[str, ...]
    labels_en: tuple[str, ...]
    goal: Goal
    areas: tuple[Area, ...]
    previous: str | None = None
    source: Bilingual | None = None
    note: Bilingual | None = None
    calendar: Calendar = Calendar()

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(range(self.scale_min, self.scale_max + 1))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for area in self.areas for criterion in area.criteria)

    def labels(self, language: str) -> tuple[str, ...]:
        return self.labels_en if language == "en" else self.labels_sv

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id; raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def covers(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class School:
    """A school in the register. Several names may lead to it: `aliases` are its earlier or other ones.

    `context`: measures of what surrounds it, as (name, value) by name; what is not known is left out.
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


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `schools` are the schools whose figures may be seen; None: all of them."""

    name: str
    schools: frozenset[str] | None = frozenset()  # nothing, unless somebody says otherwise

    @property
    def scope(self) -> str:
        """A scalar for cache keys: two viewers with the same scope may share an answer."""
        return "*" if self.schools is None else "|".join(sorted(self.schools))

    @property
    def may_see_city(self) -> bool:
        """The city's figures name no school: whoever may see any school may see them."""
        return self.schools is None or bool(self.schools)

    def may_see(self, school_id: str) -> bool:
        return self.schools is None or school_id in self.schools


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file; `row` counts from 1 at the first line under the headings."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    hint: str


class KvalitetError(Exception):
    """What a user can mend or must be told; shown without a traceback."""


class Refused(KvalitetError):
    """The input was refused and nothing changed; `problems` has all of it."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


class NotAllowed(KvalitetError):
    """The viewer may not see what was asked for."""


class StoreMissing(KvalitetError):
    """There is no store in the folder."""


class StoreBusy(KvalitetError):
    """Another load holds the store."""


class StoreOld(KvalitetError):
    """The version in force was published by an earlier edition of the program, which kept other figures."""


class StoreBroken(KvalitetError):
    """The store's files are not what its CURRENT file says they are."""
