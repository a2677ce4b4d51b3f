"""What each column of the ledger is: as its headings tell, or as somebody says, which is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from analytics.loads.ledger import LedgerFile, column_names, remember, said_columns
from analytics.model.errors import KvalitetError
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.options import pick

NOTHING = ""
Keep = Callable[[LedgerFile], None]


def draw_columns(ask: Ask, left: LedgerFile, keep: Keep) -> None:
    """Folded, unless the file could not be read."""
    say = ask.say
    token = left.table.sha256[:12]
    fold = kept_open(say("What each column is"), expanded=bool(left.problems), key=f"ledger_columns_{token}")
    if not fold.open:
        return
    with fold:
        if left.saved is not None:
            text = say(
                "Read as {who} said on {day}: the headings are the same.",
                who=left.saved.by, day=say.day(left.saved.since.date()),
            )  # fmt: skip
            html.show(html.note(text))
        options = {NOTHING: say("Nothing: left out")} | column_names(say)
        with st.form(f"ledger_columns_form_{token}", border=False):
            keys, pair = {}, []
            for n, heading in enumerate(left.table.headings):
                if n % 2 == 0:
                    pair = st.columns(2)  # a row at a time, so that a phone has them in the file's order
                keys[heading] = key = f"ledger_column_{token}_{n}"
                example = left.example(heading)
                label = html.unmarked(heading) + (f" ({html.unmarked(example[:30])})" if example else "")
                index = list(options).index(left.columns.get(heading, NOTHING))
                with pair[n % 2]:
                    pick(label, list(options), index=index, written=options.__getitem__, key=key)
            st.checkbox(say("Remember it for the next file with these headings"), value=True, key=f"remember_{token}")
            st.form_submit_button(say("Read it like this"), on_click=_said, args=(ask, left, keep, keys, token))
        if left.table.by_hand is not None:
            st.button(
                say("Read it as its headings tell"),
                key="ledger_columns_off",
                type="tertiary",
                on_click=_as_told,
                args=(ask, left, keep),
            )


def _said(ask: Ask, left: LedgerFile, keep: Keep, keys: dict[str, str], token: str) -> None:
    """Runs before anything is drawn; what the fields hold is whatever the browser sent."""
    viewer, known = ask.viewer, column_names(ask.say)
    said = {heading: st.session_state.get(key) for heading, key in keys.items()}
    read = said_columns(left, {heading: name for heading, name in said.items() if name in known}, ask.say)
    keep(read)
    if not read.problems and st.session_state.get(f"remember_{token}"):
        try:
            remember(Path(access.store_folder()), read, viewer.name)
        except KvalitetError:
            st.toast(ask.say("It could not be remembered: the store cannot be written to."))


def _as_told(ask: Ask, left: LedgerFile, keep: Keep) -> None:
    keep(said_columns(left, None, ask.say))
