"""Saving what was typed on a page: the same checks as for a file, one new version, and nobody's work written over.

What others saved in other fields meanwhile stays; where two changed the same field, nothing is saved and both are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from analytics.intake.files import FileToLoad, ReadingOptions
from analytics.loads.dialogue import ClearedDialogues
from analytics.loads.dialogue_rows import FieldConflict, Texts, conflicts
from analytics.loads.funding import ClearedFunding
from analytics.loads.inspection import would_be_refused
from analytics.loads.load import (
    NO_DIALOGUES_CLEARED,
    NOTHING_CLEARED,
    Begun,
    LoadOutcome,
    LoadRefused,
    load,
)
from analytics.loads.own_part import not_theirs
from analytics.model.errors import KvalitetError, NotAllowed, StoreBusy
from analytics.model.schools import Viewer
from analytics.store.audit import acting_as
from analytics.store.drafts import Typed
from analytics.store.reading import Store, View
from analytics.store.registers import Registers, read_registers
from analytics.store.scoped import seen_by
from analytics.words.language import Words

WAIT = 60  # seconds for those who save just now: in the week of the dialogues there are many
TRIES = 20  # others may save other things all the while; each try stands on what they have saved


class BothChanged(KvalitetError):
    """Somebody else has changed the same fields meanwhile; nothing was saved."""

    def __init__(self, changes: Sequence[FieldConflict]):
        super().__init__(f"{len(changes)} conflict(s)")
        self.changes = tuple(changes)


class _SavedMeanwhile(Exception):
    """What is being saved was saved by somebody else between reading it and writing it."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a save writes: its sheets (or a framework), and what goes from the registers first."""

    sheets: Sequence[FileToLoad] = ()
    cleared: ClearedFunding = NOTHING_CLEARED
    cleared_dialogues: ClearedDialogues = NO_DIALOGUES_CLEARED


Saved = TypeVar("Saved")
"""What a unit's texts are read of: the registers, mostly."""


def of_registers(view: View | None, registers: Registers) -> Registers:
    return registers


@dataclass(frozen=True)
class SaveUnit(Generic[Saved]):
    """Something that is saved as a whole, as texts by field: how they are read of what is saved, and what is written,
    given the texts that are saved now and what is typed. `school`: whose it is; None: the whole administration's.
    `settled`: the fields that are saved already, of all that is typed; `placed`: the others as they stand in what is
    saved now. `saved`: what the texts are read of, given a version and its registers."""

    school: str | None
    texts: Callable[[Saved], Texts]
    writing: Callable[[Texts, Mapping[str, Typed], Words], Writing]
    settled: Callable[[Texts, Mapping[str, Typed]], Sequence[str]] = lambda texts, typed: ()
    placed: Callable[[Texts, Mapping[str, Typed]], Mapping[str, Typed]] = lambda texts, typed: typed
    saved: Callable[[View | None, Registers], Saved] = of_registers  # ty: ignore[invalid-assignment]
    in_parts: bool = False


def save(
    folder: Path, viewer: Viewer, what: SaveUnit, typed: Mapping[str, Typed], say: Words, *, saved_by: str
) -> LoadOutcome:
    """Saves what was typed, by field, as one new version; raises NotAllowed, BothChanged, LoadRefused, StoreBusy or
    StoreBroken."""
    if not (viewer.schools is None if what.school is None else viewer.may_see(what.school)):
        raise NotAllowed(what.school or "")
    if viewer.administrations is not None and not what.in_parts:
        raise NotAllowed
    for _ in range(TRIES):
        view = Store(folder).current()
        begun = Begun(view, read_registers(view))
        now = what.texts(what.saved(view, begun.registers))
        if viewer.administrations is not None:
            _of_their_part_alone(folder, view, viewer, what, now, typed, say)
        settled = set(what.settled(now, typed))
        mine = what.placed(now, {name: one for name, one in typed.items() if name not in settled})
        changes = conflicts(now, mine)
        if changes:
            raise BothChanged(changes)

        def unless(view: View | None, registers: Registers, now: Texts = now, mine: Begun = begun) -> None:
            if registers is not mine.registers and what.texts(what.saved(view, registers)) != now:
                raise _SavedMeanwhile

        writing = what.writing(now, mine, say)
        if not writing.sheets and replace(writing, sheets=()) == Writing():
            return LoadOutcome(view.number, (), ())  # it is all as it was typed, by whoever saved it
        try:
            with acting_as(viewer.who):
                return load(
                    folder, writing.sheets, ReadingOptions(), say, loaded_by=saved_by, action="edit", typed=True,
                    replace=True, cleared=writing.cleared, cleared_dialogues=writing.cleared_dialogues, unless=unless,
                    forbidden=lambda before, after: not_theirs(viewer, before, after, say),
                    begun=begun, wait_seconds=WAIT, longest=WAIT,
                )  # fmt: skip
        except _SavedMeanwhile:
            continue
    raise StoreBusy(str(folder))


def _of_their_part_alone(
    folder: Path, view: View, viewer: Viewer, what: SaveUnit, now: Texts, typed: Mapping[str, Typed], say: Words
) -> None:
    """Tries what is typed as if there were no part but theirs: whatever is refused or told then, in a conflict, in a
    hint, by being saved already, tells nothing of another's. Raises NotAllowed, BothChanged or LoadRefused."""
    seen = seen_by(view, viewer)
    registers = read_registers(seen)
    theirs = what.texts(registers)
    settled = set(what.settled(theirs, typed))
    mine = what.placed(theirs, {name: one for name, one in typed.items() if name not in settled})
    if changes := conflicts(theirs, mine):
        raise BothChanged(changes)
    writing = what.writing(theirs, mine, say)
    if problems := would_be_refused(
        folder, seen, registers, writing.sheets, say,
        cleared=writing.cleared, forbidden=lambda before, after: not_theirs(viewer, before, after, say),
    ):  # fmt: skip
        raise LoadRefused(LoadOutcome(view.number, (), tuple(problems)))
    hidden = set(map(_what_is_typed_in, now)) - set(map(_what_is_typed_in, theirs))
    if hidden.intersection(map(_what_is_typed_in, what.placed(now, typed))):
        raise NotAllowed  # taken away, or new by a name that another's has


def _what_is_typed_in(field: str) -> str:
    """The row that a field is of; the field itself where it is of none."""
    return field.rpartition(".")[0] or field
