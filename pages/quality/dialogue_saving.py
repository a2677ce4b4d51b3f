"""The box that saves a dialogue: a draft becomes a version, or is refused with what to mend; where two changed the
same, both are shown; and on the day when the dialogue is held, its brief is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import streamlit as st

from analytics.dialogue_rows import Changed, Round, is_new
from analytics.freezing import freeze
from analytics.model import Framework, KvalitetError, Problem, Refused, StoreBusy
from analytics.saving_dialogue import BothChanged, part_names, save_dialogue
from pages.quality.dialogue_words import about_field, column_label, written_value
from pages.ui import access
from pages.ui.content import Ask, Column, Table
from pages.ui.forms import Form, form, others_drafts, take_up
from pages.ui.notices import table_html

WHO = "saver_name"
OUTCOME = "dialogue_outcome"
SAVED = "dialogue_saved"


def saved_meanwhile() -> bool:
    """Whether a version was just made, so that the whole page is to be drawn from it."""
    return st.session_state.pop(SAVED, False)


def others_box(ask: Ask, current: Form) -> None:
    """What others, or an earlier session, have typed about this dialogue and not saved."""
    say = ask.say
    for draft in others_drafts(current.about):
        minutes = max(int((datetime.now(UTC) - draft.changed).total_seconds() // 60), 0)
        when = (
            say.plural("{n} minute ago", "{n} minutes ago", minutes)
            if minutes < 120
            else say.day(draft.changed.astimezone().date())
        )
        who = draft.who or say("Somebody")
        text = say("{who} has typed something here that is not saved ({when}).", who=who, when=when)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="kd-note">{escape(text)}</p>')
            if not current.typed:
                st.button(say("Go on with it"), key=f"take {draft.id}", on_click=take_up, args=(draft,))


def saving_box(ask: Ask, about: Round, current: Form, framework: Framework) -> None:
    say, outcome = ask.say, st.session_state.get(OUTCOME)
    if outcome and outcome[0] == about:
        _tell(ask, current, framework, outcome[1])
    with st.container(horizontal=True, vertical_alignment="bottom", key="dialogue_saving"):
        st.text_input(say("Your name"), key=WHO, max_chars=80, width=240, persist_state="session")
        if current.typed:
            st.button(say("Save"), type="primary", on_click=_save, args=(ask, about, current), key="dialogue_save")
            st.button(say("Throw the draft away"), on_click=_throw_away, args=(current,), key="dialogue_discard")
        st.button(
            say("Freeze the brief as it is today"), on_click=_freeze, args=(ask, about, current), key="dialogue_freeze"
        )
    if current.typed:
        kept = say("Not saved yet; what you type is kept as a draft, also if you close the page.")
    else:
        kept = say("Everything is saved. Freezing keeps the brief word for word, for whoever opens it later.")
    st.html(f'<p class="kd-note">{escape(kept)}</p>')


def _tell(ask: Ask, current: Form, framework: Framework, outcome: object) -> None:
    if isinstance(outcome, BothChanged):
        _both_changed(ask, current, framework, outcome.changes)
    elif isinstance(outcome, Refused):
        _problems(ask, outcome.problems)
    else:
        st.info(str(outcome))


def _save(ask: Ask, about: Round, current: Form) -> bool:
    """Runs before anything is drawn, so that nobody waits for it but the one who saves."""
    say, who = ask.say, (st.session_state.get(WHO) or "").strip()
    if not who:
        return _end(about, say("Write your name first: it stands in the history of versions."))
    current.sign(who)
    typed = {name: field.text for name, field in current.typed.items()}
    before = {name: field.before for name, field in current.typed.items()}
    try:
        outcome = save_dialogue(Path(access.store_folder()), about, before, typed, say, saved_by=who)
    except (BothChanged, Refused) as refused:
        return _end(about, refused)
    except StoreBusy:
        return _end(about, say("Somebody else is saving just now. Try again; your draft is kept."))
    except KvalitetError:
        return _end(about, say("The store cannot be written to. Your draft is kept."))
    current.forget()
    _end(about, say("Saved as version {version}.", version=outcome.version))
    st.session_state[SAVED] = True
    return True


def _freeze(ask: Ask, about: Round, current: Form) -> None:
    """Saves what is typed first: what is frozen is what is saved."""
    say, who, today = ask.say, (st.session_state.get(WHO) or "").strip(), date.today()
    if not current.texts.get("held"):
        current.put("held", today.isoformat())
        current = form(current.about, current.saved)
    if current.typed and not _save(ask, about, current):
        return
    if not who:
        _end(about, say("Write your name first: it stands in the history of versions."))
        return
    try:
        number = freeze(Path(access.store_folder()), ask.viewer, about, frozen_by=who, today=today)
    except StoreBusy:
        _end(about, say("Somebody else is saving just now. Try again; your draft is kept."))
    except KvalitetError:
        _end(about, say("The store cannot be written to. Your draft is kept."))
    else:
        _end(about, say("The brief is frozen in version {version}.", version=number))
        st.session_state[SAVED] = True


def _throw_away(current: Form) -> None:
    st.session_state.pop(OUTCOME, None)
    current.forget()


def _end(about: Round, outcome: object) -> bool:
    """Notes what a try came to; False, as nothing was saved unless somebody says so."""
    st.session_state[OUTCOME] = (about, outcome)
    return False


def _both_changed(ask: Ask, current: Form, framework: Framework, changes: Sequence[Changed]) -> None:
    """What both changed, field by field, with a way out for each."""
    say = ask.say
    left = [change for change in changes if change.field in current.typed]
    if not left:
        st.info(say("That was all: save once more."))
        return
    st.warning(say("Somebody else has changed the same. Nothing of yours is saved yet, and nothing is lost."))
    for change in left:
        part = change.field.rpartition(".")[0]
        gone = change.now == "" and bool(part) and not is_new(part)
        name = about_field(change.field, current.texts, say)
        rows = (
            (say("When you began"), written_value(change.field, change.before, ask, framework)),
            (say("They wrote"), written_value(change.field, change.now, ask, framework)),
            (say("You wrote"), written_value(change.field, change.mine, ask, framework)),
        )
        st.html(f"<h3>{escape(name)}</h3>" + table_html(Table((Column(""), Column(say("Text"))), rows), say))
        with st.container(horizontal=True):
            key = change.field
            st.button(say("Take theirs"), key=f"theirs {key}", on_click=_settle, args=(current, change, None))
            if not gone:
                st.button(say("Keep mine"), key=f"mine {key}", on_click=_settle, args=(current, change, change.mine))
            if change.field.rsplit(".")[-1] in ("notes", "goal", "outcome", "text") and change.now and change.mine:
                both = f"{change.now}\n{change.mine}"
                st.button(say("Keep both"), key=f"both {key}", on_click=_settle, args=(current, change, both))


def _settle(current: Form, change: Changed, text: str | None) -> None:
    """What becomes of a field that both changed: theirs (None), or another text on top of theirs."""
    if text is None:
        current.forget((change.field,))
    else:
        current.begin_anew(change.field, change.now, text)


def _problems(ask: Ask, problems: Sequence[Problem]) -> None:
    """Everything that was refused, with where it stands."""
    say, parts = ask.say, part_names(ask.say)
    st.error(say("Nothing was saved: mend this first. Your draft is kept."))
    columns = (
        Column(say("Where")),
        Column(say("Field")),
        Column(say("Value")),
        Column(say("What is wrong")),
        Column(say("What to do")),
    )
    rows = tuple(
        (
            p.file if p.file == parts["dialogues"] or p.row is None else f"{p.file} {p.row}",
            column_label(p.column or "", say),
            p.value or "",
            p.problem,
            p.hint,
        )
        for p in problems
    )
    st.html(table_html(Table(columns, rows), say))
