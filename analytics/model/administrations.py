"""The administrations of a city (förvaltningar) that account for their international work, and the part of a year's
report that each hands in to the city office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Administration:
    """One of the city's administrations; it reports on the years from `valid_from` to `valid_to` (None: whatever the
    year). `title`: what it is called; `contact`: a role or a shared address, nobody's name."""

    id: str
    title: str
    contact: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None

    def in_force(self, year: int) -> bool:
        return (self.valid_from or year) <= year <= (self.valid_to or year)


class PartStatus(StrEnum):
    """How far an administration's part of a year's report has come, in the order in which it does."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    HANDED_IN = "handed_in"
    APPROVED = "approved"

    @property
    def is_in(self) -> bool:
        """Whether the city office has it."""
        return self in (PartStatus.HANDED_IN, PartStatus.APPROVED)


MAY_BECOME: Mapping[PartStatus, frozenset[PartStatus]] = {
    PartStatus.NOT_BEGUN: frozenset({PartStatus.DRAFT, PartStatus.HANDED_IN}),
    PartStatus.DRAFT: frozenset({PartStatus.HANDED_IN}),
    PartStatus.HANDED_IN: frozenset({PartStatus.APPROVED, PartStatus.DRAFT}),
    PartStatus.APPROVED: frozenset({PartStatus.DRAFT}),
}
"""What each status may be followed by: approved is only what was handed in, and what is sent back is a draft again."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The save by which a part was handed in: its version, when (UTC), by whom."""

    version: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReportPart:
    """An administration's part of a year's report. `deadline`: the last day to hand it in; `note`: why it was sent
    back; `registry_number`: its own, where it is kept by itself. Who handed it in and approved it, and when, is what
    was done to the row (store/history.py): no name stands in it."""

    year: int
    administration: str
    deadline: date | None = None
    status: PartStatus = PartStatus.NOT_BEGUN
    note: str | None = None
    registry_number: str | None = None
