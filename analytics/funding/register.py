"""The one way from a view to the funding register."""

from __future__ import annotations

from analytics.model import NotAllowed, Viewer
from analytics.model_funding import Funding
from analytics.store.funding import read_funding
from analytics.store.reading import View


def funding(view: View, viewer: Viewer) -> Funding:
    """The whole register; raises NotAllowed for a viewer who may see no school. It names no person."""
    if not viewer.may_see_city:
        raise NotAllowed
    return read_funding(view)
