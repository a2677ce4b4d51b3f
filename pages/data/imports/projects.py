"""Which projects of a list are the city's, and its part in each: the list does not say it, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analytics.intake.columns import SheetCheck
from analytics.intake.kinds import PROJECT_LIST, named_columns
from analytics.intake.outside.listed_projects import ListedProject, listed_projects
from analytics.intake.outside.project_choice import ProjectChoice
from analytics.intake.readers import TextTable
from analytics.intake.register import CityVocabulary
from pages.data.imports import steps
from pages.data.imports.held import Import
from pages.ui import html
from pages.ui.content import Ask
from pages.ui.options import pick_several

OFFERED = 500  # projects that can be chosen among; of a longer list those of whom the city is called are found
DETAILED = 20  # projects whose shares can be said here
LETTERS = 200
SAID = ("start", "programme")  # what is asked for only where a list lacks it


def draw_projects(ask: Ask, one: Import) -> None:
    """Nothing where no file needs it."""
    listed = _listed(ask, one)
    if not listed:
        return
    say, chosen = ask.say, one.projects
    html.show(html.section_title(say("Which projects are the city's")))
    prefix = f"projects_{one.token}"
    st.text_input(
        say("What the city is called in the list; several names with ; between"),
        value="; ".join(chosen.called),
        max_chars=LETTERS,
        key=f"{prefix}_called",
        on_change=_said,
        args=(ask, one, listed),
    )
    if len(listed) <= OFFERED:
        titles = {project.id: f"{project.title} ({project.id})" for project in listed}
        pick_several(
            say("Projects that are the city's besides"),
            list(titles),
            titles.__getitem__,
            default=[id_ for id_ in titles if id_ in chosen.ids],
            key=f"{prefix}_ids",
            placeholder=say("Choose projects"),
            on_change=_said,
            args=(ask, one, listed),
        )
    meant = [project for project in listed if project.own or project.id in chosen.ids]
    if not meant:
        return
    lacking = {name for table in _tables(one) for name in SAID if name not in named_columns(table, PROJECT_LIST)}
    with st.form(f"{prefix}_form", border=False):
        html.show(html.note(say("What the list does not say. Shares may be left empty, and written in the register.")))
        for project in meant[:DETAILED]:
            _draw_project(ask, chosen, project, f"{prefix}_{project.id}", days="start" in lacking)
        if "programme" in lacking:
            st.text_input(
                say("The programme, where the list does not say it"),
                value=chosen.programme,
                max_chars=LETTERS,
                key=f"{prefix}_programme",
            )
        st.form_submit_button(say("Read it like this"), on_click=_said, args=(ask, one, listed))


def _draw_project(ask: Ask, chosen: ProjectChoice, project: ListedProject, prefix: str, *, days: bool) -> None:
    say = ask.say
    html.show(html.note(f"{project.title} ({project.id})"))
    first, last = chosen.days.get(project.id, ("", ""))
    unit = next((said for said in chosen.unit_shares if said[0] == project.id), ("", "", ""))
    of_days = (("first", say("First day"), first), ("last", say("Last day"), last)) if days else ()
    fields = (
        *of_days,
        ("share", say("The city's own share"), chosen.shares.get(project.id, "")),
        ("unit", say("A unit that has a share"), unit[1]),
        ("unit_share", say("The unit's share"), unit[2]),
    )
    for column, (name, label, value) in zip(st.columns(len(fields)), fields, strict=True):
        with column:
            st.text_input(label, value=value, max_chars=LETTERS, key=f"{prefix}_{name}")


def _listed(ask: Ask, one: Import) -> list[ListedProject]:
    found = {}
    for table in _tables(one):
        check = SheetCheck(table, PROJECT_LIST, CityVocabulary((), (), ask.say), ask.say)
        found |= {project.id: project for project in listed_projects(check, one.projects)}
    return list(found.values())


def _tables(one: Import) -> list[TextTable]:
    held = [held for held in one.of_kind(PROJECT_LIST.name) if not steps.is_left_out(held)]
    return [each.found.table for each in held if each.found.table is not None]


def _said(ask: Ask, one: Import, listed: Sequence[ListedProject]) -> None:
    """Takes over what stands in the fields; what was said of projects that are no longer meant goes."""
    state, prefix, before = st.session_state, f"projects_{one.token}", one.projects

    def text(key: str) -> str:
        return str(state.get(f"{prefix}_{key}") or "").strip()

    meant = [project for project in listed if project.own or project.id in before.ids][:DETAILED]
    of = {project.id: (lambda name, id_=project.id: text(f"{id_}_{name}")) for project in meant}
    ids = frozenset(map(str, state.get(f"{prefix}_ids") or ())) & {project.id for project in listed}
    called = tuple(name.strip() for name in text("called").split(";") if name.strip())
    still = _still_meant(listed, of, ids, called)
    one.projects = ProjectChoice(
        called=called,
        ids=ids,
        days={id_: (get("first"), get("last")) for id_, get in still.items() if get("first") or get("last")},
        shares={id_: get("share") for id_, get in still.items() if get("share")},
        unit_shares=tuple((id_, get("unit"), get("unit_share")) for id_, get in still.items() if get("unit_share")),
        programme=text("programme"),
    )
    steps.try_again(ask, one)


def _still_meant(
    listed: Sequence[ListedProject],
    of: Mapping[str, Callable[[str], str]],
    ids: frozenset[str],
    called: tuple[str, ...],
) -> dict[str, Callable[[str], str]]:
    names = {name.casefold() for name in called}
    meant = {p.id for p in listed if p.id in ids or any(name.casefold() in names for _, name in p.organisations)}
    return {id_: get for id_, get in of.items() if id_ in meant}
