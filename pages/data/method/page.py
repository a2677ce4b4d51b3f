"""Metod: every rule behind the figures, with the settings in force and examples; and how the rules were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analytics.maturity.simulations import simulations
from analytics.words.goals import goal_rule
from pages.data.method.backtest import backtest_sections
from pages.data.method.proof import proof
from pages.data.method.rules import rules
from pages.data.method.section import Section
from pages.ui import access, controls, html
from pages.ui.content import Ask
from pages.ui.downloads import table_html
from pages.ui.head import page_head
from pages.ui.titles import address, questions, titles

PART = "del"  # the parameter that says which of the two is shown
RULES, TRIALS = "regler", "prov"


@dataclass(frozen=True)
class MethodPage:
    """The page as HTML, below its choices."""

    html: Markup


def render(ask: Ask) -> None:
    say = ask.say
    frameworks = {framework.id: framework.title.in_(say.language) for framework in ask.catalogue.frameworks}
    with page_head(say, questions(say)["metod"]) as head:
        chosen = None
        if frameworks:
            latest = ask.catalogue.rounds[-1].framework if ask.catalogue.rounds else next(iter(frameworks))
            chosen = controls.choose("framework", say("Framework"), frameworks, latest, told=frameworks.__getitem__)
        parts = {RULES: say("The rules"), TRIALS: say("How the rules were tried")}
        part = controls.choose(PART, say("Part of the page"), parts, RULES)
        if part == TRIALS:
            head.title = head.tab = parts[TRIALS]
            head.crumbs = ((titles(say)["metod"], address("metod", say, **{PART: RULES})),)
    html.show(access.composed(compose_trials if part == TRIALS else compose, ask, chosen).html)


def compose(ask: Ask, framework_id: str | None) -> MethodPage:
    """The rules, with one framework's goal rule."""
    say = ask.say
    goal = say("The goal rule belongs to the framework.")
    if framework_id:
        goal = say("The goal is {rule}.", rule=goal_rule(ask.catalogue.framework(framework_id), say))
    answer = say(
        "Every figure is made by one rule, the same on all pages. Here they are in plain words, with an example each."
    )
    settings = say(
        "In force: figures that fewer than {limit} answers stand behind are hidden. {goal}",
        limit=ask.catalogue.hide_below,
        goal=goal,
    )
    tried = html.link(
        say("How the rules were tried, and how often they were right"), address("metod", say, **{PART: TRIALS})
    )
    return MethodPage(
        html.answer(answer) + html.note(settings) + _sections_html(ask, rules(ask, goal)) + html.element("p", tried)
    )


def compose_trials(ask: Ask, framework_id: str | None) -> MethodPage:
    """How the rules were tried: on the city's own rounds of a framework, and in simulations."""
    say = ask.say
    here = backtest_sections(ask, ask.catalogue.framework(framework_id)) if framework_id else []
    answer = say(
        "The rules were tried on made-up cities whose truth is known, and on this city's own rounds. Here is how often"
        " they were right."
    )
    return MethodPage(html.answer(answer) + _sections_html(ask, [*here, *proof(simulations(), say)]))


def _sections_html(ask: Ask, sections: Sequence[Section]) -> Markup:
    """Each behind its title, so that the titles are what the page holds; a way to `#key` opens the one it leads to."""
    return html.element("div", *(_section_html(ask, section) for section in sections), class_="kd-contents")


def _section_html(ask: Ask, section: Section) -> Markup:
    parts = [html.element("p", text) for text in section.paragraphs]
    if section.example:
        lead = html.element("b", ask.say("Example"), ":")
        parts.append(html.element("p", lead, " ", section.example, class_="kd-example"))
    if section.table:
        parts.append(table_html(section.table, ask.say))
    if section.source:
        parts.append(html.note(section.source))
    inner = html.element("div", *parts, id=section.key)
    return html.element("details", html.element("summary", section.title), inner, class_="kd-method")
