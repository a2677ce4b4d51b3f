"""EU-medel in words: the answer, the key figures, and what the choices have narrowed."""

from __future__ import annotations

from analytics.funding.countries import countries_abroad
from analytics.funding.funders import source_of
from analytics.model.funding import MoneySource
from analytics.words.language import Words
from pages.funding.amounts import kr
from pages.funding.portfolio.choice import Portfolio, paid_projects, summed, total
from pages.funding.portfolio.money import since_before
from pages.funding.portfolio.places import partners_met
from pages.ui.content import Ask, KeyFigure


def _when(chosen: Portfolio) -> str:
    if chosen.year or len(chosen.years) < 2:
        return str(chosen.year or chosen.looked_at.year)
    return f"{chosen.years[0]}\N{EN DASH}{chosen.years[-1]}"


def answer(ask: Ask, chosen: Portfolio) -> str:
    """What was paid to how many, and who got the most or what came back: two sentences at most."""
    say, amount, back = ask.say, kr(chosen.paid + chosen.repaid, ask.say), kr(chosen.repaid, ask.say)
    if not chosen.part.spent:
        return say.plural(
            "{when}: nothing was spent in the {n} project that ran.",
            "{when}: nothing was spent in the {n} projects that ran.",
            len(chosen.part.projects),
            when=_when(chosen),
        )
    by_unit = summed(chosen.part.spent, lambda payment: payment.unit)
    by_project = summed(chosen.part.spent, lambda payment: chosen.project(payment.project_id).title)
    sums = by_project if chosen.unit or len(by_unit) == 1 else by_unit
    paid = paid_projects(chosen.part.spent)
    if not paid:
        if chosen.repaid:
            return say("{when}: nothing was spent, and {back} was repaid or corrected.", when=_when(chosen), back=back)
        return say("{when}: nothing was spent.", when=_when(chosen))
    first = say.plural(
        "{when}: {amount} was spent in {n} project",
        "{when}: {amount} was spent in {n} projects",
        len(paid),
        when=_when(chosen),
        amount=amount,
    )
    since = since_before(ask, chosen)
    if chosen.repaid:
        net = say("{back} was repaid or corrected: {net} on balance", back=back, net=kr(chosen.paid, say))
        return f"{first}. {net}, {since}." if since else f"{first}. {net}."
    first = f"{first}, {since}." if since else f"{first}."
    name, most = next(iter(sums.items()))
    if len(sums) > 1 and most > 0:
        return f"{first} " + say("The most went to {name}: {amount}.", name=name, amount=kr(most, say))
    return first


def key_figures(ask: Ask, chosen: Portfolio) -> tuple[KeyFigure, ...]:
    """Money, projects, schools, countries."""
    say, part = ask.say, chosen.part
    end = chosen.looked_at
    running = sum(project.start <= end <= project.end for project in part.projects)
    taking_part = {participant.school_id for participant in part.participants}
    partners = len(partners_met(chosen))
    return (
        KeyFigure(
            say("Spent"),
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
            say.integer(len(countries_abroad(chosen.part.partners))),
            say.plural("{n} partner by name or place", "{n} partners by name or place", partners),
        ),
    )


def not_eu(ask: Ask, chosen: Portfolio) -> str:
    """How much of what was spent is not the Union's money; empty where all of it is."""
    others = [p for p in chosen.part.spent if source_of(chosen.project(p.project_id)) is MoneySource.OTHER]
    if not others:
        return ""
    names = sorted({chosen.project(payment.project_id).programme for payment in others})
    amount = kr(total(others), ask.say)
    return ask.say("{amount} of it is not EU money: {programmes}.", amount=amount, programmes=ask.say.listing(names))


def what_is_chosen(chosen: Portfolio, say: Words) -> str:
    """What each choice has narrowed; empty where everything is shown."""
    parts = []
    if chosen.year:
        parts.append(
            say(
                "year {year}: payments counted to it, and projects that ran in it or have payments in it",
                year=chosen.year,
            )
        )
    if chosen.programme:
        parts.append(say("programme {programme}: its projects and their payments", programme=chosen.programme))
    if chosen.unit:
        parts.append(say("unit {unit}: its payments, and the projects that have any in any year", unit=chosen.unit))
    return say("Shown: {choices}.", choices="; ".join(parts)) if parts else ""
