"""Remarks that somebody says are as they should be: which, and why. They are rows of the register, typed in the same
draft as its tables and answers and saved with them; whoever saves them stands in them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from analytics.funding.checks.report import Remark
from analytics.funding.report import Report
from analytics.loads.funding_texts import PROJECT, EditedRow, part_of
from analytics.registers.of_the_year import ACKNOWLEDGEMENTS
from analytics.words.remarks import REMARK_KIND
from pages.funding.editing.history import table_history
from pages.funding.editing.register import edited_now, noting
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form
from pages.ui.grid.grid import take_in_all
from pages.ui.labels import kept_open
from pages.ui.options import pick_several

FOLD = "acknowledge_remarks"
WHICH, WHY, AGAIN = "acknowledge_which", "acknowledge_why", "acknowledged_again"  # keys of the fields
CAME_OF_IT = "acknowledge_outcome"  # in the session: what the last press of the button came to
LONGEST = 500  # characters of a reason

About = tuple[str, str, str]
"""Kind, project ('': the whole year) and fingerprint: what an acknowledgement is of."""


def draw_acknowledging(ask: Ask, current: Form, found: Report, titles: Mapping[str, str]) -> None:
    """A fold in which open remarks are acknowledged, several for one reason, and acknowledged ones opened again."""
    say = ask.say
    remarks = {about(remark): remark for remark in found.remarks}
    rows = {_of_row(row): row for row in edited_now(current).there(ACKNOWLEDGEMENTS)}
    if not (remarks or rows):
        return
    with kept_open(say("Acknowledge remarks"), key=FOLD, type="compact") as fold:
        if not fold.open:
            return
        html.show(
            html.note(
                say(
                    "What is acknowledged stands apart, with the reason, until one of the values that the remark stands"
                    " on is changed. It is saved with the rest of what you have changed, in your name."
                )
            )
        )
        if outcome := st.session_state.pop(CAME_OF_IT, None):
            st.info(outcome)
        _acknowledge(ask, found.year, remarks, rows, titles)
        _open_again(ask, current, remarks, rows, titles)
    table_history(ask, current, ACKNOWLEDGEMENTS, None)


def about(remark: Remark) -> About:
    return remark.kind.value, remark.project_id or "", remark.fingerprint


def _of_row(row: EditedRow) -> About:
    return row.texts["remark"], row.texts[PROJECT], row.texts["facts"]


def _acknowledge(
    ask: Ask, year: int, remarks: Mapping[About, Remark], rows: Iterable[About], titles: Mapping[str, str]
) -> None:
    say, said = ask.say, set(rows)
    still = {key: remark for key, remark in remarks.items() if key not in said}
    if not still:
        html.show(html.note(say("No remark is left to acknowledge.")))
        return
    names = _named(ask, still, titles)
    pick_several(
        say("Remarks"),
        list(still),
        names.__getitem__,
        key=WHICH,
        placeholder=say("Choose one or several"),
        select_all=False,
    )
    st.text_area(say("Why they are as they should be"), key=WHY, max_chars=LONGEST, height=72)
    st.button(say("Acknowledge"), key=f"{FOLD}_button", on_click=_begin, args=(ask, year, tuple(still)))


def _open_again(
    ask: Ask,
    current: Form,
    remarks: Mapping[About, Remark],
    rows: Mapping[About, EditedRow],
    titles: Mapping[str, str],
) -> None:
    """Those of this year's remarks that are acknowledged, saved or not."""
    say = ask.say
    own = {key: row for key, row in rows.items() if key in remarks}
    if not own:
        return
    names = _named(ask, {key: remarks[key] for key in own}, titles)
    pick_several(
        say("Acknowledged"),
        list(own),
        lambda key: f"{names[key]} ({own[key].texts['reason']})",
        key=AGAIN,
        select_all=False,
        placeholder=say("Choose one or several"),
    )
    parts = {key: row.part for key, row in own.items()}
    st.button(say("Open again"), key=f"{AGAIN}_button", on_click=_take_back, args=(current, parts))


def _named(ask: Ask, remarks: Mapping[About, Remark], titles: Mapping[str, str]) -> dict[About, str]:
    """Each remark by its cause and project; with what it says where several are called the same."""
    say = ask.say
    names = {
        key: " – ".join(
            filter(None, [say.marked(REMARK_KIND[remark.kind]), titles.get(remark.project_id or "", remark.project_id)])
        )
        for key, remark in remarks.items()
    }
    called = list(names.values())
    return {key: f"{name}: {remarks[key].text}" if called.count(name) > 1 else name for key, name in names.items()}


def _begin(ask: Ask, year: int, open_: Sequence[About]) -> None:
    """Runs before anything is drawn; what the fields hold is whatever the browser sent."""
    say, reason = ask.say, str(st.session_state.get(WHY) or "").strip()
    chosen = [key for key in st.session_state.get(WHICH) or () if key in open_]
    if not chosen or not reason:
        st.session_state[CAME_OF_IT] = (
            say("Choose at least one remark.") if not chosen else say("Write why it is as it should be.")
        )
        return
    take_in_all()
    with noting() as notes:
        for kind, project, facts in chosen:
            texts = {"year": str(year), "remark": kind, "reason": reason, "facts": facts, PROJECT: project}
            notes.begin(part_of(ACKNOWLEDGEMENTS.name, f"n{secrets.token_hex(8)}"), texts)
    st.session_state[WHICH], st.session_state[WHY] = [], ""
    st.session_state[CAME_OF_IT] = say("They are in your draft: save below.")


def _take_back(current: Form, parts: Mapping[About, str]) -> None:
    take_in_all()
    for key in st.session_state.get(AGAIN) or ():
        if key in parts:
            current.take_away(parts[key])
    st.session_state[AGAIN] = []
