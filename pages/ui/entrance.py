"""What is shown to who is not let in, and why: sign in, sign in again, whom to ask for a role, or that a page is not
theirs."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from analytics.model.errors import KvalitetError, NotAllowed
from analytics.model.people import Did
from analytics.words.language import Words
from pages.ui import access, html, notices, signed_in, ways
from pages.ui.door import home
from pages.ui.refusals import REFUSALS
from pages.ui.signed_in import NotSignedIn, Person, SignedInTooLongAgo
from pages.ui.titles import address, questions

WHOM_TO_ASK = "KVALITET_ROLES_CONTACT"  # the setting: who gives people their roles


def draw_refusal(refused: NotAllowed, page: str, say: Words) -> None:
    """Why there is no page here, and the way on."""
    if isinstance(refused, NotSignedIn):
        _sign_in(refused, say)
        return
    person = signed_in.person()
    rows = access.roles_of(person)
    first = home(rows)
    if first is None:
        _unknown(person, say)
    elif page == "start":  # the address without a page in it: each begins on their own
        ways.follow(address(first, say))
        return
    else:
        notices.empty_state(say, say("This page is not one of yours."), say("This is where your pages begin:"))
        html.show(html.listed([html.link(questions(say)[first], address(first, say))]))
    _note(page, person, first is not None)


def who_box(say: Words) -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    if not access.asks_who():
        return
    try:
        person = signed_in.person()
    except NotSignedIn:
        return
    with st.container(horizontal=True, width="content", vertical_alignment="center", key="who"):
        html.show(html.note(say("Signed in: {name}", name=access.called(person))))
        st.button(say("Sign out"), type="tertiary", key="sign_out", on_click=_sign_out, args=(person,))


def _sign_in(refused: NotSignedIn, say: Words) -> None:
    if not signed_in.is_set_up():
        hint = say("Tell the person who runs it: the store has roles, and the server's settings have no sign-in.")
        notices.empty_state(say, say("Signing in is not possible just now."), hint)
        return
    if isinstance(refused, SignedInTooLongAgo):
        text, hint = say("You signed in too long ago."), say("Sign in again; you come back to this page.")
    else:
        text, hint = say("Sign in to see this page."), say("You come back to this page when you have.")
    notices.empty_state(say, text, hint)
    if st.button(say("Sign in"), type="primary", key="sign_in"):
        st.login()


def _unknown(person: Person, say: Words) -> None:
    """Somebody who has no role: whom to ask, and what to tell them."""
    whom = os.environ.get(WHOM_TO_ASK, "").strip()
    hint = (
        say("Ask {whom} for a role, and send these two lines along:", whom=whom)
        if whom
        else say("Ask the person who runs it for a role, and send these two lines along:")
    )
    notices.empty_state(say, say("You have no role here yet."), hint)
    html.show(html.listed([f"issuer: {person.who.issuer}", f"subject: {person.who.subject}"]))


def _note(page: str, person: Person, known: bool) -> None:
    """Once a day, person and page."""
    with suppress(KvalitetError):  # nobody is let in because it cannot be written down
        REFUSALS.note(
            datetime.now(UTC).date(),
            (person.who, page, known),
            lambda: access.note(person, Did.REFUSED, page=page, known=known),
        )


def _sign_out(person: Person) -> None:
    access.leave(person)
    st.logout()
