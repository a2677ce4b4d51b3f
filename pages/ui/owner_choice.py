"""Where nobody has said whose pages they ask for, in a store of several owners: an owner or a school is found by
writing its name, and who reads all of them sees how they stand. Who has roles with one owner alone comes straight
there."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analytics.maturity.all_owners import of_owners
from analytics.model.errors import NotAllowed
from analytics.model.owners import SchoolOwner
from analytics.words.language import Words
from pages.ui import access, html, notices, signed_in, ways, whose
from pages.ui.door import home, of_every_owner
from pages.ui.entrance import draw_refusal
from pages.ui.head import draw_title
from pages.ui.options import pick
from pages.ui.owner_table import ROUND, draw_owners, round_name, rounds_told
from pages.ui.role_rows import owners_of_person, roles, roles_with
from pages.ui.titles import address

WRITTEN = "find_owner"
LISTED = 50  # of each sort: whoever sees so many writes another letter
ALL_LISTED = 30  # owners that are listed before anything is written


def must_be_chosen(path: str) -> bool:
    """Whether the page is one owner's, and nobody has said whose."""
    return path not in whose.OF_THE_WHOLE and bool(whose.owners()) and not whose.owner_id()


def draw_choice(path: str, say: Words) -> None:
    """A box to write a name in, and the owners and schools that are called so."""
    try:
        owners = _theirs()
    except NotAllowed as refused:
        draw_title(say("Find your school"), say)
        draw_refusal(refused, path, say)
        return
    missing = st.session_state.get(whose.NOT_THERE)
    if len(owners) == 1 and not missing and access.asks_who():
        rows = roles_with(owners[0], signed_in.person())
        first = path if path != "start" else home(rows) or "start"
        ways.follow(address(first, say, owner=owners[0].id))
        return
    draw_title(say("Find your school"), say)
    if missing:
        text = say("There is no school owner {asked} here.", asked=say.quoted(missing))
        notices.empty_state(say, text, say("Write its name, or that of a school, below."))
    written = st.text_input(say("School or school owner"), key=WRITTEN, placeholder=say("Type a name"))
    word = " ".join(written.casefold().split())
    of = list(of_owners(Path(whose.whole_store()), owners)) if path == "start" and _reads_all() else []
    rounds = rounds_told(of)
    html.show(_found(owners, word, path, say, listed=not rounds))
    if rounds:
        html.show(html.section_title(say("How the school owners stand")))
        told = pick(say("Round"), rounds, lambda found: round_name(found, rounds, say), key=ROUND)
        draw_owners(owners, of, told, LISTED, word, say)


def _reads_all() -> bool:
    """Whether whoever asks reads every owner's pages."""
    return not access.asks_who() or bool(of_every_owner(roles().of(access.still(signed_in.person()).who)))


def _theirs() -> tuple[SchoolOwner, ...]:
    """The owners whose pages whoever asks may open. Raises NotAllowed."""
    if not access.asks_who():
        return whose.owners()
    owners = owners_of_person(access.still(signed_in.person()))
    if not owners:
        raise NotAllowed("start")
    return owners


def _found(owners: tuple[SchoolOwner, ...], word: str, path: str, say: Words, *, listed: bool) -> Markup:
    """Schools and owners that are called so; owners where they are not in a table below."""
    called = [one for one in owners if word in one.name.casefold()]
    to = path if path != "start" else "oversikt"
    shown = called[:LISTED] if listed and (word or len(owners) <= ALL_LISTED) else []
    parts = [html.listed([html.link(one.name, address(to, say, owner=one.id)) for one in shown])] if shown else []
    there = say.plural("{n} school owner.", "{n} school owners.", len(owners))
    if not word:
        return html.note(there) + html.joined(parts)
    schools = [
        (of.owner, id_, name)
        for of in of_owners(Path(whose.whole_store()), owners)
        for id_, name in of.schools
        if word in name.casefold()
    ]
    links = [
        html.joined([html.link(name, address("skola", say, owner=one.id, school=id_)), f" ({one.name})"])
        for one, id_, name in schools[:LISTED]
    ]
    if links:
        parts += [html.section_title(say("Schools")), html.listed(links)]
    if len(called) > LISTED or len(schools) > LISTED:
        parts.append(html.note(say("More are called so: write more of the name.")))
    if not called and not links:
        return html.note(say("Nothing here is called so."), " ", there)
    return html.joined(parts)
