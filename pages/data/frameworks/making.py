"""A new framework begun from one that there is, like it or following on it: a draft until it is saved."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analytics.loads.framework_copies import copy_of, followers, successor_of
from analytics.loads.framework_texts import texts_of
from analytics.loads.save_framework import new_framework
from analytics.model.frameworks import Framework
from pages.data.frameworks.editor import draw_editor, may_change
from pages.data.frameworks.reading import has_ended
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.forms import Form, form
from pages.ui.saving import others_box

MADE = "framework_made"  # in the session: {"id": of the one that was just saved}
SUCCESSOR, COPY = "successor", "copy"


@dataclass(frozen=True)
class FrameworkStart:
    """What a new framework is begun from, and how it stands to that."""

    framework: Framework
    how: str

    @property
    def about(self) -> str:
        return f"framework {self.how} {self.framework.id}"

    def made(self, ask: Ask) -> Framework:
        taken = {one.id for one in ask.catalogue.frameworks}
        return (successor_of if self.how == SUCCESSOR else copy_of)(self.framework, taken)

    def form(self, ask: Ask) -> Form:
        return form(self.about, {}, ask.say)


def take_made() -> str | None:
    """The framework that was just saved, told once."""
    return st.session_state.setdefault(MADE, {}).pop("id", None)


def begun(ask: Ask, framework: Framework) -> tuple[FrameworkStart, Form] | None:
    """What this person has begun from the framework and not saved."""
    for how in (SUCCESSOR, COPY):
        start = FrameworkStart(framework, how)
        current = start.form(ask)
        if current.typed:
            return start, current
    return None


def draw_ways_to_begin(ask: Ask, framework: Framework) -> None:
    """The buttons; a framework that something follows on already gets no second."""
    say, after = ask.say, followers(framework.id, ask.catalogue.frameworks)
    if framework.valid_to is not None and not after:
        kind = "primary" if has_ended(framework) else "secondary"
        begin = (ask, FrameworkStart(framework, SUCCESSOR))
        st.button(say("Make its successor"), type=kind, key="make_successor", on_click=_begin, args=begin)
    st.button(say("Copy it"), key="make_copy", on_click=_begin, args=(ask, FrameworkStart(framework, COPY)))


def draw_others(ask: Ask, framework: Framework) -> None:
    """What others have begun from it."""
    for how in (SUCCESSOR, COPY):
        others_box(ask, FrameworkStart(framework, how).form(ask))


def draw_new(ask: Ask, start: FrameworkStart, current: Form) -> None:
    say, title = ask.say, start.framework.title.in_(ask.say.language)
    text = (
        say("This follows on {title}, one criterion to one. Look it through; nothing is stored until you save.",
            title=title)
        if start.how == SUCCESSOR
        else say("This is a copy of {title}. Change what is to be otherwise; nothing is stored until you save.",
                 title=title)
    )  # fmt: skip
    html.show(html.answer(text))
    made, id_ = st.session_state.setdefault(MADE, {}), current.texts.get("id", "").strip()

    def saved() -> None:
        made["id"] = id_

    unit = new_framework(start.framework.id if start.how == SUCCESSOR else None)
    draw_editor(ask, current, unit, new=True, saved=saved)


def _begin(ask: Ask, start: FrameworkStart) -> None:
    """Runs before anything is drawn."""
    ask.viewer  # noqa: B018 - raises NotAllowed for who may no longer be here
    if may_change():
        start.form(ask).put_all(texts_of(start.made(ask), new=True))
