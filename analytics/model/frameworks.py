"""What a framework is: areas, criteria, a scale, a goal, the year that its dialogue follows, and what its issuer has
said of the way there: aims, suggested actions, certification."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from analytics.model.dialogue import Event, Responsible


class Change(StrEnum):
    """How a criterion relates to the one it replaces in the previous framework."""

    IDENTICAL = "identical"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"


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
    serves: tuple[str, ...] = ()  # the aims of its area, by their ids


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an area is to come: what its criteria serve. It is not rated."""

    id: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """What a role answers for in an area, in the issuer's plan: a suggestion to those who agree on actions."""

    role: Responsible
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Area:
    """A heading that criteria stand under. `state`: how things stood when the framework was written."""

    id: str
    title: Bilingual
    criteria: tuple[Criterion, ...]
    aims: tuple[Aim, ...] = ()
    suggestions: tuple[SuggestedAction, ...] = ()
    state: Bilingual | None = None


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
    autumn and follows them up in the spring. `rating`: when schools rate themselves, where the issuer says so.
    `school_year`: a round's year is the one in which its school year begins.
    """

    goals: int = 2
    follow_up: int = 1
    rating: int | None = None
    school_year: bool = False

    def follow_up_year(self, year: int) -> int:
        """The year in which what was agreed in `year` is followed up."""
        return year if self.follow_up > self.goals else year + 1

    def begins(self, year: int) -> date:
        """The first day of a round's year; a school year's is the first of July."""
        return date(year, 7, 1) if self.school_year else date(year, 1, 1)

    def ends(self, year: int) -> date:
        """The last day of a round's year."""
        return self.begins(year + 1) - timedelta(1)

    def year_of(self, day: date) -> int:
        """The round's year that a day lies in."""
        return day.year if day >= self.begins(day.year) else day.year - 1

    def due(self, year: int) -> date:
        """The day by which what is agreed about the round of `year` should be reached, unless something else is said:
        the last of the month of the follow-up."""
        when = self.follow_up_year(year)
        return date(when, self.follow_up, monthrange(when, self.follow_up)[1])


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """A step on the way to being certified: who takes it, in which month where that is fixed, what it holds (what an
    application says, which papers) and the event that it ends in. `decides`: a decision is made in it."""

    title: Bilingual
    who: Bilingual
    month: int | None = None
    event: Event | None = None
    decides: bool = False
    holds: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificationRoutine:
    """How schools become certified under a framework. `valid_years`: for how long; None where the issuer does not
    say."""

    title: Bilingual
    steps: tuple[RoutineStep, ...]
    valid_years: int | None = None
    renewal: Bilingual | None = None
    note: Bilingual | None = None

    def until(self, certified: date) -> date | None:
        """The last day of a certification, or of a renewal, of that day; None where it does not run out."""
        if self.valid_years is None:
            return None
        year = certified.year + self.valid_years
        leap = (certified.month, certified.day) == (2, 29)
        return (date(year, 3, 1) if leap else certified.replace(year=year)) - timedelta(1)


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
    certification: CertificationRoutine | None = None
    criteria: tuple[Criterion, ...] = field(init=False, compare=False, repr=False)  # of all areas, in order
    _by_id: dict[str, Criterion] = field(init=False, compare=False, repr=False)  # a page asks some thousand times

    def __post_init__(self) -> None:
        criteria = tuple(criterion for area in self.areas for criterion in area.criteria)
        object.__setattr__(self, "criteria", criteria)
        object.__setattr__(self, "_by_id", {criterion.id: criterion for criterion in reversed(criteria)})

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(range(self.scale_min, self.scale_max + 1))

    @property
    def counted_by(self) -> tuple:
        """What published figures are made of: two editions that are alike in this differ in what things are called, and
        when."""
        criteria = tuple((c.id, c.area, c.previous, c.change, c.asked) for c in self.criteria)
        return (self.id, self.previous, self.levels, self.goal, tuple(area.id for area in self.areas), criteria)

    def labels(self, language: str) -> tuple[str, ...]:
        return self.labels_en if language == "en" else self.labels_sv

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id; raises KeyError."""
        return self._by_id[criterion_id]

    def area(self, area_id: str) -> Area:
        """The area with this id; raises KeyError."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    def covers(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)
