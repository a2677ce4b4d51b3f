"""What has changed beyond noise since the round before."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.maturity.changes import SchoolChange, school_changes, since_last
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.schools import Viewer
from analytics.store.reading import View


@dataclass(frozen=True, slots=True)
class ClearChange:
    """A clear change on an area ('': over all areas), or with `criterion` on a criterion; in levels."""

    area: str
    criterion: str
    before: float
    now: float
    difference: float


@dataclass(frozen=True, slots=True)
class ClearChanges:
    """The clear changes since `since` (None: there is no earlier round to compare with): of areas, the whole first and
    then the largest, and of criteria. `unmoved` criteria could be compared and did not clearly change. `same_words`:
    the round before was of another framework (`before_framework`), and only criteria in the same words are compared."""

    since: int | None
    before_framework: str | None
    same_words: bool
    areas: tuple[ClearChange, ...]
    criteria: tuple[ClearChange, ...]
    unmoved: int

    @property
    def compared(self) -> int:
        """How many criteria could be compared."""
        return len(self.criteria) + self.unmoved


def clear_changes(view: View, viewer: Viewer, school_id: str, framework: Framework, year: int) -> ClearChanges:
    """Raises NotAllowed."""
    found = since_last(school_changes(view, viewer, school_id, framework.id, year))
    if not found:
        return ClearChanges(None, None, False, (), (), 0)
    criteria = [change for change in found if change.criterion]
    areas = [change for change in found if not change.criterion]
    before = found[0].before_framework
    return ClearChanges(
        found[0].before_year,
        before,
        before != framework.id,
        _clear(areas),
        _clear(criteria),
        sum(not change.clear for change in criteria),
    )


def _clear(changes: list[SchoolChange]) -> tuple[ClearChange, ...]:
    def order(change: SchoolChange) -> tuple[bool, float]:
        return change.area != WHOLE, -abs(change.difference)

    clear = sorted((change for change in changes if change.clear), key=order)
    return tuple(
        ClearChange(change.area, change.criterion, change.before_mean, change.mean, change.difference)
        for change in clear
    )
