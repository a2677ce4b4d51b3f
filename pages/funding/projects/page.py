"""Projekt: the register of projects and what hangs on each, edited in place and saved as one version."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from analytics.documents.calendar import calendar_bytes
from analytics.funding.due import due_days
from analytics.funding.plan import ProjectStatus, course
from analytics.funding.reckoning import reckoned
from analytics.loads.funding_texts import HANGING, PROJECT, EditedRegister
from analytics.model.funding import Funding
from analytics.registers.administrations import ADMINISTRATIONS, REPORT_PARTS
from analytics.registers.field import RowKind
from analytics.registers.funding import PAYMENTS, PROJECTS
from analytics.registers.of_the_year import COOPERATIONS
from analytics.store.reading import version_record
from pages.funding.amounts import kr
from pages.funding.editing.add_payment import add_payment, unsaid_in_words
from pages.funding.editing.earlier_drafts import earlier_drafts_box
from pages.funding.editing.history import table_history
from pages.funding.editing.naming import project_title
from pages.funding.editing.reading import read
from pages.funding.editing.register import ABOUT, edited_now, register_form, registers
from pages.funding.editing.saver import register_box
from pages.funding.editing.tables import table
from pages.funding.grant import grant_block, has_terms, left_in_words
from pages.funding.payment_list import payment_list
from pages.ui import access, controls, html
from pages.ui.content import Ask, Block, Fold, KeyFigure, provenance_of
from pages.ui.forms import Form
from pages.ui.guarded import download
from pages.ui.head import page_head
from pages.ui.kept_drafts import others_box
from pages.ui.labels import kept_open
from pages.ui.notices import draw_folded, key_figures_html, provenance_badge
from pages.ui.titles import address, questions, titles

NOTHING = "inget"
MANY = 60
"""Rows of a table that is folded at first: who adds one in the short form need not wait for all of it to be drawn."""
_STEM = "kvalitetsdialog-eu-projekt"


def render(ask: Ask) -> None:
    say, current = ask.say, register_form(ask)
    known, now = access.composed(registers, ask).funding, edited_now(current)
    ids = [row.texts[PROJECT].strip() for row in now.there(PROJECTS)]
    projects = {id_: project_title(now, id_) for id_ in ids if id_}
    with page_head(say, questions(say)["eu-projekt"], [(titles(say)["eu"], address("eu", say))]) as head:
        written = {NOTHING: say("Choose a project")} | projects
        about = controls.in_force("project", say("Project"), written, NOTHING) if projects else NOTHING
        if about != NOTHING:
            head.title = head.tab = projects[about]
            head.crumbs = (*head.crumbs, (titles(say)["eu-projekt"], address("eu-projekt", say, project=NOTHING)))
    others_box(say, ABOUT, free=not current.typed)
    earlier_drafts_box(ask, current)
    chosen = None
    if projects:
        with st.container(width=480):
            chosen = controls.choose_here("project", say("Project"), written, NOTHING)
        chosen = None if chosen == NOTHING else chosen
    badge = provenance_badge(provenance_of(_origins(known, chosen)), say) if _origins(known, chosen) else html.EMPTY
    html.show(badge + access.composed(_top, ask.of_funding, chosen))
    of = next((one for one in known.projects if one.id == chosen), None)
    if of is not None and has_terms(known, of):
        fold = Fold("grant_terms", say("Grant, own share and what is left to claim"), _grant, (of.id,))
        draw_folded(ask.of_funding, fold, of.provenance.value)
    if projects:
        add_payment(ask, current, now, projects, chosen)
    if chosen is None:
        _whole_register(ask, current, now, known)
    else:
        for kind in (PAYMENTS, *(kind for kind in HANGING if kind is not PAYMENTS)):
            title = f"{say.marked(kind.title)} – {projects[chosen]}"
            first = kind is PAYMENTS
            _fold(
                ask, current, now, kind, chosen, title, first=first, opened=first and len(now.of(kind, chosen)) <= MANY
            )
        _fold(ask, current, now, PROJECTS, None, say("All projects"))
    if known.projects:
        label, made = say("Calendar of what is due (.ics)"), partial(_calendar, ask)
        download(ask, label, made, _STEM, ".ics", "text/calendar", key="due_ics", version=ask.view.number)
    register_box(ask, current)


def _calendar(ask: Ask) -> bytes:
    """Of the register as it is saved."""
    known = access.composed(registers, ask).funding
    return calendar_bytes(due_days(known), ask.view.number, version_record(ask.view).created_at, ask.say)


def _whole_register(ask: Ask, current: Form, now: EditedRegister, known: Funding) -> None:
    """With no project chosen: every project, what is of none, and every payment as a list."""
    say = ask.say
    html.show(html.section_title(say("All projects")) + html.note(_as_on_paper(ask)))
    _table(ask, current, now, PROJECTS, None, say("All projects"), keys=True)
    several = len(now.there(ADMINISTRATIONS)) > 1
    of_the_city = (ADMINISTRATIONS, *([REPORT_PARTS] if several else []))
    for kind in (COOPERATIONS, *(of_the_city if ask.viewer.administrations is None else ())):
        _fold(ask, current, now, kind, None, say.marked(kind.title))
    if known.payments:
        provenance = provenance_of(_origins(known, None))
        draw_folded(ask, Fold("payments", say("All amounts and events"), _all_payments), provenance)


def _grant(ask: Ask, project: str) -> Block:
    known = access.composed(registers, ask).funding
    return grant_block(ask, known, next(one for one in known.projects if one.id == project))


def _all_payments(ask: Ask) -> Block:
    register = access.composed(registers, ask).funding
    return payment_list(ask, register.payments, register.projects)


def _origins(known: Funding, project: str | None) -> list[str]:
    """Where the project's row comes from, or those of all."""
    return [one.provenance.value for one in known.projects if project in (None, one.id)]


def _fold(
    ask: Ask,
    current: Form,
    now: EditedRegister,
    kind: RowKind,
    project: str | None,
    title: str,
    *,
    first: bool = False,
    opened: bool = False,
) -> None:
    """A table behind its name, sent when somebody opens it.
    `first`: the page's first table, which tells how all are written in."""
    fold = kept_open(html.unmarked(title), expanded=opened, key=f"grid_{kind.name}", type="compact")
    if fold.open:
        with fold:
            html.show(html.note(*filter(None, (_as_on_paper(ask) + " " if first else "", _how(kind, ask)))))
            _table(ask, current, now, kind, project, title, keys=first)


def _top(ask: Ask, project: str | None) -> Markup:
    """The answer, and of one project its key figures."""
    known = access.composed(registers, ask).funding
    found = next((one for one in known.projects if one.id == project), None)
    if found is None:
        return html.answer(_answer(ask, known))
    last = max([payment.report_year for payment in known.payments], default=found.end.year)
    one = course(known, found, last)
    grant = reckoned(known, found)
    told = f"{_answer_of(ask, one)} {left_in_words(grant, ask.say)}".strip()
    return html.answer(told) + key_figures_html(_key_figures(ask, known, one))


def _answer_of(ask: Ask, one: ProjectStatus) -> str:
    """When it runs, and what is paid of its own budget."""
    say, project = ask.say, one.project
    runs = say("{programme}, {start} to {end}.", programme=project.programme, start=project.start, end=project.end)
    paid = kr(one.paid_sek, say)
    if one.paid_share is None or one.budget_sek is None:
        return f"{runs} " + say("{paid} has been spent; its own budget in SEK is not known.", paid=paid)
    whole, share = kr(one.budget_sek, say), say.percent(one.paid_share)
    return f"{runs} " + say(
        "{paid} of its own budget of {whole} has been spent: {share}.", paid=paid, whole=whole, share=share
    )


def _key_figures(ask: Ask, known: Funding, one: ProjectStatus) -> tuple[KeyFigure, ...]:
    say, project = ask.say, one.project.id
    payments = [payment for payment in known.payments if payment.project_id == project]
    partners = [partner for partner in known.partners if partner.project_id == project]
    countries = len({partner.country for partner in partners})
    schools = sum(participant.project_id == project for participant in known.participants)
    units = len({payment.unit for payment in payments})
    return (
        KeyFigure(
            say("Amounts and events"), say.integer(len(payments)), say.plural("to {n} unit", "to {n} units", units)
        ),
        KeyFigure(say("Time gone"), say.percent(one.time_gone), say("by {day}", day=say.day(one.on))),
        KeyFigure(
            say("Partners"),
            say.integer(len(partners)),
            say.plural("in {n} country", "in {n} countries", countries),
        ),
        KeyFigure(say("Schools that take part"), say.integer(schools), ""),
    )


def _table(
    ask: Ask, current: Form, now: EditedRegister, kind: RowKind, project: str | None, caption: str, *, keys: bool
) -> None:
    """The grid with its history; `keys`: with what the keys do, which one table of the page tells for all."""
    sheets = [(ADMINISTRATIONS, now.there(ADMINISTRATIONS)), (PROJECTS, now.there(PROJECTS))]
    if kind not in (ADMINISTRATIONS, PROJECTS):
        sheets.append((kind, now.there(kind, project)))
    found = read(ask, sheets)
    gone = [row for row in now.of(kind, project) if row.part not in found and not row.empty]
    table(ask, current, now, {**found, **read(ask, [(kind, gone)])}, kind, project, caption, keys=keys)
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


def _as_on_paper(ask: Ask) -> str:
    return ask.say("Write as you would on paper; how it is read is shown below what you have written.")


def _how(kind: RowKind, ask: Ask) -> str:
    """What a reader must know to fill the table in right."""
    say = ask.say
    return {
        "budgets": say("SEK and EUR on rows of their own; the rate belongs to the EUR row, with its day and basis."),
        "payments": say(
            "One row per payment, or several where it is split over goals or units. What is below 0 takes back "
            "something of the same kind and has a note. A unit that names a known school is linked to it."
        )
        + " "
        + unsaid_in_words(say),
        "partners": say("A row with a country alone is the tick in the form's grid of countries."),
        "participants": say("The schools that take part."),
        "cooperations": say("International work of a year that no EU funds pay for; it is in no sum."),
        "administrations": say(
            "Of several, each hands in its part of the yearly report, and projects say whose they are. Whoever edits"
            " this page may edit all of them, unless their role is limited to some."
        ),
        "report_parts": say("The last day of each part, by year. What is handed in is marked on the report's page."),
        "visits": say("Outgoing: ours abroad. Incoming: theirs here."),
    }.get(kind.name, "")
