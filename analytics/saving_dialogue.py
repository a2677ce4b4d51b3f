"""Saving a dialogue that was edited on the screen: the same checks as for a file, one new version, and nobody's work
written over. What others saved in other fields meanwhile stays; where two changed the same field, nothing is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from analytics.dialogue_rows import Changed, Round, Row, Texts, conflicts, overlaid, rows_in, texts_of
from analytics.intake.files import Reading
from analytics.intake.raw import cleaned, text_column
from analytics.intake.readers import Sheet
from analytics.language import Words
from analytics.loading import Outcome, load
from analytics.loading_dialogue import ClearedDialogues
from analytics.model import KvalitetError, StoreBusy
from analytics.model_dialogue import Dialogues
from analytics.model_funding import Funding
from analytics.store.dialogue import read_dialogues
from analytics.store.reading import Store

WAIT = 60  # seconds for those who save just now: in the week of the dialogues there are many
TRIES = 20  # others may save other dialogues all the while; each try stands on what they have saved


class BothChanged(KvalitetError):
    """Somebody else has changed the same fields meanwhile; nothing was saved."""

    def __init__(self, changes: Sequence[Changed]):
        super().__init__(f"{len(changes)} conflict(s)")
        self.changes = tuple(changes)


class _Moved(Exception):
    """The dialogue was saved by somebody else between reading it and writing it."""


def save_dialogue(
    folder: Path, about: Round, before: Texts, typed: Texts, say: Words, *, saved_by: str, tries: int = TRIES
) -> Outcome:
    """Saves what was typed as one new version; raises BothChanged, LoadRefused, StoreBusy or StoreBroken.

    `typed`: field -> text, and `before`: what stood there when the typing began.
    """
    for _ in range(tries):
        now = texts_of(read_dialogues(Store(folder).current()), about)
        changes = conflicts(before, now, typed)
        if changes:
            raise BothChanged(changes)

        def unless(_: Funding, dialogues: Dialogues, now: Mapping = now) -> None:
            if texts_of(dialogues, about) != now:
                raise _Moved

        try:
            return load(
                folder, _sheets(rows_in(overlaid(now, typed), about), say), Reading(), say, loaded_by=saved_by,
                action="edit", replace=True, cleared_dialogues=ClearedDialogues(rounds=frozenset([about])),
                unless=unless, wait_seconds=WAIT,
            )  # fmt: skip
        except _Moved:
            continue
    raise StoreBusy(str(folder))


def part_names(say: Words) -> dict[str, str]:
    """What each kind of row is called where something in it is refused."""
    return {"dialogues": say("The dialogue"), "agreements": say("Agreements"), "actions": say("Actions")}


def _sheets(rows: Mapping[str, Sequence[Row]], say: Words) -> list[Sheet]:
    names = part_names(say)
    return [_sheet(names[kind], own) for kind, own in rows.items() if own]


def _sheet(name: str, rows: Sequence[Row]) -> Sheet:
    headings = tuple(rows[0])
    columns = tuple(text_column([cleaned(row[heading]) for row in rows]) for heading in headings)
    digest = hashlib.sha256(repr([dict(row) for row in rows]).encode()).hexdigest()
    return Sheet(name, digest, headings, columns, np.arange(1, len(rows) + 1))
