"""Fields that keep what is typed in them: a draft on disk as soon as a text reaches the server, found again by the
address (`draft`) after a reload or a restart. What is saved is up to the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.loads.as_saved import as_saved, in_language
from analytics.loads.dialogue_rows import REMOVED, Texts, all_of, already_saved, identity, overlaid
from analytics.loads.reading import CellReading
from analytics.model.present import present
from analytics.store.drafts import Draft, Typed
from analytics.words.language import Words
from pages.ui import html, kept_drafts
from pages.ui.options import pick

MOST = 20_000  # characters; Streamlit drops what is longer without a word, so far beyond what anybody pastes
PAUSE = "700ms"  # in the typing, until a line is committed; forms.js has the same for areas
# Streamlit hears of a text area when it is left; a pause in the typing is made into the key that commits it.
COMMIT = html.script((Path(__file__).parent / "forms.js").read_text("utf-8"))


Settled = Callable[[Texts, Mapping[str, Typed]], Sequence[str]]
BASES = "form_bases"  # in the session: about -> field -> Base


@dataclass(frozen=True)
class FieldBase:
    """What the typing in a field stands on: the saved `text`, `within` what (dialogue_rows.identity); and how often the
    field has been drawn anew."""

    text: str
    within: str
    drawn: int = 0


@dataclass(frozen=True)
class Form:
    """One person's fields about a thing: the texts that are saved, and what is typed over them.

    `about` names the thing; `draft` is None until something is typed; `settled`: which fields of a draft are saved
    already, by whoever holds the same draft; `readings`: what is typed as it will be read, told in the words of `say`.
    """

    about: str
    saved: Texts
    draft: Draft | None
    say: Words
    settled: Settled = already_saved
    readings: Mapping[str, CellReading] = field(default_factory=dict)

    @property
    def typed(self) -> Mapping[str, Typed]:
        return self.draft.fields if self.draft else {}

    @property
    def texts(self) -> dict[str, str]:
        """What the fields hold: typed where something is typed, else saved; without what was taken away."""
        return overlaid(self.saved, self.typed)

    def before(self, name: str) -> str:
        """What stood in the field when the typing began."""
        return self.typed[name].before if name in self.typed else self.saved.get(name, "")

    def put(self, name: str, text: str) -> None:
        """Puts a text in a field, as if it had been typed there."""
        self._note(name, self._written(name, text))
        self._draw_anew(name)

    def put_all(self, texts: Mapping[str, str]) -> None:
        """Puts texts in several fields, all of it or nothing: a run may be stopped at any time."""
        kept_drafts.keep_all(self.about, {n: self._as_typed(n, self._written(n, text)) for n, text in texts.items()})
        for name in texts:
            self._draw_anew(name)

    def take_away(self, part: str) -> None:
        """Takes an agreement or an action away; of one that was never saved, what is typed in it is all there is."""
        own = tuple(name for name in self.typed if name.startswith(f"{part}."))
        if own:
            kept_drafts.forget(self.about, own)
        if any(name.startswith(f"{part}.") for name in self.saved):
            removed = f"{part}.{REMOVED}"
            typed = Typed(all_of(self.saved, part), "yes", identity(self.saved, removed))
            kept_drafts.keep(self.about, removed, typed)

    def forget(self, names: tuple[str, ...] | None = None) -> None:
        """Throws the draft away, or these fields of it."""
        kept_drafts.forget(self.about, names)
        for name in names or self.typed:
            self._draw_anew(name)

    def when_saved(self) -> Callable[[], None]:
        """What is to be done as soon as the form is saved: it is no draft any more, but for what has been typed since.
        Asks the session for nothing, as a run may be stopped there. The fields stay as they are drawn: somebody may be
        typing on."""
        after, bases, kept, draft = self.texts, self._bases(), kept_drafts.drafts(), present(self.draft)
        saved = {
            name: (typed.text, as_saved(_column(name), typed.text), identity(after, name))
            for name, typed in self.typed.items()
        }
        stood = {name: self._base(name) for name in saved}
        kept_drafts.let_go(self.about)

        def done() -> None:
            kept.saved(draft.id, saved)
            for name, (_, now, within) in saved.items():
                bases[name] = replace(stood[name], text=now, within=within)

        return done

    def begin_anew(self, name: str, before: str, text: str) -> None:
        """Goes on from another text in the field."""
        kept_drafts.begin_anew(self.about, name, Typed(before, text, identity(self.saved, name)))

    def sign(self, who: str) -> None:
        kept_drafts.sign(self.about, who)

    def area(self, name: str, label: str, *, height: int = 96) -> None:
        """A text of several lines."""
        st.text_area(label, height=height, max_chars=MOST, **self._widget(name, self._standing(name)))
        self._tell(name)

    def line(self, name: str, label: str) -> None:
        """A text of one line, whatever it is read as: a day, a figure, words."""
        st.text_input(label, max_chars=MOST, live=PAUSE, **self._widget(name, self._standing(name)))
        self._tell(name)

    def choice(
        self,
        name: str,
        label: str,
        options: Sequence[str],
        written: Callable[[str], str],
        *,
        placeholder: str | None = None,
        free: bool = False,
        then: Callable[[Form, str], None] | None = None,
    ) -> None:
        """One of the options; with a `placeholder`, also none; `free`: or any other text. What is saved and no longer
        among them stays one. `then` runs when another is chosen."""
        there = self.texts.get(name, "")
        unknown = bool(there) and there not in options
        if unknown:
            options = [*options, there]

        def as_written(option: str) -> str:
            try:
                return written(option)
            except (ValueError, LookupError):  # somebody has sent what never was one: it stands as it is, and is told
                return option

        none = {"index": None, "placeholder": placeholder} if placeholder else {}
        widget = self._widget(name, there or None, then)
        pick(label, options, as_written, accept_new_options=free, **widget, **none)
        if free or unknown:
            self._tell(name)

    def follow(self, name: str) -> None:
        """Before a field of text is drawn that something else writes in too: has it show what that has written."""
        key, standing = self._key(name), self._standing(name)
        if key in st.session_state and (st.session_state[key] or "").strip() != standing.strip():
            st.session_state[key] = standing or None

    def _tell(self, name: str) -> None:
        """Says under a field what its text is read as, or why it cannot be."""
        reading = self.readings.get(name)
        if reading is None:
            return
        if reading.problem:
            told = f"{reading.problem} {reading.hint}"
            html.show(html.element("p", told, class_="kd-note kd-wrong", role="status"))
        elif reading.written:
            text = self.say("read as {value}", value=reading.written)
            html.show(html.element("p", text, class_="kd-note", role="status"))

    def _standing(self, name: str) -> str:
        """What stands in a field of text: as it was typed; what is saved, as it is written."""
        return self.typed[name].text if name in self.typed else self._written(name, self.texts.get(name, ""))

    def _written(self, name: str, text: str) -> str:
        return in_language(_column(name), text, self.say.language)

    def _widget(self, name: str, value: str | None, then: Callable[[Form, str], None] | None = None) -> dict[str, Any]:
        """The key and what happens on a change."""
        key = self._key(name)
        if key not in st.session_state:
            st.session_state[key] = value
        return {"key": key, "on_change": _keep, "args": (self, name, key, then)}

    def _key(self, name: str) -> str:
        """A field that somebody else has saved something in is drawn anew, with another key."""
        base = self._base(name)
        if base.text != self.before(name):
            base = replace(base, drawn=base.drawn + 1)
        within = self.typed[name].within if name in self.typed else identity(self.saved, name)
        self._bases()[name] = replace(base, text=self.before(name), within=within)
        return f"typed {self.about} {name} {base.drawn + kept_drafts.taken_up(self.about)}"

    def _draw_anew(self, name: str) -> None:
        """Has the field show what is kept, and not what the browser last had in it."""
        base = self._base(name)
        self._bases()[name] = replace(base, drawn=base.drawn + 1)

    def _note(self, name: str, text: str) -> None:
        kept_drafts.keep(self.about, name, self._as_typed(name, text))

    def _as_typed(self, name: str, text: str) -> Typed:
        base = self._base(name)
        if text == self._written(name, base.text):
            text = base.text  # as it stood
        return Typed(base.text, text, base.within)

    def _bases(self) -> dict[str, FieldBase]:
        return st.session_state.setdefault(BASES, {}).setdefault(self.about, {})

    def _base(self, name: str) -> FieldBase:
        """The session's, as the form may have been made before a save."""
        return self._bases().get(name) or FieldBase(self.before(name), identity(self.saved, name))


def form(about: str, saved: Texts, say: Words, settled: Settled = already_saved) -> Form:
    """The form about a thing, with this person's draft where there is one."""
    draft = kept_drafts.own_draft(about)
    told = settled(saved, draft.fields) if draft else ()
    if told:
        kept_drafts.forget(about, tuple(told))
        draft = kept_drafts.own_draft(about)
    return Form(about, saved, draft, say, settled)


def as_it_is_now(form_: Form) -> Form:
    """The form with what has been typed since it was drawn."""
    return form(form_.about, form_.saved, form_.say, form_.settled)


def commit_while_typing() -> None:
    """Has texts committed at every pause in the typing. To be drawn once a page."""
    html.show(COMMIT, scripts=True)


def _keep(form: Form, name: str, key: str, then: Callable | None) -> None:
    """Runs as soon as the server has the text, before anything is drawn."""
    text = (st.session_state[key] or "").strip()
    form._note(name, text)
    if then:
        then(form, text)


def _column(name: str) -> str:
    """The column of a row that a field becomes."""
    return name.rpartition(".")[2]
