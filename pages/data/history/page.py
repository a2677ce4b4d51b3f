"""Historik: which versions there are, what each of them changed, and the ways back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from analytics.loads.version_list import Listed
from analytics.model.errors import StoreBroken
from analytics.store.versions import Published
from analytics.words.language import Words
from analytics.words.versions import action_word
from pages.data.history.changed import draw_changed
from pages.data.history.tidy import draw_tidying
from pages.data.history.ways_back import draw_ways_back, take_outcome
from pages.ui import access, controls, html
from pages.ui.content import Ask
from pages.ui.head import page_head
from pages.ui.moments import moment
from pages.ui.titles import address, questions

PAGE = 20  # versions that are listed at a time: each is a file


def render(ask: Ask) -> None:
    say = ask.say
    versions = access.published(ask)[::-1]
    numbers = {str(version.number): say("Version {n}", n=version.number) for version in versions}
    with page_head(say, questions(say)["historik"]):
        chosen = int(
            controls.choose("version", say("Version"), numbers, str(ask.view.number), told=numbers.__getitem__)
        )
        pages = controls.as_they_are(range(1, -(-len(versions) // PAGE) + 1))
        page = int(controls.choose("page", say("Page"), pages, "1")) if len(pages) > 1 else 1
    html.show(html.answer(_answer(ask, len(versions))))
    if outcome := take_outcome():
        st.info(outcome, icon=":material/info:")
    draw_changed(ask, chosen, versions)
    draw_ways_back(ask, chosen, versions)
    html.show(html.section_title(say("Every version, the latest first")))
    shown = versions[(page - 1) * PAGE : page * PAGE]
    html.draw(_table(ask, shown, chosen), "versions")
    draw_tidying(ask)


def _answer(ask: Ask, count: int) -> str:
    say, record = ask.say, access.version_listed(ask, ask.view.number).record
    made = say(
        "Version {n} is in force, made {moment} by {who}.",
        n=record.number, moment=moment(say, record.created_at), who=record.loaded_by,
    )  # fmt: skip
    kept = say.plural("{n} version is kept.", "{n} versions are kept.", count)
    return f"{made} {kept}"


def _table(ask: Ask, versions: Sequence[Published], chosen: int) -> Markup:
    """A row a version, each with the way to what it changed."""
    say = ask.say
    headings = (say("Version"), say("When"), say("Who"), say("What"), say("Files"))
    rows = (_row(ask, version, chosen, headings) for version in versions)
    head = html.element("tr", *(html.column_head(heading) for heading in headings))
    return html.element("div", html.table(head, rows, stacked=True, name=say("Every version")), class_="kd-drawn")


def _row(ask: Ask, version: Published, chosen: int, headings: Sequence[str]) -> Markup:
    say = ask.say
    link = html.link(str(version.number), address("historik", say, version=version.number))
    marks = [say("in force")] if version.number == ask.view.number else []
    marks += [say("shown above")] if version.number == chosen else []
    number = html.element("span", link, f" ({', '.join(marks)})" if marks else "")
    try:
        told = access.version_listed(ask, version.number)
        cells = [number, moment(say, told.record.created_at), told.record.loaded_by, *_made_of(told, say)]
    except StoreBroken:
        cells = [number, say("The file cannot be read"), "", "", ""]
    each = (
        html.element("td", cell, **{"data-heading": name}) for cell, name in zip(cells, headings, strict=True) if cell
    )
    return html.element("tr", *each)


def _made_of(told: Listed, say: Words) -> tuple[str, str]:
    if told.broken:
        return action_word(told.record.action, say), say("not known: the answers cannot be read")
    names = [file.file for file in told.files]
    more = len(names) - 3
    listed = [*names[:3], say.plural("{n} more", "{n} more", more)] if more > 0 else names
    return action_word(told.record.action, say), say.listing(listed) if listed else "–"
