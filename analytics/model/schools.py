"""What a school in the register is, and who asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.model.provenance import Provenance


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
