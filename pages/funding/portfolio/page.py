"""EU-medel: what was paid to whom and for what, how the projects keep pace, with whom, and what moved beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from analytics.funding.register import funding
from analytics.model.funding import Funding
from analytics.words.language import Words
from pages.funding.amounts import kr
from pages.funding.grant import grants_block
from pages.funding.payment_list import payment_list
from pages.funding.portfolio.choice import (
    Portfolio,
    paid_by_project,
    payment_years,
    portfolio,
    programmes,
    units,
)
from pages.funding.portfolio.expected import against, comparable, expected, is_behind
from pages.funding.portfolio.lists import countries, projects, schools
from pages.funding.portfolio.maturity import maturity_block
from pages.funding.portfolio.money import per_year
from pages.funding.portfolio.places import partner_map, schools_per_project
from pages.funding.portfolio.projects import project_timeline
from pages.funding.portfolio.sentences import answer, key_figures, not_eu, what_is_chosen
from pages.funding.portfolio.spent import spent_of_budget
from pages.funding.portfolio.sums import per_goal, per_programme, per_unit
from pages.funding.ways import project_address
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, Subject, Way, Ways, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import questions

LISTED = 4  # projects in each list beside the picture
WHOLE = {"countries"}  # blocks that stand whole below the first one of their tab


def render(ask: Ask) -> None:
    say, ask = ask.say, ask.of_funding
    register = access.composed(_register, ask)
    if not register.projects:
        hint = say("Load files of projects and payments with kvalitet load, or register them under Projects.")
        with page_head(say, questions(say)["eu"]):
            pass
        notices.empty_state(say, say("There are no projects in the register yet."), hint)
        return
    with page_head(say, questions(say)["eu"]):
        year = _choose("year", say("Year"), say("All years"), payment_years(register))
        unit = _choose("unit", say("Unit"), say("All units"), units(register))
        programme = _choose("programme", say("Programme"), say("All programmes"), programmes(register))
    content = access.composed(compose, ask, int(year) if year else None, programme, unit)
    if not content.blocks:
        notices.empty_state(say, content.answer, say("Choose another year, programme or unit."))
        return
    notices.draw(ask, replace(content, blocks=()))
    _draw_tabs(ask, content)


def _draw_tabs(ask: Ask, content: Content) -> None:
    """Each tab's first block whole and most others folded; of a tab that is not open nothing is sent."""
    blocks = {block.key: block for block in content.blocks}
    tabs = {heading: [blocks[key] for key in keys if key in blocks] for heading, keys in _tabs(ask.say).items()}
    tabs = {heading: own for heading, own in tabs.items() if own}
    for own, tab in zip(tabs.values(), st.tabs(list(tabs), key="eu_tabs", on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                for block in own:
                    draw = notices.draw_block if block is own[0] or block.key in WHOLE else notices.draw_folded
                    draw(ask, block, content.provenance, content.about)


def _tabs(say: Words) -> dict[str, tuple[str, ...]]:
    """What the tabs are called, and the keys of the blocks in each."""
    return {
        say("Units"): ("paid_per_unit", "paid_per_programme", "paid_per_goal", "payments"),
        say("Projects"): ("projects", "timeline", "spent_of_budget", "expected_paid", "grants"),
        say("Countries"): ("partner_map", "countries"),
        say("Schools"): ("schools", "schools_taking_part", "beside_maturity"),
    }


def visits(ask: Ask) -> Iterator[tuple]:
    """The visits worth composing ahead: everything, and the latest year."""
    ask = ask.of_funding
    yield compose, ask, None, None, None
    for latest in payment_years(_register(ask))[:1]:
        yield compose, ask, latest, None, None


def compose(ask: Ask, year: int | None, programme: str | None, unit: str | None) -> Content:
    """The page for a year, a programme and a unit; None is all of them."""
    return pictures(ask, _register(ask), year, programme, unit)


def pictures(ask: Ask, register: Funding, year: int | None, programme: str | None, unit: str | None) -> Content:
    """The page of this register. Without any project or payment that fits the choices it has no blocks."""
    say, chosen = ask.say, portfolio(register, year, programme, unit)
    if not chosen.part.projects:
        return Content(say("No project fits the choices."), provenance_of([]))
    provenance = [project.provenance.value for project in chosen.part.projects]
    blocks = [projects(ask, chosen), project_timeline(ask, chosen), spent_of_budget(ask, chosen), expected(ask, chosen)]
    blocks.append(grants_block(ask, register, chosen.part.projects))
    first = None
    if chosen.before:
        first = per_year(ask, chosen)
        provenance += [chosen.project(payment.project_id).provenance.value for payment in chosen.before]
    if chosen.part.spent:
        blocks += [per_unit(ask, chosen), per_programme(ask, chosen), per_goal(ask, chosen)]
    if chosen.part.payments:
        blocks.append(payment_list(ask, chosen.part.payments, chosen.part.projects))
    if chosen.part.partners:
        blocks += [partner_map(ask, chosen), countries(ask, chosen)]
    if chosen.part.participants:
        blocks += [schools(ask, chosen), schools_per_project(ask, chosen)]
        maturity, on = maturity_block(ask, chosen)
        if maturity:
            blocks.append(maturity)
            provenance += on
    return Content(
        answer=answer(ask, chosen),
        about=Subject(" ".join(filter(None, [unit, programme])), year),
        provenance=provenance_of(provenance),
        first=first,
        figures=key_figures(ask, chosen),
        beside=_beside(ask, chosen),
        notices=tuple(filter(None, [what_is_chosen(chosen, say), not_eu(ask, chosen)])),
        blocks=tuple(block for block in blocks if block),
    )


def _beside(ask: Ask, chosen: Portfolio) -> tuple[Ways, ...]:
    """The projects that were paid the most, and those furthest behind what could be expected."""
    say = ask.say
    paid = paid_by_project(payment for payment in chosen.part.spent if payment.amount_sek > 0)
    most = [
        Way(chosen.project(id_).title, project_address(id_, say), kr(amount, say))
        for id_, amount in list(paid.items())[:LISTED]
    ]
    behind = [one for one in comparable(chosen) if is_behind(chosen, one)][:LISTED]
    late = [Way(one.project.title, project_address(one.project.id, say), against(ask, one)) for one in behind]
    headings = {say("Projects that spent the most"): most, say("Has received clearly less than expected"): late}
    return tuple(Ways(heading, tuple(ways)) for heading, ways in headings.items() if ways)


def _register(ask: Ask) -> Funding:
    return funding(ask.view, ask.viewer)


def _choose(name: str, label: str, everything: str, options: tuple) -> str | None:
    """One of the options, or None for all of them, which stands as "alla" in the address."""
    written = {controls.ALL: everything} | controls.as_they_are(options)
    value = controls.choose(name, label, written, controls.ALL)
    return None if value == controls.ALL else value
