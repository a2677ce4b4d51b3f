"""What somebody says of a list of projects that it does not say itself, or that only the city can know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ProjectChoice:
    """Which projects of a list are the city's, and its part in them. `called`: the names that the city's organisations
    have in the list: their projects are taken, and their role is known; `ids`: the projects that are taken besides, or
    alone. By a project's id: `days`, its first and last; `shares`, the city's own share; `unit_shares`, (unit, amount)
    for each unit that has one. `programme`: of projects for which the list says none. All as it was typed."""

    called: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    days: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    shares: Mapping[str, str] = field(default_factory=dict)
    unit_shares: tuple[tuple[str, str, str], ...] = ()  # project, unit, amount
    programme: str = ""

    @property
    def named(self) -> set[str]:
        """The ids that anything is said of."""
        return {*self.ids, *self.days, *self.shares, *(id_ for id_, _, _ in self.unit_shares)}


NOTHING_CHOSEN = ProjectChoice()
