"""The session's draft of the register, and the same on disk: as soon as something is typed, until it is saved or thrown
away. Written whole, in one text: a table without the version that it began from would be saved over others' changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from analytics.funding.register import funding
from analytics.model.funding import Funding, Question
from analytics.store.drafts import Draft as KeptDraft
from analytics.store.drafts import Typed
from pages.funding.editing.drafts import Draft
from pages.ui import access, kept_drafts
from pages.ui.content import Ask

ABOUT = "funding"
WHOLE = "draft"  # the one field that a draft has on disk
DRAFT = "funding_draft"


def draft(ask: Ask) -> Draft:
    """The session's draft, else the one that the address names; one in which nothing is typed follows the version in
    force."""
    found: Draft | None = st.session_state.get(DRAFT)
    kept = kept_drafts.own_draft(ABOUT)
    if kept and found and found.kept == kept.fields[WHOLE].text:
        found.id = kept.id  # another one, where somebody else has taken it up
    elif kept and (found is None or found.id != kept.id):
        found = _as_kept(ask, kept)
    if found is None or (found.empty and found.base != ask.view.number):
        found = start_over(ask)
    st.session_state[DRAFT] = found
    return found


def start_over(ask: Ask) -> Draft:
    """A draft in which nothing is typed; the one before is gone from disk as well."""
    if st.session_state.get(DRAFT):
        kept_drafts.forget(ABOUT)
    st.session_state[DRAFT] = Draft(ask.view.number, funding(ask.view, ask.viewer))
    return st.session_state[DRAFT]


def keep(draft: Draft) -> None:
    """Writes what is typed to disk where it is not what was written last; raises StoreBroken."""
    text = "" if draft.empty else as_text(draft)
    if text == draft.kept:
        return
    if text:
        draft.id = kept_drafts.keep(ABOUT, WHOLE, Typed("", text))
    else:
        kept_drafts.forget(ABOUT)
        draft.id, draft.base_gone = None, False
    draft.kept = text


def forget_saved(draft: Draft) -> None:
    """What is saved is no draft any more, on disk and here. Asks nothing of the session: a run may be stopped there."""
    if draft.id:
        kept_drafts.drafts().forget(draft.id)
    draft.tables.clear()
    draft.answers.clear()


def sign(who: str) -> None:
    """Notes on disk who types."""
    kept_drafts.sign(ABOUT, who)


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


def _as_kept(ask: Ask, kept: KeptDraft) -> Draft:
    """The draft that lies on disk."""
    text, now = kept.fields[WHOLE].text, funding(ask.view, ask.viewer)
    found = from_text(text, lambda number: access.funding_in(ask, number), now, ask.view.number)
    found.id, found.kept = kept.id, text
    return found
