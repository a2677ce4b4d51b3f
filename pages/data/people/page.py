"""Behörighet: who may do what, who has asked to, and what has been done. For administrators, where people sign in."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.funding.register import funding
from analytics.model.people import Did, Identity, RoleRow, ViewerRole
from analytics.store.audit import AuditEntry, entries, verify
from analytics.store.roles import give_role, take_role
from analytics.words.language import N_, Words
from analytics.words.people import DID, VIEWER_ROLE
from pages.data.people.changing import OUTCOME, change
from pages.data.people.telling import draw_telling
from pages.ui import access, html
from pages.ui.content import Ask, Table, TableColumn
from pages.ui.controls import school_names
from pages.ui.downloads import table_html
from pages.ui.head import page_head
from pages.ui.labels import kept_open
from pages.ui.moments import moment
from pages.ui.options import pick, pick_several
from pages.ui.titles import questions

LOOKED_THROUGH = 2000  # entries, for those who have asked for a role
LATEST = 100  # entries that are shown
SOMEBODY_ELSE = ""
WHO, TO_TAKE = "role_who", "role_to_take"  # in the session: what is picked, also where it is not drawn yet
NOT_SHOWN = ("who", "whom", "known", "since")  # of an entry: the name stands beside it, and what it says is said

WITH = {
    "name": N_("Name"),
    "role": N_("Role"),
    "schools": N_("Schools"),
    "administrations": N_("Administrations"),
    "page": N_("Page"),
    "framework": N_("Framework"),
    "year": N_("Year"),
}
"""What an entry says besides who, what and when, by its name in the file."""


def render(ask: Ask) -> None:
    say = ask.say
    with page_head(say, questions(say)["behorighet"]):
        pass
    rows = access.roles().rows()
    people = len({row.who for row in rows})
    html.show(html.answer(say.plural("{n} person has a role.", "{n} people have a role.", people)))
    if outcome := st.session_state.pop(OUTCOME, None):
        st.info(outcome)
    _those_with_roles(ask, rows)
    with kept_open(say("Give somebody a role"), key="give_role") as fold:
        if fold.open:
            _give(ask, rows)
    draw_telling(ask)
    with kept_open(say("What has been done"), key="audit") as fold:
        if fold.open:
            _done(say)


def _those_with_roles(ask: Ask, rows: tuple[RoleRow, ...]) -> None:
    say, names, offices = ask.say, school_names(ask.catalogue), _administrations(ask)

    def limited_to(row: RoleRow) -> str:
        return say.listing([offices.get(id_, id_) for id_ in row.administrations or ()])

    columns: tuple[TableColumn[RoleRow], ...] = (
        TableColumn(say("Name"), lambda row: row.name),
        TableColumn(say("Role"), lambda row: say.marked(VIEWER_ROLE[row.role])),
        TableColumn(say("Schools"), lambda row: say.listing([names.get(id_, id_) for id_ in row.schools])),
        *(
            [TableColumn(say("Administrations"), limited_to)]
            if any(row.administrations is not None for row in rows)
            else []
        ),
        TableColumn(say("Since"), lambda row: moment(say, row.since)),
        TableColumn(say("Given by"), lambda row: row.by),
    )
    html.show(table_html(Table.of(columns, rows), say, stacked=True))
    with st.container(horizontal=True, vertical_alignment="bottom", key="take_role"):
        row: RoleRow | None = pick(
            say("Remove a role"),
            rows,
            lambda row: f"{row.name}: {say.marked(VIEWER_ROLE[row.role])}",
            more=lambda row: f"{row.who.subject}, {row.who.issuer}",
            index=None,
            placeholder=say("Choose a role"),
            key=TO_TAKE,
        )
        st.button(say("Remove it"), disabled=row is None, key="take_it", on_click=_take, args=(ask,))


def _give(ask: Ask, rows: tuple[RoleRow, ...]) -> None:
    say, asked = ask.say, _who_have_asked(rows)
    names = {id_: name for id_, name in school_names(ask.catalogue).items()}
    options: list[tuple[str, str] | str] = [*asked, SOMEBODY_ELSE]
    who = pick(
        say("Who"),
        options,
        lambda one: f"{asked[one]} ({one[1]})" if isinstance(one, tuple) else say("Somebody else"),
        more=lambda one: one[0] if isinstance(one, tuple) else "",
        key=WHO,
    )
    if who == SOMEBODY_ELSE:
        st.text_input("issuer", key="role_issuer", max_chars=500)
        st.text_input("subject", key="role_subject", max_chars=500)
    st.text_input(say("Name"), value=asked[who] if isinstance(who, tuple) else "", key=f"role_name {who}", max_chars=80)
    role = pick(
        say("Role"),
        ViewerRole,
        lambda one: say.marked(VIEWER_ROLE[one]),
        index=None,
        placeholder=say("Choose a role"),
        key="role_role",
    )
    if role is ViewerRole.SCHOOL:
        pick_several(
            say("Schools"),
            list(names),
            names.__getitem__,
            key="role_schools",
            select_all=False,
            placeholder=say("Choose a school"),
        )
    if role is ViewerRole.FUNDS and (offices := _administrations(ask)):
        pick_several(
            say("Limited to administrations"),
            list(offices),
            offices.__getitem__,
            key="role_administrations",
            select_all=False,
            placeholder=say("The whole city"),
        )
    st.button(say("Give the role"), type="primary", disabled=role is None, key="give_it", on_click=_gave, args=(ask,))


def _administrations(ask: Ask) -> dict[str, str]:
    return {one.id: one.title for one in funding(ask.view, ask.viewer).administrations}


def _who_have_asked(rows: tuple[RoleRow, ...]) -> dict[tuple[str, str], str]:
    """(issuer, subject) -> name, of those who have signed in and have no role, the last first."""
    known = {(row.who.issuer, row.who.subject) for row in rows}
    found = entries(Path(access.store_folder()), LOOKED_THROUGH)
    refused = (one for one in found if one.did == Did.REFUSED and not one.with_.get("known"))
    asked = {(one.with_["who"][0], one.with_["who"][1]): one.by for one in reversed(list(refused))}
    return {who: name for who, name in reversed(asked.items()) if who not in known}


def _gave(ask: Ask) -> None:
    """Runs before anything is drawn. What the widgets hold is whatever the browser sent: somebody else too than whom
    the button was drawn for."""
    say, state, folder = ask.say, st.session_state, Path(access.store_folder())
    who = state.get(WHO, SOMEBODY_ELSE)
    issuer, subject = who if isinstance(who, tuple) else (state.get("role_issuer", ""), state.get("role_subject", ""))
    name, role = str(state.get(f"role_name {who}", "")).strip(), state.get("role_role")
    schools = tuple(state.get("role_schools", ())) if role is ViewerRole.SCHOOL else ()
    known = {school.id for school in ask.catalogue.schools}
    limited = tuple(state.get("role_administrations") or ()) if role is ViewerRole.FUNDS else ()
    if not (issuer.strip() and subject.strip() and name and isinstance(role, ViewerRole)):
        state[OUTCOME] = say("Say who it is: issuer, subject, name and role.")
    elif role is ViewerRole.SCHOOL and not (schools and known.issuperset(schools)):
        state[OUTCOME] = say("Say which school or schools the role is about.")
    elif not _administrations(ask).keys() >= set(limited):
        state[OUTCOME] = say("The administration is not known.")
    else:
        who_is = Identity(issuer.strip(), subject.strip())
        change(ask, lambda by: give_role(folder, who_is, name, role, schools, by, limited or None))


def _take(ask: Ask) -> None:
    """As `_gave`."""
    row = st.session_state.get(TO_TAKE)
    if not isinstance(row, RoleRow):
        return
    administrators = [one for one in access.roles().rows() if one.role is ViewerRole.ADMIN]
    if row.role is ViewerRole.ADMIN and len(administrators) == 1:
        st.session_state[OUTCOME] = ask.say("There must be an administrator: give somebody else the role first.")
        return
    change(ask, lambda by: take_role(Path(access.store_folder()), row.who, row.role, by))


def _done(say: Words) -> None:
    """The latest entries of the audit file, and whether all of it stands there."""
    folder = Path(access.store_folder())
    proof = verify(folder)
    whole = say.plural(
        "{n} entry, each following on the one before.", "{n} entries, each following on the one before.", proof.entries
    )
    if proof.broken is not None:
        whole = say("Line {n} does not follow on the one before: the file has been altered.", n=proof.broken)
    html.show(html.note(whole))
    columns: tuple[TableColumn[AuditEntry], ...] = (
        TableColumn(say("When"), lambda one: moment(say, one.at)),
        TableColumn(say("Who"), lambda one: one.by),
        TableColumn(say("What"), lambda one: say.marked(DID[Did(one.did)]) if one.did in set(Did) else one.did),
        TableColumn(say("With"), lambda one: with_in_words(one, say)),
    )
    html.show(table_html(Table.of(columns, entries(folder, LATEST)), say, stacked=True))


def with_in_words(entry: AuditEntry, say: Words) -> str:
    """What else the entry says, in words where there are any for what it is called."""
    told = []
    for name, value in entry.with_.items():
        if name not in NOT_SHOWN and value not in ("", [], None):
            called = say.marked(WITH[name]) if name in WITH else name
            told.append(f"{called}: {say.listing(map(str, value)) if isinstance(value, list) else value}")
    return ", ".join(told)
