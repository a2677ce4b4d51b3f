"""The session's draft of the register, and the same on disk: as soon as something is typed, until it is saved or thrown
away. Written whole, in one text: a table without the version that it began from would be saved over others' changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from analytics.funding.register import funding
from analytics.model_funding import Funding, Question
from pages.funding.drafts import Draft
from pages.ui import access
from pages.ui.content import Ask
from pages.ui.kept_drafts import draft_id, drafts, leave, own_draft_id

ABOUT = "funding"
WHOLE = "draft"  # the one field that a draft has on disk
DRAFT = "funding_draft"


def draft(ask: Ask) -> Draft:
    """The session's draft, else the one that the address names; one in which nothing is typed follows the version in
    force."""
    found: Draft | None = st.session_state.get(DRAFT)
    wanted = draft_id(ABOUT)
    if wanted and (found is None or found.id != wanted):
        found = _on_disk(ask, wanted) or found
    if found is None or (found.empty and found.base != ask.view.number):
        found = start_over(ask)
    st.session_state[DRAFT] = found
    return found


def start_over(ask: Ask) -> Draft:
    """A draft in which nothing is typed; the one before is gone from disk as well."""
    last: Draft | None = st.session_state.get(DRAFT)
    if last:
        _let_go(last, forget=True)
    st.session_state[DRAFT] = Draft(ask.view.number, funding(ask.view, ask.viewer))
    return st.session_state[DRAFT]


def keep(draft: Draft) -> None:
    """Writes what is typed to disk where it is not what was written last; raises StoreBroken. A draft that another
    session has gone on with, or done away with, is left as it is there: this one then goes on as one of its own."""
    text = "" if draft.empty else as_text(draft)
    if text == draft.kept:
        return
    if not text or _text_on_disk(draft) != draft.kept:
        _let_go(draft, forget=not text)
    if text:
        draft.id = own_draft_id(ABOUT)
        drafts().keep(draft.id, ABOUT, WHOLE, "", text)
    else:
        draft.base_gone = False
    draft.kept = text


def sign(draft: Draft, who: str) -> None:
    """Notes on disk who types."""
    if draft.id:
        drafts().sign(draft.id, who)


def as_text(draft: Draft) -> str:
    """A draft as it lies on disk: what is typed, and the number of the version that it began from. `removed`: the
    projects that were taken away, which cannot be told from the rows that are left once that version is gone."""
    said = {
        "base": draft.base,
        "removed": sorted(draft.edits().removed),
        "tables": [[*slot, rows] for slot, rows in draft.tables.items()],
        "answers": [[year, question.value, text] for (year, question), text in draft.answers.items()],
        "base_gone": draft.base_gone,
    }
    return json.dumps(said, ensure_ascii=False)


def from_text(text: str, seen: Callable[[int], Funding | None], now: Funding, number: int) -> Draft:
    """The draft again. `seen` is asked for the register in the version where it began; where that is gone, the draft
    goes on from the register as it is `now`, in the version `number`, and what others have changed is not told."""
    said = json.loads(text)
    register = seen(said["base"])
    found = Draft(
        said["base"],
        # Of projects that are not in the draft, those that it took away stay away; the others have come since.
        register or replace(now, projects=tuple(p for p in now.projects if p.id in said["removed"])),
        tables={(part, about): rows for part, about, rows in said["tables"]},
        answers={(year, Question(question)): answer for year, question, answer in said["answers"]},
        base_gone=said["base_gone"] or register is None,
    )
    if register is None:
        found.rebase(now, number)
    return found


def _on_disk(ask: Ask, id_: str) -> Draft | None:
    """The draft with the id; None, and no longer this person's, where somebody has saved it or thrown it away."""
    there = drafts().read(id_)
    if there is None or WHOLE not in there.fields:
        leave(ABOUT)
        return None
    text = there.fields[WHOLE].text
    now = funding(ask.view, ask.viewer)
    found = from_text(text, lambda number: access.funding_in(ask, number), now, ask.view.number)
    found.id, found.kept = id_, text
    return found


def _text_on_disk(draft: Draft) -> str:
    there = drafts().read(draft.id) if draft.id else None
    return there.fields[WHOLE].text if there else ""


def _let_go(draft: Draft, *, forget: bool) -> None:
    """The draft is no longer that which lies on disk under its id; `forget`: nor is that needed, as it was left."""
    if draft.id:
        if forget and _text_on_disk(draft) == draft.kept:
            drafts().forget(draft.id)
        leave(ABOUT)
    draft.id = None
