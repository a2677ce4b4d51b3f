"""Whose draft is whose: each person's draft about a thing has an id, which stands in the address (`draft`), so that it
is found again after a reload or a restart; drafts that others left are told of, and can be gone on with."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import streamlit as st

from analytics.language import Words
from analytics.store.drafts import Draft, Drafts
from pages.ui import access

DRAFT = "draft"  # the parameter
MINE = "my_drafts"  # in the session: what a draft is about -> its id


def drafts() -> Drafts:
    return Drafts(Path(access.store_folder()))


def draft_id(about: str) -> str | None:
    """The address's draft where it is about this, else the session's."""
    mine = st.session_state.setdefault(MINE, {})
    said = st.query_params.get(DRAFT)
    if said and said not in mine.values():
        found = drafts().read(said)
        if found:
            mine[found.about] = said
    wanted = mine.get(about)
    if wanted and said != wanted:
        st.query_params[DRAFT] = wanted
    return wanted  # one about something else is left in the address: each change of that is a step of the back button


def own_draft_id(about: str) -> str:
    """This person's draft about the thing, begun where there was none."""
    mine = st.session_state.setdefault(MINE, {})
    if about not in mine:
        mine[about] = secrets.token_urlsafe(8)
    st.query_params[DRAFT] = mine[about]
    return mine[about]


def others_drafts(about: str) -> tuple[Draft, ...]:
    """Drafts about the thing that are not this person's."""
    own = draft_id(about)
    return tuple(draft for draft in drafts().about(about) if draft.id != own)


def take_up(draft: Draft) -> None:
    """Goes on with a draft that another session began."""
    st.session_state.setdefault(MINE, {})[draft.about] = draft.id
    st.query_params[DRAFT] = draft.id


def leave(about: str) -> None:
    """This person has no draft about the thing any more."""
    st.session_state.setdefault(MINE, {}).pop(about, None)
    st.query_params.pop(DRAFT, None)


def others_box(say: Words, about: str, *, free: bool) -> None:
    """What others, or an earlier session, have typed about the thing and not saved; to be gone on with by whoever is
    `free` to, with nothing typed of their own."""
    for draft in others_drafts(about):
        minutes = max(int((datetime.now(UTC) - draft.changed).total_seconds() // 60), 0)
        when = (
            say.plural("{n} minute ago", "{n} minutes ago", minutes)
            if minutes < 120
            else say.day(draft.changed.astimezone().date())
        )
        who = draft.who or say("Somebody")
        text = say("{who} has typed something here that is not saved ({when}).", who=who, when=when)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="kd-note">{escape(text)}</p>')
            if free:
                st.button(say("Go on with it"), key=f"take {draft.id}", on_click=take_up, args=(draft,))
