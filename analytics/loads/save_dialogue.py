"""Saving what was edited on the screen of dialogues, events and activities: the same checks as for a file, one new
version, and nobody's work written over. What others saved in other fields meanwhile stays; where two changed the same
field, nothing is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.intake.files import Reading
from analytics.intake.raw import cleaned, text_column
from analytics.intake.readers import Sheet
from analytics.loads.dialogue import ClearedDialogues
from analytics.loads.dialogue_rows import Changed, Round, Row, Texts, conflicts, overlaid, rows_in, texts_of
from analytics.loads.load import Outcome, load
from analytics.model.dialogue import Dialogues
from analytics.model.errors import KvalitetError, NotAllowed, StoreBusy
from analytics.model.funding import Funding
from analytics.model.schools import Viewer
from analytics.store.dialogue import read_dialogues
from analytics.store.drafts import Typed
from analytics.store.reading import Store
from analytics.words.language import Words

WAIT = 60  # seconds for those who save just now: in the week of the dialogues there are many
TRIES = 20  # others may save other dialogues all the while; each try stands on what they have saved


class BothChanged(KvalitetError):
    """Somebody else has changed the same fields meanwhile; nothing was saved."""

    def __init__(self, changes: Sequence[Changed]):
        super().__init__(f"{len(changes)} conflict(s)")
        self.changes = tuple(changes)


class _Moved(Exception):
    """The dialogue was saved by somebody else between reading it and writing it."""


@dataclass(frozen=True)
class Saved:
    """Something that is saved as a whole, as texts: how they are read of the registers, the rows of each kind that they
    become, and what gives way to these, given the texts that are saved now. `school`: whose it is; None: the whole
    administration's."""

    school: str | None
    texts: Callable[[Dialogues], Texts]
    rows: Callable[[Texts], Mapping[str, Sequence[Row]]]
    cleared: Callable[[Texts], ClearedDialogues]


def save_dialogue(
    folder: Path, viewer: Viewer, about: Round, typed: Mapping[str, Typed], say: Words, *, saved_by: str
) -> Outcome:
    """Saves what was typed in a dialogue; see save_texts."""
    what = Saved(
        school=about[0],
        texts=lambda dialogues: texts_of(dialogues, about),
        rows=lambda texts: rows_in(texts, about),
        cleared=lambda _: ClearedDialogues(rounds=frozenset([about])),
    )
    return save_texts(folder, viewer, what, typed, say, saved_by=saved_by)


def save_texts(
    folder: Path, viewer: Viewer, what: Saved, typed: Mapping[str, Typed], say: Words, *, saved_by: str
) -> Outcome:
    """Saves what was typed, by field, as one new version; raises NotAllowed, BothChanged, LoadRefused, StoreBusy or
    StoreBroken."""
    if not (viewer.schools is None if what.school is None else viewer.may_see(what.school)):
        raise NotAllowed(what.school or "")
    for _ in range(TRIES):
        now = what.texts(read_dialogues(Store(folder).current()))
        changes = conflicts(now, typed)
        if changes:
            raise BothChanged(changes)

        def unless(_: Funding, dialogues: Dialogues, now: Texts = now) -> None:
            if what.texts(dialogues) != now:
                raise _Moved

        try:
            return load(
                folder, _sheets(what.rows(overlaid(now, typed)), say), Reading(), say, loaded_by=saved_by,
                action="edit", replace=True, cleared_dialogues=what.cleared(now), unless=unless, wait_seconds=WAIT,
            )  # fmt: skip
        except _Moved:
            continue
    raise StoreBusy(str(folder))


def part_names(say: Words) -> dict[str, str]:
    """What each kind of row is called where something in it is refused."""
    return {
        "dialogues": say("The dialogue"),
        "agreements": say("Agreements"),
        "actions": say("Actions"),
        "certifications": say("Events"),
        "activities": say("Activities"),
    }


def _sheets(rows: Mapping[str, Sequence[Row]], say: Words) -> list[Sheet]:
    names = part_names(say)
    return [_sheet(names[kind], own) for kind, own in rows.items() if own]


def _sheet(name: str, rows: Sequence[Row]) -> Sheet:
    headings = tuple(rows[0])
    columns = tuple(text_column([cleaned(row[heading]) for row in rows]) for heading in headings)
    digest = hashlib.sha256(repr([dict(row) for row in rows]).encode()).hexdigest()
    return Sheet(name, digest, headings, columns, np.arange(1, len(rows) + 1))
