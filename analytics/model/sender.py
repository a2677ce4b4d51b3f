"""Who sends the yearly report, and as what it is kept and decided on: the city's settings, no part of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Sender:
    """What is the same from year to year; empty where nobody has said. `introduction` stands before the projects, in
    place of the one that the form has."""

    city: str = ""
    committee: str = ""
    administration: str = ""
    contact: str = ""
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One year's report as it is kept: its number in the register of documents (diarienummer), its day, and who decided
    on it when."""

    number: str = ""
    day: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """All that a year's report says of who sends it."""

    sender: Sender = Sender()
    filing: Filing = Filing()

    @property
    def told(self) -> dict[str, str]:
        """What the document's head has room for, by name, as it is written there; empty where nobody has said."""
        sender, filing = self.sender, self.filing
        return {
            "city": sender.city,
            "committee": sender.committee,
            "administration": sender.administration,
            "number": filing.number,
            "day": filing.day.isoformat() if filing.day else "",
            "decision": filing.decision,
            "contact": sender.contact,
        }

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, text in self.told.items() if not text)


NOBODY = Dispatch()


@dataclass(frozen=True, slots=True)
class Dispatches:
    """What a city has said: of itself, and of each year's report."""

    sender: Sender = Sender()
    filings: Mapping[int, Filing] = field(default_factory=dict)

    def of(self, year: int) -> Dispatch:
        return Dispatch(self.sender, self.filings.get(year, Filing()))
