"""What an administrator changes of who may see what: done by whoever still may, and said truly."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.model.errors import DoneUnnoted, KvalitetError
from analytics.store.audit import acting_as
from pages.ui.content import Ask

OUTCOME = "roles_outcome"  # in the session: what came of the last change


def change(ask: Ask, do: Callable[[str], object]) -> None:
    """As whoever asks, if they still may; `do` takes their name."""
    try:
        viewer = ask.viewer
        with acting_as(viewer.who):
            do(viewer.name)
    except DoneUnnoted:
        st.session_state[OUTCOME] = ask.say(
            "It is done, and works at their next click, but it could not be written down in the audit file. Tell the"
            " person who runs the program."
        )
    except KvalitetError:
        st.session_state[OUTCOME] = ask.say("Nothing was changed: the store cannot be written to.")
    else:
        st.session_state[OUTCOME] = ask.say("It is done, and works at their next click.")
