"""Who sends the report and as what it is kept: what is missing in its head, and where to say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from analytics.model.errors import KvalitetError
from analytics.model.sender import Dispatch, Filing, Sender
from analytics.store.audit import acting_as
from analytics.store.sender import file_report, tell_sender
from analytics.words.sender import HEAD
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.labels import kept_open

FOLD = "report_sender"  # in the session: whether the fold is open; before the name of a field, its key
CAME_OF_IT = "report_sender_outcome"
LINES = (("city", "committee"), ("administration", "contact"), ("number", "day"), ("decision",))
LONGEST = 300  # characters of a line of the head


def draw_sender(ask: Ask, year: int, dispatch: Dispatch) -> None:
    """A fold with the head's lines; above it, which of them nobody has said."""
    say = ask.say
    if dispatch.missing:
        names = say.listing(say.marked(HEAD[name]).lower() for name in dispatch.missing)
        text = say("The report does not say: {names}. Write it under Sender.", names=names)
        html.show(html.note(text))
    with kept_open(say("Sender, registry number and decision"), key=FOLD, type="compact") as fold:
        if not fold.open:
            return
        if outcome := st.session_state.pop(CAME_OF_IT, None):
            st.info(outcome)
        html.show(html.note(say("It heads Word, PDF and JSON. What is left empty is left out of the document.")))
        with st.form(key=f"{FOLD}_form", border=False):
            for names in LINES:
                for column, name in zip(st.columns(len(names)), names, strict=True):
                    label = say.marked(HEAD[name]) + (" (2026-01-31)" if name == "day" else "")
                    column.text_input(label, dispatch.told[name], max_chars=LONGEST, key=_key(year, name))
            st.text_area(
                say("Introduction (empty: the form's own)"),
                dispatch.sender.introduction,
                max_chars=20_000,
                key=_key(year, "introduction"),
            )
            st.form_submit_button(say("Save the sender"), on_click=_save, args=(ask, year))


def _save(ask: Ask, year: int) -> None:
    """Runs before anything is drawn; what the fields hold is whatever the browser sent."""
    say, folder = ask.say, Path(access.store_folder())
    typed = {name: str(st.session_state.get(_key(year, name)) or "").strip() for name in (*HEAD, "introduction")}
    try:
        day = date.fromisoformat(typed["day"]) if typed["day"] else None
    except ValueError:
        st.session_state[CAME_OF_IT] = say("Nothing was saved: write the date as 2026-01-31.")
        return
    sender = Sender(
        **{name: typed[name] for name in ("city", "committee", "administration", "contact", "introduction")}
    )
    filing = Filing(typed["number"], day, typed["decision"])
    said = access.dispatches()
    try:
        viewer = ask.viewer
        with acting_as(viewer.who):
            if sender != said.sender:
                tell_sender(folder, sender, viewer.name)
            if filing != said.of(year).filing:
                file_report(folder, year, filing, viewer.name)
    except KvalitetError:
        st.session_state[CAME_OF_IT] = say("Nothing was saved: the store cannot be written to.")
    else:
        st.session_state[CAME_OF_IT] = say("Saved: the report says so from now on.")


def _key(year: int, name: str) -> str:
    return f"{FOLD}_{year}_{name}"
