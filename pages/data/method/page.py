"""Metod: every rule behind the figures, with the settings in force, worked examples, and how the rules were tried."""

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
from pages.ui.head import page_head
from pages.ui.notices import table_html
from pages.ui.titles import questions


@dataclass(frozen=True)
class MethodPage:
    """The page as HTML, below its choices."""

    html: Markup


def render(ask: Ask) -> None:
    frameworks = {framework.id: framework.title.in_(ask.say.language) for framework in ask.catalogue.frameworks}
    if not frameworks:
        with page_head(ask.say, questions(ask.say)["metod"]):
            pass
        html.show(access.composed(compose, ask, None).html)
        return
    with page_head(ask.say, questions(ask.say)["metod"]):
        latest = ask.catalogue.rounds[-1].framework if ask.catalogue.rounds else next(iter(frameworks))
        chosen = controls.choose("framework", ask.say("Framework"), frameworks, latest)
    html.show(access.composed(compose, ask, chosen).html)


def compose(ask: Ask, framework_id: str | None) -> MethodPage:
    """The page with one framework's goal rule."""
    say = ask.say
    framework = ask.catalogue.framework(framework_id) if framework_id else None
    goal = say("The goal rule belongs to the framework.")
    if framework:
        goal = say("The goal is {rule}.", rule=goal_rule(framework, say))
    answer = say(
        "Every figure is made by one rule, the same on all pages. Here they are in plain words, with what they rest on,"
        " an example each, and how often they were right when they were tried."
    )
    settings = say(
        "In force: figures that fewer than {limit} answers stand behind are hidden. {goal}",
        limit=ask.catalogue.hide_below,
        goal=goal,
    )
    here = backtest_sections(ask, framework) if framework else []
    sections = [*rules(ask, goal), *here, *proof(simulations(), say)]
    return MethodPage(
        html.answer(answer)
        + html.note(settings)
        + _contents(sections)
        + html.joined(_section_html(ask, section) for section in sections)
    )


def _contents(sections: Sequence[Section]) -> Markup:
    items = (html.element("li", html.link(section.title, f"#{section.key}")) for section in sections)
    return html.element("ol", *items, class_="kd-contents")


def _section_html(ask: Ask, section: Section) -> Markup:
    parts = [html.section_title(section.title), *(html.element("p", text) for text in section.paragraphs)]
    if section.example:
        lead = html.element("b", ask.say("Example"), ":")
        parts.append(html.element("p", lead, " ", section.example, class_="kd-example"))
    if section.table:
        parts.append(table_html(section.table, ask.say))
    if section.source:
        parts.append(html.note(section.source))
    return html.element("section", *parts, id=section.key, class_="kd-method")
