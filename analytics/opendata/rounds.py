"""Which rounds the world may see: the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.model.people import Audience
from analytics.model.schools import RoundId
from analytics.store.openness import openness_file
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class OpenRounds:
    """The rounds that are open data; those that are not released to all yet; and those that are held back, as a few
    people's answers in them were changed after they were published: who has both tables would have those answers."""

    open: frozenset[RoundId]
    held_back: frozenset[RoundId] = frozenset()
    not_released: frozenset[RoundId] = frozenset()

    @property
    def whole_frameworks(self) -> frozenset[str]:
        """The frameworks of which every round is open: what is made of all their rounds tells of no closed one."""
        closed = {name for name, _ in self.held_back | self.not_released}
        return frozenset(name for name, _ in self.open) - closed

    @property
    def scope(self) -> str:
        """A scalar for cache keys: the rounds that are open."""
        return " ".join(f"{name} {year}" for name, year in sorted(self.open))


def open_rounds(view: View) -> OpenRounds:
    """A version's rounds, as of now: a release is no new version. Raises StoreBroken where it cannot be read what has
    been released: then nothing is open."""
    rounds = frozenset(view.rows("select distinct framework, year from school_round"))
    told = openness_file(view.path.parent).said()
    not_released = frozenset(each for each in rounds if told.released_to(*each) is not Audience.ALL)
    few_changed = rounds & frozenset(view.rows("select distinct framework, year from near_copy"))
    return OpenRounds(rounds - few_changed - not_released, few_changed - not_released, not_released)
