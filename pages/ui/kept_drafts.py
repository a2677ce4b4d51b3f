"""Whose draft is whose: each person's draft about a thing has an id, which stands in the address (`draft`), so that it
is found again after a reload or a restart; drafts that others left are told of, and can be gone on with.

Where people sign in, a draft is its owner's: an address that holds another's id holds none, and that there is one is
all that is told of it.

A draft is gone on with in one session at a time. Where another session has taken it up (a link that somebody was sent
holds it), or has saved it or thrown it away, this one goes on with what it had typed as a draft of its own: as soon as
it types on, or as what it had typed is there no more. A run that somebody has left by reloading the page types nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.store.drafts import Draft, Typed
from analytics.store.session_drafts import Memory, SessionDrafts
from analytics.words.language import Words
from pages.ui import access, html

DRAFT = "draft"  # the parameter
MINE = "my_drafts"  # in the session: what a draft is about -> the draft as this session last left it
SESSION = "draft_session"  # in the session: its name in drafts
HELD = "drafts_held"  # in the session: what it types while drafts cannot be kept
TOLD_FOR = timedelta(days=7)  # so long pages say that a file of drafts was put aside
TAKEN = "drafts_taken_up"  # in the session: what drafts are about -> how many were taken up after fields were drawn


def drafts() -> SessionDrafts:
    """Of whoever is signed in."""
    memory, mine = st.session_state.setdefault(HELD, Memory()), _mine()
    return SessionDrafts(Path(access.store_folder()), access.owner(), memory, mine.values)


def own_draft(about: str) -> Draft | None:
    """This person's draft about the thing, as it lies on disk: the address's, else the session's; None where nothing is
    typed."""
    mine, said = _mine(), st.query_params.get(DRAFT)
    if said and all(draft.id != said for draft in mine.values()):
        found = drafts().take_up(said, _session())
        if found:
            mine[found.about] = found
    if about not in mine:
        return None
    last = mine[about]
    now = drafts().read(last.id)
    if last.fields and (now is None or now.session != _session()):
        if _left() or (now and now.fields.items() >= last.fields.items()):
            return last
        now = drafts().copy(last, _new_id(), _session())
    mine[about] = now or replace(last, fields={})
    if said != mine[about].id:
        st.query_params[DRAFT] = mine[about].id
    return now  # one about something else is left in the address: each change of that is a step of the back button


def keep(about: str, name: str, typed: Typed) -> str:
    """Notes what stands in a field now; returns the draft's id, begun where there was none."""
    return keep_all(about, {name: typed})


def keep_all(about: str, typed: Mapping[str, Typed], forgotten: Iterable[str] = ()) -> str:
    """Notes what stands in several fields, and forgets others, all of it or nothing; returns the draft's id."""
    id_ = _own_id(about)
    drafts().keep_all(id_, _session(), about, typed, forgotten)
    return _seen(about)


def begin_anew(about: str, name: str, typed: Typed) -> None:
    """Goes on from another text in the field."""
    drafts().begin_anew(_own_id(about), name, typed)
    _seen(about)


def sign(about: str, who: str) -> None:
    """Notes who types; nothing where nothing is typed."""
    if own_draft(about):
        drafts().sign(_own_id(about), who)
        _seen(about)


def forget(about: str, names: tuple[str, ...] | None = None) -> None:
    """Throws the draft away, or these fields of it."""
    if own_draft(about):
        drafts().forget(_own_id(about), names)
        _seen(about)
    if names is None:
        _leave(about)


def let_go(about: str) -> None:
    """To be called before the draft is saved: should the run be stopped as soon as it is, what is gone from disk then
    is not to be brought back."""
    mine = _mine()
    if about in mine:
        mine[about] = replace(mine[about], fields={})


def leave_saved(about: str) -> None:
    """After it is saved: nothing of it is left, but for what has been typed since."""
    if own_draft(about) is None:
        _leave(about)


def others_drafts(about: str) -> tuple[Draft, ...]:
    """Drafts about the thing that are not this person's."""
    own = own_draft(about)
    return tuple(draft for draft in drafts().about(about) if own is None or draft.id != own.id)


def take_up(draft: Draft) -> None:
    """Goes on with a draft that another session began."""
    found = drafts().take_up(draft.id, _session())
    if found:
        _mine()[found.about] = found
        st.query_params[DRAFT] = found.id
        taken = st.session_state.setdefault(TAKEN, {})
        taken[found.about] = taken.get(found.about, 0) + 1


def taken_up(about: str) -> int:
    """How often fields that were drawn with something else have had to show a draft that was gone on with."""
    return st.session_state.get(TAKEN, {}).get(about, 0)


def _mine() -> dict[str, Draft]:
    return st.session_state.setdefault(MINE, {})


def _session() -> str:
    return st.session_state.setdefault(SESSION, _new_id())


def _left() -> bool:
    """Whether nobody is connected to the session any more: its last run may still be drawing when the next one has
    begun in another."""
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context and exists() and not get_instance().is_active_session(context.session_id))


def _new_id() -> str:
    return secrets.token_urlsafe(8)


def _own_id(about: str) -> str:
    """Of a draft to write in: of one that another session goes on with, a copy's."""
    mine, own = _mine(), own_draft(about)
    now = drafts().read(own.id) if own else None
    if own and (now is None or now.session != _session()):
        mine[about] = drafts().copy(own, _new_id(), _session())
    elif about not in mine:
        mine[about] = Draft(_new_id(), about, "", _session(), datetime.now(UTC), {})
    st.query_params[DRAFT] = mine[about].id
    return mine[about].id


def _seen(about: str) -> str:
    """Remembers the draft as this session has just left it; returns its id."""
    mine = _mine()
    mine[about] = drafts().read(mine[about].id) or replace(mine[about], fields={})
    return mine[about].id


def _leave(about: str) -> None:
    """This person has no draft about the thing any more."""
    _mine().pop(about, None)
    st.query_params.pop(DRAFT, None)


def others_box(say: Words, about: str, *, free: bool) -> None:
    """What others, or an earlier session, have typed about the thing and not saved; to be gone on with by whoever is
    `free` to, with nothing typed of their own."""
    others = others_drafts(about)
    if drafts().failing:
        text = say("What you type cannot be kept as a draft just now.")
        hint = say("Leave this page open until you have saved, and tell the person who runs it.")
        st.warning(f"**{text}** {hint}", icon=":material/warning:")
    aside = drafts().put_aside_at()
    if aside and datetime.now(UTC) - aside < TOLD_FOR:
        day = say.day(aside.astimezone().date())
        html.show(html.note(say("Drafts from before {day} are in a file that was damaged. It is kept.", day=day)))
    for draft in others:
        minutes = max(int((datetime.now(UTC) - draft.changed).total_seconds() // 60), 0)
        when = (
            say.plural("{n} minute ago", "{n} minutes ago", minutes)
            if minutes < 120
            else say.day(draft.changed.astimezone().date())
        )
        who = draft.who or say("Somebody")
        text = say("{who} has typed something here that is not saved ({when}).", who=who, when=when)
        with st.container(horizontal=True, vertical_alignment="center"):
            html.show(html.note(text))
            if free and is_own(draft):
                st.button(say("Go on with it"), key=f"take {in_keys(draft)}", on_click=take_up, args=(draft,))


def is_own(draft: Draft) -> bool:
    """Whether it is of whoever asks. Of others' drafts nothing is shown but that there is one."""
    return draft.owner == access.owner()


def in_keys(draft: Draft) -> str:
    """What stands for a draft in the key of a button. Not its id: everybody who is on the page is sent the key, and
    where nobody signs in the id takes the draft over."""
    return sha256(draft.id.encode()).hexdigest()[:12]
