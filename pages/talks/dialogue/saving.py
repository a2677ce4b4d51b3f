"""How a dialogue is saved, and its brief frozen on the day when it is held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from analytics.loads.dialogue_rows import RoundKey
from analytics.loads.freezing import freeze
from analytics.loads.save_dialogue import save_dialogue
from analytics.model.errors import KvalitetError, StoreBusy
from analytics.model.frameworks import Framework
from pages.talks.dialogue.sentences import about_field, column_label, lacking_in, place_of, written_value
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.forms import Form, as_it_is_now
from pages.ui.saving import Saver, end, save_now, saver_name, saving_box

LONG = frozenset(("notes", "goal", "outcome", "text"))


def dialogue_box(ask: Ask, about: RoundKey, current: Form, framework: Framework) -> None:
    """Saving, and freezing the brief."""
    say, saver = ask.say, _saver(ask, about, current, framework)

    def freezing() -> None:
        label = say("Freeze the brief as it is today")
        st.button(label, on_click=_freeze, args=(ask, about, current, saver), key="dialogue_freeze")

    saving_box(ask, current, saver, freezing)
    if not current.typed:
        kept = say("Everything is saved. Freezing keeps the brief word for word, for whoever opens it later.")
        html.show(html.note(kept))


def _saver(ask: Ask, about: RoundKey, current: Form, framework: Framework) -> Saver:
    say, folder = ask.say, Path(access.store_folder())
    return Saver(
        save=lambda typed, who: save_dialogue(folder, ask.viewer, about, typed, say, saved_by=who),
        name=lambda field: about_field(field, current.texts, say),
        written=lambda field, text: written_value(field, text, ask, framework),
        column=lambda name: column_label(name, say),
        place=lambda problem: place_of(problem, current.texts, say),
        lacking=lambda texts: lacking_in(texts, say),
        long=LONG,
    )


def _freeze(ask: Ask, about: RoundKey, current: Form, saver: Saver) -> None:
    """Saves what is typed first, as what is frozen is what is saved; runs before anything is drawn."""
    say, who, today = ask.say, saver_name(), date.today()
    if not who:
        end(current, say("Write your name first: it stands in the history of versions."))
        return
    current = as_it_is_now(current)  # more may have been typed since the button was drawn
    if not current.texts.get("held"):
        current.put("held", today.isoformat())
        current = as_it_is_now(current)
    if current.typed and not save_now(ask, current, saver):
        return
    try:
        number = freeze(Path(access.store_folder()), ask.viewer, about, frozen_by=who, today=today)
    except StoreBusy:
        end(current, say("Somebody else is saving just now. Try again; your draft is kept."))
    except KvalitetError:
        end(current, say("The store cannot be written to. Your draft is kept."))
    else:
        end(current, say("The brief is frozen in version {version}.", version=number), saved=True)
