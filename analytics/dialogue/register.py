"""The dialogues as a viewer may see them."""

from __future__ import annotations

from dataclasses import replace

from analytics.model import Viewer
from analytics.model_dialogue import Dialogues
from analytics.store.dialogue import read_dialogues
from analytics.store.reading import View


def dialogues(view: View, viewer: Viewer) -> Dialogues:
    """Everything about the schools that the viewer may see; the administration's own activities are everybody's."""
    found = read_dialogues(view)
    of_schools = ("dialogues", "agreements", "actions", "certifications", "findings", "labels")
    allowed = {name: tuple(row for row in getattr(found, name) if viewer.may_see(row.school_id)) for name in of_schools}
    return replace(found, **allowed)
