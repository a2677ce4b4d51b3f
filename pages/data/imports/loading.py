"""The foot of the page: what a load would come to, what must be chosen first, and the button that does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import streamlit as st

from analytics.intake.kinds import FRAMEWORK_FILE, PARTICIPATION
from analytics.loads.adding import added_said, replaced_said
from analytics.loads.trial import LoadTrial
from pages.data.imports import steps
from pages.data.imports.held import ADD, LEAVE, REPLACE, Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.saving import name_field, saver_name

LISTED = 20  # schools, that are named


def draw_loading(ask: Ask, one: Import, throw_away: Callable[[], None]) -> None:
    say, trial = ask.say, one.trial
    ready = False
    if trial is not None:
        html.show(html.section_title(say("Load")))
        if not trial.problems:
            html.show(html.answer(_comes_to(ask, trial)))
            ready = _choices(ask, one, trial)
    with st.container(horizontal=True, vertical_alignment="bottom", key="import_go"):
        if trial is not None:
            name_field(say)
            st.button(say("Load it"), type="primary", key="load_it", disabled=not ready, on_click=_go, args=(ask, one))
        st.button(say("Discard it"), key="throw_away", on_click=throw_away)
    if trial is not None and not ready:
        html.show(html.note(say("Nothing is stored until everything is corrected and chosen.")))


def _comes_to(ask: Ask, trial: LoadTrial) -> str:
    say, parts = ask.say, []
    if trial.new_schools:
        parts.append(say.plural("{n} new school", "{n} new schools", trial.new_schools))
    if trial.answers:
        answers = say.plural("{n} answer", "{n} answers", trial.answers)
        schools = say.plural("{n} school", "{n} schools", trial.schools)
        parts.append(say("{answers} from {schools}", answers=answers, schools=schools))
    if any(report.kind == FRAMEWORK_FILE for report in trial.reports):
        parts.insert(0, say("a framework"))
    others = trial.register_rows + sum(report.rows for report in trial.reports if report.kind == PARTICIPATION.name)
    if others:
        parts.append(say.plural("{n} row of other kinds", "{n} rows of other kinds", others))
    return say("Ready to load: {what}.", what=say.listing(parts)) if parts else say("Ready to load.")


def _choices(ask: Ask, one: Import, trial: LoadTrial) -> bool:
    """What only whoever loads can say; whether it is said."""
    say, names = ask.say, ask.catalogue.school_names
    if trial.there:
        by_text: dict[str, list[str]] = defaultdict(list)
        for problem in trial.there:
            by_text[problem.problem].append(names.get(problem.value or "", problem.value or ""))
        html.show(html.listed(_named(ask, text, values) for text, values in by_text.items()))
        _what_becomes(ask, one, trial)
    if trial.near:
        texts = dict.fromkeys(problem.problem for problem in trial.near)
        html.show(html.listed(texts))
        key = f"i_know_{one.token}"
        st.checkbox(
            say("Load it all the same; the rounds are marked, and somebody must then take the earlier versions away"),
            value=one.i_know,
            key=key,
            on_change=_set,
            args=(one, "i_know", key),
        )
    unsaved = [
        held
        for held in one.files
        if held.found.table is not None and held.found.table.by_hand is not None and held.found.saved is None
    ]
    if unsaved:
        key = f"remember_{one.token}"
        st.checkbox(
            say("Remember how the form is read, for the next time that it has these headings"),
            value=one.remember,
            key=key,
            on_change=_set,
            args=(one, "remember", key),
        )
    return one.may_go


def _what_becomes(ask: Ask, one: Import, trial: LoadTrial) -> None:
    """Asks what becomes of what is there, and tells beforehand what comes of the answer."""
    say, key, options = ask.say, f"if_there_{one.token}", [REPLACE, LEAVE]
    texts = {
        ADD: say("Add what is not there; all that is here stays"),
        REPLACE: say("Replace it with what the files hold"),
        LEAVE: say("Leave it: do not load"),
    }
    if trial.added is not None:
        options.insert(0, ADD)
    st.radio(
        say("This is here already. What shall become of it?"),
        options,
        index=options.index(one.becomes),
        format_func=texts.__getitem__,
        key=key,
        on_change=_choose,
        args=(one, key),
    )
    if one.becomes == ADD and trial.added is not None:
        html.show(html.listed(added_said(trial.added, say)))
        if not trial.adds_something:
            html.show(html.note(say("All that the files hold is here: there is nothing to add.")))
    if one.becomes == REPLACE and (trial.replaced.new or trial.replaced.changed or trial.replaced.gone):
        html.show(html.listed([replaced_said(trial.replaced, say)]))


def _choose(one: Import, key: str) -> None:
    said = st.session_state.get(key)
    one.if_there = said if said in (ADD, REPLACE, LEAVE) else ""


def _named(ask: Ask, text: str, values: list[str]) -> str:
    say, shown = ask.say, list(dict.fromkeys(filter(None, values)))
    more = len(shown) - LISTED
    listed = shown[:LISTED] + ([say.plural("{n} more", "{n} more", more)] if more > 0 else [])
    return f"{text} {say.listing(listed)}"


def _set(one: Import, what: str, key: str) -> None:
    setattr(one, what, bool(st.session_state.get(key)))


def _go(ask: Ask, one: Import) -> None:
    """Runs before anything is drawn."""
    if not one.may_go:
        return  # whatever the browser sent
    who = saver_name()
    if not who:
        one.trouble = "name"
        return
    steps.go(ask, one, who)
