"""Importera: files are left, what they hold is said, and nothing is stored until whoever left them says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analytics.loads.empty_store import make_empty_store
from analytics.model.frameworks import Framework
from analytics.words.language import Words
from pages.data.imports import steps
from pages.data.imports.done import draw_done
from pages.data.imports.files import draw_files
from pages.data.imports.first_time import draw_framework, draw_invited, draw_schools
from pages.data.imports.going import draw_progress, draw_trouble
from pages.data.imports.held import HELD, IMPORT, Import, begun
from pages.data.imports.job import Job
from pages.data.imports.level_choice import draw_level_choice
from pages.data.imports.loading import draw_loading
from pages.data.imports.municipality import draw_municipality
from pages.data.imports.preview import draw_preview
from pages.data.imports.projects import draw_projects
from pages.data.imports.round_choice import draw_round
from pages.data.imports.templates import draw_templates
from pages.data.imports.uploader import draw_uploader
from pages.ui import access, html
from pages.ui.content import Ask
from pages.ui.head import page_head
from pages.ui.left_files import open_for_files
from pages.ui.saving import saver_name
from pages.ui.titles import address, questions

MAKING = "store_being_made"  # in the session: the job that does it
BEGUN = "import_begun"  # in the session: one that nothing has been left in yet


def render(ask: Ask) -> None:
    say = ask.say
    open_for_files(ask)
    with page_head(say, questions(say)["importera"]):
        pass
    one = held(ask)
    steps.finish(one)
    if one.job is not None:
        draw_progress(say, one.job)
        return
    if one.outcome is not None:
        draw_done(ask, one, lambda: _begin_anew(one))
        return
    if not one.files:
        html.show(html.answer(_what_can_be_left(ask)))
    draw_uploader(ask, one)
    draw_trouble(say, one)
    if not one.files:
        html.show(_which_frameworks(ask))
        draw_templates(ask)
        return
    draw_files(ask, one)
    draw_round(ask, one)
    draw_level_choice(ask, one)
    draw_municipality(ask, one)
    draw_projects(ask, one)
    draw_framework(ask, one)
    draw_schools(ask, one)
    draw_invited(ask, one)
    draw_preview(ask, one)
    draw_loading(ask, one, lambda: _begin_anew(one))


def without_store(say: Words) -> None:
    """Where there is no store yet: one is made when somebody asks for it."""
    owner, admit = access.owner(), access.admission("importera")
    one = st.session_state.setdefault(MAKING, begun(owner))
    job, folder = one.job, Path(access.store_folder())
    if job is not None and job.over:
        one.job = None
        if job.error or job.failed:
            one.trouble = type(job.error).__name__ if job.error else "failed"
        st.rerun()
    if job is not None:
        draw_progress(say, job)
        return
    html.show(html.answer(say("There is no data here yet. Begin, and then upload the file that you have.")))
    draw_trouble(say, one)

    def make() -> None:
        admit(())
        who = saver_name() or say("the first user")
        one.job = Job("make", 12, lambda step: make_empty_store(folder, say, made_by=who, on_step=step))
        one.job.wait(steps.SOON)

    st.button(say("Begin"), type="primary", key="make_store", on_click=make)


def held(ask: Ask) -> Import:
    """This person's import: the one in the address, else a new one."""
    owner = access.owner()
    found = HELD.of(st.query_params.get(IMPORT), owner)
    if found is not None:
        return found
    new = st.session_state.get(BEGUN)
    if not isinstance(new, Import) or new.owner != owner or new.files or new.outcome:
        new = st.session_state[BEGUN] = begun(owner)
    return new


def _begin_anew(one: Import) -> None:
    HELD.let_go(one.token)
    st.query_params.pop(IMPORT, None)


def _which_frameworks(ask: Ask) -> Markup:
    """The way to the frameworks; where none is valid this year, to the one that needs a successor."""
    say, year, known = ask.say, date.today().year, ask.catalogue.frameworks
    if any(framework.covers(year) for framework in _used(ask)) or not known:
        return html.note(html.link(say("See or change the frameworks"), address("ramverk", say)))
    last = max(_used(ask) or known, key=lambda framework: framework.valid_to or framework.valid_from)
    to_it = address("ramverk", say, framework=last.id)
    text = say("Make a successor of {title}", title=last.title.in_(say.language))
    return html.note(say("No framework here is valid in {year}.", year=year), " ", html.link(text, to_it))


def _used(ask: Ask) -> list[Framework]:
    """The frameworks that rounds are of, with those that follow on them: others may be there and never used."""
    used = {framework.id for framework in ask.catalogue.frameworks if ask.catalogue.years(framework.id)}
    return [one for one in ask.catalogue.frameworks if one.id in used or one.previous in used]


def _what_can_be_left(ask: Ask) -> str:
    say = ask.say
    if not ask.catalogue.schools:
        return say(
            "Begin with the file you have: the answers from a form are enough. You will be asked for what is missing."
        )
    return say("Upload one or more files. You see what they hold before anything is saved.")
