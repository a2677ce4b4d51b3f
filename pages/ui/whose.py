"""Whose store a run is about, where a store holds several owners: the address says so (`owner`), and every link carries
it along. Below this nobody knows that there are several: `store_folder()` is the owner's.

What a session has of one owner's (choices, drafts it goes on with, files that were left) it has not on another's pages:
it is put aside when the address names another, but for what is typed, which is there again on the way back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.model.installed import default_store
from analytics.model.owners import SchoolOwner
from analytics.store.homes import followed
from analytics.store.owners import NOBODY, Owners, folder_of_owner, owners_of
from pages.ui.saves_under_way import UNDER_WAY, wait_for_save

PARAMETER = "owner"
WHOSE = "whose_store"  # in the session: an owner's id; '' where none has been chosen
ASIDE = "other_owners_typed"  # in the session: owner's id -> what was typed there, as it was left
TYPED = ("my_drafts", "drafts_held", "drafts_taken_up")  # of pages/ui/kept_drafts.py
NOT_THERE = "owner_not_there"  # in the session: whom the run's address asks for, where there is no such owner
STAYS = frozenset({"lang", "pages_by_path", "section_of_the_menu", "draft_session", ASIDE, WHOSE, UNDER_WAY})
OF_THE_WHOLE = frozenset({"metod", "tillganglighet", "behorighet"})
"""The pages that are no owner's."""

_IN: ContextVar[str] = ContextVar("store_folder", default="")


def whole_store() -> str:
    """Where the store is: KVALITET_STORE, else where it is unless somebody says; of a lake, the machine's folder."""
    return str(followed(os.environ.get("KVALITET_STORE") or str(default_store())))


def owners() -> Owners:
    """Those whose schools the store holds; none where it is one owner's. Raises StoreBroken."""
    return owners_of(Path(whole_store()))


def owner_id() -> str:
    """Whose pages the run is of; '' where nobody has been chosen, and where there is nobody to choose."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return st.session_state.get(WHOSE, "")


def owner() -> SchoolOwner | None:
    return next((one for one in owners() if one.id == owner_id()), None) if owner_id() else None


def store_folder() -> str:
    """The folder that a run reads and writes: that of the owner whose pages it is of, else the store's own."""
    if of := _IN.get():
        return of
    whole, whose = whole_store(), owner_id()
    return str(folder_of_owner(Path(whole), whose)) if whose else whole


@contextmanager
def in_store(folder: str) -> Iterator[None]:
    """For what is done outside a run, about what was made in one: the store that it was made of."""
    token = _IN.set(folder)
    try:
        yield
    finally:
        _IN.reset(token)


def arrive() -> None:
    """Notes whose pages the run is of, and whom the address asks for where there is no such owner."""
    there = {one.id for one in owners()}
    if not there:
        st.session_state.pop(WHOSE, None)
        return
    said, before = st.query_params.get(PARAMETER), st.session_state.get(WHOSE, "")
    wanted = before if said is None else "" if said == NOBODY else said
    now = wanted if wanted in there else ""
    if now != before:
        wait_for_save()  # what is saved goes where it was typed
        _leave(before, now)
    st.session_state[WHOSE] = now
    if now and said is None:
        st.query_params[PARAMETER] = now
    elif said == NOBODY:
        st.query_params.pop(PARAMETER, None)
    st.session_state[NOT_THERE] = wanted if said is not None and not now else ""


def _leave(before: str, now: str) -> None:
    state = st.session_state
    aside = state.setdefault(ASIDE, {})
    aside[before] = {key: state[key] for key in TYPED if key in state}
    for key in [key for key in state if key not in STAYS]:
        del state[key]
    state.update(aside.pop(now, {}))
