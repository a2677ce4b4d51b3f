"""Who has been refused what today, so that it is written down once however often they try: the audit file is kept for
good, and whoever has signed in without a role can come back in as many sessions as they like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock

from analytics.model.people import Identity

Refusal = tuple[Identity, str, bool]
"""Somebody, a page, and whether they had any role: what is written down once a day."""


class Refusals:
    """Those of one day, by UTC as the audit file has it. There are no more than people times twice the pages."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._of: set[Refusal] = set()

    def note(self, day: date, refusal: Refusal, write_down: Callable[[], None]) -> None:
        """Has it written down, unless it has been this day; what cannot be written down is tried at the next time."""
        with self._lock:
            self._begin(day)
            if refusal not in self._of:
                write_down()
                self._of.add(refusal)

    def recall(self, day: date, refusal: Refusal) -> None:
        """One that was written down before the server was started."""
        with self._lock:
            self._begin(day)
            self._of.add(refusal)

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._day, self._of = day, set()


REFUSALS = Refusals()
