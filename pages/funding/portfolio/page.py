"""EU-medel: what was paid to whom and for what, how the projects keep pace, with whom, and what moved beside it."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.funding.register import funding
from analytics.model.funding import Funding
from analytics.words.language import Words
from pages.funding.amounts import kr
from pages.funding.portfolio.choice import Portfolio, paid_projects, payment_years, portfolio, programmes, summed, units
from pages.funding.portfolio.expected import expected
from pages.funding.portfolio.maturity import maturity_block
from pages.funding.portfolio.money import payments, per_year, since_before
from pages.funding.portfolio.places import countries_abroad, partner_map, partners_met, schools
from pages.funding.portfolio.projects import project_timeline
from pages.funding.portfolio.sums import per_goal, per_programme, per_unit
from pages.ui import access, controls, notices
from pages.ui.content import Ask, Content, KeyFigure, provenance_of
from pages.ui.head import page_head
from pages.ui.titles import questions


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
        programme = _choose("programme", say("Programme"), say("All programmes"), programmes(register))
        unit = _choose("unit", say("Unit"), say("All units"), units(register))
    content = access.composed(compose, ask, int(year) if year else None, programme, unit)
    if not content.blocks:
        notices.empty_state(say, content.answer, say("Choose another year, programme or unit."))
        return
    notices.draw(ask, content)


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
    blocks = []
    if chosen.before:
        blocks.append(per_year(ask, chosen))
        provenance += [chosen.project(payment.project_id).provenance.value for payment in chosen.before]
    if chosen.part.payments:
        blocks += [per_unit(ask, chosen), per_programme(ask, chosen), per_goal(ask, chosen)]
    blocks += [project_timeline(ask, chosen), expected(ask, chosen)]
    if chosen.part.partners:
        blocks.append(partner_map(ask, chosen))
    if chosen.part.participants:
        blocks.append(schools(ask, chosen))
        maturity, on = maturity_block(ask, chosen)
        if maturity:
            blocks.append(maturity)
            provenance += on
    if chosen.part.payments:
        blocks.append(payments(ask, chosen))
    return Content(
        answer=_answer(ask, chosen),
        provenance=provenance_of(provenance),
        figures=_key_figures(ask, chosen),
        notices=tuple(filter(None, [_what_is_chosen(chosen, say)])),
        blocks=tuple(block for block in blocks if block),
    )


def _register(ask: Ask) -> Funding:
    return funding(ask.view, ask.viewer)


def _choose(name: str, label: str, everything: str, options: tuple) -> str | None:
    """One of the options, or None for all of them, which stands as "alla" in the address."""
    written = {controls.ALL: everything} | controls.as_they_are(options)
    value = controls.choose(name, label, written, controls.ALL)
    return None if value == controls.ALL else value


def _when(chosen: Portfolio) -> str:
    if chosen.year or len(chosen.years) < 2:
        return str(chosen.year or chosen.looked_at.year)
    return f"{chosen.years[0]}\N{EN DASH}{chosen.years[-1]}"


def _answer(ask: Ask, chosen: Portfolio) -> str:
    say, amount, back = ask.say, kr(chosen.paid + chosen.repaid, ask.say), kr(chosen.repaid, ask.say)
    if not chosen.part.payments:
        return say.plural(
            "{when}: nothing was paid to the {n} project that ran.",
            "{when}: nothing was paid to the {n} projects that ran.",
            len(chosen.part.projects),
            when=_when(chosen),
        )
    by_unit = summed(chosen.part.payments, lambda payment: payment.unit)
    by_project = summed(chosen.part.payments, lambda payment: chosen.project(payment.project_id).title)
    sums = by_project if chosen.unit or len(by_unit) == 1 else by_unit
    paid = paid_projects(chosen.part.payments)
    if not paid:
        if chosen.repaid:
            return say("{when}: nothing was paid, and {back} was repaid or corrected.", when=_when(chosen), back=back)
        return say("{when}: nothing was paid.", when=_when(chosen))
    first = say.plural(
        "{when}: {amount} was paid to {n} project",
        "{when}: {amount} was paid to {n} projects",
        len(paid),
        when=_when(chosen),
        amount=amount,
    )
    since = since_before(ask, chosen)
    if chosen.repaid:
        net = say("{back} was repaid or corrected: {net} on balance", back=back, net=kr(chosen.paid, say))
        first = f"{first}. {net}"
    first = f"{first}, {since}." if since else f"{first}."
    name, most = next(iter(sums.items()))
    if len(sums) > 1 and most > 0:
        return f"{first} " + say("The most went to {name}: {amount}.", name=name, amount=kr(most, say))
    return first


def _key_figures(ask: Ask, chosen: Portfolio) -> tuple[KeyFigure, ...]:
    say, part = ask.say, chosen.part
    end = chosen.looked_at
    running = sum(project.start <= end <= project.end for project in part.projects)
    taking_part = {participant.school_id for participant in part.participants}
    partners = len(partners_met(chosen))
    return (
        KeyFigure(
            say("Paid"),
            kr(chosen.paid, say),
            since_before(ask, chosen) or say.plural("{n} payment", "{n} payments", len(part.payments)),
        ),
        KeyFigure(
            say("Projects"),
            say.integer(len(part.projects)),
            say("{n} were running at the end of {year}", n=say.integer(running), year=end.year),
        ),
        KeyFigure(
            say("Schools that take part"),
            say.integer(len(taking_part)),
            say("of {n} in the register", n=say.integer(len(ask.catalogue.schools))),
        ),
        KeyFigure(
            say("Partner countries"),
            say.integer(len(countries_abroad(chosen))),
            say.plural("{n} partner by name or place", "{n} partners by name or place", partners),
        ),
    )


def _what_is_chosen(chosen: Portfolio, say: Words) -> str:
    """What each choice has narrowed; empty where everything is shown."""
    parts = []
    if chosen.year:
        parts.append(
            say("year {year}: payments counted to it, and projects that ran in it or were paid in it", year=chosen.year)
        )
    if chosen.programme:
        parts.append(say("programme {programme}: its projects and their payments", programme=chosen.programme))
    if chosen.unit:
        parts.append(say("unit {unit}: payments to it, and the projects that paid it in any year", unit=chosen.unit))
    return say("Shown: {choices}.", choices="; ".join(parts)) if parts else ""
