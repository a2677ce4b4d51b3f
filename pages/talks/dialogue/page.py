"""Kvalitetsdialogen: the brief, what is agreed, what came of it, and the day when it was held."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st
from markupsafe import Markup

from analytics.dialogue.register import frozen as frozen_of
from analytics.loads.dialogue_rows import RoundKey
from analytics.model.errors import NotAllowed
from analytics.model.schools import gone_schools
from analytics.store.dialogue import tells_beside_later
from analytics.words.language import N_, Words
from pages.shared.find_school import find_school
from pages.shared.rounds import schools_ever
from pages.talks.dialogue.editor import editor, saved_texts
from pages.talks.dialogue.paper import archive_box, brief_box, draw_brief, shared
from pages.talks.dialogue.standing import answer, year_figures
from pages.ui import access, controls, html, notices
from pages.ui.content import Ask
from pages.ui.forms import commit_while_typing
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.titles import address, questions, titles

THEN, NOW = "da", "nu"
TELLS = N_(
    "Since this brief was frozen the answers of one to four people have been changed in the round. Beside "
    "today's figures it tells what they answered: show it to nobody else, and ask whoever loads the data to "
    "remove it (kvalitet purge)."
)


def render(ask: Ask) -> None:
    say = ask.say
    with page_head(say, questions(say)["dialog"]) as head:
        chosen = controls.choose_round(ask)
        ask = ask.of_rounds(chosen.framework)
        say = ask.say
        ever = access.composed(schools_ever, ask.of_figures, chosen.framework)
        school = controls.choose_school(ask, ever)
        if school is None:
            head.finish(say)
            find_school(ask, ever, "dialog", listed=True)
            archive_box(ask, chosen.framework, chosen.year)
            return
        name = ask.catalogue.school(school).name
        of = {"framework": chosen.framework, "year": chosen.year, "school": school}
        head.crumbs = ((titles(say)["skolor"], address("skolor", say)), (name, address("skola", say, **of)))
        head.tab = f"{name} – {say('Dialogue')}"
        about = (school, chosen.framework, chosen.year)
        if not ask.viewer.may_see(school):
            raise NotAllowed(school)
        frozen = access.composed(frozen_on, ask, *about)
        then = frozen is not None and _choose_brief(frozen, say) == THEN
    saved = access.composed(saved_texts, ask, *about)
    framework = ask.catalogue.framework(chosen.framework)
    today = date.today()
    badge = notices.provenance_badge(ask.catalogue.round(*about[1:]).provenance, say)
    said = (
        badge
        + html.answer(answer(ask, about, saved, today))
        + notices.key_figures_html(year_figures(ask, framework, about, saved, today))
    )
    html.show(said)
    earlier = access.composed(earlier_goals, ask, *about, today.isoformat())
    if earlier:
        html.show(earlier)
    if then and access.composed(frozen_tells, ask, *about):
        html.show(html.note(say.marked(TELLS)))
    _brief(ask, about, then, today.isoformat())
    editor(ask, about, framework)
    archive_box(ask, chosen.framework, chosen.year)
    commit_while_typing()


def _brief(ask: Ask, about: RoundKey, then: bool, today: str) -> None:
    """The brief's files, and the brief itself in a fold: made and sent when somebody asks for them."""
    html.show(html.section_title(ask.say("The brief for the dialogue")))
    brief_box(ask, about, then, today)
    fold = kept_open(ask.say("Read the brief"), key="more_brief", type="compact")
    if fold.open:
        with fold, st.container(key="dialogue_brief"):
            draw_brief(ask, about, then, today)


def frozen_on(ask: Ask, school: str, framework: str, year: int) -> date | None:
    """The day when the brief was frozen; None where it has not been."""
    found = frozen_of(ask.view, ask.viewer, school, framework, year)
    return found.frozen_at.date() if found else None


def frozen_tells(ask: Ask, school: str, framework: str, year: int) -> bool:
    """Whether the frozen brief tells a few people's answers beside today's figures."""
    found = frozen_of(ask.view, ask.viewer, school, framework, year)
    return found is not None and tells_beside_later(ask.view, found)


def earlier_goals(ask: Ask, school: str, framework: str, year: int, today: str) -> Markup:
    """The way to the goals of earlier years that nobody has followed up yet, also of schools that have become part of
    this one; empty where there are none."""
    say, names = ask.say, ask.catalogue.school_names
    gone = gone_schools(ask.catalogue.schools, date.fromisoformat(today))
    ours = {school} | {id_ for id_, went in gone.items() if went.into == school}
    found = Counter(
        (row.school_id != school, names.get(row.school_id, row.school_id), row.year, row.school_id)
        for row in shared(ask).dialogues.agreements
        if row.framework == framework and row.school_id in ours and row.year < year and row.status.open
    )
    lines = []
    for (another, name, earlier, of), n in sorted(found.items()):
        text = say.plural(
            "{n} goal of {year} is still open: write what came of it.",
            "{n} goals of {year} are still open: write what came of them.",
            n,
            year=say.round(earlier),
        )
        if another:
            text = say("{school}, which is part of this school now: {goals}", school=name, goals=text)
        there = address("dialog", say, framework=framework, year=earlier, school=of)
        lines.append(html.link(text, there))
    return html.note(html.lines(lines)) if lines else Markup()


def _choose_brief(frozen: date, say: Words) -> str:
    written = {
        THEN: say("As it was on {day}", day=say.day(frozen)),
        NOW: say("With what is known today"),
    }
    return controls.choose("brief", say("The brief"), written, THEN)
