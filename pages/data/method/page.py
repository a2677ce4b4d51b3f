"""Metod: every rule behind the figures, with the settings in force, worked examples, and how the rules were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from analytics.maturity.simulations import simulations
from analytics.words.goals import goal_rule
from pages.data.method.proof import proof
from pages.data.method.rules import rules
from pages.data.method.section import Section
from pages.ui import access, controls
from pages.ui.content import Ask
from pages.ui.notices import STYLE, table_html


@dataclass(frozen=True)
class MethodPage:
    """The page as HTML, below its choices."""

    html: str


def render(ask: Ask) -> None:
    frameworks = {framework.id: framework.title.in_(ask.say.language) for framework in ask.catalogue.frameworks}
    if not frameworks:
        st.html(access.composed(compose, ask, None).html)
        return
    with controls.choices(ask.say):
        latest = ask.catalogue.rounds[-1].framework if ask.catalogue.rounds else next(iter(frameworks))
        chosen = controls.choose("framework", ask.say("Framework"), list(frameworks), latest, frameworks.get)
    st.html(access.composed(compose, ask, chosen).html)


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
    sections = [*rules(ask, goal), *proof(simulations(), say)]
    return MethodPage(
        STYLE
        + f'<p class="kd-answer">{escape(answer)}</p><p class="kd-note">{escape(settings)}</p>'
        + _contents(sections)
        + "".join(_section_html(ask, section) for section in sections)
    )


def _contents(sections: Sequence[Section]) -> str:
    items = "".join(f'<li><a href="#{s.key}" target="_self">{escape(s.title)}</a></li>' for s in sections)
    return f'<ol class="kd-contents">{items}</ol>'


def _section_html(ask: Ask, section: Section) -> str:
    said = "".join(f"<p>{escape(text)}</p>" for text in section.paragraphs)
    if section.example:
        example = ask.say("Example")
        said += f'<p class="kd-example"><b>{escape(example)}:</b> {escape(section.example)}</p>'
    if section.table:
        said += table_html(section.table, ask.say)
    if section.source:
        said += f'<p class="kd-note">{escape(section.source)}</p>'
    title = f'<h2 class="kd-section">{escape(section.title)}</h2>'
    return f'<section id="{section.key}" class="kd-method">{title}{said}</section>'
