"""What schools are told of each other, and to whom new rounds go: the city's choices, made by an administrator."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.model.people import Audience, OtherSchools, ViewerRole
from analytics.store.openness import release_new_rounds, rounds_in, tell_of_other_schools
from analytics.words.people import AUDIENCE, OTHER_SCHOOLS
from pages.data.people.changing import change
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.door import DOOR, OF_OTHERS
from pages.ui.labels import kept_open
from pages.ui.options import pick
from pages.ui.titles import titles

OTHERS, NEW = "tell_of_others", "new_rounds_to"  # in the session: what is chosen


def draw_telling(ask: Ask) -> None:
    say, now, names = ask.say, access.openness(), titles(ask.say)
    opened = [
        names[page] for page in names if page in OF_OTHERS[OtherSchools.NAMES] and ViewerRole.SCHOOL not in DOOR[page]
    ]
    with kept_open(say("What schools see of each other, and new rounds"), key="telling") as fold:
        if not fold.open:
            return
        with st.container(horizontal=True, vertical_alignment="bottom", key="telling_others"):
            pick(
                say("What schools see of each other"),
                list(OtherSchools),
                lambda one: say.marked(OTHER_SCHOOLS[one]),
                index=list(OtherSchools).index(now.other_schools),
                key=OTHERS,
                width=420,
            )
            st.button(say("Change what schools see"), key="tell_it", on_click=_tell, args=(ask,))
        st.caption(
            say(
                "With names, {pages} open to schools. What others have agreed on stays theirs.",
                pages=say.listing(opened),
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom", key="telling_new"):
            pick(
                say("New rounds are released to"),
                list(Audience),
                lambda one: say.marked(AUDIENCE[one]),
                index=list(Audience).index(now.new_rounds),
                key=NEW,
                width=420,
            )
            st.button(say("Change for new rounds"), key="release_new", on_click=_new_rounds, args=(ask,))
        st.caption(
            say(
                "Rounds that are here already stay as they are. Management releases each round further at the foot of"
                " {page}.",
                page=names["oversikt"],
            )
        )


def _tell(ask: Ask) -> None:
    """Runs before anything is drawn; what the widget holds is whatever the browser sent."""
    what = st.session_state.get(OTHERS)
    if isinstance(what, OtherSchools):
        change(ask, lambda by: tell_of_other_schools(Path(access.store_folder()), what, by))


def _new_rounds(ask: Ask) -> None:
    to = st.session_state.get(NEW)
    if isinstance(to, Audience):
        folder = Path(access.store_folder())
        change(ask, lambda by: release_new_rounds(folder, to, rounds_in(access.open_view()), by))
