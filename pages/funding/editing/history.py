"""What was done to a table's rows: who, when, from what, to what; and taking one of it back."""

from __future__ import annotations

from itertools import islice

import streamlit as st
from markupsafe import Markup

from analytics.funding.register import history
from analytics.loads.dialogue_rows import REMOVED, Texts
from analytics.loads.funding_texts import edited
from analytics.loads.taking_back import NotTakenBack, Why, taken_back
from analytics.registers.field import Kind
from analytics.registers.funding import PROJECTS
from analytics.registers.kinds import KIND
from analytics.store.history import Entry, with_what_stood
from analytics.words.language import N_
from pages.funding.editing.naming import column_label, told_by, written
from pages.funding.editing.register import edited_now, noting, register_form
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form
from pages.ui.grid.grid import take_in_all
from pages.ui.moments import moment

MOST = 30  # entries that are shown; the older ones lie in the versions
TOLD = "funding_taken_back"
NOT_TAKEN_BACK = {
    Why.ROW_GONE: N_("The row has been taken away since. Nothing was done."),
    Why.PROJECT_GONE: N_("Its project has been taken away since; take that back first."),
    Why.CHANGED_SINCE: N_("It has been changed since, and is now {text}. Nothing was done."),
    Why.THERE_ALREADY: N_("The row is there already. Nothing was done."),
}


def history_fold(ask: Ask, current: Form, kind: Kind, project: str | None) -> None:
    """The table's history in a fold, the latest first, each with a way back."""
    say = ask.say
    about = project or "projects"
    with st.expander(say("History of {table}", table=say.marked(kind.title)), key=f"history {kind.name} {about}",
                     on_change="rerun") as fold:  # fmt: skip
        if not fold.open:
            return
        entries = history(ask.view, ask.viewer, kind.name, project)
        if not entries:
            st.caption(say("Nothing has been changed since the register was loaded."))
        told = st.session_state.pop(TOLD, "")
        if told:
            st.info(told)
        saved = {row.id: row.texts for row in edited(current.saved, {}).of(kind)}
        there = {row.id for row in edited_now(current).there(kind)}
        for place, (entry, texts) in enumerate(islice(with_what_stood(entries, saved), MOST)):
            with st.container(horizontal=True, vertical_alignment="center"):
                html.show(_line(ask, kind, entry, texts))
                way_back = _way_back(ask, entry, entry.change.row in there)
                if way_back:
                    st.button(
                        way_back, key=f"back {kind.name} {about} {entry.version} {place}", type="tertiary",
                        on_click=_take_back, args=(ask, entry),
                    )  # fmt: skip


def _way_back(ask: Ask, entry: Entry, there: bool) -> str:
    """What the button is called that takes it back; nothing where that is done already."""
    say, change, project = ask.say, entry.change, entry.change.kind == PROJECTS.name
    if change.field:
        return say("Take it back")
    if change.added == there:
        if there:
            return say("Remove this project") if project else say("Remove this row")
        return say("Bring this project back") if project else say("Bring this row back")
    return ""


def _line(ask: Ask, kind: Kind, entry: Entry, texts: Texts) -> Markup:
    """What was done to which row, and by whom. `texts`: the row's as they stood before that."""
    say, change = ask.say, entry.change
    if change.field:
        what = say(
            "{field} from {before} to {after}",
            field=column_label(ask, change.field),
            before=written(ask, kind, change.field, change.before or "") or "–",
            after=written(ask, kind, change.field, change.after or "") or "–",
        )
    else:
        what = say("the row was added") if change.added else say("the row was taken away")
    which = told_by(ask, kind, texts)
    by = say(
        "{who}, {moment} (data version {version})", who=entry.who, moment=moment(say, entry.at), version=entry.version
    )
    return html.note(html.element("strong", f"{which}: " if which else ""), what, html.BREAK, by)


def _take_back(ask: Ask, entry: Entry) -> None:
    """Puts what stood before into the draft; what was done since in other fields stays."""
    take_in_all()
    current = register_form(ask)  # more may have been typed since the button was drawn
    about = entry.change.project_id
    found = taken_back(entry, edited_now(current), lambda kind: history(ask.view, ask.viewer, kind.name, about))
    if isinstance(found, NotTakenBack):
        st.session_state[TOLD] = _why(ask, entry, found)
        return
    with noting() as notes:
        for name, text in found.items():
            part, _, column = name.rpartition(".")
            if column == REMOVED:
                notes.take_away(part)
            else:
                notes.put(name, text)


def _why(ask: Ask, entry: Entry, found: NotTakenBack) -> str:
    say, change = ask.say, entry.change
    if found.why is Why.ROW_GONE and change.field:
        return say("The row has been taken away since; take that back first.")
    now = written(ask, KIND[change.kind], change.field, found.now) if found.now else "–"
    return say.marked(NOT_TAKEN_BACK[found.why], text=now)
