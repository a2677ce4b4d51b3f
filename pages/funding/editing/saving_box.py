"""Saving what was typed: who saves, what is not saved yet, and what to do when it was refused or others were first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from pathlib import Path

import streamlit as st

from analytics.loads.register_rows import AMOUNTS
from analytics.loads.save_funding import Changed, Conflict, save
from analytics.model.errors import KvalitetError, Problem, Refused, StoreBroken, StoreBusy
from analytics.model.funding import Question
from analytics.registers.kinds import table_name
from analytics.words.labels import label_of
from analytics.words.language import Words
from pages.funding.editing.drafts import Draft
from pages.funding.editing.keeping import ABOUT, forget_saved, keep, sign, start_over
from pages.funding.projects.grids import column_label, options_of
from pages.ui import access
from pages.ui.content import Ask, Head, Table
from pages.ui.kept_drafts import let_go
from pages.ui.notices import table_html
from pages.ui.saving import name_field, saver_name

OUTCOME = "funding_outcome"


def saving_box(ask: Ask, draft: Draft) -> None:
    """The foot of a page on which something can be typed; what was typed is kept by now."""
    say = ask.say
    try:
        keep(draft)
    except StoreBroken:
        st.warning(say("What you type cannot be written to disk: it is lost if you close the page before you save."))
    outcome = st.session_state.get(OUTCOME)
    if draft.base != ask.view.number and not isinstance(outcome, Conflict):
        st.info(say("Somebody has saved since you began to type. Your draft is kept; saving shows what has changed."))
    if isinstance(outcome, Conflict):
        _conflict(ask, draft, outcome)
    elif isinstance(outcome, Refused):
        _problems(outcome.problems, say)
    elif isinstance(outcome, str):
        st.success(outcome) if draft.empty else st.warning(outcome)
    if draft.empty:
        nothing = say("Nothing is typed that is not saved.")
        st.html(f'<p class="kd-note">{escape(nothing)}</p>')
        return
    if draft.base_gone:
        gone = say(
            "The version that this draft was begun in is gone: what others have changed since in the same tables is"
            " written over. Look the draft through before you save."
        )
        st.warning(gone)
    unsaved = say("Not saved yet:")
    st.html(f"<p><strong>{escape(unsaved)}</strong> {escape('; '.join(_unsaved(ask, draft)))}</p>")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name_field(say)
        st.button(say("Save"), type="primary", on_click=_save, args=(ask, draft), key="funding_save")
        st.button(say("Throw the draft away"), on_click=_throw_away, args=(ask,), key="funding_discard")


def _save(ask: Ask, draft: Draft) -> None:
    """Runs before the page is drawn, so that nobody waits for it but the one who saves."""
    say, who = ask.say, saver_name()
    if not who:
        st.session_state[OUTCOME] = say("Write your name first: it stands in the history of versions.")
        return
    sign(who)
    let_go(ABOUT)
    try:
        outcome = save(Path(access.store_folder()), draft.edits(), draft.seen, say, saved_by=who)
    except (Conflict, Refused) as refused:
        st.session_state[OUTCOME] = refused
        return
    except StoreBusy:
        st.session_state[OUTCOME] = say("Somebody else is saving just now. Try again; your draft is kept.")
        return
    except KvalitetError:
        st.session_state[OUTCOME] = say("The store cannot be written to. Your draft is kept.")
        return
    forget_saved(draft)
    st.session_state[OUTCOME] = say("Saved as version {version}.", version=outcome.version)
    start_over(access.ask(say.language))


def _throw_away(ask: Ask) -> None:
    st.session_state.pop(OUTCOME, None)
    start_over(access.ask(ask.say.language))


def _go_on(ask: Ask, draft: Draft, changes: Sequence[Changed], take_theirs: bool) -> None:
    """After a conflict: the draft goes on from what is in force, with the others' changes in it or without."""
    from analytics.funding.register import funding

    st.session_state.pop(OUTCOME, None)
    now = access.ask(ask.say.language)
    draft.merge(changes if take_theirs else (), funding(now.view, now.viewer), now.view.number)


def _conflict(ask: Ask, draft: Draft, conflict: Conflict) -> None:
    """What somebody else has changed since, in each table that both changed."""
    say = ask.say
    by = access.savers(draft.base, ask.view.number)
    who = say.listing(dict.fromkeys(by)) if by else say("Somebody")
    st.warning(say("{who} has changed the same. Nothing of yours is saved yet, and nothing is lost.", who=who))
    for change in conflict.changes:
        title = f"{table_name(change.part, say)}: {_about(ask, draft, change.part, change.about)}"
        st.html(f"<h3>{escape(title)}</h3>" + table_html(_difference(ask, change), say))
    with st.container(horizontal=True):
        st.button(
            say("Take their changes into my draft"),
            type="primary",
            on_click=_go_on,
            args=(ask, draft, conflict.changes, True),
            key="funding_merge",
        )
        st.button(
            say("Keep mine alone"), on_click=_go_on, args=(ask, draft, conflict.changes, False), key="funding_mine"
        )


def _difference(ask: Ask, change: Changed) -> Table:
    """A row is one that they added or took away; a changed one is both."""
    say = ask.say
    columns = [c for c in (change.now or change.before)[0] if c != "project_id"] if change.now or change.before else []
    rows = [(say("taken away"), row) for row in change.before if row not in change.now]
    rows += [(say("added"), row) for row in change.now if row not in change.before]
    return Table(
        (Head(""), *(_column(ask, change.part, name) for name in columns)),
        tuple((what, *(row[name] for name in columns)) for what, row in rows),
    )


def _column(ask: Ask, part: str, name: str) -> Head:
    """A column written as its grid writes it."""
    say, label = ask.say, column_label(name, ask.say)
    if name in AMOUNTS:
        return Head(label, lambda text: say.number(Decimal(text)) if text else "", numeric=True)
    options = options_of(ask, part, name)
    return Head(label, lambda text: options.get(text, text))


def _problems(problems: Sequence[Problem], say: Words) -> None:
    """Everything that was refused, with where it stands."""
    st.error(say("Nothing was saved: mend this first. Your draft is kept."))
    table = Table(
        (
            Head(say("Table")),
            Head(say("Row"), numeric=True),
            Head(say("Column")),
            Head(say("Value")),
            Head(say("What is wrong")),
            Head(say("What to do")),
        ),
        tuple(
            (p.file, p.row or "", column_label(p.column or "", say), p.value or "", p.problem, p.hint) for p in problems
        ),
    )
    st.html(table_html(table, say))


def _unsaved(ask: Ask, draft: Draft) -> list[str]:
    """What is typed and not saved, in words."""
    say, edits = ask.say, draft.edits()
    found = []
    if edits.projects:
        found.append(say.plural("{n} project", "{n} projects", len(edits.projects)))
    if edits.removed:
        titles = say.listing(sorted(_about(ask, draft, "projects", id_) for id_ in edits.removed))
        found.append(say("{projects} with all that hangs on it will be taken away", projects=titles))
    found += [f"{table_name(part, say)} ({_about(ask, draft, part, id_)})" for part, id_ in edits.tables]
    found += [f"{label_of(question, say)} {year}" for year, question in edits.answers]
    return found


def _about(ask: Ask, draft: Draft, part: str, about: str) -> str:
    """A project by its title, an answer by its question."""
    if part == "narratives":
        year, question = about.split(" ", 1)
        return f"{label_of(Question(question), ask.say)} {year}"
    titles = {row["project_id"]: row["title"] for row in draft.rows(("projects", ""))}
    titles |= {project.id: project.title for project in draft.seen.projects}
    return titles.get(about) or about
