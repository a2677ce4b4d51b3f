"""A session's save that is under way. Whoever presses or types something else meanwhile begins another run at once,
which would draw what is no more, and nothing would draw it anew: so that run waits until the save is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

UNDER_WAY = "save_under_way"  # in the session: held while it saves
PATIENCE = 90  # seconds: longer than a save waits for others


@contextmanager
def saving() -> Iterator[None]:
    lock = st.session_state.setdefault(UNDER_WAY, threading.Lock())
    with lock:
        yield


def wait_for_save() -> None:
    """To be called before anything is read that is drawn."""
    lock = st.session_state.get(UNDER_WAY)
    if lock is not None and lock.acquire(timeout=PATIENCE):
        lock.release()
