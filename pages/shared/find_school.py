"""A school by its name: what a page shows while nobody has said which school it is about."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.maturity.rounds import schools_of_round
from pages.ui import access, controls, html, ways
from pages.ui.content import Ask
from pages.ui.many_options import SHOWN, called, too_many
from pages.ui.options import pick
from pages.ui.titles import address

FOUND, WRITTEN = "found_school", "written_find"
LISTED = 500  # names on a page: those of a region; a nation's are found by writing them
FIRST = 100  # of more than that: enough to see that they are names


def schools_with_answers(ask: Ask) -> tuple[str, ...]:
    """The ids of the schools that any round has, and that the viewer may see, by name."""
    there = {
        school_id
        for found in ask.catalogue.rounds
        for school_id in schools_of_round(ask.view, ask.viewer, found.framework, found.year)
    }
    return tuple(school.id for school in ask.catalogue.schools if school.id in there)


def find_school(ask: Ask, schools: tuple[str, ...], path: str, *, listed: bool = False) -> None:
    """A box to write a school's name in, which leads to its page at `path`; `listed`: all of them below it too. Of more
    than a box has room for, those that are called as somebody writes are links."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    kept = {name: value for name, value in st.query_params.to_dict().items() if name not in ("school", "lang")}

    def there(school: str) -> str:
        return address(path, say, **kept, school=school)

    if too_many(schools):
        if not _written(ask, schools, there) and listed:
            html.show(access.composed(_list, ask, path, controls.SEPARATOR.join(schools), there("")))
        return
    found: str | None = pick(
        say("Find your school"),
        schools,
        names.__getitem__,
        index=None,
        key=FOUND,
        placeholder=say("Type the school's name"),
        label_visibility="collapsed",
        width=480,
    )
    if found:
        del st.session_state[FOUND]
        ways.follow(there(found))
    if listed:
        html.show(access.composed(_list, ask, path, controls.SEPARATOR.join(schools), there("")))


def _written(ask: Ask, schools: tuple[str, ...], there: Callable[[str], str]) -> bool:
    """A field to write in, and links to the schools that are called so; whether anything is written."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    word = st.text_input(
        say("Find your school"),
        key=WRITTEN,
        placeholder=say("Type the school's name"),
        label_visibility="collapsed",
        width=480,
    )
    found = called(schools, lambda id_: names.get(id_, id_), word)
    if found:
        html.show(html.listed([html.link(names.get(id_, id_), there(id_)) for id_ in found[:SHOWN]]))
    if len(found) > SHOWN:
        html.show(html.note(say("More are called so: write more of the name.")))
    if word.strip() and not found:
        html.show(html.note(say("Nothing here is called so.")))
    return bool(word.strip())


def _list(ask: Ask, path: str, schools: str, start: str):
    names, ids = controls.school_names(ask.catalogue), schools.split(controls.SEPARATOR)
    shown = ids if len(ids) <= LISTED else ids[:FIRST]
    links = (html.link(names.get(id_, id_), start + id_) for id_ in shown)
    listed = html.element("ul", *(html.element("li", link) for link in links), class_="kd-names")
    if len(ids) <= LISTED:
        return listed
    said = ask.say(
        "The first {shown} of {n} schools. Write a name above to find any of them.",
        shown=ask.say.integer(len(shown)),
        n=ask.say.integer(len(ids)),
    )
    return html.note(said) + listed
