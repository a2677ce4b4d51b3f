"""Årsredovisning: the year's report as it will print, what does not add up in it, its six answers, its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from analytics.documents.report import FORMATS, report_bytes, report_document
from analytics.funding import difference
from analytics.funding.checks.report import Remark
from analytics.funding.maturity_comparison import in_words, maturity_comparison
from analytics.funding.register import funding
from analytics.funding.report import Report, report, report_years
from analytics.loads.funding_texts import answer_field
from analytics.model.funding import Funding, ReportQuestion, Weight
from analytics.words.funding import REMARKS
from analytics.words.labels import WEIGHT, label_of
from pages.funding.amounts import kr
from pages.funding.editing.register import ABOUT, register_form
from pages.funding.editing.saver import register_box
from pages.funding.rounds import first_and_last_round
from pages.ui import access, controls, html
from pages.ui.content import Ask, KeyFigure
from pages.ui.files import file_buttons
from pages.ui.forms import Form, commit_while_typing
from pages.ui.head import page_head
from pages.ui.kept_drafts import others_box
from pages.ui.notices import empty_state, key_figures_html, provenance_badge
from pages.ui.paper import document_html
from pages.ui.titles import questions

AHEAD = 3  # years that are composed before anybody asks


@dataclass(frozen=True)
class ReportPage:
    """The page's parts as finished HTML, the report itself for its files, and what the figures say for the question of
    goal attainment."""

    report: Report
    top: Markup
    paper: Markup
    beside: Markup
    material: str


def render(ask: Ask) -> None:
    say, current = ask.say, register_form(ask)
    years = controls.as_they_are(report_years(funding(ask.view, ask.viewer)))
    if not years:
        with page_head(say, questions(say)["eu-rapport"]):
            pass
        empty_state(say, say("There are no payments in the register yet."), say("Add them under Projects."))
        return
    with page_head(say, questions(say)["eu-rapport"]):
        year = int(controls.choose("year", say("Report year"), years, next(iter(years))))
    page = access.composed(compose, ask.of_funding, year)
    html.show(page.top)
    _downloads(ask, page.report)
    paper, beside = st.columns([2.1, 1], gap="medium")
    with paper:
        html.show(page.paper)
    with beside:
        html.show(page.beside)
    _answers(ask, current, year, page.material)
    register_box(ask, current, year)
    commit_while_typing()


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: the latest years."""
    for year in report_years(funding(ask.view, ask.viewer))[:AHEAD]:
        yield compose, ask.of_funding, year


def compose(ask: Ask, year: int) -> ReportPage:
    """The page for one year."""
    say, register = ask.say, funding(ask.view, ask.viewer)
    found = report(register, year, say)
    before = access.as_last_reported(ask, year)
    found_since = (
        difference.difference(before, register, year) if before else difference.since_last_year(register, year)
    )
    since = difference.in_words(found_since, say)
    top = provenance_badge(found.provenance.value, say)
    top += html.answer(_answer(ask, found)) + key_figures_html(_key_figures(ask, found))
    beside = _remarks_html(ask, found.remarks) + _list_html(say("Since the year before"), since)
    paper = document_html(report_document(found, _about(ask), say))
    return ReportPage(found, top, paper, beside, _material(ask, register, year))


def _material(ask: Ask, register: Funding, year: int) -> str:
    """How schools that took part have moved beside the others by the year; empty where no two rounds can tell."""
    rounds = first_and_last_round(ask.catalogue, year)
    moved = maturity_comparison(ask.view, ask.viewer, register, *rounds) if rounds else None
    return "" if moved is None else in_words(moved, ask.say)


def _about(ask: Ask) -> dict[str, str]:
    """The version that the register is of; what was saved since left it as it was."""
    return {"Version": str(ask.stands_on[1])}


def _answer(ask: Ask, found: Report) -> str:
    say = ask.say
    wrong = sum(remark.weight is Weight.WRONG for remark in found.remarks)
    first = _paid(ask, found)
    if wrong:
        second = say.plural("{n} thing cannot be right.", "{n} things cannot be right.", wrong)
    elif found.remarks:
        second = say.plural(
            "{n} remark to read before it is sent.", "{n} remarks to read before it is sent.", len(found.remarks)
        )
    else:
        second = say("Everything adds up.")
    return f"{first} {second}"


def _paid(ask: Ask, found: Report) -> str:
    """What was paid to how many projects, and what was repaid."""
    say, values = ask.say, {"year": found.year}
    projects = sum(sheet.was_paid for sheet in found.sheets)
    amount, back = kr(found.total_sek + found.repaid_sek, say), kr(found.repaid_sek, say)
    if not projects:
        if found.repaid_sek:
            return say("In {year} nothing was paid, and {back} was repaid or corrected.", back=back, **values)
        return say("In {year} nothing was paid.", **values)
    first = say.plural(
        "In {year}, {amount} was paid to {n} project.",
        "In {year}, {amount} was paid to {n} projects.",
        projects,
        amount=amount,
        **values,
    )
    if not found.repaid_sek:
        return first
    net = say("{back} was repaid or corrected: {net} on balance.", back=back, net=kr(found.total_sek, say))
    return f"{first} {net}"


def _key_figures(ask: Ask, found: Report) -> tuple[KeyFigure, ...]:
    say = ask.say
    paid_to = {payment.unit for payment in found.payments if payment.amount_sek > 0}
    units = say.plural("to {n} unit", "to {n} units", len(paid_to))
    programmes = say.listing(row.programme for row in found.by_programme)
    written = sum(narrative is not None for _, narrative in found.narratives)
    check = sum(remark.weight is not Weight.KNOW for remark in found.remarks)
    return (
        KeyFigure(say("Paid in the year"), kr(found.total_sek, say), units),
        KeyFigure(say("Projects in the report"), say.integer(len(found.sheets)), programmes),
        KeyFigure(say("To mend or check"), say.integer(check), say("of {n} remarks", n=len(found.remarks))),
        KeyFigure(say("Answers written"), say("{part} of {whole}", part=written, whole=len(ReportQuestion)), ""),
    )


def _downloads(ask: Ask, found: Report) -> None:
    """The files, each made when somebody asks for it."""

    def made(suffix: str) -> bytes:
        return report_bytes(found, suffix, _about(ask), ask.say, excel=suffix == ".csv")

    file_buttons(ask.say, "report", FORMATS, f"redovisning-{found.year}-v{ask.view.number}", made)


def _remarks_html(ask: Ask, remarks: tuple[Remark, ...]) -> Markup:
    """The remarks by weight, each with the way to the table to mend."""
    say = ask.say
    parts = [html.section_title(say.marked(REMARKS))]
    if not remarks:
        parts.append(html.element("p", say("Everything adds up.")))
    for weight in Weight:
        own = [remark for remark in remarks if remark.weight is weight]
        if own:
            parts.append(html.element("h3", f"{say.marked(WEIGHT[weight])} ({len(own)})", class_="kd-weight"))
            parts.append(html.listed(_remark_html(ask, remark) for remark in own))
    return html.element("section", *parts, class_="kd-remarks")


def _remark_html(ask: Ask, remark: Remark) -> Markup:
    mend = remark.mend
    if remark.project_id:
        mend = html.link_beside(mend, f"eu-projekt?project={remark.project_id}&lang={ask.say.language}")
    return html.lines([remark.text, html.element("span", mend, class_="kd-note")])


def _list_html(title: str, lines: tuple[str, ...]) -> Markup:
    return html.element("section", html.section_title(title), html.listed(lines), class_="kd-remarks")


def _answers(ask: Ask, current: Form, year: int, material: str) -> None:
    """The six questions, each with its answer to write; with goal attainment, what the schools' own figures say."""
    say = ask.say
    heading, note = say("The answers for {year}", year=year), say("They stand in the report once they are saved.")
    html.show(html.section_title(heading) + html.note(note))
    others_box(say, ABOUT, free=not current.typed)
    for question in ReportQuestion:
        current.area(answer_field(year, question), label_of(question, say), height=140)
        if question is ReportQuestion.GOAL_ATTAINMENT and material:
            lead = say("From the schools' self-assessments:")
            html.show(html.note(html.element("strong", lead), f" {material}"))
