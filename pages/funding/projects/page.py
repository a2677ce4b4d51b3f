"""Projekt: the register of projects and what hangs on each, edited in place and saved as one version."""

from __future__ import annotations

from analytics.loads.funding_texts import HANGING, PROJECT, EditedRegister
from analytics.model.funding import Funding
from analytics.registers.field import RowKind
from analytics.registers.funding import PROJECTS
from pages.funding.editing.earlier_drafts import earlier_drafts_box
from pages.funding.editing.history import table_history
from pages.funding.editing.naming import project_title
from pages.funding.editing.reading import read
from pages.funding.editing.register import ABOUT, edited_now, register_form, registers
from pages.funding.editing.saver import register_box
from pages.funding.editing.tables import table
from pages.ui import access, controls, html
from pages.ui.content import Ask, provenance_of
from pages.ui.forms import Form
from pages.ui.head import page_head
from pages.ui.kept_drafts import others_box
from pages.ui.notices import provenance_badge
from pages.ui.titles import questions

NOTHING = "inget"


def render(ask: Ask) -> None:
    say, current = ask.say, register_form(ask)
    known = access.composed(registers, ask).funding
    with page_head(say, questions(say)["eu-projekt"]):
        pass
    badge = provenance_badge(provenance_of([project.provenance for project in known.projects]), say)
    html.show((badge if known.projects else "") + html.answer(_answer(ask, known)))
    others_box(say, ABOUT, free=not current.typed)
    earlier_drafts_box(ask, current)
    now = edited_now(current)
    how = say("Write as you would on paper; beneath what you have written stands what it is read as.")
    _heading(say("All projects"), how)
    _table(ask, current, now, PROJECTS, None, say("All projects"))
    ids = [row.texts[PROJECT].strip() for row in now.there(PROJECTS)]
    titles = {id_: project_title(now, id_) for id_ in ids if id_}
    if titles:
        written = {NOTHING: say("Choose a project")} | titles
        chosen = controls.choose_here("project", say("Project"), written, NOTHING)
        if chosen != NOTHING:
            for kind in HANGING:
                title = f"{say.marked(kind.title)} – {titles[chosen]}"
                _heading(title, _how(kind, ask))
                _table(ask, current, now, kind, chosen, title)
        else:
            where = say("Budgets, payments, partners, schools and visits stand under the project.")
            html.show(html.note(where))
    register_box(ask, current)


def _table(ask: Ask, current: Form, now: EditedRegister, kind: RowKind, project: str | None, caption: str) -> None:
    """The grid with its history."""
    sheets = [(PROJECTS, now.there(PROJECTS))]
    if project is not None:
        sheets.append((kind, now.there(kind, project)))
    found = read(ask, sheets)
    gone = [row for row in now.of(kind, project) if row.part not in found and not row.empty]
    table(ask, current, now, {**found, **read(ask, [(kind, gone)])}, kind, project, caption)
    table_history(ask, current, kind, project)


def _answer(ask: Ask, register: Funding) -> str:
    """How much the register holds."""
    say = ask.say
    if not register.projects:
        return say("The register is empty. Add a project below, or load files with kvalitet load.")
    return say.plural(
        "The register holds {n} project, with {payments} payments and {partners} partners.",
        "The register holds {n} projects, with {payments} payments and {partners} partners.",
        len(register.projects),
        payments=ask.say.integer(len(register.payments)),
        partners=ask.say.integer(len(register.partners)),
    )


def _how(kind: RowKind, ask: Ask) -> str:
    """What a reader must know to fill the table in right."""
    say = ask.say
    return {
        "budgets": say("SEK and EUR on rows of their own; the rate belongs to the EUR row, with its day and basis."),
        "payments": say(
            "One row a unit and report year. A repayment or correction is below 0 and has a note. A unit that names a"
            " known school is linked to it."
        ),
        "partners": say("A row with a country alone is the tick in the form's grid of countries."),
        "participants": say("The schools that take part."),
        "visits": say("Outgoing: ours abroad. Incoming: theirs here."),
    }[kind.name]


def _heading(text: str, note: str) -> None:
    html.show(html.section_title(text) + html.note(note))
