"""The one way from a view to the funding register."""

from __future__ import annotations

from analytics.model import NotAllowed, StoreBroken, Viewer
from analytics.model_funding import Funding
from analytics.store.funding import read_funding
from analytics.store.reading import Store, View
from analytics.store.versions import read_current

LOOKED_BACK = 40  # versions


def funding(view: View, viewer: Viewer) -> Funding:
    """The whole register; raises NotAllowed for a viewer who may see no school. It names no person."""
    if not viewer.may_see_city:
        raise NotAllowed
    return read_funding(view)


def as_last_reported(store: Store, until: int, viewer: Viewer, year: int) -> Funding | None:
    """The register as it was before anything of the year was told, in the latest such version up to `until` that holds
    payments of the year before; None where no version does, as when several years came in one load."""
    numbers = [published.number for published in read_current(store.folder).published if published.number <= until]
    for number in numbers[: -LOOKED_BACK - 1 : -1]:
        try:
            view = store.version(number)
            years = {row[0] for row in view.rows("select distinct report_year from payment")}
        except (KeyError, StoreBroken):
            return None  # an older version lacks what this edition asks for
        if year in years:
            continue
        return funding(view, viewer) if year - 1 in years else None
    return None
