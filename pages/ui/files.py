"""A document's files as a row of buttons, each file made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.ui.content import Ask
from pages.ui.guarded import download

# suffix -> what it is called, and its media type
KINDS = {
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("PDF", "application/pdf"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".csv": ("CSV", "text/csv"),
    ".zip": ("CSV (ZIP)", "application/zip"),
    ".json": ("JSON", "application/json"),
}


def file_buttons(
    ask: Ask, key: str, suffixes: Sequence[str], stem: str, version: int, made: Callable[[str], bytes]
) -> None:
    """A button a suffix; `made(suffix)` is the file, which is called `stem`, the version and the suffix."""
    with st.container(horizontal=True, key=f"{key}_files"):
        for suffix in suffixes:
            name, media_type = KINDS[suffix]
            label = ask.say("Download {format}", format=name)
            one = partial(made, suffix)
            download(ask, label, one, stem, suffix, media_type, key=f"{key}_{suffix[1:]}", version=version)
