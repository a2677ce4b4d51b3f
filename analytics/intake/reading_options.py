"""What a caller says of how files are to be read."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.intake.outside.project_choice import NOTHING_CHOSEN, ProjectChoice
from analytics.model.provenance import Provenance
from analytics.store.saved_forms import SavedForm


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How files are to be read: what the caller said outright, and where the data comes from."""

    as_: str | None = None
    framework: str | None = None
    year: int | None = None
    sheet: str | None = None
    municipality: str | None = None  # whose school units are meant, by code or name
    projects: ProjectChoice = NOTHING_CHOSEN  # which projects of a list are meant, and what is the city's of them
    provenance: Provenance = Provenance.IMPORTED
    school: str | None = None  # whose all of a form or a table of levels is that does not say so
    group: str | None = None  # of a table that has the answers of several, one
    saved: tuple[SavedForm, ...] = ()  # what somebody has said before of forms with the same headings
    divided: bool = False  # it has been looked to that no other owner in the store has these schools
