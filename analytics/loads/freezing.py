"""Freezing a brief: what it says then is kept as a new version of the store, word for word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from analytics.dialogue.brief.facts import brief
from analytics.documents.brief import frozen_contents
from analytics.loads.dialogue_rows import RoundKey
from analytics.model.dialogue import FrozenBrief
from analytics.model.errors import NotAllowed, StoreBusy
from analytics.model.schools import Viewer
from analytics.store.audit import acting_as
from analytics.store.dialogue import write_frozen_brief
from analytics.store.reading import Store, version_record
from analytics.store.scoped import seen_by
from analytics.store.versions import read_current
from analytics.store.writing import locked, write_version
from analytics.words.language import words

WAIT = 60  # seconds for those who save just now
TRIES = 20  # others may save all the while; a brief is frozen as of the version in force


def freeze(folder: Path, viewer: Viewer, about: RoundKey, *, frozen_by: str, today: date) -> int:
    """Keeps the brief as it is now; returns the new version's number. An earlier frozen brief of the round gives way,
    but stays in its versions. Raises NotAllowed, KeyError (school or framework), StoreBusy or StoreBroken."""
    if not viewer.may_see_round(*about[1:]):
        raise NotAllowed(about[0])
    for _ in range(TRIES):
        view = seen_by(Store(folder).current(), viewer)
        contents = frozen_contents(brief(view, viewer, *about, today), words("sv"), words("en"))
        frozen = FrozenBrief(*about, datetime.now(UTC).replace(tzinfo=None), view.number, frozen_by, contents)
        with acting_as(viewer.who), locked(folder, WAIT, longest=WAIT):
            if read_current(folder).number != view.number:
                continue  # somebody has saved meanwhile: what is frozen says which version it is made from
            return write_version(
                folder,
                loaded_by=frozen_by,
                action="freeze",
                sources=(),
                hide_below=version_record(view).hide_below,
                change_answers=lambda connection, number: False,
                change_view=lambda connection, number, frozen=frozen: write_frozen_brief(connection, frozen),
                figures_stay=True,
                funding_stays=True,
            )
    raise StoreBusy(str(folder))
