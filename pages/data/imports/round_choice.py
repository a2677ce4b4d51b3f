"""Which round a form's answers are of: it does not say so itself."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.intake.likely_round import YearFrom
from analytics.words.language import N_
from pages.data.imports import steps
from pages.data.imports.held import Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.options import pick
from pages.ui.titles import address

OWN, NONE = "own", ""
OTHER = {OWN: N_("None of these: make one from the form's questions"), NONE: N_("Choose the framework")}
WHY = {
    YearFrom.TIMES: N_("The year is that of the times in the file."),
    YearFrom.NAME: N_("The year is that in the file's name."),
    YearFrom.TODAY: N_("The file does not say which year it is about: this year is proposed."),
}


def draw_round(ask: Ask, one: Import) -> None:
    """Nothing where no file needs it."""
    if not one.without_round():
        return
    say, frameworks = ask.say, steps.frameworks_now(ask, one)
    html.show(html.section_title(say("Which round it is")))
    titles = {framework.id: framework.title.in_(say.language) for framework in frameworks}
    options = [*titles, *([OWN] if one.forms() else [NONE])]
    left, right = st.columns([3, 1])
    with left:
        pick(
            say("Framework"),
            options,
            index=options.index(one.framework) if one.framework in titles else len(options) - 1,
            written=lambda id_: titles.get(id_) or say.marked(OTHER[id_]),
            key=f"import_framework_{one.token}_{one.framework}",
            on_change=_framework,
            args=(ask, one, f"import_framework_{one.token}_{one.framework}"),
        )
    framework = next((found for found in frameworks if found.id == one.framework), None)
    if framework is None:
        return
    last = framework.valid_to or max(date.today().year + 1, framework.valid_from)
    years = list(range(last, framework.valid_from - 1, -1))
    key = f"import_year_{one.token}_{one.framework}_{one.year}"
    with right:
        pick(
            say("Year"),
            years,
            say.of_rounds(framework).round,
            index=years.index(one.year) if one.year in years else 0,
            key=key,
            on_change=_year,
            args=(ask, one, key),
        )
    guess = steps.round_of(one.without_round()[0], frameworks, ask.catalogue.schools, say)
    if guess.year == one.year:
        html.show(html.note(say.marked(WHY[guess.year_from])))
    if framework.valid_to and framework.valid_to < date.today().year:
        text = say(
            "The framework is valid {start}–{end}. Answers of a later year need one that follows on it.",
            start=framework.valid_from, end=framework.valid_to,
        )  # fmt: skip
        title = framework.title.in_(say.language)
        way = (say("Make a successor of {title}", title=title), address("ramverk", say, framework=framework.id))
        html.show(html.note(text, " ", html.link_beside(*way)))


def _framework(ask: Ask, one: Import, key: str) -> None:
    chosen = st.session_state.get(key)
    frameworks = {framework.id: framework for framework in steps.frameworks_now(ask, one)}
    if chosen in frameworks:
        one.framework = chosen
        framework = frameworks[chosen]
        if one.year is None or not framework.covers(one.year):
            one.year = min(framework.valid_to or date.today().year, max(date.today().year, framework.valid_from))
        steps.try_again(ask, one)
    else:
        one.framework, one.made, one.trial = None, None, None


def _year(ask: Ask, one: Import, key: str) -> None:
    chosen = st.session_state.get(key)
    if isinstance(chosen, int):
        one.year = chosen
        steps.try_again(ask, one)
