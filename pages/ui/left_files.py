"""A place where files are left. What is left is read at once, and nothing of it stays with Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.words.language import Words
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.leaving import LEAVING

TURN = "files_left"  # in the session, before a place's name: how often files have been left there
LONGEST_NAME = 200

Take = Callable[[Sequence[tuple[str, bytes]]], None]
"""Takes what was left: each file's name, on one line, and what is in it."""


def open_for_files(ask: Ask) -> None:
    """From now on this session may leave files, as its page has a place for them."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        LEAVING.open(context.session_id, ask.admit)


def place_for_files(
    ask: Ask, label: str, endings: Sequence[str], take: Take, *, name: str = "leave", several: bool = True
) -> None:
    """The place; each time that something has been left it is a new one, and empty."""
    html.show(_in_our_words(ask.say))
    key = f"{name}_{st.session_state.get(f'{TURN}_{name}', 0)}"
    st.file_uploader(
        label, type=list(endings), accept_multiple_files=several, key=key, on_change=_left, args=(ask, key, name, take)
    )


def _left(ask: Ask, key: str, name: str, take: Take) -> None:
    """Runs before anything is drawn, as soon as the last of the files is here."""
    ask.viewer  # noqa: B018 - raises NotAllowed for who may no longer be here
    context = get_script_run_ctx(suppress_warning=True)
    sent = st.session_state.get(key) or ()
    left: list[tuple[str, bytes]] = []
    for file in sent if isinstance(sent, list | tuple) else (sent,):
        left.append((_clean(file.name), file.getvalue()))
        if context:
            cast(MemoryUploadedFileManager, context.uploaded_file_mgr).remove_file(context.session_id, file.file_id)
    st.session_state[f"{TURN}_{name}"] = st.session_state.get(f"{TURN}_{name}", 0) + 1
    if context:
        LEAVING.read(context.session_id)
    take(left)


def _clean(name: str) -> str:
    """A name that stands on one line, however it was sent."""
    told = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(told.replace("\\", "/").rpartition("/")[2].split())[-LONGEST_NAME:] or "fil"


def _in_our_words(say: Words) -> Markup:
    """Streamlit's own words in the place are English whatever the page: the style sheet puts these there instead."""
    drop = say("Drop files here")
    limits = say("Excel, CSV, ODS or Parquet; at most {n} MB each", n=st.get_option("server.maxUploadSize"))
    words = {"--says-drop": drop, "--says-limits": limits, "--says-browse": say("Choose files")}
    said = "".join(f'{name}: "{_quoted(text)}";' for name, text in words.items())
    return html.style(f":root {{ {said} }}")


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "'").replace("<", "")
