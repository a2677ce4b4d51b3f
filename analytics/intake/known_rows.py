"""What the rows of a register may lean on: projects, budget goals, agreements, activities."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from analytics.intake.parsed import key_of
from analytics.intake.vocabulary import plain
from analytics.model.dialogue import Dialogues
from analytics.model.funding import BudgetGoal, Funding
from analytics.registers.field import RowKind
from analytics.registers.funding import FUNDING
from analytics.registers.kinds import REGISTERS


class KnownRows:
    """The rows there will be: the store's, and those of the files of this call that have been read so far.

    A row that is refused for something else than what it is about counts as there: what leans on it is not refused for
    that as well. Of the kinds in `unsure` it could not even be read what some rows are about.
    """

    def __init__(self, funding: Funding, dialogues: Dialogues):
        self.unsure: set[str] = set()
        self._rows: dict[str, list[Any]] = {
            kind.name: list(getattr(funding if kind in FUNDING else dialogues, kind.part)) for kind in REGISTERS
        }
        self._keys = {kind.name: {key_of(row, kind.key) for row in self._rows[kind.name]} for kind in REGISTERS}

    def take_in(self, kind: RowKind, rows: Iterable[Any], keys: Collection[tuple]) -> None:
        """Adds what a file tells, in place of what that replaces: its good rows, and what all of its rows are about."""
        told = list(rows)
        replaced = {key_of(row, kind.replaces) for row in told}
        kept = [row for row in self._rows[kind.name] if key_of(row, kind.replaces) not in replaced]
        self._rows[kind.name] = kept + told
        self._keys[kind.name] = {key_of(row, kind.key) for row in kept} | set(keys)

    def titles(self, kind: str) -> dict[str, str]:
        """The ids of a kind's rows, with their titles ('' where a row could not be read)."""
        return {id_: "" for (id_,) in sorted(self._keys[kind])} | {row.id: row.title for row in self._rows[kind]}

    def keys(self, kind: str) -> set[tuple]:
        """What a kind's rows are about."""
        return self._keys[kind]

    @property
    def goals(self) -> dict[int, BudgetGoal]:
        return {goal.number: goal for goal in self._rows["budget_goals"]}

    def goals_named(self, name: str) -> set[int]:
        """The numbers of the goals with this name, in either language."""
        return {g.number for g in self.goals.values() if plain(name) in (plain(g.title_sv), plain(g.title_en))}
