"""Two lists that are edited where they show: a school's events on its way to be certified, and what the administration
offers. What is typed is a draft on disk at once; saving makes a version of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from analytics.dialogue.register import history, history_of_activities
from analytics.loads.dialogue_readings import Parts, activity_parts, event_parts
from analytics.loads.dialogue_rows import REMOVED, Texts, entries_in
from analytics.loads.list_rows import activities_of, events_of
from analytics.loads.save import SaveUnit, save
from analytics.loads.taking_back_dialogue import EditedDialogueRows, parts_of_list
from analytics.model.dialogue import Event
from analytics.model.frameworks import Framework
from analytics.registers.dialogue import ACTIVITIES, CERTIFICATIONS
from analytics.registers.field import RowKind, field_label
from analytics.store.history import Entry
from analytics.words.labels import label_of_text
from pages.shared.form_history import form_history
from pages.shared.typed import registers, with_readings
from pages.ui import access, controls
from pages.ui.content import Ask
from pages.ui.forms import Form, form
from pages.ui.labels import kept_open
from pages.ui.many_options import among
from pages.ui.options import pick
from pages.ui.saving import Saver, others_box, saved_meanwhile, saving_box

LONG = frozenset(("note", "description"))
EVENTS = [event.value for event in Event]
TOLD_BY = {"certifications": ("event", "date"), "activities": ("title",)}  # the columns by which people know a row


@st.fragment
def events_editor(ask: Ask, schools: tuple[str, ...]) -> None:
    """The events of one of the schools, in a fold of its own."""
    if saved_meanwhile():
        st.rerun()
    say, names = ask.say, controls.school_names(ask.catalogue)
    with_rounds = {found.framework for found in ask.catalogue.rounds}
    frameworks = {one.id: one.title.in_(say.language) for one in ask.catalogue.frameworks if one.id in with_rounds}
    with kept_open(say("Record what has happened"), key="events_fold") as fold:
        if not fold.open:
            return
        chosen = [one for one in (st.session_state.get("events_school"),) if one]
        there = among(schools, names.__getitem__, chosen, "events_school", say("Type the school's name"))
        school = pick(
            say("School"), there, names.__getitem__, index=None, key="events_school",
            placeholder=say("Choose a school"),
        )  # fmt: skip
        if school is None:
            return

        def row(current: Form, name: str) -> None:
            what, day, note, under = st.columns([2, 2, 4, 3]) if len(frameworks) > 1 else (*st.columns([2, 2, 5]), None)
            with what:
                current.choice(*_labelled(f"{name}.event", ask), EVENTS, lambda e: label_of_text(Event, e, say),
                               placeholder=say("Choose"))  # fmt: skip
            with day:
                current.line(*_labelled(f"{name}.date", ask))
            with note:
                current.line(*_labelled(f"{name}.note", ask))
            if under is not None:
                with under:
                    current.choice(*_labelled(f"{name}.framework", ask), list(frameworks), frameworks.__getitem__,
                                   placeholder=say("The one in force then"))  # fmt: skip

        must = {"event": say("choose what has happened"), "date": say("write a day")}
        _list(ask, f"certification {school}", events_of(school), lambda texts: event_parts(texts, school),
              row, say("Add an event"), must, CERTIFICATIONS,
              lambda: history(ask.view, ask.viewer, CERTIFICATIONS.name, school))  # fmt: skip


@st.fragment
def activities_editor(ask: Ask, framework: Framework) -> None:
    """What the administration offers within the framework's areas, in a fold of its own."""
    if saved_meanwhile():
        st.rerun()
    say = ask.say
    areas = {area.id: area.title.in_(say.language) for area in framework.areas}
    with kept_open(say("Change what the administration offers"), key="activities_fold") as fold:
        if not fold.open:
            return

        def row(current: Form, name: str) -> None:
            title, area = st.columns([3, 2])
            with title:
                current.line(*_labelled(f"{name}.title", ask))
            with area:
                current.choice(*_labelled(f"{name}.area", ask), list(areas), lambda id_: areas.get(id_, id_),
                               placeholder=say("Choose"))  # fmt: skip
            current.area(*_labelled(f"{name}.description", ask), height=68)
            start, end, contact = st.columns([2, 2, 3])
            with start:
                current.line(*_labelled(f"{name}.start", ask))
            with end:
                current.line(*_labelled(f"{name}.end", ask))
            with contact:
                current.line(*_labelled(f"{name}.contact", ask))

        must = {"title": say("write what it is called"), "area": say("choose an area")}
        _list(ask, f"activities {framework.id}", activities_of(framework.id),
              lambda texts: activity_parts(texts, framework.id), row, say("Add an activity"), must,
              ACTIVITIES, lambda: history_of_activities(ask.view, ask.viewer, framework.id))  # fmt: skip


def _list(
    ask: Ask,
    about: str,
    what: SaveUnit,
    parts: Callable[[Texts], Parts],
    row: Callable[[Form, str], None],
    add: str,
    must: Mapping[str, str],
    kind: RowKind,
    entries: Callable[[], Sequence[Entry]],
) -> None:
    """The rows, each with a way to take it away, the box that saves them, and what was done to them. `must`: the
    columns that are to be filled in, each with what to do; `entries`: what was done to the rows, which are a kind's."""
    say = ask.say
    current = form(about, what.texts(access.composed(registers, ask)), say)
    others_box(ask, current)
    current = with_readings(ask, current, parts)
    for name in entries_in(current.texts):
        with st.container(border=True, key=f"row {about} {name}"):
            row(current, name)
            st.button(
                say("Remove"), key=f"less {about} {name}", icon=":material/delete:", type="tertiary",
                on_click=current.take_away, args=(name,),
            )  # fmt: skip
    st.button(add, key=f"more {about}", icon=":material/add:", on_click=_add, args=(current,))
    folder = Path(access.store_folder())
    saving_box(
        ask,
        current,
        Saver(
            save=lambda typed, who: save(folder, ask.viewer, what, typed, say, saved_by=who),
            name=lambda field: _place(field, current, ask),
            written=lambda field, text: _written(field, text, ask),
            column=lambda name: _label(name, ask),
            place=lambda problem: f"{problem.file} {problem.row or ''}".strip(),
            lacking=lambda texts: [
                (f"{entry}.{name}", what)
                for entry in entries_in(texts)
                for name, what in must.items()
                if not texts.get(f"{entry}.{name}")
            ],
            long=LONG,
        ),
    )
    _history(ask, current, kind, entries)


def _history(ask: Ask, current: Form, kind: RowKind, entries: Callable[[], Sequence[Entry]]) -> None:
    """The list's history in a fold, each change with a way back."""

    def standing(texts: Texts) -> EditedDialogueRows:
        return EditedDialogueRows(parts_of_list(access.composed(registers, ask), kind.name), texts, entries())

    def told(now: EditedDialogueRows, entry: Entry) -> str:
        """By what people know a row: as it is now, or as it was when it came or went."""
        change = entry.change
        part = now.part(kind.name, change.row)
        texts = change.texts or now.when_it_went(entry)
        if part is not None and change.field:
            texts = {name: current.texts.get(f"{part}.{name}", "") for name in TOLD_BY[kind.name]}
        return " ".join(_written(f"{part}.{name}", texts[name], ask) for name in TOLD_BY[kind.name] if texts.get(name))

    form_history(
        ask,
        current,
        title=ask.say("History"),
        entries=entries,
        row=told,
        column=lambda entry: _label(entry.change.field, ask),
        written=lambda entry, text: _written(f"{kind.name}.{entry.change.field}", text, ask) if text else "",
        standing=standing,
    )


def _add(current: Form) -> None:
    """A new row, with something in it so that it is there."""
    name = f"en{secrets.token_hex(3)}"
    current.put(f"{name}.new", "yes")


def _place(field: str, current: Form, ask: Ask) -> str:
    """Where a field stands: the place of its row, and what it is."""
    entries, entry = entries_in(current.texts), field.partition(".")[0]
    return f"{entries.index(entry) + 1} · {_label(field, ask)}" if entry in entries else _label(field, ask)


def _label(field: str, ask: Ask) -> str:
    """A field, or a column of the rows that the fields become."""
    name = field.rpartition(".")[2]
    if name == REMOVED:
        return ask.say("removed")
    return next(
        (field_label(kind.field(name), ask.say) for kind in (CERTIFICATIONS, ACTIVITIES) if kind.has(name)), name
    )


def _labelled(field: str, ask: Ask) -> tuple[str, str]:
    """A field's name and what it is called, as a form wants them."""
    return field, _label(field, ask)


def _written(field: str, text: str, ask: Ask) -> str:
    if not text:
        return "–"
    if field.endswith(".event"):
        return label_of_text(Event, text, ask.say)
    if field.endswith(".framework"):
        return next((one.title.in_(ask.say.language) for one in ask.catalogue.frameworks if one.id == text), text)
    if field.endswith(f".{REMOVED}"):
        if text == "yes":
            return ask.say("removed")
        said = ((name, value) for name, value in json.loads(text).items() if value)
        return "; ".join(f"{_label(name, ask)}: {_written(name, value, ask)}" for name, value in said)
    return text
