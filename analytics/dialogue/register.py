"""The dialogues and their frozen briefs as a viewer may see them."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.dialogue import Dialogues, FrozenBrief
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.store.dialogue import frozen_brief, read_dialogues
from analytics.store.reading import View


def dialogues(view: View, viewer: Viewer) -> Dialogues:
    """Everything about the schools that the viewer may see; the administration's own activities are everybody's."""
    found = read_dialogues(view)
    of_schools = ("dialogues", "agreements", "actions", "certifications", "findings", "labels")
    allowed = {name: tuple(row for row in getattr(found, name) if viewer.may_see(row.school_id)) for name in of_schools}
    return replace(found, **allowed)


def frozen(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> FrozenBrief | None:
    """The brief as it was on the day it was frozen; None where it has not been. Raises NotAllowed."""
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
    return frozen_brief(view, school_id, framework, year)
