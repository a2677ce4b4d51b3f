"""The place where files are left. What is left is read at once, and nothing of it stays with Streamlit."""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.intake.raw import LeftFile
from analytics.words.language import Words
from pages.data.imports import steps
from pages.data.imports.held import HELD, IMPORT, MOST_BYTES, MOST_FILES, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.leaving import LEAVING

ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "txt", "tsv", "json", "parquet", "toml")
TURN = "files_left"  # in the session: how often files have been left; each time the place is a new one, and empty
LONGEST_NAME = 200


def draw_uploader(ask: Ask, one: Import) -> None:
    say, turn = ask.say, st.session_state.get(TURN, 0)
    html.show(_in_our_words(say))
    key = f"leave_{turn}"
    st.file_uploader(
        say("Files from a forms tool or a spreadsheet") if not one.files else say("More files"),
        type=list(ENDINGS),
        accept_multiple_files=True,
        key=key,
        on_change=_left,
        args=(ask, one, key),
    )


def _left(ask: Ask, one: Import, key: str) -> None:
    """Runs before anything is drawn, as soon as the last of the files is here."""
    ask.viewer  # noqa: B018 - raises NotAllowed for who may no longer be here
    context = get_script_run_ctx(suppress_warning=True)
    left: list[LeftFile] = []
    room = MOST_BYTES - sum(len(held.left.data) for held in one.files)
    one.trouble = ""
    for file in st.session_state.get(key) or ():
        data = file.getvalue()
        if len(one.files) + len(left) >= MOST_FILES or len(data) > room:
            one.trouble = "too_much"
            break
        room -= len(data)
        left.append(LeftFile(_clean(file.name), data))
        if context:
            cast(MemoryUploadedFileManager, context.uploaded_file_mgr).remove_file(context.session_id, file.file_id)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    if context:
        LEAVING.read(context.session_id)
    trouble = one.trouble
    if left:
        HELD.keep(one)
        st.query_params[IMPORT] = one.token
        steps.leave(ask, one, left)
    one.trouble = one.trouble or trouble


def _clean(name: str) -> str:
    """A name that stands on one line, however it was sent."""
    told = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(told.replace("\\", "/").rpartition("/")[2].split())[-LONGEST_NAME:] or "fil"


def _in_our_words(say: Words):
    """Streamlit's own words in the place are English whatever the page: the style sheet puts these there instead."""
    drop = say("Drop files here")
    limits = say("Excel, CSV, ODS or Parquet; at most {n} MB each", n=st.get_option("server.maxUploadSize"))
    words = {"--says-drop": drop, "--says-limits": limits, "--says-browse": say("Choose files")}
    said = "".join(f'{name}: "{_quoted(text)}";' for name, text in words.items())
    return html.style(f":root {{ {said} }}")


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "'").replace("<", "")
