"""Ramverk: what the schools are asked, read by all who may be here; changed, copied and followed on by who may load."""

from __future__ import annotations

import streamlit as st

from analytics.documents.framework_file import framework_toml
from analytics.loads.framework_texts import texts_of
from analytics.loads.save_framework import changed_framework
from analytics.model.frameworks import Framework
from analytics.model.provenance import Provenance
from pages.data.frameworks.editor import draw_editor, may_change
from pages.data.frameworks.making import begun, draw_new, draw_others, draw_ways_to_begin, take_made
from pages.data.frameworks.plan import has_plan, plan_html
from pages.data.frameworks.reading import answer, criteria_block, every_framework, key_figures, levels_and_source
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask, Block, Subject
from pages.ui.forms import form
from pages.ui.guarded import download
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.notices import key_figures_html
from pages.ui.saving import saved_meanwhile
from pages.ui.titles import questions


def render(ask: Ask) -> None:
    say, frameworks = ask.say, ask.catalogue.frameworks
    saved_meanwhile()  # this run has the version already
    made = take_made()
    if made in {framework.id for framework in frameworks}:
        st.query_params["framework"] = made or ""
    with page_head(say, questions(say)["ramverk"]):
        titles = {framework.id: framework.title.in_(say.language) for framework in reversed(frameworks)}
        chosen = (
            controls.choose("framework", say("Framework"), titles, _latest(ask), told=titles.__getitem__)
            if titles
            else ""
        )
    if not frameworks:
        notices.empty_state(say, say("There is no framework yet."), say("Load one, or a form to make one of."))
        return
    framework = ask.catalogue.framework(chosen)
    changes = may_change()
    if changes and (found := begun(ask, framework)):
        draw_new(ask, *found)
        return
    if made:
        st.success(say("Saved as version {version}.", version=ask.view.number))
    html.show(html.answer(answer(ask, framework)) + key_figures_html(key_figures(ask, framework)))
    with st.container(horizontal=True, key="framework_ways"):
        if changes:
            draw_ways_to_begin(ask, framework)
        stem, version = f"kvalitetsdialog-{framework.id}", ask.view.number
        download(ask, say("As a file (TOML)"), lambda: framework_toml(framework, version), stem, ".toml",
                 "application/toml", key="framework_file", version=version)  # fmt: skip
    if changes:
        draw_others(ask, framework)
        _change(ask, framework)
    notices.draw_block(
        ask, access.composed(_criteria, ask, framework.id), Provenance.IMPORTED.value, Subject(framework=framework.id)
    )
    folds = (
        [("plan", say("Aims and responsibilities"), lambda: plan_html(framework, say))] if has_plan(framework) else []
    )
    for key, title, inner in (
        *folds,
        ("levels", say("Levels, calendar and source"), lambda: levels_and_source(framework, say)),
        ("frameworks", say("Every framework"), lambda: every_framework(ask)),
    ):
        fold = kept_open(title, key=f"more_{key}", type="compact")
        if fold.open:
            with fold:
                html.show(inner())


def _latest(ask: Ask) -> str:
    """The framework of the last round, else the last to begin."""
    rounds = ask.catalogue.rounds
    return rounds[-1].framework if rounds else ask.catalogue.frameworks[-1].id


def _criteria(ask: Ask, framework_id: str) -> Block:
    return criteria_block(ask, ask.catalogue.framework(framework_id))


def _change(ask: Ask, framework: Framework) -> None:
    """Its fields, in a fold: open as long as something is typed and not saved."""
    say, about = ask.say, f"framework {framework.id}"
    current = form(about, texts_of(framework), say)
    fold = kept_open(say("Change the framework"), key=f"change {framework.id}", expanded=bool(current.typed))
    if fold.open:
        with fold:
            draw_editor(ask, current, changed_framework(framework.id), new=False)
