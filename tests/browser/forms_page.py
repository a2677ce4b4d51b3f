"""Two pages for test_forms: fields of text, and none. What the server has heard lies in a file; in another, the seconds
that a run takes."""

import json
import os
import time
from pathlib import Path

import streamlit as st

from pages.ui.forms import PAUSE, commit_while_typing

STORE = Path(os.environ["KVALITET_STORE"])
HEARD, SECONDS = STORE / "heard.json", STORE / "seconds.txt"


def heard() -> dict[str, str]:
    return json.loads(HEARD.read_text("utf-8")) if HEARD.exists() else {}


def keep(name: str) -> None:
    """Whole or not at all: a test reads it at any time."""
    HEARD.with_suffix(".new").write_text(json.dumps({**heard(), name: st.session_state[name]}), "utf-8")
    HEARD.with_suffix(".new").replace(HEARD)


def fields() -> None:
    time.sleep(float(SECONDS.read_text("ascii")))
    commit_while_typing()
    for name in ("area", "line"):
        st.session_state.setdefault(name, heard().get(name, ""))
    st.html("<h1>Fält</h1>")
    st.text_area("Text", key="area", on_change=keep, args=("area",))
    st.text_input("Rad", key="line", live=PAUSE, on_change=keep, args=("line",))


def elsewhere() -> None:
    st.html("<h1>Annat</h1>")


pages = [st.Page(fields, title="Fält", default=True), st.Page(elsewhere, title="Annat", url_path="annat")]
st.navigation(pages, position="top").run()
