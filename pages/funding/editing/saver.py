"""The foot of a page on which the register can be edited: what changes, who saves, and what the last try came to."""

from __future__ import annotations

import streamlit as st

from analytics.loads.funding_texts import answer_key
from analytics.model.errors import Problem
from pages.funding.editing.last_saved import last_saved
from pages.funding.editing.naming import column_label, field_name, field_written
from pages.funding.editing.preview import preview_html
from pages.funding.editing.register import edited_now, save_register
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form
from pages.ui.saving import Saver, saving_box

LONG = frozenset({"note", "title", "networks"})  # texts that two people's can stand in after one another


def register_box(ask: Ask, current: Form) -> None:
    """Saves the register."""
    now = edited_now(current)
    answers = {field for field in (*current.saved, *current.typed) if answer_key(field)}
    saver = Saver(
        save=lambda typed, who: save_register(ask, typed, who),
        name=lambda field: field_name(ask, now, field),
        written=lambda field, text: field_written(ask, field, text),
        column=lambda name: column_label(ask, name),
        place=lambda problem: _place(ask, problem),
        lacking=lambda texts: (),
        long=LONG | answers,
        last_saved=lambda field: last_saved(ask, field),
    )
    saving_box(ask, current, saver, before=lambda: _preview(ask, current))


def _preview(ask: Ask, current: Form) -> None:
    preview = preview_html(ask, current)
    if preview:
        with st.container(key="register_preview"):
            html.show(preview)


def _place(ask: Ask, problem: Problem) -> str:
    """The table and the row as the page shows them."""
    if problem.row is None:
        return problem.file
    return ask.say("{table}, row {row}", table=problem.file, row=problem.row)
