"""Projekt: the register of projects and what hangs on each, edited in place and saved as one version."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.loads.save_funding import PARTS
from analytics.registers.kinds import table_name
from pages.funding.editing.drafts import Draft
from pages.funding.editing.keeping import ABOUT, draft
from pages.funding.editing.saving_box import saving_box
from pages.funding.projects.grids import grid
from pages.ui import controls
from pages.ui.content import Ask, provenance_of
from pages.ui.kept_drafts import others_box
from pages.ui.notices import STYLE, provenance_badge

NOTHING = "inget"


def render(ask: Ask) -> None:
    say, current = ask.say, draft(ask)
    known = current.seen.projects
    badge = provenance_badge(provenance_of([project.provenance for project in known]), say) if known else ""
    st.html(STYLE + badge + f'<p class="kd-answer">{escape(_answer(ask, current))}</p>')
    others_box(say, ABOUT, free=current.empty)
    _heading(say("All projects"), say("Change a cell by clicking it twice; add a row at the end of a table."))
    grid(ask, current, ("projects", ""), say("All projects"))
    rows = current.rows(("projects", ""))
    titles = {row["project_id"]: row["title"] or row["project_id"] for row in rows if row["project_id"]}
    if titles:
        written = {NOTHING: say("Choose a project")} | titles
        chosen = controls.choose("project", say("Project"), list(written), NOTHING, written.get)
        if chosen != NOTHING:
            for part in PARTS:
                _heading(f"{table_name(part, say)} – {titles[chosen]}", _how(part, ask))
                grid(ask, current, (part, chosen), table_name(part, say))
        else:
            where = say("Budgets, payments, partners, schools and visits stand under the project.")
            st.html(f'<p class="kd-note">{escape(where)}</p>')
    saving_box(ask, current)


def _answer(ask: Ask, current: Draft) -> str:
    """How much the register holds."""
    say, register = ask.say, current.seen
    if not register.projects:
        return say("The register is empty. Add a project below, or load files with kvalitet load.")
    return say.plural(
        "The register holds {n} project, with {payments} payments and {partners} partners.",
        "The register holds {n} projects, with {payments} payments and {partners} partners.",
        len(register.projects),
        payments=ask.say.integer(len(register.payments)),
        partners=ask.say.integer(len(register.partners)),
    )


def _how(part: str, ask: Ask) -> str:
    """What a reader must know to fill the table in right."""
    say = ask.say
    return {
        "budgets": say("SEK and EUR on rows of their own; the rate belongs to the EUR row, with its day and basis."),
        "payments": say("One row a unit and report year. A unit that names a known school is linked to it."),
        "partners": say("A row with a country alone is the tick in the form's grid of countries."),
        "participants": say("The schools that take part."),
        "visits": say("Outgoing: ours abroad. Incoming: theirs here."),
    }[part]


def _heading(text: str, note: str) -> None:
    st.html(f'<h2 class="kd-section">{escape(text)}</h2><p class="kd-note">{escape(note)}</p>')
