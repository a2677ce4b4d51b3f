"""To whom the round's result is released, and the change of it: for management, where people sign in."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.model.errors import KvalitetError, NotAllowed
from analytics.model.people import Audience
from analytics.store.audit import acting_as
from analytics.store.openness import release
from analytics.words.people import AUDIENCE
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.options import pick

TO = "release_to"
OUTCOME = "release_outcome"  # in the session: what came of the last change


def release_box(ask: Ask, framework: str, year: int) -> None:
    """Behind a line that says who may see the round; nothing for those who do not say so."""
    if not access.releases():
        return
    say, now = ask.say, access.openness().released_to(framework, year)
    title = say("Round {year} is released to: {audience}", year=say.round(year), audience=say.marked(AUDIENCE[now]))
    with kept_open(title, key="release", type="compact") as fold:
        if not fold.open:
            return
        if outcome := st.session_state.pop(OUTCOME, None):
            st.info(outcome)
        key = f"{TO} {framework} {year}"
        pick(
            say("Released to"),
            list(Audience),
            index=list(Audience).index(now),
            written=lambda one: say.marked(AUDIENCE[one]),
            key=key,
            width=420,
        )
        st.caption(say("The others go on seeing the rounds before, as if this one had not been loaded."))
        st.button(
            say("Change who may see the round"), key="release_it", on_click=_release, args=(ask, framework, year, key)
        )


def _release(ask: Ask, framework: str, year: int, key: str) -> None:
    """Runs before anything is drawn, by whoever still may; what the widget holds is whatever the browser sent."""
    say, to = ask.say, st.session_state.get(key)
    if not isinstance(to, Audience):
        return
    if not access.releases():
        raise NotAllowed("release")
    try:
        viewer = ask.viewer
        with acting_as(viewer.who):
            release(Path(access.store_folder()), framework, year, to, viewer.name)
    except KvalitetError:
        st.session_state[OUTCOME] = say("Nothing was changed: the store cannot be written to.")
    else:
        st.session_state[OUTCOME] = say("It is done, and works at their next click.")
