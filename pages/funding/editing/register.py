"""The funding register as one person edits it: what is saved, what is typed over it, and what the grids do to that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from analytics.loads.dialogue_rows import REMOVED, all_of
from analytics.loads.funding_texts import BEGUN, PROJECT, EditedRegister, edited, part_of, signed, texts_of
from analytics.loads.new_rows import saved_under_their_tokens, under_saved_names
from analytics.loads.save import LoadOutcome, save
from analytics.loads.save_funding import FUNDING_REGISTER
from analytics.loads.seen import seen_registers
from analytics.registers.field import RowKind
from analytics.registers.funding import PROJECTS
from analytics.store.drafts import Typed
from analytics.store.registers import Registers
from pages.ui import access, kept_drafts
from pages.ui.content import Ask
from pages.ui.forms import Form, form
from pages.ui.grid.operations import CellTyped, Operation, RowAdded, RowRemoved, RowRestored

ABOUT = "the funding register"
DRAWN = (
    "funding_drawn"  # in the session: what the grids were last drawn with: (saved texts, field -> how it is written)
)


def registers(ask: Ask) -> Registers:
    """The rows that the viewer may see."""
    return seen_registers(ask.view, ask.viewer)


def saved_texts(ask: Ask) -> dict[str, str]:
    """The register as it is saved, by field."""
    return texts_of(access.composed(registers, ask))


def register_form(ask: Ask) -> Form:
    """The register with this person's draft."""
    saved = access.composed(saved_texts, ask.of_funding)
    st.session_state.setdefault(DRAWN, (saved, {}))
    current = form(ABOUT, saved, ask.say, saved_under_their_tokens)
    names = under_saved_names(saved, current.typed)
    if not names:
        return current
    for name, as_saved in names.items():  # what is typed in a new row that another holder of the draft has saved
        kept_drafts.keep(ABOUT, as_saved, current.typed[name])
    kept_drafts.forget(ABOUT, tuple(names))
    return form(ABOUT, saved, ask.say, saved_under_their_tokens)


def edited_now(current: Form) -> EditedRegister:
    """Its rows, those taken away too, and its answers."""
    return edited(current.saved, current.typed)


def save_register(ask: Ask, typed: Mapping[str, Typed], who: str) -> LoadOutcome:
    typed = signed(typed, who, datetime.now().date())
    return save(Path(access.store_folder()), ask.viewer, FUNDING_REGISTER, typed, ask.say, saved_by=who)


def note_drawn(current: Form, written: Mapping[str, str]) -> None:
    """Notes what people see as they begin to type: what is typed stands on that, whatever is saved meanwhile."""
    _, before = st.session_state.get(DRAWN, ({}, {}))
    st.session_state[DRAWN] = (current.saved, {**before, **written})


def on_operations(kind: RowKind, project: str | None) -> partial[None]:
    """What takes in what is done in the grid of a kind's rows, of a project where they hang on one."""
    return partial(_take_in, kind, project)


def _take_in(kind: RowKind, project: str | None, operations: Sequence[Operation]) -> None:
    with noting() as notes:
        for operation in operations:
            part = part_of(kind.name, operation.row)
            match operation:
                case CellTyped(_, name, text):
                    if kind is PROJECTS and name == PROJECT:
                        notes.follow(part, text.strip())
                    notes.put(f"{part}.{name}", text)
                case RowAdded(_, texts):
                    notes.begin(part, texts if project is None else {PROJECT: project, **texts})
                case RowRemoved():
                    notes.take_away(part)
                case RowRestored():
                    notes.bring_back(part)


@dataclass
class RegisterEdits:
    """What is done to the register's fields. `saved`: the texts that the typing stands on; `written`: how they were
    shown; `typed`: the draft as it becomes; `noted`: what in it is other than before, None for what is forgotten."""

    saved: Mapping[str, str]
    written: Mapping[str, str]
    typed: dict[str, Typed]
    noted: dict[str, Typed | None] = field(default_factory=dict)

    def put(self, name: str, text: str) -> None:
        """Notes what stands in a field now."""
        if name in self.written and text == self.written[name]:
            text = self.saved.get(name, "")  # as it stood
        before = self.typed[name].before if name in self.typed else self.saved.get(name, "")
        self._note(name, Typed(before, text))

    def begin(self, part: str, texts: Mapping[str, str]) -> None:
        """A new row, which is there also while nothing is typed in it."""
        for name, text in {BEGUN: "yes", **texts}.items():
            self.put(f"{part}.{name}", text)

    def take_away(self, part: str) -> None:
        self._note(f"{part}.{REMOVED}", Typed(all_of(self.saved, part), "yes"))

    def bring_back(self, part: str) -> None:
        name = f"{part}.{REMOVED}"
        self.typed.pop(name, None)
        self.noted[name] = None

    def follow(self, part: str, new: str) -> None:
        """What was typed under a new project goes along when the project's id is written otherwise."""
        own = self.typed.get(f"{part}.{PROJECT}")
        old = own.text.strip() if own else ""
        for name, one in list(self.typed.items()):
            if old and name.endswith(f".{PROJECT}") and not name.startswith(f"{part}.") and one.text == old:
                self.put(name, new)

    def _note(self, name: str, typed: Typed) -> None:
        self.typed[name] = self.noted[name] = typed


@contextmanager
def noting() -> Iterator[RegisterEdits]:
    """Keeps what is noted within in the draft, all of it or nothing: a run may be stopped at any time, and half a row
    that is drawn after a reload would be taken for all of it."""
    saved, written = st.session_state[DRAWN]
    own = kept_drafts.own_draft(ABOUT)
    notes = RegisterEdits(saved, written, dict(own.fields) if own else {})
    yield notes
    kept = {name: typed for name, typed in notes.noted.items() if typed is not None}
    kept_drafts.keep_all(ABOUT, kept, [name for name, typed in notes.noted.items() if typed is None])
