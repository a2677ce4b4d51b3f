"""The dialogues and their frozen briefs as a viewer may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analytics.model.dialogue import Dialogues, FrozenBrief
from analytics.model.errors import NotAllowed
from analytics.model.schools import Viewer
from analytics.registers.dialogue import ACTIONS, ACTIVITIES, AGREEMENTS, DIALOGUE, DIALOGUES
from analytics.registers.shared import ROUND
from analytics.store.dialogue import frozen_brief, read_dialogues
from analytics.store.history import Entry, read_changes
from analytics.store.reading import View
from analytics.store.rows import read_kept


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


def history_of_round(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> tuple[Entry, ...]:
    """What has been done to a dialogue, its goals and their actions, the oldest first: of the dialogue itself, field by
    field. Raises NotAllowed."""
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
    kinds = (DIALOGUES, AGREEMENTS, ACTIONS)
    found = read_changes(view, "school_id = ? and kind in (?, ?, ?)", [school_id, *(kind.name for kind in kinds)])
    where, parameters = "school_id = ? and framework = ? and year = ?", [school_id, framework, year]
    there = {(kind.name, kept.id) for kind in kinds for kept in read_kept(view, kind.row, where, parameters)}
    own = _about(found, there, {"framework": framework, "year": str(year)})
    return tuple(part for entry in own for part in _fields(entry))


def history_of_activities(view: View, viewer: Viewer, framework: str) -> tuple[Entry, ...]:
    """What has been done to what the administration offers within a framework's areas, the oldest first."""
    found = history(view, viewer, ACTIVITIES.name)
    there = {(ACTIVITIES.name, kept.id) for kept in read_kept(view, ACTIVITIES.row, "framework = ?", [framework])}
    return tuple(_about(found, there, {"framework": framework}))


def _about(found: tuple[Entry, ...], there: set[tuple[str, str]], said: dict[str, str]) -> Iterator[Entry]:
    """What was done to the rows that are `there` (kind and id), or that said this when they came or went."""
    own = set(there)
    for entry in found:
        texts = entry.change.texts
        if texts and all(texts.get(name) == text for name, text in said.items()):
            own.add((entry.change.kind, entry.change.row))
    return (entry for entry in found if (entry.change.kind, entry.change.row) in own)


def _fields(entry: Entry) -> Iterator[Entry]:
    """A dialogue that is written for the first time is, to people, its fields that are filled in."""
    change = entry.change
    if change.field or change.kind != DIALOGUES.name:
        yield entry
        return
    for column in DIALOGUES.columns:
        text = change.texts.get(column.name)
        if text and column.attribute not in ROUND:
            before, after = ("", text) if change.added else (text, "")
            yield replace(entry, change=replace(change, field=column.name, before=before, after=after))


def frozen(view: View, viewer: Viewer, school_id: str, framework: str, year: int) -> FrozenBrief | None:
    """The brief as it was on the day it was frozen; None where it has not been. Raises NotAllowed."""
    if not viewer.may_see(school_id):
        raise NotAllowed(school_id)
    return frozen_brief(view, school_id, framework, year)
