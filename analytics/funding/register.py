"""The one way from a view to the funding register."""

from __future__ import annotations

from analytics.model.errors import NotAllowed, StoreBroken
from analytics.model.funding import Funding
from analytics.model.schools import Viewer
from analytics.registers.funding import FUNDING
from analytics.store.funding import read_funding
from analytics.store.history import Entry, read_changes
from analytics.store.reading import Store, View, standing_on

LOOKED_BACK = 40  # registers; the many versions that left the register as it was are passed over


def funding(view: View, viewer: Viewer) -> Funding:
    """The whole register; raises NotAllowed for a viewer who may see no school. It names no person."""
    if not viewer.may_see_city:
        raise NotAllowed
    return read_funding(view)


def history(view: View, viewer: Viewer, kind: str, project_id: str | None = None) -> tuple[Entry, ...]:
    """What has been done to the register's rows of a kind, the oldest first; of one project where it is named. Raises
    NotAllowed for a viewer who may see no school, KeyError for a kind that is none of the register's."""
    if not viewer.may_see_city:
        raise NotAllowed
    if kind not in {known.name for known in FUNDING}:
        raise KeyError(kind)
    of_project, named = ("", []) if project_id is None else (" and project_id = ?", [project_id])
    return read_changes(view, f"kind = ?{of_project}", [kind, *named])


def as_last_reported(store: Store, until: int, viewer: Viewer, year: int) -> Funding | None:
    """The register as it was before anything of the year was told, in the latest version on the way to `until` that has
    nothing of it; None where that holds no payments of the year before, as when several years came in one load, and for
    a viewer of some administrations alone, of whom older versions do not say whose projects were."""
    if viewer.administrations is not None:
        return None
    number: int | None = until
    for _ in range(LOOKED_BACK):
        if number is None:
            return None
        try:
            view = store.version_at(number)
            years = {row[0] for row in view.rows("select distinct report_year from payment")}
            if year not in years:
                return funding(view, viewer) if year - 1 in years else None
            number = _before(store, standing_on(view)[1])
        except (KeyError, StoreBroken):
            return None  # an older version lacks what this edition asks for
    return None


def _before(store: Store, number: int) -> int | None:
    """The version that one was made from; of one that has been tidied away, the one before it in number: the last
    before another year was paid out is kept."""
    try:
        ((parent,),) = store.version(number).rows("select parent from version")
    except KeyError:
        return number - 1
    return parent
