"""A document's files as a row of buttons, each file made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analytics.words.language import Words

# suffix -> what it is called, and its media type
KINDS = {
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("PDF", "application/pdf"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".csv": ("CSV", "text/csv"),
    ".json": ("JSON", "application/json"),
}


def file_buttons(say: Words, key: str, suffixes: Sequence[str], stem: str, made: Callable[[str], bytes]) -> None:
    """A button a suffix; `made(suffix)` is the file, which is called `stem` and the suffix."""
    with st.container(horizontal=True, key=f"{key}_files"):
        for suffix in suffixes:
            name, media_type = KINDS[suffix]
            st.download_button(
                say("Download {format}", format=name),
                lambda suffix=suffix: made(suffix),
                f"{stem}{suffix}",
                media_type,
                key=f"{key}_{suffix[1:]}",
                on_click="ignore",
            )
