"""Årsredovisning: the year's report as it will print, what does not add up in it, its six answers, its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from analytics.documents.report import FORMATS, report_bytes, report_document
from analytics.funding import difference
from analytics.funding.administrations import known_administration, register_of
from analytics.funding.maturity_comparison import in_words, maturity_comparison
from analytics.funding.register import funding
from analytics.funding.report import Report, part_report, report, report_years
from analytics.loads.part_states import PartState
from analytics.loads.part_words import who_has_handed_in
from analytics.model.funding import Funding
from analytics.model.sender import Dispatch
from analytics.words.funding import REMARKS
from analytics.words.language import Words
from pages.funding.editing.register import register_form
from pages.funding.editing.saver import register_box
from pages.funding.report.acknowledging import draw_acknowledging
from pages.funding.report.answers import Answering, draw_answers
from pages.funding.report.causes import REMARKS_AT, remarks_html
from pages.funding.report.parts import choose_part, draw_handed_in, draw_part, parts_html, states_of
from pages.funding.report.sender import draw_sender
from pages.funding.report.sentences import answer, key_figures
from pages.funding.rounds import first_and_last_round
from pages.ui import access, controls, html
from pages.ui.content import Ask
from pages.ui.files import file_buttons
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.notices import empty_state, key_figures_html, provenance_badge
from pages.ui.paper import document_html
from pages.ui.titles import address, questions, titles

AHEAD = 3  # years that are composed before anybody asks
FILES_AT = "report-files"  # the place on the page


@dataclass(frozen=True)
class ReportPage:
    """The page's parts as finished HTML, the report itself for its files, and what the figures say for the question of
    goal attainment."""

    report: Report
    top: Markup
    remarks: Markup
    beside: Markup
    material: str
    states: tuple[PartState, ...] = ()


def render(ask: Ask) -> None:
    say, current = ask.say, register_form(ask)
    register = funding(ask.view, ask.viewer)
    years = controls.as_they_are(report_years(register))
    crumbs = [(titles(say)["eu"], address("eu", say))]
    if not years:
        with page_head(say, questions(say)["eu-rapport"], crumbs):
            pass
        empty_state(say, say("There are no payments in the register yet."), say("Add them under Projects."))
        return
    with page_head(say, questions(say)["eu-rapport"], crumbs):
        year = int(controls.choose("year", say("Report year"), years, str(latest_paid(register)), told=str))
        part = choose_part(ask, register, year)
    page, dispatch = access.composed(compose, ask.of_funding, year, part), access.dispatches().of(year)
    html.show(page.top)
    state = next((state for state in page.states if state.administration.id == part), None)
    if state:
        draw_part(ask, current, state, year, titles_of(register))
        draw_handed_in(ask, state, year, dispatch)
    appendix = _downloads(ask, page.report, dispatch)
    if not part and ask.viewer.administrations is None:
        draw_sender(ask, year, dispatch)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        html.show(page.remarks)
        draw_acknowledging(ask, current, page.report, {one.id: one.title for one in register.projects})
    with right:
        html.show(page.beside)
    _paper(ask, year, dispatch, appendix, part)
    draw_answers(ask, current, _answering(say, register, page, part, year), year, page.material)
    register_box(ask, current)


def _answering(say: Words, register: Funding, page: ReportPage, part: str, year: int) -> Answering:
    """Whose answers are written below: the only administration's, the chosen one's, or the whole city's."""
    if not page.states:
        return Answering(say("The six answers for {year}", year=year), register)
    if not part:
        title = say("Answers of the whole city for {year}, before the administrations' own", year=year)
        return Answering(title, register_of(register, None), "")
    closed = any(state.administration.id == part and state.status.is_in for state in page.states)
    return Answering(say("The six answers for {year}", year=year), register_of(register, part), part, closed)


def titles_of(register: Funding) -> dict[str, str]:
    return {project.id: project.title for project in register.projects}


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: the latest years."""
    for year in report_years(funding(ask.view, ask.viewer))[:AHEAD]:
        yield compose, ask.of_funding, year, ""


def latest_paid(register: Funding) -> int:
    """The latest year that something was paid in: the report of a year without payments is not to be written yet."""
    return max((payment.report_year for payment in register.spent), default=report_years(register)[0])


def compose(ask: Ask, year: int, part: str = "") -> ReportPage:
    """The page for one year, of one administration's part where it is named."""
    say, register = ask.say, funding(ask.view, ask.viewer)
    states, found = states_of(ask, year), _found(register, year, part, say)
    own = register_of(register, part) if part else register
    before = None if part else access.as_last_reported(ask, year)  # whose projects were, earlier versions may not say
    found_since = difference.difference(before, own, year) if before else difference.since_last_year(own, year)
    since = difference.in_words(found_since, say)
    text, table = answer(ask, found), Markup()
    if states and not part and ask.viewer.administrations is None:
        text = f"{who_has_handed_in(states, say)} {text}"
        table = parts_html(states, year, titles_of(register), say)
    top = provenance_badge(found.provenance.value, say)
    top += html.answer(text) + table + key_figures_html(key_figures(ask, found))
    down = html.element("a", say.marked(REMARKS), href=f"#{REMARKS_AT}")  # on a phone the files stand between
    files = html.element("a", say("Files"), href=f"#{FILES_AT}")
    top += html.element("nav", files, down, class_="kd-jumps", **{"aria-label": say("On this page")})
    remarks = remarks_html(ask, found.remarks, titles_of(register))
    return ReportPage(found, top, remarks, _since(say, since), _material(ask, own, year), states)


def _found(register: Funding, year: int, part: str, say: Words) -> Report:
    administration = known_administration(register, year, part) if part else None
    return part_report(register, administration, year, say) if administration else report(register, year, say)


def compose_paper(ask: Ask, year: int, dispatch: Dispatch, appendix: bool, part: str) -> Markup:
    """The report of a year as it is printed."""
    found = _found(funding(ask.view, ask.viewer), year, part, ask.say)
    return document_html(report_document(found, _about(ask), ask.say, dispatch, appendix=appendix))


def _material(ask: Ask, register: Funding, year: int) -> str:
    """How schools that took part have moved beside the others by the year; empty where no two rounds can tell."""
    rounds = first_and_last_round(ask.catalogue, year)
    moved = maturity_comparison(ask.view, ask.viewer, register, *rounds) if rounds else None
    return "" if moved is None else in_words(moved, ask.say)


def _about(ask: Ask) -> dict[str, str]:
    """The version that the register is of; what was saved since left it as it was."""
    return {"Version": str(ask.stands_on[1])}


def _downloads(ask: Ask, found: Report, dispatch: Dispatch) -> bool:
    """The files, each made when somebody asks for it; whether the appendix is wanted."""
    html.show(html.element("h2", ask.say("Files"), class_="kd-section kd-narrow", id=FILES_AT))
    label = ask.say("Word and PDF with an appendix: remarks, version, where it all comes from")
    appendix = st.checkbox(label, key="report_appendix")

    def made(suffix: str) -> bytes:
        excel = suffix in (".csv", ".zip")
        how = {"appendix": appendix, "excel": excel, "version": version}
        return report_bytes(found, suffix, _about(ask), ask.say, dispatch, **how)

    name, version = ask.say("international-work-{year}", year=found.year), ask.stands_on[1]
    if found.part_of and found.part_of.administration:
        name += f"-{found.part_of.administration.id}"
    file_buttons(ask, "report", FORMATS, name, version, made)
    return appendix


def _paper(ask: Ask, year: int, dispatch: Dispatch, appendix: bool, part: str) -> None:
    """The report as it prints, made and sent when somebody opens it."""
    fold = kept_open(ask.say("The report as it is printed"), key="report_paper", type="compact")
    if fold.open:
        with fold:
            html.show(access.composed(compose_paper, ask.of_funding, year, dispatch, appendix, part))


def _since(say: Words, lines: tuple[str, ...]) -> Markup:
    """The sums, and folded which projects have come and gone."""
    told, rest = html.listed(lines[:1]), lines[1:]
    if rest:
        more = say.plural("{n} more change", "{n} more changes", len(rest))
        told += html.unfolded(more, html.listed(rest))
    return html.element("section", html.section_title(say("Since the year before")), told, class_="kd-remarks")
