"""The vocabulary of the quality dialogue: a dialogue, what was agreed in it, and a school's road to Digital skola.

A dialogue is about one school's round: its framework and year are the round's, whatever day it is held. What is agreed
is numbered within the dialogue, from 1, and an agreement's actions within the agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from analytics.model.provenance import Provenance


class Responsible(StrEnum):
    """Who answers for an action, in the words of Göteborg's plan."""

    STAFF = "staff"
    TEACHING_STAFF = "teaching_staff"
    MANAGER = "manager"
    PRINCIPAL = "principal"
    CENTRAL = "central"


class Progress(StrEnum):
    """How far something agreed has come. "Late" is no state of its own: it is a day gone by."""

    AGREED = "agreed"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        return self in (Progress.AGREED, Progress.UNDER_WAY)


class Event(StrEnum):
    """The stages on the way to being certified."""

    APPLIED = "applied"
    IN_PROCESS = "in_process"
    CERTIFIED = "certified"
    RENEWED = "renewed"
    DECLINED = "declined"


class Mark(StrEnum):
    """eTwinning's labels and certificates."""

    SCHOOL_LABEL = "school_label"
    NATIONAL_QUALITY_LABEL = "national_quality_label"
    EUROPEAN_QUALITY_LABEL = "european_quality_label"
    PRIZE = "prize"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A quality dialogue about a school's round. `held` is None while it is only prepared."""

    school_id: str
    framework: str
    year: int
    held: date | None = None
    participants: str | None = None
    notes: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class Agreement:
    """A goal on a criterion: from where to where (in levels; a share 0-1 where the framework's goal is one), by when.

    `from_level`: the school's figure when it was agreed, None where it was hidden. `goal`: the goal in words.
    `followed_up`: the day when the outcome was written down.
    """

    school_id: str
    framework: str
    year: int
    number: int
    criterion: str
    to_level: float
    due: date
    from_level: float | None = None
    goal: str | None = None
    status: Progress = Progress.AGREED
    outcome: str | None = None
    followed_up: date | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class Action:
    """What is done towards an agreement, and the role that answers for it. `activity`: the central one it leans on."""

    school_id: str
    framework: str
    year: int
    agreement: int
    number: int
    text: str
    role: Responsible
    due: date | None = None
    activity: str | None = None
    status: Progress = Progress.AGREED
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """What the administration itself offers within a framework's area, `start` to `end` (None: open)."""

    id: str
    title: str
    framework: str
    area: str
    description: str | None = None
    start: date | None = None
    end: date | None = None
    contact: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class Certification:
    """A stage that a school came to on a day, under a framework; None: nobody said which, and the day tells."""

    school_id: str
    event: Event
    day: date
    note: str | None = None
    framework: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class Finding:
    """The level that those who certify found a school at on a criterion."""

    school_id: str
    framework: str
    criterion: str
    day: date
    level: int
    note: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class Label:
    """An eTwinning label or certificate that a school has had since `day`, and until `until` where it runs out."""

    school_id: str
    label: Mark
    day: date
    until: date | None = None
    note: str | None = None
    provenance: Provenance = Provenance.IMPORTED


@dataclass(frozen=True, slots=True)
class FrozenBrief:
    """A brief as it was when it was frozen: `contents` is JSON (analytics.documents.brief reads it), made from
    version `made_from` at `frozen_at` (UTC)."""

    school_id: str
    framework: str
    year: int
    frozen_at: datetime
    made_from: int
    frozen_by: str
    contents: str


@dataclass(frozen=True, slots=True)
class Dialogues:
    """All of it as one version holds it; every tuple in the order in which it was told. Frozen briefs are asked for one
    by one (store.dialogue.frozen_brief)."""

    dialogues: tuple[Dialogue, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    actions: tuple[Action, ...] = ()
    activities: tuple[Activity, ...] = ()
    certifications: tuple[Certification, ...] = ()
    findings: tuple[Finding, ...] = ()
    labels: tuple[Label, ...] = ()
