"""What somebody is about to load: the files that they have left, and what they have said of them.

It is held in the server's memory and nowhere else, as it may hold names: for as long as somebody works with it, found
again by the address (`inlasning`) after a reload, and let go of when it is loaded, thrown away or left for an hour.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, RLock
from time import monotonic
from typing import Any

from analytics.intake.frameworks import MadeFramework
from analytics.intake.outside.project_choice import NOTHING_CHOSEN, ProjectChoice
from analytics.intake.raw import LeftFile
from analytics.intake.readers import TextTable
from analytics.intake.round_said import without_round
from analytics.loads.recognition import Recognised
from analytics.loads.trial import LoadTrial
from pages.data.imports.job import Job

MOST = 30  # that are held at once; beyond that the one nobody has touched the longest goes
MOST_FILES = 40  # of one
MOST_BYTES = 100 * 2**20
HOUR = 3600.0  # seconds
ADD, REPLACE, LEAVE = "add", "replace", "leave"  # what becomes of what is there already
IMPORT = "inlasning"  # the parameter: which of those that are held


@dataclass
class HeldFile:
    """A file as it was left, and as it is read: from `sheet` and with the headings on `heading_row`, where somebody has
    said which."""

    left: LeftFile
    found: Recognised
    sheet: str | None = None
    heading_row: int | None = None
    again: bool = False  # it has been loaded before, and is to be loaded all the same
    school: str = ""  # whose all of it is, where no column says so: an id, or the name of a new one

    @property
    def of_levels(self) -> TextTable | None:
        """The table, where it has a question a row and an answer a column."""
        return self.found.table if self.found.table is not None and self.found.table.told else None


@dataclass
class Import:
    """One person's files on their way in, and all that they have chosen. `typed`: schools as lines, `named`: those of
    them that the files named by themselves; `invited`: a table of how many were asked; `made`: a framework that was
    made here; `trial`: what a load would come to, None until it is known; `outcome`: what it came to."""

    token: str
    owner: str
    files: list[HeldFile] = field(default_factory=list)
    framework: str | None = None
    year: int | None = None
    municipality: str | None = None
    group: str | None = None
    projects: ProjectChoice = NOTHING_CHOSEN
    if_there: str = ""  # one of ADD, REPLACE, LEAVE, once somebody has said it
    i_know: bool = False
    remember: bool = True
    typed: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    invited: str = ""
    made: MadeFramework | None = None
    trial: LoadTrial | None = None
    trouble: str = ""  # why the last thing that was tried could not be done
    job: Job | None = None
    outcome: Any = None
    touched: float = 0.0
    lock: Any = field(default_factory=RLock)

    @property
    def becomes(self) -> str:
        """What becomes of what is there already, as somebody has said; before that, what takes nothing away."""
        may_add = self.trial is not None and self.trial.added is not None
        if self.if_there == ADD or not self.if_there:
            return ADD if may_add else LEAVE
        return self.if_there

    @property
    def may_go(self) -> bool:
        """Whether all is mended and chosen that must be before it is loaded."""
        trial = self.trial
        if trial is None or trial.problems or (trial.near and not self.i_know):
            return False
        return not trial.there or self.becomes == REPLACE or (self.becomes == ADD and trial.adds_something)

    def tables(self) -> list[TextTable]:
        return [held.found.table for held in self.files if held.found.table is not None]

    def forms(self) -> list[HeldFile]:
        return self.of_kind("form")

    def without_round(self) -> list[HeldFile]:
        """Those that do not say themselves which framework and year they are of; first those whose questions tell."""
        asking = [held for held in self.files if held in self.forms() or held.of_levels is not None]
        tables = [(held, held.found.table) for held in self.files if held not in asking]
        return asking + [held for held, table in tables if table is not None and without_round(table)]

    def of_kind(self, *kinds: str) -> list[HeldFile]:
        return [held for held in self.files if held.found.kind in kinds and held.found.table is not None]


def begun(owner: str) -> Import:
    """One that nothing has been left in yet; it is held once something is."""
    return Import(secrets.token_urlsafe(12), owner)


@dataclass
class Imports:
    """All that are on their way in on this server."""

    now: Callable[[], float] = monotonic
    _held: dict[str, Import] = field(default_factory=dict)  # the one touched last stands last
    _lock: Lock = field(default_factory=Lock)

    def keep(self, one: Import) -> None:
        """From now on it is found by its token."""
        self._touch(one)

    def of(self, token: str | None, owner: str) -> Import | None:
        """The one with this token, if it is this person's and still held."""
        found = self._held.get(token or "")
        if found is None or found.owner != owner or self._is_left(found):
            return None
        self._touch(found)
        return found

    def let_go(self, token: str) -> None:
        with self._lock:
            self._held.pop(token, None)

    def _touch(self, one: Import) -> None:
        with self._lock:
            one.touched = self.now()
            self._held.pop(one.token, None)
            self._held[one.token] = one
            gone = [token for token, other in self._held.items() if self._is_left(other)]
            for token in [*gone, *list(self._held)[: max(len(self._held) - len(gone) - MOST, 0)]]:
                self._held.pop(token, None)

    def _is_left(self, one: Import) -> bool:
        return self.now() - one.touched > HOUR and not (one.job and not one.job.over)


HELD = Imports()
