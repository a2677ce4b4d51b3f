"""What is new since last: sentences with a way to the page that says more, by the same functions as that page's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from analytics.dialogue.followup import follow_up
from analytics.funding.register import funding
from analytics.funding.report import report
from analytics.maturity.city_words import at_the_goal, since_before
from analytics.model.funding import Weight
from pages.figures.overview.city_round import city_round
from pages.funding.report.page import latest_paid
from pages.funding.ways import project_address
from pages.shared.parts import LAST
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.titles import address


def news(ask: Ask, today: str) -> list[Markup]:
    """One a line, as of a day."""
    return [*_at_goal(ask), *_late(ask, date.fromisoformat(today)), *_report(ask)]


def _at_goal(ask: Ask) -> Iterator[Markup]:
    """How many schools are at the goal, and how many more than in the round before."""
    say = ask.say
    for latest in ask.catalogue.rounds[-1:]:
        city = city_round(ask, latest.framework, latest.year, LAST)
        there = at_the_goal(latest, say)
        since = since_before(city, ask.of_rounds(latest.framework).say)
        way = html.link(there, address("oversikt", say, framework=latest.framework, year=latest.year))
        yield html.joined([way, f", {since}." if since else "."])


def _late(ask: Ask, today: date) -> Iterator[Markup]:
    """Goals that were agreed on and are still open though their day has passed: how many of each year's dialogues."""
    say, late = ask.say, {}
    for found in reversed(ask.catalogue.rounds):
        framework = ask.catalogue.framework(found.framework)
        if n := follow_up(ask.view, ask.viewer, framework, found.year, today).agreements.late:
            late[framework.id, found.year] = n
    if not late:
        return
    text = say.plural("{n} goal of the dialogues is late", "{n} goals of the dialogues are late", sum(late.values()))
    ways = (
        html.link(
            say("{n} from {year}", n=say.integer(n), year=ask.of_rounds(framework).say.round(year)),
            address("uppfoljning", say, framework=framework, year=year),
        )
        for (framework, year), n in late.items()
    )
    yield html.joined([text, ": ", html.joined(ways, ", "), "."])


def _report(ask: Ask) -> Iterator[Markup]:
    """What cannot be right in the account of the latest year that something was paid in."""
    say, register = ask.say, funding(ask.view, ask.viewer)
    if not register.payments:
        return
    year = latest_paid(register)
    wrong = [remark for remark in report(register, year, say).open_remarks if remark.weight is Weight.WRONG]
    if not wrong:
        return
    titles = {project.id: project.title for project in register.projects}
    text = say.plural("{n} thing cannot be right", "{n} things cannot be right", len(wrong))
    way = html.link(text, address("eu-rapport", say, year=year))
    faults = (
        html.joined(
            [html.link(titles[remark.project_id], project_address(remark.project_id, say)), ": "]
            if remark.project_id
            else []
        )
        + remark.text
        for remark in wrong
    )
    yield html.joined([way, " ", say("in the EU account of {year}:", year=year), html.listed(faults)])
