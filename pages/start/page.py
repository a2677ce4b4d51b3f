"""The start page: find your school by name, four doors, what is new, and which round is in force."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from analytics.maturity.rounds import Round
from pages.shared.find_school import find_school, schools_with_answers
from pages.start.news import news
from pages.ui import access, html
from pages.ui.content import Ask, provenance_of
from pages.ui.head import page_head
from pages.ui.moments import HERE
from pages.ui.notices import provenance_badge
from pages.ui.titles import address, questions, titles


def render(ask: Ask) -> None:
    say = ask.say
    with page_head(say, questions(say)["start"]):
        pass
    if ask.catalogue.rounds:
        find_school(ask, access.composed(schools_with_answers, ask.of_figures), "skola")
    loads = "yes" if "importera" in access.opened_pages() else ""
    html.show(access.composed(compose, ask, date.today().isoformat(), loads))


def compose(ask: Ask, today: str, loads: str) -> Markup:
    """What is in force, the doors, and what is new as of a day; `loads`: '' for who may load no files."""
    say = ask.say
    doors: list[tuple[str, ...]] = [
        ("oversikt", say("Management"), say("How mature the schools are, and where support helps most")),
        ("skola", say("Principal"), say("Your school compared with the city, and the dialogue to prepare")),
        ("eu", say("EU staff"), say("The projects and the year's report")),
        ("metod", say("Data"), say("How the figures are made")),
    ]
    if loads:
        doors[-1] = ("importera", say("Load data"), say("Answers, schools and money from your own files"))
    report = html.link(titles(say)["eu-rapport"], address("eu-rapport", say))
    doors[2] = (*doors[2], html.BREAK, report)
    asked = html.link(say("What are the schools asked?"), address("ramverk", say))
    doors[-1] = (*doors[-1], html.BREAK, asked)
    if not ask.catalogue.rounds:
        doors = [door for door in doors if door[0] in ("eu", "metod", "importera")][::-1]
    cards = (
        html.element("li", html.link(heading, address(path, say)), html.element("span", *text, class_="kd-why"))
        for path, heading, *text in doors
    )
    force = html.note(_in_force(ask, ask.catalogue.rounds[-1])) if ask.catalogue.rounds else ""
    badge = provenance_badge(provenance_of(row.provenance for row in ask.catalogue.rounds), say)
    return html.joined(
        [badge if ask.catalogue.rounds else "", force, html.element("ul", *cards, class_="kd-doors"), _news(ask, today)]
    )


def _news(ask: Ask, today: str) -> Markup:
    lines = news(ask, today)
    if not lines:
        return Markup()
    heading = html.section_title(ask.say("New since last time"))
    return html.element("section", heading, html.listed(lines), class_="kd-news")


def _in_force(ask: Ask, latest: Round) -> str:
    """The round, and when the version was made that its figures came with."""
    say, version = ask.of_rounds(latest.framework).say, ask.stands_on[0]
    return say(
        "Round {year} · {schools} schools · loaded {day}, version {n}",
        year=say.round(latest.year),
        schools=say.integer(latest.schools),
        day=say.day(access.made_at(ask, version).astimezone(HERE).date()),
        n=version,
    )
