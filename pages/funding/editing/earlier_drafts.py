"""Drafts from before the register was typed in field by field: each is one text with whole tables in it, whose rows
have no ids. To put such a table in the register's place would write over what others have saved since, so they are not
gone on with: they stay on disk, and what the register does not hold of them is shown to whose they are, until they are
thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from analytics.loads.as_saved import as_saved
from analytics.loads.funding_texts import PROJECT, EditedRegister, answer_field
from analytics.model.funding import ReportQuestion
from analytics.registers.kinds import KIND
from analytics.store.drafts import Draft
from analytics.words.labels import label_of
from pages.funding.editing.naming import column_label, project_title, table_name
from pages.funding.editing.register import edited_now
from pages.ui import html, kept_drafts
from pages.ui.content import Ask, Table, TableColumn
from pages.ui.downloads import table_html
from pages.ui.forms import Form
from pages.ui.moments import moment

ABOUT = "funding"  # what they are about, on disk
WHOLE = "draft"  # the one field of each
Rows = Sequence[Mapping[str, str]]


def earlier_drafts_box(ask: Ask, current: Form) -> None:
    """A fold for each that lies on disk; of another's, that there is one."""
    say = ask.say
    for draft in kept_drafts.drafts().about(ABOUT):
        who, when = draft.who or say("Somebody"), moment(say, draft.changed)
        told = say("A draft from an earlier edition of this page, which it cannot go on with")
        if not kept_drafts.is_own(draft):
            html.show(html.note(f"{told} ({who}, {when})"))
            continue
        key = kept_drafts.in_keys(draft)
        with st.expander(f"{told} ({html.unmarked(who)}, {when})", key=f"earlier {key}"):
            html.show(html.note(say("Nothing of it is saved. Copy what you need into the tables below.")))
            html.show(_contents(ask, current, draft.fields[WHOLE].text if WHOLE in draft.fields else ""))
            st.button(say("Discard the draft"), key=f"discard {key}", on_click=_throw_away, args=(draft,))


def _throw_away(draft: Draft) -> None:
    kept_drafts.drafts().forget(draft.id)


def _contents(ask: Ask, current: Form, text: str) -> Markup:
    """What it holds and the register does not; all of the text where it cannot be read."""
    try:
        return html.joined(_parts(ask, current, json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return html.element("pre", text)


def _parts(ask: Ask, current: Form, said: Mapping[str, Any]) -> Iterator[Markup]:
    say, now = ask.say, edited_now(current)
    gone = [project_title(now, id_) for id_ in said["removed"]]
    if gone:
        yield html.note(say("Removed in it: {projects}.", projects=say.listing(gone)))
    for part, project, rows in said["tables"]:
        other = _other_rows(now, part, rows)
        if other:
            yield html.element("h4", table_name(ask, now, KIND[part], project)) + _table(ask, other)
    for year, question, answer in said["answers"]:
        if answer != current.saved.get(answer_field(year, ReportQuestion(question)), ""):
            yield html.element("h4", f"{label_of(ReportQuestion(question), say)} {year}") + html.element("p", answer)


def _other_rows(now: EditedRegister, part: str, rows: Rows) -> list[Mapping[str, str]]:
    """Those that the register does not have as they are, however their figures are written."""
    there = [_plain(row.texts) for row in now.of(KIND[part])]
    return [row for row in rows if not any(_plain(row).items() <= one.items() for one in there)]


def _plain(row: Mapping[str, str]) -> dict[str, str]:
    return {name: as_saved(name, text) for name, text in row.items() if text}


def _table(ask: Ask, rows: Rows) -> Markup:
    def column(name: str) -> TableColumn[Mapping[str, str]]:
        return TableColumn(column_label(ask, name), lambda row: row.get(name, ""))

    names = dict.fromkeys(name for row in rows for name, text in row.items() if text and name != PROJECT)
    return table_html(Table.of([column(name) for name in names], rows), ask.say, stacked=True)
