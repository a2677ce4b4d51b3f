"""The dialogues and their frozen briefs as a viewer may see them."""

from __future__ import annotations

from dataclasses import replace

from analytics.model.dialogue import Dialogues, FrozenBrief
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.registers.dialogue import DIALOGUE
from analytics.store.dialogue import frozen_brief, read_dialogues
from analytics.store.history import Entry, read_changes
from analytics.store.reading import View


def dialogues(view: View, viewer: Viewer) -> Dialogues:
    """Everything about the schools that the viewer may see; the administration's own activities are everybody's."""
    found = read_dialogues(view)
    of_schools = ("dialogues", "agreements", "actions", "certifications", "findings", "labels")
    allowed = {name: tuple(row for row in getattr(found, name) if viewer.may_see(row.school_id)) for name in of_schools}
    return replace(found, **allowed)


def history(view: View, viewer: Viewer, kind: str, school_id: str | None = None) -> tuple[Entry, ...]:
    """What has been done to the dialogue's rows of a kind, the oldest first: a school's where it is named (raises
    NotAllowed), else all that are no school's or of one that the viewer may see. Raises KeyError for another kind."""
    if kind not in {known.name for known in DIALOGUE}:
        raise KeyError(kind)
    if school_id is not None:
        if not viewer.may_see(school_id):
            raise NotAllowed(school_id)
        return read_changes(view, "kind = ? and school_id = ?", [kind, school_id])
    found = read_changes(view, "kind = ?", [kind])
    return tuple(e for e in found if e.change.school_id is None or viewer.may_see(e.change.school_id))


def frozen(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> FrozenBrief | None:
    """The brief as it was on the day it was frozen; None where it has not been. Raises NotAllowed."""
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
    return frozen_brief(view, school_id, framework, year)
