"""What is missing before answers can be loaded: schools, a framework; and what can be added: how many were invited."""

from __future__ import annotations

import streamlit as st

from analytics.loads.typed_schools import names_in
from pages.data.imports import steps
from pages.data.imports.framework_form import draw_framework_form
from pages.data.imports.held import Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.labels import kept_open
from pages.ui.options import pick_several

MOST_LETTERS = 200_000
SHOWN = 200  # names, that can be chosen among


def draw_framework(ask: Ask, one: Import) -> None:
    """Where none of the store's is the form's: one is made of its questions."""
    if one.forms() and (one.framework is None or one.made is not None):
        draw_framework_form(ask, one)


def draw_schools(ask: Ask, one: Import) -> None:
    """The names that no school has. In an empty store they are all new; else each may be one written otherwise."""
    missing = steps.missing_schools(ask, one)
    if not missing and not one.typed:
        return
    say, names = ask.say, {school.id: school.name for school in ask.catalogue.schools}
    html.show(html.section_title(say("Schools")))
    if not ask.catalogue.schools:
        text = say.plural(
            "There are no schools yet. {n} is named in the file, and becomes one.",
            "There are no schools yet. {n} are named in the file, and become schools.",
            len(one.typed),
        )
        html.show(html.note(text))
        key = f"typed_{one.token}_{len(one.typed)}"
        st.text_area(
            say("Schools, one per line; a school unit code may follow the name"),
            value="\n".join(one.typed),
            key=key,
            height=160,
            max_chars=MOST_LETTERS,
            on_change=_typed,
            args=(ask, one, key),
        )
        return
    told = [
        say("{name} (meant for {school}?)", name=school.name, school=names[school.nearest])
        if school.nearest
        else school.name
        for school in missing
    ]
    html.show(html.note(say("No school is called this: {names}.", names=say.listing(told[:SHOWN]))))
    key = f"new_schools_{one.token}"
    pick_several(
        say("These are new schools"),
        list(dict.fromkeys([*one.typed, *(school.name for school in missing)]))[:SHOWN],
        default=list(one.typed),
        key=key,
        placeholder=say("None of them: correct the names in the file"),
        select_all=False,
        on_change=_chosen,
        args=(ask, one, key),
    )


def draw_invited(ask: Ask, one: Import) -> None:
    """Folded: answers can be loaded without."""
    if not one.forms() or one.framework is None or any(held.found.kind == "participation" for held in one.files):
        return
    say = ask.say
    fold = kept_open(
        say("How many were invited at each school (may be added later)"),
        key=f"invited_fold_{one.token}",
        type="compact",
    )
    if not fold.open:
        return
    with fold:
        key = f"invited_{one.token}"
        names = [*one.typed] or [school.name for school in ask.catalogue.schools]
        st.text_area(
            say("One line per school, with the number after its name; two columns can be pasted from Excel"),
            value=one.invited or "\n".join(f"{name}\t" for name in names),
            key=key,
            height=200,
            max_chars=MOST_LETTERS,
            on_change=_invited,
            args=(ask, one, key),
        )


def _typed(ask: Ask, one: Import, key: str) -> None:
    one.typed = names_in(str(st.session_state.get(key) or ""))
    steps.try_again(ask, one)


def _chosen(ask: Ask, one: Import, key: str) -> None:
    offered = {*one.typed, *(school.name for school in steps.missing_schools(ask, one))}
    one.typed = tuple(name for name in st.session_state.get(key) or () if name in offered)
    steps.try_again(ask, one)


def _invited(ask: Ask, one: Import, key: str) -> None:
    one.invited = str(st.session_state.get(key) or "")
    steps.try_again(ask, one)
